import Foundation
import RunAnalysis
import RunStore
import Testing

@Suite("Comparison of a run with its baseline")
struct RunComparisonTests {
    private func comparison() throws -> RunComparison {
        let folder = try TemporaryFolder()
        return try RunComparison(
            of: TwoRegionRun(isRelocated: true).recorded(in: folder.url),
            with: TwoRegionRun(isRelocated: false).recorded(in: folder.url))
    }

    private func expect(
        _ comparison: RunComparison, _ quantity: String,
        of subject: (scope: Effect.Scope, name: String) = (.system, "system"),
        _ baseline: Double?, _ value: Double?, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let effect = try #require(
            comparison.effect(quantity, scope: subject.scope, name: subject.name), sourceLocation: sourceLocation)
        for (found, expected) in [(effect.baseline, baseline), (effect.value, value)] {
            if let found, let expected {
                #expect(
                    abs(found - expected) < 1e-9 * max(1, abs(expected)), "\(quantity)", sourceLocation: sourceLocation)
            } else {
                #expect(found == expected, "\(quantity)", sourceLocation: sourceLocation)
            }
        }
    }

    @Test("Energy, payment and attributed emissions of compute")
    func compute() throws {
        let effects = try comparison()
        try expect(effects, "it_energy", 200, 200)
        try expect(effects, "facility_energy", 244, 2 * 61 + 2 * 56.5)
        try expect(
            effects, "compute_payment", 44 * 20 + 50 * 280, 22 * 20 + 88 * 25 + 100 * 60 + 12.5 * 120)
        try expect(effects, "average_attributed_emissions", 44 * 50 + 200 * 400, 110 * 50 + 125 * 400)
        try expect(effects, "marginal_attributed_emissions", -10 * 44 + 800 * 200, -10 * 110 + 800 * 125)
        try expect(effects, "marginal_attributed_emissions", of: (.area, "north"), -440, -1100)
        try expect(effects, "facility_energy", of: (.region, "south-1"), 200, 125)
        try expect(effects, "load_peak", of: (.region, "north-1"), 11, 44)
        try expect(effects, "received_energy", of: (.region, "north-1"), 0, 60)
        try expect(effects, "sent_energy", of: (.region, "south-1"), 0, 60)
        try expect(effects, "unserved_requests", of: (.region, "south-1"), 0, 500)
        try expect(effects, "unserved_requests", of: (.region, "north-1"), 0, 0)
    }

    @Test("Loads, peaks, load factors and ramps")
    func loads() throws {
        let effects = try comparison()
        // North: 111, 121, 131, 111, then 111, 154, 164, 111. South: 250, 270, 310, 250, then 250, 232.5, 272.5, 250.
        try expect(effects, "load_mean", of: (.area, "north"), 118.5, 135)
        try expect(effects, "load_peak", of: (.area, "south"), 310, 272.5)
        try expect(effects, "load_factor", of: (.area, "north"), 118.5 / 131, 135 / 164)
        try expect(effects, "largest_ramp_1h", of: (.area, "north"), 20, 53)
        try expect(effects, "largest_ramp_3h", of: (.area, "north"), 0, 0)
        try expect(effects, "compute_load_mean", of: (.area, "south"), 50, 31.25)
        // System: 361, 391, 441, 361, then 361, 386.5, 436.5, 361.
        try expect(effects, "load_peak", 441, 436.5)
        try expect(effects, "load_mean", 388.5, 386.25)
        try expect(effects, "load_energy", 1554, 1545)
        try expect(effects, "largest_ramp_1h", 80, 75.5)
    }

    @Test("Grid cost, emissions, curtailment and unserved energy")
    func grid() throws {
        let effects = try comparison()
        try expect(effects, "emissions", 50 * 474 + 400 * 1080, 50 * 540 + 400 * 1005)
        try expect(
            effects, "generation_cost", of: (.area, "south"), 60 * 770 + 100 * 310, 60 * 500 + 50 * 232.5 + 70 * 272.5)
        try expect(effects, "curtailed", 16, 16)
        try expect(effects, "unserved_energy", 4, 4)
        try expect(effects, "placement_cost", 400, 280)
        try expect(effects, "placement_friction_cost", 40, 40)
        try expect(effects, "signalled_emissions", 80, -20)
        try expect(effects, "paid_for_energy", 20, 20)
    }

    @Test("Relocated work by share, layer, class and flow")
    func relocation() throws {
        let effects = try comparison()
        try expect(effects, "relocated_energy", 0, 60)
        try expect(effects, "relocated_share", 0, 0.3)
        try expect(effects, "it_energy", of: (.layer, "local"), 200, 140)
        try expect(effects, "it_energy", of: (.layer, "regional"), 0, 0)
        try expect(effects, "it_energy", of: (.layer, "energy-oriented"), 0, 60)
        try expect(effects, "relocated_energy", of: (.workloadClass, "batch"), 0, 60)
        try expect(effects, "unserved_requests", 0, 500)
        try expect(effects, "it_energy", of: (.flow, "south > north"), 0, 60)
        try expect(effects, "facility_energy", of: (.flow, "south > north"), 0, 66)
        try expect(effects, "it_energy", of: (.flow, "south > south"), 160, 100)
        #expect(effects.effect("it_energy", scope: .flow, name: "north > south") == nil)
    }

    @Test("Prices: mean, volatility and what the signal foretold")
    func prices() throws {
        let effects = try comparison()
        try expect(effects, "price_mean", of: (.area, "south"), 70, 60)
        try expect(effects, "price_volatility", of: (.area, "south"), 300.squareRoot(), 50.squareRoot())
        try expect(effects, "price_lowest", of: (.area, "south"), 60, 50)
        try expect(effects, "price_highest", of: (.area, "south"), 100, 70)
        // South less north: 40, 40, 80, 40, then 40, 25, 45, 40. One region alone has no spread.
        try expect(effects, "price_spread", 50, 37.5)
        try expect(effects, "price_spread", of: (.area, "south"), nil, nil)
        try expect(effects, "price_spread", of: (.region, "south-1"), nil, nil)
        // Each hour's mean over both regions: 40, 40, 60, 40, then 40, 37.5, 47.5, 40.
        try expect(effects, "price_mean", 45, 41.25)
        try expect(effects, "price_signal_mean_error", 0, -3.75)
        try expect(effects, "price_signal_rms_error", 0, 131.25.squareRoot())
        try expect(effects, "paid_price", 14_880.0 / 244, 10_140.0 / 235)
    }

    @Test("A change in per cent needs a positive base")
    func percent() throws {
        let effects = try comparison()
        #expect(effects.effect("load_peak")?.changePercent?.rounded() == -1)
        #expect(effects.effect("relocated_energy")?.changePercent == nil)
        let marginal = try #require(effects.effect("marginal_attributed_emissions", scope: .area, name: "north"))
        #expect(marginal.changePercent == nil)
        #expect(abs(try #require(marginal.change) + 660) < 1e-9)
    }

    @Test("Runs are compared over the hours both have")
    func prefix() throws {
        let folder = try TemporaryFolder()
        let effects = try RunComparison(
            of: TwoRegionRun(isRelocated: true).recorded(in: folder.url, ticks: 2),
            with: TwoRegionRun(isRelocated: false).recorded(in: folder.url))
        #expect(effects.run.tickCount == 2)
        try expect(effects, "it_energy", 100, 100)
        try expect(effects, "relocated_energy", 0, 30)
        #expect(effects.text.contains("2 of 4 ticks of 60 min from 2024-07-08T00:00:00Z, failed"))
    }

    @Test("Where a grid did not answer, its hour counts in no load of the system and in no price")
    func absence() throws {
        let folder = try TemporaryFolder()
        let run = try RunComparison(of: TwoRegionRun(isRelocated: true).recorded(in: folder.url, absent: 2))
        try expect(run, "load_peak", nil, 386.5)
        try expect(run, "load_mean", of: (.area, "north"), nil, (111 + 154 + 111) / 3.0)
        try expect(run, "load_mean", of: (.area, "south"), nil, 251.25)
        try expect(run, "largest_ramp_1h", of: (.area, "north"), nil, 43)
        try expect(run, "it_energy", nil, 200)
        try expect(run, "price_mean", of: (.area, "north"), nil, 65.0 / 3)
        #expect(run.text.contains("absences 1, violations 0"))
    }

    @Test("Runs of different scenarios are not compared, nor is a run without a tick")
    func notComparable() throws {
        let folder = try TemporaryFolder()
        let run = try TwoRegionRun(isRelocated: true).recorded(in: folder.url)
        let other = try TwoRegionRun(isRelocated: false, name: "other").recorded(in: folder.url)
        let error = #expect(throws: RunAnalysisError.self) { try RunComparison(of: run, with: other) }
        #expect(
            error?.description.hasSuffix(
                "different scenarios or seeds. Compare runs that differ in their mechanism only.") == true)
        let empty = try TwoRegionRun(isRelocated: false).recorded(in: folder.url, ticks: 0)
        let nothing = #expect(throws: RunAnalysisError.self) { try RunComparison(of: run, with: empty) }
        #expect(error?.code == .notComparable)
        #expect(nothing?.code == .noTicks)
        #expect(
            nothing?.description
                == "two-region (home) failed before its first tick was recorded. Mend the cause and run it again.")
        let failed = try TwoRegionRun(isRelocated: true).recorded(in: folder.url, ticks: 0, failure: "oslo exited")
        let reason = #expect(throws: RunAnalysisError.self) { try RunComparison(of: failed) }
        #expect(reason?.problem.hasSuffix("failed before its first tick was recorded: oslo exited") == true)
    }
}
