import CoSimulation
import InferencePlacement
import TestKit
import Testing

/// What-if runs: the past of another run, and a future of their own.
@Suite struct BranchTests {
    private let parent = SampleExperiment.make(size: 3, ticks: 8)

    /// Branches the sample run at a tick and runs the branch to its end.
    private func branch(at tick: Int, _ change: (inout Experiment) -> Void) throws -> [TickRecord] {
        let past = Array(try SampleRun(parent).records.prefix(tick))
        let digest = past.reduce(parent.digest) { $0.chained(with: $1.canonicalBytes()) }
        var experiment = parent
        change(&experiment)
        #expect(experiment.obstacle(toBranchFrom: parent) == nil)
        experiment.branch = Branch(tick: tick, parent: parent, digest: digest)
        // What a reader of the journal sees is what was meant.
        experiment = try Experiment(canonicalBytes: experiment.canonicalBytes())
        var replay = try RunReplay(experiment: experiment, catalogue: SampleAgents.catalogue)
        for record in past { try replay.redo(record) }
        var records = past
        var run = InProcessRun(after: replay)
        try run.run { record, _ in records.append(record) }
        var again = try RunReplay(experiment: experiment, catalogue: SampleAgents.catalogue)
        for record in records { try again.redo(record) }
        return records
    }

    @Test(arguments: 1...7)
    func aBranchThatChangesNothingIsTheRunItLeaves(tick: Int) throws {
        #expect(try branch(at: tick) { _ in } == SampleRun(parent).records)
    }

    @Test(arguments: [1, 4, 7])
    func aChangedMechanismActsFromTheTickOn(tick: Int) throws {
        let records = try branch(at: tick) { $0.mechanism = Mechanism(.home) }
        let before = try SampleRun(parent).records
        func isAtHome(_ record: TickRecord) -> Bool { record.clearing.awards.allSatisfy { $0.region == $0.service } }
        #expect(records.prefix(tick) == before.prefix(tick))
        #expect(records[tick].signals == before[tick].signals)
        #expect(records.dropFirst(tick).allSatisfy(isAtHome))
        #expect(!before.dropFirst(tick).allSatisfy(isAtHome), "the control: without the change it is not")
    }

    @Test func aChangedAgentHearsThePastAndActsFromTheTickOn() throws {
        let records = try branch(at: 3) { experiment in
            experiment.regions[0].agent.parameters = Parameters([("connectionMW", .number(20))])
            experiment.services[1].agent.parameters = Parameters([("demandMWh", .number(5))])
        }
        let before = try SampleRun(parent).records
        #expect(records.prefix(3) == before.prefix(3))
        #expect(records[3].offers[0]?.connectionMW == 20)
        #expect(before[3].offers[0]?.connectionMW == 150)
        #expect(records[3].violations.isEmpty, "what it holds back is not what the journal has, and not checked")
    }

    @Test func whatCannotBeABranchIsSaid() {
        var other = parent
        other.clock = Clock(startSeconds: 0, tickSeconds: 3600, tickCount: 8)
        #expect(other.obstacle(toBranchFrom: parent) == "the clock is another")
        other = parent
        other.services[0].agent.name = "stranger"
        #expect(other.obstacle(toBranchFrom: parent) == "the agents are others")
        other.branch = Branch(tick: 2, parent: parent, digest: parent.digest)
        #expect(throws: WireError.self) { try Experiment(canonicalBytes: other.canonicalBytes()) }
    }
}
