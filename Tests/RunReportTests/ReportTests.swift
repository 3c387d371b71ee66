import CoSimulation
import Foundation
import RunAnalysis
import RunReport
import RunStore
import Testing

/// The numbers of a report are those of the comparison and of the database.
@Suite struct ReportTests {
    private func expect(
        _ found: [Double?], _ expected: [Double?], within tolerance: Double = 0, _ what: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(found.count == expected.count, what, sourceLocation: sourceLocation)
        for (found, expected) in zip(found, expected) {
            guard let found, let expected else {
                #expect(found == expected, what, sourceLocation: sourceLocation)
                continue
            }
            #expect(abs(found - expected) <= tolerance * abs(expected), what, sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func numbersAreThoseOfTheComparison(seed: UInt64) throws {
        let sample = try SampleReport(seed: seed)
        let comparison = try RunComparison(of: sample.run, with: sample.baseline)
        let summary = comparison.run

        let areas = try sample.figure("load-change").table
        let effects = summary.areas.map { comparison.effect("compute_load_mean", scope: .area, name: $0.name) }
        expect(areas.numbers("compute_load_mean_mw"), effects.map { $0?.value }, "seed \(seed)")
        expect(areas.numbers("baseline_mw"), effects.map { $0?.baseline }, "seed \(seed)")
        expect(areas.numbers("change_mw"), effects.map { $0?.change }, "seed \(seed)")

        let classes = try sample.figure("classes").table
        expect(classes.numbers("placed_mwh"), summary.relocation.classes.map(\.placedMWh), "seed \(seed)")
        expect(classes.numbers("relocated_mwh"), summary.relocation.classes.map(\.relocatedMWh), "seed \(seed)")
        let layers = try sample.figure("layers").table
        expect(layers.numbers("it_energy_mwh"), summary.relocation.layers.map(\.itEnergyMWh), "seed \(seed)")
        let fidelity = try sample.figure("price-fidelity").table
        expect(
            fidelity.numbers("rms_error"),
            summary.regions.map { $0.compute.fidelity?.rootMeanSquareErrorUSDPerMWh }, "seed \(seed)")
        let events = try sample.figure("event-totals").table
        let response = try #require(comparison.response)
        expect(events.numbers("requested_mw"), response.events.map(\.requestedMW), "seed \(seed)")
        expect(events.numbers("delivered_mw"), response.events.map(\.deliveredMW), "seed \(seed)")
        expect(events.numbers("rebound_mw"), response.events.map(\.reboundMW), "seed \(seed)")
        #expect(events.rows.count == 1, "the event of the sample is on record")
        #expect(sample.report.findings.count == 4)
        let bill = NumberText.text(
            summary.compute.paymentUSD,
            decimals: NumberText.decimals(for: [summary.compute.paymentUSD, comparison.baseline?.compute.paymentUSD]))
        #expect(sample.report.findings[0].number == "\(bill) USD")
        #expect(sample.page.contains("<p class=\"number\">\(bill) USD</p>"), "the page says what the report says")
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func matrixAddsUpToRelocatedEnergy(seed: UInt64) throws {
        let sample = try SampleReport(seed: seed)
        let summary = try RunComparison(of: sample.run).run
        let matrix = try sample.figure("matrix").table
        let cells = zip(zip(matrix.texts("home"), matrix.texts("executing")), matrix.numbers("it_energy_mwh"))
        let all = cells.reduce(0) { $0 + ($1.1 ?? 0) }
        let moved = cells.filter { $0.0.0 != $0.0.1 }.reduce(0) { $0 + ($1.1 ?? 0) }
        #expect(abs(all - summary.relocation.placedMWh) < 1e-9 * all, "seed \(seed)")
        #expect(abs(moved - summary.relocation.relocatedMWh) < 1e-9 * all && moved > 0, "seed \(seed)")
        for region in summary.regions {
            let received = cells.filter { $0.0.1 == region.name && $0.0.0 != region.name }.reduce(0) {
                $0 + ($1.1 ?? 0)
            }
            #expect(abs(received - region.receivedMWh) < 1e-9 * all, "seed \(seed), \(region.name)")
        }
        let map = try sample.figure("map").table
        #expect(abs(map.numbers("it_energy_mwh").reduce(0) { $0 + ($1 ?? 0) } - moved) < 1e-9 * all)
    }

    /// The change of emissions of a move, worked out again from the records of the run.
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func emissionsOfMovesAreThoseOfTheRecords(seed: UInt64) throws {
        let sample = try SampleReport(seed: seed)
        var expected: [String: Double] = [:]
        let (regions, nodes) = (
            sample.run.agents.filter { $0.role == .computeRegion }, sample.run.agents.filter { $0.role == .serviceNode }
        )
        for tick in 0..<8 {
            let record = try #require(try sample.run.record(atTick: tick))
            for award in record.clearing.awards {
                let home = try #require(nodes[award.service].homeRegion) - regions[0].number
                guard home != award.region else { continue }
                // Every operator of the sample has one region, and every region a PUE of 1.2.
                let (there, here) = (record.dispatches[award.region], record.dispatches[home])
                let change =
                    try #require(there).buses[0].marginalEmissionsKgPerMWh
                    - (try #require(here).buses[0].marginalEmissionsKgPerMWh)
                expected["\(regions[home].name)>\(regions[award.region].name)", default: 0] +=
                    1.2 * award.energyMWh * change
            }
        }
        let map = try sample.figure("map").table
        #expect(map.rows.count == expected.count && !expected.isEmpty)
        for (place, value) in map.numbers("emissions_change_kg").enumerated() {
            let key = "\(map.texts("home")[place])>\(map.texts("executing")[place])"
            #expect(abs((value ?? .nan) - (expected[key] ?? .nan)) < 1e-6, "seed \(seed), \(key)")
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func seriesAreThoseOfTheDatabase(seed: UInt64) throws {
        let sample = try SampleReport(seed: seed)
        for (reader, column) in [(sample.run, "load_mw"), (sample.baseline, "baseline_load_mw")] {
            var loads: [String: [Double?]] = [:]
            try reader.read { run in
                let areas = try run.areas()
                try run.forEachArea(before: 8) {
                    loads[reader.agents[areas[$0.area].gridOperator].name, default: []].append($0.loadMW)
                }
            }
            let table = try sample.figure("load").table
            for (area, expected) in loads {
                let found = zip(table.texts("area"), table.numbers(column)).filter { $0.0 == area }.map(\.1)
                expect(found, expected, within: 1e-6, "seed \(seed), \(area)")
            }
        }
        var prices: [String: [Double]] = [:]
        try sample.run.read { run in
            try run.forEachRegion(before: 8) {
                if let price = $0.realised?.priceUSDPerMWh {
                    prices[sample.run.agents[$0.region].name, default: []].append(price)
                }
            }
        }
        let table = try sample.figure("price-duration").table
        for (region, values) in prices {
            let found = zip(table.texts("region"), table.numbers("price_usd_per_mwh")).filter { $0.0 == region }
            expect(found.map(\.1), values.sorted(by: >), within: 1e-6, "seed \(seed), \(region)")
        }
    }

    @Test func herdingTicksAreThoseOfTheSummary() throws {
        let sample = try SampleReport(seed: 3, ticks: 30)
        let herding = try RunComparison(of: sample.run).run.herding
        let table = try sample.figure("herding").table
        let rises = table.numbers("price_rise_usd_per_mwh").compactMap { $0 }
        #expect(rises.count == herding.relocatingTicks)
        #expect(Double(rises.count { $0 > 0 }) / Double(rises.count) == herding.share)
    }

    @Test func waitsAndGenerationAreThoseRecorded() throws {
        let sample = try SampleReport(seed: 2)
        let waits = try sample.figure("waits")
        #expect(waits.title.hasPrefix("node-2 held up 5 of 8 ticks"), "\(waits.title)")
        #expect(waits.table.texts("agent").first == "grid-0", "100 ms in three of eight ticks are the longest mean")
        #expect(waits.table.numbers("mean_ms").first == 37.5 && waits.table.numbers("longest_ms").first == 100)
        #expect(waits.table.numbers("slowest_ticks").compactMap { $0 }.reduce(0, +) == 8, "every tick is somebody's")
        let generation = try sample.figure("generation").table
        let load = try sample.figure("load").table
        let total = { (numbers: [Double?]) in numbers.reduce(0) { $0 + ($1 ?? 0) } }
        #expect(generation.rows.count == 2 * load.rows.count)
        #expect(
            abs(total(generation.numbers("output_mw")) - total(load.numbers("load_mw")))
                < 1e-5 * total(load.numbers("load_mw")), "the sample generates what it draws")
    }

    @Test func runsThatFailedOrGoOnSaySo() throws {
        let failed = try SampleReport(seed: 1, recorded: 5, status: .failed, text: "region-1 exited on signal 9")
        #expect(failed.report.warnings == ["This run failed: region-1 exited on signal 9. 5 of 8 ticks are shown."])
        #expect(failed.page.contains("role=\"alert\">This run failed: region-1 exited on signal 9."))
        let going = try SampleReport(seed: 1, recorded: 5, status: .running)
        #expect(going.report.warnings == ["This run is not over, or its recorder died. 5 of 8 ticks are shown."])
        #expect(try SampleReport(seed: 1).report.warnings.isEmpty, "a good run warns of nothing")
    }

    @Test func aRunAloneShowsItself() throws {
        let sample = try SampleReport(seed: 2)
        let alone = try Report(of: sample.run)
        #expect(alone.figures.map(\.id).contains("load") && !alone.figures.map(\.id).contains("load-change"))
        #expect(alone.findings[0].change.isEmpty)
        let noMap = try SampleReport(seed: 2, hasPlaces: false)
        #expect(!noMap.report.figures.map(\.id).contains("map"))
        #expect(noMap.report.sections[0].note.contains("There is no map"))
    }

    @Test func sameRunSamePage() throws {
        let (one, two) = (try SampleReport(seed: 4), try SampleReport(seed: 4))
        #expect(one.page == two.page)
        #expect(try SampleReport(seed: 5).page != one.page, "another seed, another page")
    }
}
