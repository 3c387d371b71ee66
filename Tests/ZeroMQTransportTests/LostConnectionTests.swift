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
        try star.links[0].reconnect()
        try star.links[0].send(kind: 1, [])
        try takeMessage(star.hub)
        #expect(!star.hub.isRecognised(0), "its old greeting counts no more")
        try second.close()
        try star.close()
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
