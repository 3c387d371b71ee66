import CoSimulation
import Foundation
import InferencePlacement
import PowerGrid
import ReferenceAgents
import Scenarios
import Testing

/// NREL's published system beside the repository. It is not part of it, so these tests are skipped where it is not.
@Suite("The published RTS-GMLC system", .enabled(if: RTSFolder.isPresent, "../shared/data is not there"))
struct RTSSharedDataTests {
    private func experiment(ticks: Int, coupling: String = "sequential") throws -> Experiment {
        var options = RTSImportOptions()
        options.ticks = ticks
        let imported = try RTSImport.build(try RTSSource(folder: RTSFolder.path), notice: "none", options)
        return try Scenario.load(
            imported.folder, catalogue: ReferenceAgents.catalogue, overrides: ["coupling.kind=\(coupling)"]
        ).experiment
    }

    private func records(_ experiment: Experiment) throws -> [TickRecord] {
        var run = try InProcessRun(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        var records: [TickRecord] = []
        try run.run { record, _ in records.append(record) }
        return records
    }

    @Test("becomes a week with four relocatable loads of 100 MW of IT")
    func week() throws {
        let experiment = try experiment(ticks: 168)
        #expect(experiment.regions.map(\.bus) == ["118", "223", "303", "309"])
        let settings = experiment.gridOperators[0].agent.parameters
        #expect(settings.section("availableMW").entries.count == 29 && settings.section("fixedMW").entries.count == 51)
        // Seven days of 0.3 cos have no mean.
        for service in experiment.services {
            let demand = service.agent.parameters.section("demand")
            let energyMWh = experiment.classes.reduce(0) { sum, kind in
                sum + (0..<168).reduce(0) { $0 + demand.series(kind.name)[$1] } * kind.energyKWhPerRequest / 1000
            }
            #expect(abs(energyMWh / 168 - 100) < 1e-3)
        }
    }

    /// The coupling ladder of MODEL 3.4, hour by hour: without ramps the hours do not depend on each other.
    @Test("costs least when co-optimised, in fewer than 30 rounds, in every hour of two days")
    func couplings() throws {
        let home = try records(try experiment(ticks: 48).baseline)
        let best = try records(try experiment(ticks: 48, coupling: "co-optimised"))
        for coupling in ["sequential", "iterated"] {
            let other = try records(try experiment(ticks: 48, coupling: coupling))
            #expect(cost(other) < cost(home), "\(coupling)")
            for (tick, pair) in zip(best, other).enumerated() {
                #expect(cost([pair.0]) <= cost([pair.1]) * (1 + 1e-7), "\(coupling), tick \(tick)")
            }
        }
        for (tick, pair) in zip(best, home).enumerated() {
            #expect(cost([pair.0]) <= cost([pair.1]) * (1 + 1e-7), "tick \(tick)")
            #expect(pair.0.clearing.coupling.hasConverged && pair.0.clearing.coupling.rounds < 30)
        }
        #expect(cost(best) < 0.97 * cost(home), "lines bind, so that relocation pays")
    }

    /// System cost: generation and friction, $.
    private func cost(_ records: [TickRecord]) -> Double {
        records.reduce(0) { sum, record in
            sum + record.dispatches.compactMap { $0 }.flatMap(\.areas).map(\.costUSD).reduce(0, +)
                + record.clearing.frictionUSD
        }
    }
}

private enum RTSFolder {
    static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "../../../../shared/data/rts-gmlc"
    ).standardizedFileURL.path

    static let isPresent = FileManager.default.fileExists(atPath: path)
}
