/// A run in one process: carries the coordinator's directives out by function call.
public struct InProcessRun {
    private var coordinator: Coordinator
    private var agents: [AgentProgram]
    private let clock = SuspendingClock()

    /// A run of an experiment with strategies of a catalogue. Throws `ParameterError` or `ClearingError`.
    public init(experiment: Experiment, catalogue: AgentCatalogue) throws {
        agents = try experiment.agents(from: catalogue)
        coordinator = try Coordinator(experiment: experiment)
    }

    /// A run that goes on where a replay has come to; none of its agents may be foreign.
    public init(after replay: RunReplay) {
        precondition(replay.foreign.isEmpty, "\(replay.foreign) cannot run in this process")
        agents = replay.agents.compactMap(\.self)
        coordinator = replay.coordinator
    }

    /// Runs to the end, from the start or where a replay has come to, and hands each finished tick to `take`, with who was waited for.
    ///
    /// Throws `RunError`, and whatever `take` throws.
    /// With `profiles` the telemetry says where the time went; here agents wait for nobody and code nothing.
    public mutating func run(
        profiles: Bool = false, _ take: (TickRecord, TickTelemetry) throws -> Void
    ) throws {
        var meter = TickMeter(agentCount: agents.count, profiles: profiles)
        var directives = try coordinator.resume()
        var next = 0
        while next < directives.count {
            switch directives[next] {
            case .ask(let ask):
                let start = clock.now
                var reply = agents[ask.agent].answer(ask)
                meter.add(wait: clock.now - start, agent: ask.agent)
                if meter.profiler != nil {
                    reply.effort = Effort(computing: clock.now - start, coding: .zero)
                    meter.profiler?.note(reply, askedAt: start)
                }
                let before = clock.now
                let followUp = try receive(reply)
                meter.profiler?.note(.solving, since: before)
                if ask.phase == .bidding, !followUp.isEmpty { meter.clearing = clock.now - before }
                // Directives already carried out are dropped at the end of each phase, so that the list stays short.
                if !followUp.isEmpty {
                    directives = followUp
                    next = 0
                    continue
                }
            case .record(let record): try take(record, meter.finish(tick: record.tick))
            case .report(let violation, let tick):
                throw RunError(violation, tick: tick, experiment: coordinator.experiment)
            case .contradiction(let contradiction):
                throw RunError(contradiction, experiment: coordinator.experiment)
            case .refuse(let agent, let text): preconditionFailure("agent \(agent) in process: \(text)")
            case .finish: return
            }
            next += 1
        }
        preconditionFailure("the coordinator stopped without finishing, waiting for \(coordinator.awaited)")
    }

    private mutating func receive(_ reply: Reply) throws(RunError) -> [Directive] {
        do {
            return try coordinator.receive(reply)
        } catch {
            throw RunError(.clearing, "tick \(coordinator.tick): \(error)")
        }
    }
}
