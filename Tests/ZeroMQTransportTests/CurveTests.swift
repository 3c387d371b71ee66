import CZeroMQ
import Testing

@testable import ZeroMQTransport

/// A hub over tcp with keys, and links to it in contexts of their own, as in processes of their own.
struct GuardedHub {
    let keys: RunKeys
    let hub: Hub

    init(peers: [String] = ["a", "b"], limits: Limits = Limits()) throws {
        keys = try RunKeys(peers: peers)
        hub = try Hub(at: .tcp(host: "127.0.0.1", port: 0), peers: peers, limits: limits, keys: keys.hub)
    }

    /// A link under a name with the key of a peer, which is its own unless given.
    func link(_ name: String, key: String? = nil, limits: Limits = Limits()) throws -> Link {
        try Link(to: hub.endpoint, name: name, limits: limits, keys: keys.links[key ?? name]!)
    }

    /// The next event that is not the doorkeeper's.
    func event(within milliseconds: Int = 5_000) throws -> HubEvent {
        let deadline = Deadline(milliseconds: milliseconds)
        while true {
            let event = try hub.receive(timeoutMilliseconds: deadline.remainingMilliseconds)
            if event != .woken { return event }
        }
    }

    /// What is refused within a time; returns when something has been.
    func refusals(within milliseconds: Int = 5_000) throws -> [String] {
        let deadline = Deadline(milliseconds: milliseconds)
        while deadline.remainingMilliseconds > 0 {
            let event = try hub.receive(timeoutMilliseconds: deadline.remainingMilliseconds)
            if event == .woken { return hub.takeRefusals() }
            #expect(event == .timedOut, "somebody who is to be refused was heard")
        }
        return []
    }

    /// The control: a holder of the right key is heard and answered.
    func expectHolderIsHeard(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let link = try link(name)
        try link.send(kind: 7, [1, 2])
        let slot = hub.peerNames.firstIndex(of: name)!
        #expect(try event() == .message(slot: slot, kind: 7), sourceLocation: sourceLocation)
        try hub.send(kind: 8, [], to: slot)
        #expect(try link.receive(timeoutMilliseconds: 5_000) == .message(kind: 8), sourceLocation: sourceLocation)
        try link.close()
    }
}

@Suite struct CurveTests {
    /// Why a link gets no connection, as soon as it knows.
    func fault(of link: Link) throws -> String {
        for _ in 0..<50 {
            #expect(try link.receive(timeoutMilliseconds: 100) == .timedOut)
            if let fault = link.connectionFault() { return fault }
        }
        return ""
    }

    @Test func holdersOfKeysAreHeard() throws {
        let guarded = try GuardedHub()
        for name in ["a", "b"] { try guarded.expectHolderIsHeard(name) }
        #expect(guarded.hub.takeRefusals().isEmpty && guarded.hub.violationCount == 0)
        try guarded.hub.close()
    }

    @Test func unknownKeyIsRefusedOnBothSides() throws {
        let guarded = try GuardedHub()
        let keys = try LinkKeys(own: KeyPair.make(), hub: guarded.keys.hub.own.publicKey)
        let link = try Link(to: guarded.hub.endpoint, name: "a", keys: keys)
        try link.send(kind: 1, [])
        let line = "a connection from 127.0.0.1 was refused: its key is not one of this run"
        #expect(try guarded.refusals() == [line])
        #expect(try fault(of: link) == "its key is not one of this run")
        try guarded.expectHolderIsHeard("a")
        try link.close()
        try guarded.hub.close()
    }

    @Test func keyOfAnotherGivesNoName() throws {
        let guarded = try GuardedHub()
        let link = try guarded.link("b", key: "a")
        try link.send(kind: 1, [])
        let violation = TransportViolation(sender: .slot(0), reason: .foreignName(holder: "a", name: "b"))
        #expect(try guarded.event() == .violation(violation))
        #expect(violation.description == "the holder of the key of 'a' sent a message under the name 'b'")
        try guarded.hub.respond(kind: 3, [])
        #expect(try link.receive(timeoutMilliseconds: 5_000) == .message(kind: 3), "it can be told")
        try link.close()
        let stranger = try guarded.link("nobody", key: "a")
        try stranger.send(kind: 1, [])
        #expect(
            try guarded.event()
                == .violation(TransportViolation(sender: .slot(0), reason: .foreignName(holder: "a", name: "nobody"))))
        #expect(guarded.hub.violationCount == 2)
        try stranger.close()
        for name in ["a", "b"] { try guarded.expectHolderIsHeard(name) }
        try guarded.hub.close()
    }

    @Test func withoutAKeyNobodyIsHeard() throws {
        let guarded = try GuardedHub()
        let link = try Link(to: guarded.hub.endpoint, name: "a", insecure: true)
        try link.send(kind: 1, [])
        #expect(
            try guarded.refusals() == ["a connection failed in its handshake: it has no key of this run, or broke off"])
        #expect(try fault(of: link) == "a key is needed there, or it is no coordinator")
        try guarded.expectHolderIsHeard("a")
        try link.close()
        try guarded.hub.close()
    }

    @Test func coordinatorWithAnotherKeyIsNotTalkedTo() throws {
        let guarded = try GuardedHub()
        let keys = try LinkKeys(own: guarded.keys.links["a"]!.own, hub: KeyPair.make().publicKey)
        let link = try Link(to: guarded.hub.endpoint, name: "a", keys: keys)
        try link.send(kind: 1, [])
        #expect(
            try guarded.refusals() == ["a connection failed in its handshake: it has no key of this run, or broke off"])
        #expect(try link.receive(timeoutMilliseconds: 100) == .timedOut)
        try link.close()
        try guarded.expectHolderIsHeard("a")
        try guarded.hub.close()
    }

    @Test func coordinatorWithoutKeysIsNotTalkedTo() throws {
        let hub = try Hub(at: .tcp(host: "127.0.0.1", port: 0), peers: ["a"], insecure: true)
        let link = try Link(to: hub.endpoint, name: "a", keys: try RunKeys(peers: ["a"]).links["a"]!)
        try link.send(kind: 1, [])
        #expect(try fault(of: link) == "no keys are used there, or it is no coordinator")
        #expect(try hub.receive(timeoutMilliseconds: 0) == .timedOut)
        try link.close()
        try hub.close()
    }

    @Test func secondClaimantOfANameIsNotHeard() throws {
        let guarded = try GuardedHub()
        let first = try guarded.link("a")
        try first.send(kind: 1, [])
        #expect(try guarded.event() == .message(slot: 0, kind: 1))
        let second = try guarded.link("a")
        for _ in 0..<3 { try second.send(kind: 66, []) }
        switch try guarded.event(within: 200) {
        case .timedOut: break
        case .violation(let violation):
            guard case .foreignName("a", _) = violation.reason else { throw TestFailure("\(violation)") }
        case let event: Issue.record("unexpected: \(event)")
        }
        try guarded.hub.send(kind: 2, [], to: 0)
        #expect(try first.receive(timeoutMilliseconds: 5_000) == .message(kind: 2), "the first keeps the name")
        #expect(try second.receive(timeoutMilliseconds: 50) == .timedOut)
        try first.close()
        try second.close()
        try guarded.hub.close()
    }

    /// The name of the waker cannot be taken from it, even while names may be taken over.
    @Test func wakerKeepsItsName() throws {
        let guarded = try GuardedHub()
        try guarded.hub.allowTakeover(true)
        let socket = try Socket(.dealer, in: Context())
        try socket.set(ZMQ_LINGER, to: 0)
        try socket.set(ZMQ_ROUTING_ID, to: [0x01] + Array("wake".utf8))
        try socket.apply(guarded.keys.links["a"]!, Limits())
        try socket.connect(to: guarded.hub.endpoint)
        let packet = Packet()
        try packet.set(Frame.encoding(kind: 1, body: []))
        #expect(socket.send(packet) == 0)
        guard case .violation(let violation) = try guarded.event() else { throw TestFailure("no violation") }
        #expect(violation.reason == .foreignName(holder: "a", name: "\\x01wake"))
        guarded.hub.waker.wake()
        #expect(try guarded.hub.receive(timeoutMilliseconds: 5_000) == .woken)
        socket.close()
        try guarded.hub.close()
    }

    @Test func oversizeIsRefused() throws {
        var limits = Limits()
        limits.maximumMessageBytes = 1_000
        let guarded = try GuardedHub(limits: limits)
        let link = try guarded.link("a")
        try link.send(kind: 1, [UInt8](repeating: 0, count: 993))
        #expect(try guarded.event(within: 300) == .timedOut, "one byte more is cut off")
        try link.close()
        let other = try guarded.link("b")
        try other.send(kind: 1, [UInt8](repeating: 0, count: 992))
        #expect(try guarded.event() == .message(slot: 1, kind: 1), "the limit itself is not")
        try other.close()
        try guarded.hub.close()
    }

    @Test func tcpNeedsKeysAndIpcDoesNot() throws {
        let place = Endpoint.tcp(host: "127.0.0.1", port: 0)
        let hub = #expect(throws: ZeroMQError.self) { try Hub(at: place, peers: ["a"]) }
        #expect(hub?.code == .keysMissing && hub?.remedy.contains("--insecure") == true)
        let link = #expect(throws: ZeroMQError.self) { try Link(to: .tcp(host: "127.0.0.1", port: 9), name: "a") }
        #expect(link?.code == .keysMissing)
        try Hub(at: place, peers: ["a"], insecure: true).close()
        let folder = TemporaryFolder()
        try Hub(at: folder.endpoint(.ipc), peers: ["a"]).close()
        folder.remove()
    }

    /// A context is shared by one hub after the other: nothing of a doorkeeper stays in it.
    @Test func closingLeavesNothing() throws {
        let context = try Context()
        let keys = try RunKeys(peers: ["a"])
        for _ in 0..<10 {
            let hub = try Hub(at: .tcp(host: "127.0.0.1", port: 0), peers: ["a"], context: context, keys: keys.hub)
            let second = #expect(throws: ZeroMQError.self) {
                try Hub(at: .tcp(host: "127.0.0.1", port: 0), peers: ["a"], context: context, keys: keys.hub)
            }
            #expect(second?.code == .addressInUse, "a context has room for one")
            try hub.close()
        }
        try context.close(graceMilliseconds: 0)
    }

    /// A hub that cannot have its doorkeeper leaves nothing behind either.
    @Test func failingToOpenLeavesNothing() throws {
        let context = try Context()
        let other = try Socket(.reply, in: context)
        _ = try other.bind(.inproc(name: "zeromq.zap.01"))
        let keys = try RunKeys(peers: ["a"])
        let error = #expect(throws: ZeroMQError.self) {
            try Hub(at: .tcp(host: "127.0.0.1", port: 0), peers: ["a"], context: context, keys: keys.hub)
        }
        #expect(error?.code == .addressInUse && error?.place == "inproc://zeromq.zap.01")
        other.close()
        try context.close(graceMilliseconds: 0)
    }

    /// A hub whose context is shut down from elsewhere closes as well.
    @Test func shutdownEndsTheDoorkeeper() throws {
        let guarded = try GuardedHub()
        guarded.hub.context.shutdown()
        #expect(try guarded.hub.receive(timeoutMilliseconds: 5_000) == .closed)
        try guarded.hub.close()
    }

    /// Many who knock are told of in few lines, and the holder is heard among them.
    @Test func floodOfConnectionsIsCounted() throws {
        let guarded = try GuardedHub()
        let context = try Context()
        let links = try (0..<120).map { number in
            try Link(
                to: guarded.hub.endpoint, name: "s\(number)", context: context,
                keys: LinkKeys(own: KeyPair.make(), hub: guarded.keys.hub.own.publicKey))
        }
        var lines: [String] = []
        while lines.count < 3 { lines += try guarded.refusals() }
        let line = "a connection from 127.0.0.1 was refused: its key is not one of this run"
        #expect(lines == [line, "\(line) (10 of the kind so far)", "\(line) (100 of the kind so far)"])
        try guarded.expectHolderIsHeard("a")
        for link in links { try link.close() }
        try context.close()
        try guarded.hub.close()
    }
}
