import CoSimulation
import InferencePlacement
import TestKit
import Testing

/// A run with faults is recomputed from its records, gone on with and branched anywhere: agents hear their past as it was.
@Suite struct FaultyPastTests {
    private static let seeds = 0..<12 as Range<UInt64>

    private func experiment(_ seed: UInt64) -> Experiment {
        SampleFaults.experiment(
            seed: seed, size: seed % 4 == 0 ? 1 : 3, ticks: 7,
            coupling: seed % 3 == 0 ? Coupling(.iterated, damping: 0.5, toleranceMW: 0.5, roundLimit: 3) : Coupling())
    }

    /// A run that goes on after each tick; agents are new and have only their past.
    @Test(arguments: seeds)
    func aRunThatStoppedAnywhereGoesOnTheSame(seed: UInt64) throws {
        let experiment = experiment(seed)
        let records = try SampleRun(experiment).records
        for count in 0...records.count {
            var replay = try RunReplay(experiment: experiment, catalogue: SampleAgents.catalogue)
            for record in records.prefix(count) { try replay.redo(record) }
            var rest: [TickRecord] = []
            var run = InProcessRun(after: replay)
            try run.run { record, _ in rest.append(record) }
            #expect(rest == Array(records.dropFirst(count)), "seed \(seed), after \(count) ticks")
        }
    }

    /// What the journal keeps is what was.
    @Test(arguments: seeds)
    func theWireKeepsFaults(seed: UInt64) throws {
        let experiment = experiment(seed)
        let read = try Experiment(canonicalBytes: experiment.canonicalBytes())
        #expect(read == experiment)
        for record in try SampleRun(experiment).records {
            #expect(try TickRecord(canonicalBytes: record.canonicalBytes(), experiment: experiment) == record)
        }
        var wrong = experiment
        wrong.faults[0].agents.append(experiment.agentCount)
        #expect(throws: WireError.self) { try Experiment(canonicalBytes: wrong.canonicalBytes()) }
    }

    /// The control: an agent that is not told of the bids it lost does not answer as it did.
    @Test func lostBidsBelongToThePast() throws {
        var experiment = SampleExperiment.make(size: 2, ticks: 12)
        experiment.faults = [
            AgentFault(name: "lost", agents: [4, 5], ticks: 0..<12, kind: .lostBids(probability: 0.4))
        ]
        let records = try SampleRun(experiment).records
        func contradictions(tellingLost: Bool) throws -> Int {
            var coordinator = try Coordinator(experiment: experiment)
            var agents = try experiment.agents(from: SampleAgents.catalogue)
            var count = 0
            for record in records {
                for exchange in try coordinator.replay(record).exchanges where tellingLost || exchange.answer != nil {
                    let reply = agents[exchange.ask.agent].answer(exchange.ask)
                    if exchange.contradiction(of: reply.answer) != nil { count += 1 }
                }
            }
            return count
        }
        #expect(try contradictions(tellingLost: true) == 0)
        #expect(try contradictions(tellingLost: false) > 0)
    }

    /// A forged fault in a record is found when the tick is recomputed.
    @Test func aForgedFaultIsFound() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 3)
        var records = try SampleRun(experiment).records
        records[1].faults = [FaultRecord(agent: 2, kind: .outage)]
        var replay = try RunReplay(experiment: experiment, catalogue: SampleAgents.catalogue)
        try replay.redo(records[0])
        let error = #expect(throws: RunError.self) { try replay.redo(records[1]) }
        #expect(error?.code == .nondeterminism && error?.description.contains("faults.count") == true, "\(error!)")
    }

    /// A branch may take up other faults at any tick, those of operators too, and verifies on its own.
    @Test(arguments: seeds)
    func aBranchTakesUpOtherFaults(seed: UInt64) throws {
        let parent = experiment(seed)
        let before = try SampleRun(parent).records
        let tick = 1 + Int(seed % 6)
        var child = parent
        child.faults = SampleFaults.random(parent, seed: seed + 1_000)
        let digest = before.prefix(tick).reduce(parent.digest) { $0.chained(with: $1.canonicalBytes()) }
        child.branch = Branch(tick: tick, parent: parent, digest: digest)
        child = try Experiment(canonicalBytes: child.canonicalBytes())
        var records = Array(before.prefix(tick))
        var replay = try RunReplay(experiment: child, catalogue: SampleAgents.catalogue)
        for record in records { try replay.redo(record) }
        var run = InProcessRun(after: replay)
        try run.run { record, _ in records.append(record) }
        #expect(records.count == parent.clock.tickCount)
        // Gone on with anywhere, the branch is the same.
        for count in 0...records.count {
            var again = try RunReplay(experiment: child, catalogue: SampleAgents.catalogue)
            for record in records.prefix(count) { try again.redo(record) }
            guard count >= tick else { continue }
            var rest: [TickRecord] = []
            var run = InProcessRun(after: again)
            try run.run { record, _ in rest.append(record) }
            #expect(rest == Array(records.dropFirst(count)), "seed \(seed), after \(count) ticks")
        }
    }
}
