import CoSimulation
import Foundation
import InferencePlacement
import ReferenceAgents
import Scenarios
import Testing

/// The scenarios that come with the program: they load, run, and show what their descriptions say.
@Suite struct ShippedScenariosTests {
    static let names = ["two-region", "outage", "world-week"]
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func load(_ name: String, _ overrides: [String] = []) throws -> Scenario {
        try Scenario.load(
            Self.root.appendingPathComponent("Scenarios/\(name)").path, catalogue: ReferenceAgents.catalogue,
            overrides: overrides
        ) { role, strategy, setup -> ParameterError? in
            guard let entry = ReferenceAgents.catalogue.entry(role, strategy) else { return nil }
            do throws(ParameterError) {
                _ = try AgentProgram(number: 0, seed: 0, entry: entry, setup: setup)
                return nil
            } catch {
                return error
            }
        }
    }

    private func records(_ experiment: Experiment) throws -> [TickRecord] {
        var run = try InProcessRun(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        var records: [TickRecord] = []
        try run.run { record, _ in records.append(record) }
        return records
    }

    private func areaCost(_ records: [TickRecord]) -> Double {
        records.flatMap { $0.dispatches.compactMap { $0 } }.flatMap(\.areas).map(\.costUSD).reduce(0, +)
    }

    private func areaEmissions(_ records: [TickRecord]) -> Double {
        records.flatMap { $0.dispatches.compactMap { $0 } }.flatMap(\.areas).map(\.emissionsKg).reduce(0, +)
    }

    @Test(arguments: names)
    func relocationSavesCostAndCarbon(name: String) throws {
        let experiment = try load(name).experiment
        let run = try records(experiment)
        let home = try records(experiment.baseline)
        #expect(run.count == experiment.clock.tickCount)
        #expect(areaCost(run) < areaCost(home))
        #expect(areaEmissions(run) < areaEmissions(home))
        for record in run + home {
            #expect(record.absences.isEmpty && record.violations.isEmpty, "tick \(record.tick)")
            #expect(record.clearing.relativeGap < 1e-6, "tick \(record.tick)")
        }
    }

    /// The two ticks the head of two-region works by hand.
    @Test func twoRegionAsWorkedByHand() throws {
        let experiment = try load("two-region").experiment
        let run = try records(experiment)
        let home = try records(experiment.baseline)
        let quiet = run[0]
        #expect(abs(quiet.clearing.energyUSD + quiet.clearing.frictionUSD - 4880) < 1e-6)
        #expect(abs(quiet.clearing.frictionUSD - 300) < 1e-6)
        #expect(abs(home[0].clearing.energyUSD - 6500) < 1e-6)
        let loads = quiet.dispatches.map { $0!.areas[0].computeLoadMW }
        #expect(zip(loads, [121, 48]).allSatisfy { abs($0 - $1) < 1e-6 }, "\(loads)")
        #expect(abs(areaEmissions([home[0]]) - 918_000) < 1e-3)
        #expect(abs(areaEmissions([quiet]) - 853_200) < 1e-3)
        #expect(run[12].clearing.awards.allSatisfy { $0.region == experiment.services[$0.service].home }, "a busy tick")
        // Without a carbon price stockholm's batch moves from gas to coal: cheaper and dirtier.
        let overrides = ["mechanism.objective=least-cost", "mechanism.carbonPriceUSDPerTonne="]
        let cheap = try records(try load("two-region", overrides).experiment)
        #expect(abs(cheap[12].clearing.costUSD - (home[12].clearing.costUSD - 705)) < 1e-6)
        #expect(abs(cheap[12].clearing.emissionsKg - home[12].clearing.emissionsKg - 19_200) < 1e-3)
    }

    /// Herding costs more than it saves the regions, and its cured twin less than anything else.
    @Test func herdingIsCuredByCoOptimisation() throws {
        let herding = try load("herding").experiment
        let cured = try load("herding/cured.yaml").experiment
        #expect(herding.baseline == cured.baseline, "the twins differ in their coupling only")
        func bill(_ records: [TickRecord]) -> Double {
            records.flatMap(\.settlement).filter { $0.purpose == .energy }.map(\.amountUSD).reduce(0, +)
        }
        let (home, wild, tame) = (try records(herding.baseline), try records(herding), try records(cured))
        #expect(bill(wild) > bill(home) && bill(tame) < bill(home))
        #expect(areaCost(tame) < areaCost(wild) && areaCost(tame) < areaCost(home))
        let waterLoads = wild.map { $0.clearing.regions[0].gridMWh }
        let flips = zip(waterLoads, waterLoads.dropFirst()).count { abs($0 - $1) > 100 }
        #expect(flips >= wild.count / 3, "work runs back and forth: \(waterLoads)")
        let settled = tame.map { $0.clearing.regions[0].gridMWh }
        #expect(settled.allSatisfy { abs($0 - settled[0]) < 1e-3 }, "and stays when cured: \(settled)")
        #expect(tame.allSatisfy { $0.clearing.coupling.hasConverged })
    }

    /// A run of the same scenario is the same run, and a control that it need not be.
    @Test func worldWeekIsRepeatable() throws {
        let experiment = try load("world-week").experiment
        func digest(_ experiment: Experiment) throws -> Digest {
            try records(experiment).reduce(experiment.digest) { $0.chained(with: $1.canonicalBytes()) }
        }
        let first = try digest(experiment)
        #expect(try digest(experiment) == first)
        #expect(try digest(try load("world-week", ["seed=2"]).experiment) != first)
    }

    /// The schema file editors use is the one this program prints.
    @Test func schemaFileIsCurrent() throws {
        let file = Self.root.appendingPathComponent("Scenarios/scenario.schema.json")
        let written = try String(contentsOf: file, encoding: .utf8)
        let current = ScenarioSchema.jsonSchema(catalogue: ReferenceAgents.catalogue)
        #expect(
            written.trimmingCharacters(in: .newlines) == current.trimmingCharacters(in: .newlines),
            "run: ./gridtide schema > Scenarios/scenario.schema.json")
    }
}
