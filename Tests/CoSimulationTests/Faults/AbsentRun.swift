import CoSimulation
import TestKit

/// A run without faults whose shell goes on without some agents for some ticks, as a launcher does for good; a grid
/// operator is asked for a signal, and nothing else, in place of the last dispatch it misses.
struct AbsentRun {
    private(set) var records: [TickRecord] = []

    init(_ experiment: Experiment, agents absent: [Int], ticks: Range<Int>) throws {
        var coordinator = try Coordinator(experiment: experiment)
        var agents = try experiment.agents(from: SampleAgents.catalogue)
        var directives = try coordinator.start()
        var next = 0
        while next < directives.count {
            defer { next += 1 }
            switch directives[next] {
            case .ask(var ask):
                if absent.contains(ask.agent) { ask.question = Self.part(of: ask, outside: ticks) ?? ask.question }
                let isAway = absent.contains(ask.agent) && Self.part(of: ask, outside: ticks) == nil
                if isAway {
                    directives += try coordinator.declareAbsent(agent: ask.agent)
                } else {
                    directives += try coordinator.receive(agents[ask.agent].answer(ask))
                }
            case .record(let record): records.append(record)
            case .report, .refuse, .contradiction, .finish: break
            }
        }
    }

    /// What is left of a question when its agent is away in some ticks; nil for nothing.
    private static func part(of ask: Ask, outside ticks: Range<Int>) -> Question? {
        guard case .grid(let loadMW, let signalTick) = ask.question else {
            return ticks.contains(ask.tick) ? nil : ask.question
        }
        let dispatch = ticks.contains(ask.tick) ? nil : loadMW
        let signal = signalTick.flatMap { ticks.contains($0) ? nil : $0 }
        return dispatch == nil && signal == nil ? nil : .grid(dispatchLoadMW: dispatch, signalTick: signal)
    }
}
