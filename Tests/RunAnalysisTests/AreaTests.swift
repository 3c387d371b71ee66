import Foundation
import InferencePlacement
import RunStore
import Testing

@testable import RunAnalysis

@Suite("Balancing areas within an operator, and coincident peaks")
struct AreaTests {
    private func comparison(isOneGrid: Bool, days: Int = 1) throws -> RunComparison {
        let folder = try TemporaryFolder()
        return try RunComparison(
            of: TwoRegionRun(isRelocated: true, isOneGrid: isOneGrid, days: days).recorded(in: folder.url),
            with: TwoRegionRun(isRelocated: false, isOneGrid: isOneGrid, days: days).recorded(in: folder.url))
    }

    @Test("Two areas of one operator come to the same as two operators, relocation matrix included")
    func areasOfOneOperator() throws {
        let (one, two) = (try comparison(isOneGrid: true), try comparison(isOneGrid: false))
        #expect(one.run.areas.map(\.name) == ["north", "south"])
        #expect(one.run.areas.map(\.gridOperator) == ["grid", "grid"])
        #expect(one.run.areas.map(\.grid) == two.run.areas.map(\.grid))
        #expect(one.run.areas.map(\.compute) == two.run.areas.map(\.compute))
        #expect(one.run.regions.map(\.area) == ["north", "south"])
        #expect(one.run.areas[0].compute.itEnergyMWh == 2 * 10 + 2 * 40)
        #expect(one.effects == two.effects)
        #expect(one.effect("it_energy", scope: .flow, name: "south > north")?.value == 60)
    }

    @Test("An area is called by its own name, behind its operator's where that is taken")
    func names() {
        let names = AreaMap.names([("west", ["a", "b"]), ("east", ["b", "c"]), ("c", ["all"]), ("far", [])])
        #expect(names == [["a", "west/b"], ["east/b", "east/c"], ["c"], ["far"]])
    }

    @Test("An operator that never answered is one place of the relocation matrix, and no area")
    func silentOperator() throws {
        let folder = try TemporaryFolder()
        let run = try TwoRegionRun(isRelocated: true).recorded(in: folder.url, ticks: 1, absent: 0)
        let summary = try RunSummary(of: run)
        #expect(summary.areas.map(\.name) == ["south"])
        #expect(summary.relocation.flows.map(\.home) == ["north", "south"])
        #expect(summary.regions[0].area == "north")
    }

    @Test("The five highest ticks, of equal loads the earlier")
    func highest() {
        var meter = PeakMeter()
        for (tick, load) in [3.0, 9, 5, 9, 1, 7, 5, 2, 8].enumerated() { meter.add(tick: tick, loadMW: load) }
        #expect(meter.highest.map(\.tick) == [1, 3, 8, 5, 2])
        #expect(meter.highest.map(\.loadMW) == [9, 9, 8, 7, 5])
    }

    @Test("Coincident peak of system, areas and regions: ticks 2, 6, 10, then 1 and 5")
    func coincidentPeak() throws {
        let effects = try comparison(isOneGrid: false, days: 3)
        #expect(effects.run.peaks.map(\.tick) == [2, 6, 10, 1, 5])
        #expect(effects.run.peaks.map(\.loadMW) == [436.5, 436.5, 436.5, 386.5, 386.5])
        #expect(effects.run.peaks[1].startSeconds == 1_720_396_800 + 6 * 3600)
        #expect(effects.effect("peak_tick", scope: .peak, name: "4")?.baseline == 1)
        #expect(effects.effect("peak_load", scope: .peak, name: "4")?.baseline == 391)
        // Means of 441 and 391, then 436.5 and 386.5; of 131 and 121, then 164 and 154: three of the first, two of the second.
        let expected: [(scope: Effect.Scope, name: String, home: Double, relocated: Double)] = [
            (.system, "system", 421, 416.5), (.area, "north", 127, 160), (.region, "south-1", 50, 12.5),
        ]
        for (scope, name, home, relocated) in expected {
            for quantity in ["coincident_peak_load", "baseline_peak_load"] {
                let effect = try #require(effects.effect(quantity, scope: scope, name: name))
                #expect(abs(effect.baseline! - home) < 1e-9 && abs(effect.value! - relocated) < 1e-9, "\(effect)")
            }
        }
    }

    @Test("Load in the peaks of a baseline that has other ones")
    func baselinePeak() throws {
        let folder = try TemporaryFolder()
        let run = try TwoRegionRun(isRelocated: true, days: 2).recorded(in: folder.url)
        let summary = try RunSummary(of: run, ticks: nil, baselinePeaks: [0, 5])
        #expect(summary.grid.load.baselinePeakMW == 373.75)
        #expect(summary.areas[0].grid.load.baselinePeakMW == 132.5)
        #expect(summary.regions[0].load.baselinePeakMW == 27.5)
        #expect(try RunSummary(of: run).grid.load.baselinePeakMW == nil)
    }

    @Test("A tick in which an area is missing is no coincident peak")
    func missingArea() throws {
        let folder = try TemporaryFolder()
        let summary = try RunSummary(of: TwoRegionRun(isRelocated: true).recorded(in: folder.url, absent: 2))
        #expect(summary.peaks.map(\.tick) == [1, 0, 3])
    }
}
