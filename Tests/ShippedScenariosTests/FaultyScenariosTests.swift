import CoSimulation
import Foundation
import InferencePlacement
import ReferenceAgents
import Scenarios
import TestKit
import Testing

/// The strategies that come with the program under faults: they bear gaps, old signals and lost bids, keep every rule an
/// answer must keep, and a run of them goes on from anywhere.
@Suite struct FaultyScenariosTests {
    /// With batteries and requests, deferral, a horizon with a limit of water, networks, and rounds of quotes.
    private static let scenarios = [
        "outage", "demand-response-day", "green-llm", "three-bus", "tie-line", "herding/cured.yaml",
    ]

    @Test(arguments: scenarios, 1...3 as ClosedRange<UInt64>)
    func strategiesBearFaults(name: String, seed: UInt64) throws {
        var experiment = try Scenario.load(
            ShippedScenariosTests.root.appendingPathComponent("Scenarios/\(name)").path,
            catalogue: ReferenceAgents.catalogue, overrides: name == "demand-response-day" ? [] : ["clock.ticks=12"]
        ).experiment
        experiment.faults = SampleFaults.random(experiment, seed: seed)
        var records: [TickRecord] = []
        // A rule that is broken ends the run with an error.
        var run = try InProcessRun(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        try run.run { record, _ in records.append(record) }
        #expect(records.contains { !$0.faults.isEmpty }, "\(name), seed \(seed): nothing happened")
        for record in records {
            let place = "\(name), seed \(seed), tick \(record.tick)"
            for area in record.dispatches.compactMap({ $0 }).flatMap(\.areas) {
                let (supply, demand) = (
                    area.generationMW + area.importMW + area.unservedMW, area.demandMW + area.computeLoadMW
                )
                #expect(abs(supply - demand) <= 1e-6 * max(1, demand / 1000), "\(place), \(area.name)")
            }
            for agent in record.faults.filter({ $0.kind == .outage }).map(\.agent)
            where experiment.regionAgents.contains(agent) {
                let region = agent - experiment.regionAgents.lowerBound
                #expect(record.clearing.regions[region].facilityMWh == 0, "\(place)")
            }
        }
        var replay = try RunReplay(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        for record in records.prefix(6) { try replay.redo(record) }
        var rest: [TickRecord] = []
        var second = InProcessRun(after: replay)
        try second.run { record, _ in rest.append(record) }
        #expect(rest == Array(records.dropFirst(6)), "\(name), seed \(seed)")
    }
}
