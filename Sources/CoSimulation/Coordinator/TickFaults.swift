/// What befalls agents in one tick.
struct TickFaults: Sendable {
    /// The agents that are not asked.
    private(set) var out: Set<Int> = []
    /// How many ticks signals take to reach an agent, where they take any.
    private(set) var signalDelayTicks: [Int: Int] = [:]
    /// The agents the signals of the tick do not reach.
    private(set) var losingSignals: Set<Int> = []
    /// The agents whose bid or offer does not arrive.
    private(set) var losingBids: Set<Int> = []

    /// The faults of an experiment in a tick.
    init(_ experiment: Experiment, tick: Int) {
        for fault in experiment.faults where fault.ticks.contains(tick) {
            switch fault.kind {
            case .outage: out.formUnion(fault.agents)
            case .lateSignals(let ticks):
                for agent in fault.agents { signalDelayTicks[agent] = max(ticks, signalDelayTicks[agent] ?? 0) }
            case .lostSignals(let probability):
                losingSignals.formUnion(fault.agents.filter { experiment.loses(.signals, $0, tick, probability) })
            case .lostBids(let probability):
                losingBids.formUnion(fault.agents.filter { experiment.loses(.bid, $0, tick, probability) })
            }
        }
    }

    /// What a record says of them, with the signals of agents that heard older ones.
    func records(behind: [Int: SignalDelivery.Posted]) -> [FaultRecord] {
        out.union(losingBids).union(behind.keys).sorted().flatMap { agent -> [FaultRecord] in
            if out.contains(agent) { return [FaultRecord(agent: agent, kind: .outage)] }
            let stale = behind[agent].map { FaultRecord(agent: agent, kind: .staleSignals(ofTick: $0.tick)) }
            let lost = losingBids.contains(agent) ? FaultRecord(agent: agent, kind: .lostBid) : nil
            return [stale, lost].compactMap(\.self)
        }
    }
}

extension Experiment {
    /// What befalls agents in a tick, by the experiment in force then.
    func faults(inTick tick: Int) -> TickFaults { TickFaults(inForce(atTick: tick), tick: tick) }

    /// Whether a grid operator is asked for its signal for a tick with the dispatch of the tick before: not for the first
    /// tick, nor about an outage.
    func signalsEarly(gridOperator number: Int, forTick tick: Int) -> Bool {
        guard tick > 0, !faults.isEmpty || branch != nil else { return tick > 0 }
        // Those who asked knew the faults of their own experiment; a branch may begin in between.
        let asking = inForce(atTick: tick - 1)
        return !TickFaults(asking, tick: tick - 1).out.contains(number)
            && !TickFaults(asking, tick: tick).out.contains(number)
    }

    fileprivate func loses(_ loss: RandomStream.Loss, _ agent: Int, _ tick: Int, _ probability: Double) -> Bool {
        var random = RandomStream(seed: seed, agent: agent, tick: tick, loss: loss)
        return random.uniform() < probability
    }
}
