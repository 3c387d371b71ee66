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
    static func measure(
        agents: Int, processes: Int, endpoint: Endpoint, messageBytes: Int, seconds: Double
    ) throws -> Double {
        let context = try Context()
        let hub = try Hub(
            at: endpoint, peers: (0..<agents).map { "agent\(1_000 + $0)" }, context: context, insecure: true)
        let crew = try Crew(of: hub, processes: processes, messageBytes: messageBytes)
        var coordinator = Coordinator(hub: hub, messageBytes: messageBytes)
        try coordinator.meet(crew.groups)
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
            try hear(Kind.reply)
            guard try hub.send(kind: Kind.award, question, to: slots).isEmpty else { break }
            try hear(Kind.acknowledgement)
        }
        return tick - first
    }

    /// Waits for a greeting from each group, whose connection then speaks for all of it.
    private func meet(_ groups: [Range<Int>]) throws {
        for _ in groups {
            let event = try hub.receive(timeoutMilliseconds: 60_000)
            guard case .message(let slot, Kind.greeting) = event,
                let group = groups.first(where: { $0.lowerBound == slot })
            else { throw WrongMessage(event: event) }
            hub.recognise(slot, speakingFor: Array(group.dropFirst()))
        }
    }

    /// Receives one message of a kind from every agent.
    private mutating func hear(_ kind: UInt8) throws {
        for slot in heard.indices { heard[slot] = false }
        for _ in heard.indices {
            let event = try hub.receive(timeoutMilliseconds: 10_000)
            guard case .message(let slot, kind) = event, !heard[slot], isExpected() else {
                throw WrongMessage(event: event)
            }
            heard[slot] = true
        }
    }

    private func isExpected() -> Bool {
        hub.withBody { body in
            body.count == messageBytes - Frame.headerBytes
                && UInt64(littleEndian: body.loadUnaligned(as: UInt64.self)) == tick
        }
    }
}
