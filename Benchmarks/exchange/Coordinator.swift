import ZeroMQTransport

/// The coordinator: starts the agents, exchanges ticks with them, and measures.
struct Coordinator {
    struct WrongMessage: Error { let event: HubEvent }

    let hub: Hub
    let messageBytes: Int
    let slots: [Int]
    private var tick: UInt64 = 0
    private var heard: [Bool]

    init(hub: Hub, messageBytes: Int) {
        self.hub = hub
        self.messageBytes = messageBytes
        slots = Array(hub.peerNames.indices)
        heard = Array(repeating: false, count: slots.count)
    }

    /// Ticks per second over a number of seconds.
    static func measure(agents: Int, endpoint: Endpoint, messageBytes: Int, seconds: Double) throws -> Double {
        let context = try Context()
        let hub = try Hub(
            at: endpoint, peers: (0..<agents).map { "agent\(1_000 + $0)" }, context: context, insecure: true)
        let crew = try Crew(of: hub, messageBytes: messageBytes)
        var coordinator = Coordinator(hub: hub, messageBytes: messageBytes)
        try coordinator.hear(Kind.greeting, wireBytes: Frame.headerBytes)
        _ = try coordinator.run(seconds: 0.3)
        let start = ContinuousClock.now
        let ticks = try coordinator.run(seconds: seconds)
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        _ = try hub.send(kind: Kind.stop, [], to: coordinator.slots)
        crew.wait()
        try hub.close()
        try context.close()
        return Double(ticks) / elapsed
    }

    private mutating func run(seconds: Double) throws -> UInt64 {
        let first = tick
        let end = ContinuousClock.now + .seconds(seconds)
        var question = body(wireBytes: messageBytes)
        while ContinuousClock.now < end {
            tick += 1
            stamp(&question, tick: tick)
            guard try hub.send(kind: Kind.tick, question, to: slots).isEmpty else { break }
            try hear(Kind.reply, wireBytes: messageBytes)
            guard try hub.send(kind: Kind.award, question, to: slots).isEmpty else { break }
            try hear(Kind.acknowledgement, wireBytes: messageBytes)
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
}
