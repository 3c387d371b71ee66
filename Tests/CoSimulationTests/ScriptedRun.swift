import CoSimulation
import InferencePlacement
import TestKit

/// A run of sample agents whose answers a test may replace, or drop.
struct ScriptedRun {
    var records: [TickRecord] = []
    var reports: [Violation] = []
    var asks: [Ask] = []

    /// Runs to the end; `answer` gets each honest answer and returns what is given instead, nil for an absence.
    init(_ experiment: Experiment, _ answer: (Ask, Answer) -> Answer?) throws {
        var coordinator = try Coordinator(experiment: experiment)
        var agents = try experiment.agents(from: SampleAgents.catalogue)
        var directives = try coordinator.start()
        var next = 0
        while next < directives.count {
            switch directives[next] {
            case .ask(let ask):
                asks.append(ask)
                var reply = agents[ask.agent].answer(ask)
                if let given = answer(ask, reply.answer) {
                    reply.answer = given
                    directives += try coordinator.receive(reply)
                } else {
                    directives += try coordinator.declareAbsent(agent: ask.agent)
                }
            case .report(let violation, _): reports.append(violation)
            case .record(let record): records.append(record)
            case .refuse, .contradiction, .finish: break
            }
            next += 1
        }
    }

    /// Four regions in turn at two operators, each with on-site power and blocks of its own.
    static func experiment(ticks: Int = 4, mechanism: Mechanism = Mechanism(.carbonPriced, carbonPriceUSDPerKg: 0.05))
        -> Experiment
    {
        var experiment = SampleExperiment.make(size: 4, ticks: ticks, mechanism: mechanism)
        experiment.gridOperators.removeLast(2)
        for index in experiment.regions.indices { experiment.regions[index].gridOperator = index % 2 }
        return experiment
    }
}

extension Answer {
    /// The answer with another signal for each bus.
    func signalling(_ change: (Int, inout BusSignal) -> Void) -> Answer {
        guard case .grid(let dispatch, var signal?) = self else { return self }
        for index in signal.buses.indices { change(index, &signal.buses[index]) }
        return .grid(dispatch: dispatch, signal: signal)
    }

    /// The answer with another outcome for each bus.
    func dispatching(_ change: (Int, inout BusOutcome) -> Void) -> Answer {
        guard case .grid(var dispatch?, let signal) = self else { return self }
        for index in dispatch.buses.indices { change(index, &dispatch.buses[index]) }
        return .grid(dispatch: dispatch, signal: signal)
    }

    /// The answer with another offer.
    func offering(_ change: (inout CapacityOffer) -> Void) -> Answer {
        guard case .offer(var offer) = self else { return self }
        change(&offer)
        return .offer(offer)
    }

    /// The answer with other bid lines.
    func bidding(_ change: (inout BidLine) -> Void) -> Answer {
        guard case .bid(var bid) = self else { return self }
        for index in bid.lines.indices { change(&bid.lines[index]) }
        return .bid(bid)
    }
}
