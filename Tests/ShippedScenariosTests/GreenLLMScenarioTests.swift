import CoSimulation
import Foundation
import InferencePlacement
import ReferenceAgents
import Scenarios
import Testing

/// Green-LLM through the coordinator: horizons, water, waiting work and priorities on the shipped scenario (MODEL 2).
@Suite struct GreenLLMScenarioTests {
    private func experiment(_ overrides: [String] = []) throws -> Experiment {
        try Scenario.load(
            ShippedScenariosTests.root.appendingPathComponent("Scenarios/green-llm").path,
            catalogue: ReferenceAgents.catalogue, overrides: overrides
        ).experiment
    }

    private func records(_ experiment: Experiment) throws -> [TickRecord] {
        var run = try InProcessRun(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        var records: [TickRecord] = []
        try run.run { record, _ in records.append(record) }
        return records
    }

    private func waterLitres(_ records: [TickRecord]) -> Double {
        records.map { record in
            zip(record.clearing.regions, record.offers).map { $0.facilityMWh * $1!.waterLitresPerMWh }.reduce(0, +)
        }.reduce(0, +)
    }

    private func objective(_ records: [TickRecord]) -> Double { records.map(\.clearing.objective).reduce(0, +) }

    /// What arrives runs, is lost or waits, to the last request, and nothing waits past its deadline or the run.
    @Test func nothingIsLost() throws {
        let experiment = try experiment()
        let run = try records(experiment)
        for service in experiment.services.indices {
            for k in experiment.classes.indices {
                let lines = run.map { $0.bids[service]!.lines.first { $0.workloadClass == k }! }
                let arrived = lines.map(\.arrivedRequests).reduce(0, +)
                let placed = run.flatMap(\.clearing.awards).filter { $0.service == service && $0.workloadClass == k }
                let sum = placed.map(\.requests).reduce(0, +)
                #expect(abs(arrived - sum) < 1e-6 * arrived, "service \(service), class \(k)")
                for (tick, line) in lines.enumerated() where k == 1 {
                    #expect(line.dueRequests.count == 4, "three hours of deadline")
                    #expect(tick > 0 || line.requests == line.arrivedRequests)
                }
            }
        }
        #expect(run.flatMap(\.clearing.unserved).isEmpty)
        #expect(run.last!.clearing.waiting.isEmpty && run.contains { !$0.clearing.waiting.isEmpty })
        #expect(run.flatMap(\.clearing.waiting).allSatisfy { $0.workloadClass == 1 }, "short queries do not wait")
    }

    /// The water of the whole day binds, and costs what it must: less of it never makes the objective smaller.
    @Test func waterOfTheDayBinds() throws {
        let free = try records(experiment(["mechanism.waterLimitLitres="]))
        let limited = try records(experiment())
        #expect(waterLitres(free) > 7300 && abs(waterLitres(limited) - 7300) < 1e-3)
        #expect(objective(limited) > objective(free))
    }

    /// Looking further never costs more, where forecasts are what comes.
    @Test func aLongerHorizonNeverCostsMore() throws {
        func value(_ ticks: Int) throws -> Double {
            try objective(records(experiment(["mechanism.waterLimitLitres=", "mechanism.horizonTicks=\(ticks)"])))
        }
        let (one, four, day) = (try value(1), try value(4), try value(24))
        #expect(day <= four * (1 + 1e-6) && four <= one * (1 + 1e-6) && day < one * 0.999, "\(one), \(four), \(day)")
    }

    /// M1 has the least energy cost of all, M2 the least carbon tax; a first priority is as good as alone, within the slack.
    @Test func eachWeightWinsItsOwn() throws {
        let settings = ["{energy: 0.3333, carbon: 0.3333, delay: 0.3333}", "{energy: 1}", "{carbon: 1}"]
        let runs = try settings.map {
            try records(experiment(["mechanism.waterLimitLitres=", "mechanism.weights=\($0)"]))
        }
        func energy(_ run: [TickRecord]) -> Double { run.map(\.clearing.energyUSD).reduce(0, +) }
        func tax(_ run: [TickRecord]) -> Double {
            run.map { record in
                zip(record.clearing.regions.indices, record.offers).map { region, offer in
                    record.clearing.regions[region].gridMWh * offer!.carbonTaxUSDPerKg
                        * record.signals[region]!.buses[0].marginalEmissionsKgPerMWh
                }.reduce(0, +)
            }.reduce(0, +)
        }
        #expect(runs.allSatisfy { energy(runs[1]) <= energy($0) * (1 + 1e-6) })
        #expect(runs.allSatisfy { tax(runs[2]) <= tax($0) * (1 + 1e-6) })
        let ranked = try records(
            experiment(["mechanism={objective: lexicographic, priorities: [carbon, delay, energy], horizonTicks: 24}"]))
        #expect(tax(ranked) <= tax(runs[2]) * 1.03, "the slack of each tick's plan adds up")
        #expect(energy(ranked) >= energy(runs[1]) * (1 - 1e-6))
    }

    /// The published units of delay are another problem than seconds.
    @Test func unitsOfDelayMatter() throws {
        let (physical, published) = (try experiment(), try experiment(["delay.units=published"]))
        let one = physical.services[0], rule = DelayRule(isBySlot: true)
        #expect(physical.delayRule == rule && published.delayRule == DelayRule(isBySlot: true, hasPublishedUnits: true))
        let inSeconds = rule.delay(
            tokens: 350, payloadKBPerToken: 0.004, processingSecondsPerToken: 0, propagationSeconds: 0.02,
            bandwidthMbitPerSecond: one.bandwidthMbitPerSecond[1])
        #expect(inSeconds.fixedSeconds == 0.02)
        #expect(abs(inSeconds.secondsPerRequest - 350 * 0.004 * 0.008 / 4000) < 1e-18, "KB are 0.008 Mbit")
        let asPublished = published.delayRule.delay(
            tokens: 350, payloadKBPerToken: 0.004, processingSecondsPerToken: 0, propagationSeconds: 0.02,
            bandwidthMbitPerSecond: 4000)
        #expect(abs(asPublished.secondsPerRequest - 350 * 0.004 / 4000) < 1e-15)
        #expect(try objective(records(published)) != objective(records(physical)))
    }

    @Test func replaysAndRepeats() throws {
        let experiment = try experiment()
        #expect(try Experiment(canonicalBytes: experiment.canonicalBytes()) == experiment)
        let run = try records(experiment)
        #expect(try records(experiment) == run)
        var replay = try Coordinator(experiment: experiment)
        for record in run { #expect(try replay.replay(record).record == record) }
    }
}
