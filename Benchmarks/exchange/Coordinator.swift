import Glibc
import ZeroMQTransport

/// The coordinator process: starts the agents, exchanges ticks with them, and measures.
struct Coordinator {
    struct WrongMessage: Error { let event: HubEvent }

    let hub: Hub
    let shape: Shape
    let slots: [Int]
    private var tick: UInt64 = 0
    private var heard: [Bool]

    init(hub: Hub, shape: Shape) {
        self.hub = hub
        self.shape = shape
        slots = Array(hub.peerNames.indices)
        heard = Array(repeating: false, count: slots.count)
    }

    /// Ticks per second over a number of seconds.
    static func measure(
        agents: Int, endpoint: Endpoint, shape: Shape, shapeName: String, seconds: Double
    ) throws -> Double {
        let hub = try Hub(at: endpoint, peers: (0..<agents).map { "agent\(1_000 + $0)" }, insecure: true)
        let children = try hub.peerNames.map { name in
            try spawn([CommandLine.arguments[0], "agent", name, hub.endpoint.description, shapeName])
        }
        var coordinator = Coordinator(hub: hub, shape: shape)
        try coordinator.hear(Kind.greeting, wireBytes: Frame.headerBytes)
        _ = try coordinator.run(seconds: 0.3)
        let start = ContinuousClock.now
        let ticks = try coordinator.run(seconds: seconds)
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        _ = try hub.send(kind: Kind.stop, [], to: coordinator.slots)
        for child in children { waitpid(child, nil, 0) }
        try hub.close()
        return Double(ticks) / elapsed
    }

    private mutating func run(seconds: Double) throws -> UInt64 {
        let first = tick
        let end = ContinuousClock.now + .seconds(seconds)
        var tickBody = body(wireBytes: shape.tick)
        var awardBody = body(wireBytes: shape.award)
        while ContinuousClock.now < end {
            tick += 1
            stamp(&tickBody, tick: tick)
            guard try hub.send(kind: Kind.tick, tickBody, to: slots).isEmpty else { break }
            try hear(Kind.reply, wireBytes: shape.reply)
            stamp(&awardBody, tick: tick)
            guard try hub.send(kind: Kind.award, awardBody, to: slots).isEmpty else { break }
            try hear(Kind.acknowledgement, wireBytes: shape.acknowledgement)
        }
        return tick - first
    }

    /// Receives one message of a kind from every agent.
    private mutating func hear(_ kind: UInt8, wireBytes: Int) throws {
        for slot in heard.indices { heard[slot] = false }
        for _ in heard.indices {
            let event = try hub.receive(timeoutMilliseconds: 10_000)
            guard case .message(let slot, kind) = event, !heard[slot], isExpected(wireBytes) else {
                throw WrongMessage(event: event)
            }
            heard[slot] = true
        }
    }

    private func isExpected(_ wireBytes: Int) -> Bool {
        hub.withBody { body in
            body.count == wireBytes - Frame.headerBytes
                && (body.isEmpty || UInt64(littleEndian: body.loadUnaligned(as: UInt64.self)) == tick)
        }
    }

    private static func spawn(_ words: [String]) throws -> pid_t {
        var pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var child: pid_t = 0
        let number = posix_spawn(&child, words[0], nil, nil, &pointers, environ)
        guard number == 0 else { throw Fault(description: "cannot start an agent: error \(number)") }
        return child
    }
}

/// A failure in words.
struct Fault: Error, CustomStringConvertible {
    let description: String
}
