public import CoSimulation

/// Faults by seed: of every kind, of any agents, overlapping, some of them longer than the run.
public enum SampleFaults {
    /// Some faults for an experiment; every agent may be out, and everybody at once.
    public static func random(_ experiment: Experiment, seed: UInt64) -> [AgentFault] {
        var random = RandomStream(seed: seed, agent: 0, tick: 0, phase: .signalling)
        let ticks = experiment.clock.tickCount
        let listeners = Array(experiment.regionAgents.lowerBound..<experiment.agentCount)
        return (0..<Int.random(in: 1...6, using: &random)).map { number in
            let from = Int.random(in: 0..<ticks, using: &random)
            let range = from..<(from + Int.random(in: 1...ticks, using: &random))
            func some(_ agents: [Int]) -> [Int] {
                let chosen = agents.filter { _ in random.uniform() < 0.4 }
                return chosen.isEmpty ? agents : chosen
            }
            let kind: AgentFault.Kind
            switch Int.random(in: 0..<4, using: &random) {
            case 0: kind = .outage
            case 1: kind = .lateSignals(delayTicks: Int.random(in: 0...3, using: &random))
            case 2: kind = .lostSignals(probability: random.uniform())
            default: kind = .lostBids(probability: random.uniform())
            }
            return AgentFault(
                name: "fault-\(number)",
                agents: some(kind == .outage ? Array(0..<experiment.agentCount) : listeners), ticks: range, kind: kind)
        }
    }

    /// The sample experiment with faults by seed.
    public static func experiment(seed: UInt64, size: Int = 3, ticks: Int = 8, coupling: Coupling = Coupling())
        -> Experiment
    {
        var experiment = SampleExperiment.make(size: size, ticks: ticks, seed: seed, coupling: coupling)
        experiment.faults = random(experiment, seed: seed)
        return experiment
    }
}
