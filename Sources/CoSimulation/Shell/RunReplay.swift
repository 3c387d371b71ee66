/// A run played again from its records: agents answer their past, ticks are recomputed, and whatever differs is an error.
public struct RunReplay {
    /// Agents that are not of the catalogue; their recorded answers are taken.
    public let foreign: [String]
    /// Answers that were given again and found the same.
    public private(set) var answerCount = 0
    private let experiment: Experiment
    private(set) var coordinator: Coordinator
    private(set) var agents: [AgentProgram?]

    /// A replay before the first tick. Throws `ParameterError` or `ClearingError`.
    public init(experiment: Experiment, catalogue: AgentCatalogue) throws {
        self.experiment = experiment
        coordinator = try Coordinator(experiment: experiment)
        agents = try (0..<experiment.agentCount).map { try experiment.program(ofAgent: $0, from: catalogue) }
        foreign = (0..<experiment.agentCount).filter { experiment.agent($0).isForeign }.map {
            experiment.agent($0).name
        }
    }

    /// Redoes the next tick. Throws `RunError`: `nondeterminism` when an answer or the tick comes out otherwise.
    public mutating func redo(_ record: TickRecord) throws(RunError) {
        let redone: ReplayedTick
        do {
            redone = try coordinator.replay(record)
        } catch {
            throw RunError(.clearing, "tick \(record.tick): \(error)")
        }
        for exchange in redone.exchanges {
            guard let reply = agents[exchange.ask.agent]?.answer(exchange.ask) else { continue }
            if let contradiction = exchange.contradiction(of: reply.answer) {
                throw RunError(contradiction, experiment: experiment)
            }
            if exchange.answer != nil { answerCount += 1 }
        }
        if let difference = FieldDifference(between: record, and: redone.record) {
            throw RunError(recomputed: difference, tick: record.tick)
        }
    }
}
