import CoSimulation
import Foundation
import InferencePlacement
import ReferenceAgents
import Scenarios
import Testing

/// The scenarios of the grid side show what their heads say.
@Suite struct GridScenariosTests {
    private func load(_ name: String, _ overrides: [String] = []) throws -> Experiment {
        try Scenario.load(
            ShippedScenariosTests.root.appendingPathComponent("Scenarios/\(name)").path,
            catalogue: ReferenceAgents.catalogue, overrides: overrides
        ).experiment
    }

    private func records(_ experiment: Experiment) throws -> [TickRecord] {
        var run = try InProcessRun(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        var records: [TickRecord] = []
        try run.run { record, _ in records.append(record) }
        for record in records { #expect(record.absences.isEmpty && record.violations.isEmpty, "tick \(record.tick)") }
        return records
    }

    private func cost(_ record: TickRecord) -> Double {
        record.dispatches.compactMap { $0 }.flatMap(\.areas).map(\.costUSD).reduce(0, +)
    }

    private func emissions(_ record: TickRecord) -> Double {
        record.dispatches.compactMap { $0 }.flatMap(\.areas).map(\.emissionsKg).reduce(0, +)
    }

    /// MODEL 3.2: signals, and what moving 10 MW does; cheaper is not cleaner.
    @Test func threeBus() throws {
        let experiment = try load("three-bus")
        let (home, cheap) = (try records(experiment.baseline), try records(experiment))
        let buses = home[0].dispatches[0]!.buses
        for (found, expected) in zip(buses.map(\.priceUSDPerMWh), [20.0, 45, 70]) {
            #expect(abs(found - expected) < 1e-6)
        }
        for (found, expected) in zip(buses.map(\.marginalEmissionsKgPerMWh), [950.0, 400, -150]) {
            #expect(abs(found - expected) < 1e-6)
        }
        #expect(abs(buses[0].averageEmissionsKgPerMWh - 128_000 / 210) < 1e-6)
        #expect(abs(cost(home[0]) - 7450) < 1e-6 && abs(emissions(home[0]) - 128_000) < 1e-6)
        for tick in 1..<4 {
            #expect(abs(cost(cheap[tick]) - cost(home[tick]) + 250) < 1e-6)
            #expect(abs(emissions(cheap[tick]) - emissions(home[tick]) - 5500) < 1e-6)
        }
        func priced(_ usdPerTonne: Double) throws -> [TickRecord] {
            try records(
                load("three-bus", ["mechanism={objective: carbon-priced, carbonPriceUSDPerTonne: \(usdPerTonne)}"]))
        }
        // From 1 to 3: 500 $ and -11 t; from 2 to 3: 250 $ and -5.5 t. It flips at 45.45 $/t.
        let clean = try priced(46)
        #expect(abs(cost(clean[0]) - cost(home[0]) - 750) < 1e-6)
        #expect(abs(emissions(clean[0]) - emissions(home[0]) + 16_500) < 1e-6)
        #expect(try priced(45)[0].clearing.awards.allSatisfy { $0.region == 0 })
    }

    /// The tie is full before and after, and the joint optimum costs no more than any other way to place the same work.
    @Test func tieLine() throws {
        let experiment = try load("tie-line")
        let (home, moved) = (try records(experiment.baseline), try records(experiment))
        for (one, other) in zip(home, moved) {
            #expect(one.dispatches[0]!.areas.allSatisfy { $0.congestedLineCount == 1 })
            let prices = one.dispatches[0]!.buses.map(\.priceUSDPerMWh)
            #expect(prices[0] == 12 && prices[1] >= 70)
            #expect(abs(other.clearing.regions[0].gridMWh - 330) < 1e-6, "its connection is full")
            #expect(cost(other) < cost(one) && emissions(other) < emissions(one))
        }
        func total(_ records: [TickRecord]) -> Double {
            records.map { cost($0) + $0.clearing.frictionUSD + $0.clearing.unservedUSD }.reduce(0, +)
        }
        var totals: [String: Double] = ["home": total(home), "sequential": total(moved)]
        for kind in ["iterated", "co-optimised"] {
            totals[kind] = total(try records(load("tie-line", ["coupling={kind: \(kind)}"])))
        }
        let best = totals["co-optimised"]!
        #expect(totals.values.allSatisfy { best <= $0 * (1 + 1e-6) }, "\(totals)")
    }

    @Test func demandResponseDay() throws {
        let run = try records(load("demand-response-day"))
        let east = 1 + 2  // agent number of east-1
        var paid = 0.0
        for tick in 66..<78 {
            paid += run[tick].settlement.filter { $0.purpose == .curtailment }.map(\.amountUSD).reduce(0, +)
            let drop = (run[65].clearing.regions[0].gridMWh - run[tick].clearing.regions[0].gridMWh) * 4
            #expect(drop >= 40 - 1e-6, "tick \(tick)")
        }
        #expect(abs(paid - 40 * 3 * 180) < 1e-6)
        for tick in 48..<56 { #expect(run[tick].clearing.regions[0].gridMWh == 0, "the tariff drives all work away") }
        for tick in 80..<84 { #expect(run[tick].clearing.regions[1].gridMWh <= 2.5 + 1e-9, "10 MW for a quarter") }
        let asked = run[79].settlement.filter { $0.purpose == .curtailment && $0.payee == .agent(east) }
        #expect(asked.map(\.amountUSD).reduce(0, +) > 0, "the operator's own request is paid too")
        #expect(run.flatMap(\.clearing.unserved).isEmpty, "nothing is lost")
        #expect(run.contains { $0.offers[0]!.chargeMW > 0 }, "the battery is charged")
        #expect(run.contains { $0.clearing.regions[0].facilityMWh > $0.clearing.regions[0].gridMWh + 1e-6 }, "and used")
    }
}
