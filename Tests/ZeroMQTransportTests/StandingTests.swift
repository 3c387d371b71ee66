import CoSimulation
import Foundation
import InferencePlacement
import TestKit
import Testing
import ZeroMQTransport

/// Runs that do not move: held between two ticks by who watches, or waiting for answers.
@Suite struct StandingTests {
    /// Runs over ipc, and returns the digest with what the watcher was told.
    private func run(
        _ experiment: Experiment, catalogue: AgentCatalogue = SampleAgents.catalogue,
        holds: @escaping (Int) -> Bool = { _ in false }
    ) throws -> (digest: Digest, events: [String]) {
        let place = try RunOverTransportTests.Place()
        let journal = try JournalWriter(creating: place.path + "/journal", experiment: experiment)
        var events: [String] = []
        let service = try CoordinatorService(
            experiment: experiment, journal: journal, endpoint: .ipc(path: place.path + "/hub"), expectsRecorder: false,
            watch: { event in
                switch event {
                case .held(let ticks): events.append("held after \(ticks)")
                case .wentOn: events.append("went on")
                case .finished(let record, _): events.append("tick \(record.tick)")
                case .waiting(let tick, let phase, let agents):
                    let names = agents.map { experiment.agent($0).name }
                    events.append("tick \(tick) waits in \(phase.name) for \(names.joined(separator: ", "))")
                default: break
                }
            }, holds: holds)
        let outcomes = RunOverTransportTests.Outcomes()
        let (endpoint, scenario) = (service.endpoint, experiment.digest)
        for number in 0..<experiment.agentCount {
            let name = experiment.agent(number).name
            outcomes.start(name) { () throws(AgentError) in
                try AgentProcess.run(names: [name], endpoint: endpoint, scenario: scenario, catalogue: catalogue)
            }
        }
        let digest = try service.run()
        #expect(outcomes.wait().isEmpty)
        return (digest, events)
    }

    @Test func aHeldRunComesOutTheSame() throws {
        let experiment = SampleExperiment.make(ticks: 5)
        var looks: [Int: Int] = [:]
        let (digest, events) = try run(experiment) { ticks in
            looks[ticks, default: 0] += 1
            return ticks != 4 && looks[ticks, default: 0] <= 3
        }
        #expect(try digest == SampleRun(experiment).digest)
        #expect(
            events == [
                "tick 0", "held after 1", "went on", "tick 1", "held after 2", "went on", "tick 2", "held after 3",
                "went on", "tick 3", "tick 4",
            ], "after the last tick there is nothing to hold")
    }

    @Test func toldWhomARunWaitsFor() throws {
        var experiment = SampleExperiment.make(ticks: 3)
        experiment.services[1].agent.strategy = "sluggish"
        let (_, events) = try run(experiment, catalogue: SluggishNode.catalogue)
        #expect(events == ["tick 0", "tick 1 waits in bidding for node-1", "tick 1", "tick 2"])
    }
}

/// A node that takes its time in tick 1.
private struct SluggishNode: ServiceNode {
    static let fields: [Field] = [
        .optional("demandMWh", .number(.any), unit: .megawattHour, default: .number(1), "Not used.")
    ]
    static let summary = "Slow once."
    static let catalogue = AgentCatalogue(SampleAgents.entries + [.serviceNode("sluggish", SluggishNode.self)])

    init(setup: ServiceNodeSetup) throws(ParameterError) {}

    mutating func bid(_ observation: ServiceObservation) -> WorkBid {
        if observation.context.tick == 1 { Thread.sleep(forTimeInterval: 0.7) }
        return WorkBid(lines: [])
    }
}
