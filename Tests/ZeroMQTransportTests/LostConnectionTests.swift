import CoSimulation
import Testing
import ZeroMQTransport

/// A connection that is gone is told within a second, and another of the same name does not pass for it.
@Suite struct LostConnectionTests {
    /// Takes the next message of a hub.
    private func takeMessage(_ hub: Hub) throws {
        guard case .message = try hub.receive(timeoutMilliseconds: 5_000) else { throw TestFailure("no message came") }
    }

    @Test(arguments: [Transport.ipc, .tcp])
    func isToldWithinASecond(transport: Transport) throws {
        let star = try Star(transport, peers: ["a", "b"])
        for link in star.links { try link.send(kind: 1, []) }
        for _ in star.links {
            guard case .message(let slot, _) = try star.hub.receive(timeoutMilliseconds: 5_000) else {
                throw TestFailure("no message came")
            }
            #expect(!star.hub.isRecognised(slot))
            star.hub.recognise(slot)
            #expect(star.hub.isRecognised(slot))
        }
        #expect(try star.hub.receive(timeoutMilliseconds: 0) == .timedOut)
        let start = ContinuousClock.now
        try star.links[1].close()
        #expect(try star.hub.receive(timeoutMilliseconds: 20_000) == .lost(slot: 1))
        #expect(ContinuousClock.now - start >= .milliseconds(Hub.partingMilliseconds))
        // The other is still there, and what is told once is not told again.
        try star.links[0].send(kind: 1, [])
        try takeMessage(star.hub)
        #expect(star.hub.isRecognised(0))
        #expect(try star.hub.receive(timeoutMilliseconds: 600) == .timedOut)
        try star.close()
    }

    @Test(arguments: [Transport.ipc, .tcp])
    func aSecondConnectionOfANameIsToldApart(transport: Transport) throws {
        let star = try Star(transport, peers: ["a"])
        try star.links[0].send(kind: 1, [])
        try takeMessage(star.hub)
        star.hub.recognise(0)
        try star.hub.allowTakeover(true)
        let second = try Link(to: star.hub.endpoint, name: "a", context: star.context, insecure: true)
        try second.send(kind: 1, [])
        try takeMessage(star.hub)
        #expect(!star.hub.isRecognised(0))
        star.hub.recognise(0)
        #expect(star.hub.isRecognised(0))
        // The first comes back, as a living process does whose name was taken, and takes it in turn.
        try star.links[0].close()
        let first = try Link(to: star.hub.endpoint, name: "a", context: star.context, insecure: true)
        try first.send(kind: 1, [])
        try takeMessage(star.hub)
        #expect(!star.hub.isRecognised(0), "its old greeting counts no more")
        for link in [first, second] { try link.close() }
        try star.close()
    }

    /// A link that watches is told that its hub is gone, after whatever the hub sent before; another waits on.
    @Test(arguments: [Transport.ipc, .tcp])
    func aHubThatIsGoneIsTold(transport: Transport) throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let hub = try Hub(at: folder.endpoint(transport), peers: ["a", "b", "c"], insecure: true)
        let links = try ["a", "b", "c"].map { name in
            try Link(to: hub.endpoint, name: name, insecure: true, watchesConnection: name != "c")
        }
        for link in links { try link.send(kind: 1, []) }
        for _ in links { try takeMessage(hub) }
        for slot in links.indices { try hub.send(kind: 2, [], to: slot) }
        for link in links { #expect(try link.receive(timeoutMilliseconds: 5_000) == .message(kind: 2)) }
        #expect(try links[0].receive(timeoutMilliseconds: 100) == .timedOut, "the hub is there")
        try hub.send(kind: 3, [], to: 1)
        try hub.close()
        #expect(try links[0].receive(timeoutMilliseconds: nil) == .lost)
        #expect(try links[0].receive(timeoutMilliseconds: 0) == .lost, "and it stays gone")
        #expect(try links[1].receive(timeoutMilliseconds: nil) == .message(kind: 3))
        #expect(try links[1].receive(timeoutMilliseconds: nil) == .lost)
        #expect(try links[2].receive(timeoutMilliseconds: 200) == .timedOut)
        for link in links { try link.close() }
    }

    /// Before the first message there is nothing to lose: whoever comes before the hub waits for it.
    @Test func aHubThatIsNotThereYetIsAwaited() throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let endpoint = folder.endpoint(.ipc)
        let early = try Hub(at: endpoint, peers: ["a"])
        let link = try Link(to: endpoint, name: "a", watchesConnection: true)
        #expect(try link.receive(timeoutMilliseconds: 200) == .timedOut)
        try early.close()
        let hub = try Hub(at: endpoint, peers: ["a"])
        try link.send(kind: 1, [])
        try takeMessage(hub)
        try hub.send(kind: 2, [], to: 0)
        #expect(try link.receive(timeoutMilliseconds: 5_000) == .message(kind: 2))
        #expect(try link.receive(timeoutMilliseconds: 200) == .timedOut, "the end of the early one is not this one's")
        try hub.close()
        #expect(try link.receive(timeoutMilliseconds: nil) == .lost)
        try link.close()
    }

    /// With keys, the doorkeeper's thread hears of it.
    @Test func isToldOfAConnectionWithAKey() throws {
        let keys = try RunKeys(peers: ["a"])
        let hub = try Hub(at: .tcp(host: "127.0.0.1", port: 0), peers: ["a"], keys: keys.hub)
        let link = try Link(to: hub.endpoint, name: "a", keys: keys.links["a"])
        try link.send(kind: 1, [])
        try takeMessage(hub)
        hub.recognise(0)
        try link.close()
        #expect(try hub.receive(timeoutMilliseconds: 20_000) == .lost(slot: 0))
        try hub.close()
    }
}
