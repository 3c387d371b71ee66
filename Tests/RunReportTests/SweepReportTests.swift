import Foundation
import RunAnalysis
import RunReport
import RunStore
import Testing

/// The report of a sweep: its numbers are rows of the database or quantiles of some, and it says what is missing.
@Suite struct SweepReportTests {
    /// The values of a figure at the points that pass a test.
    private func values(_ name: String, where test: (Int) -> Bool) -> [Double] {
        let all = SampleSweep.frictions.count * SampleSweep.legal.count * SampleSweep.seeds
        return (0..<all).filter(test).compactMap { point in
            SampleSweep.figures(point).first { $0.name == name }?.value
        }
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    @Test func figuresAreThere() throws {
        let sample = try SampleSweep()
        #expect(
            sample.report.figures.map(\.id) == [
                "frontier", "grid-frontier", "axis-friction", "axis-legal", "heat", "points",
            ])
        #expect(sample.report.subject == .sweep && sample.report.warnings.isEmpty)
        for figure in sample.report.figures {
            #expect(figure.title.contains { $0.isNumber } && !figure.caption.isEmpty, "\(figure.id)")
            #expect(figure.layout == .table || !figure.description.isEmpty, "\(figure.id)")
        }
        for words in ["What the sweep came to", "d1ge57", "24 of 24 done, 0 failed", "0, 1, 10, 100", "1, 2, 3"] {
            #expect(sample.page.contains(words), "\(words)")
        }
        #expect(sample.page.contains("unserved requests 7"), "what never changes is said once")
    }

    /// Medians, ends and counts along an axis, worked out again from the points.
    @Test func bandsAreQuantilesOfThePoints() throws {
        let table = try SampleSweep().figure("axis-friction").table
        let rows = table.texts("figure").indices.filter {
            table.texts("figure")[$0] == "placement cost C, USD" && table.texts("line")[$0] != "home"
        }
        #expect(rows.count == 8)
        for row in rows {
            let friction = SampleSweep.frictions.firstIndex(of: table.numbers("number")[row] ?? -1) ?? -1
            let legal = SampleSweep.legal.firstIndex { "legal \($0)" == table.texts("line")[row] } ?? -1
            let expected = values("placement_cost") { $0 / 6 == friction && $0 / 3 % 2 == legal }
            #expect(expected.count == 3 && table.numbers("points")[row] == 3)
            #expect(table.numbers("median")[row] == median(expected), "\(table.texts("line")[row])")
            #expect(table.numbers("least")[row] == expected.min() && table.numbers("greatest")[row] == expected.max())
        }
    }

    @Test func unitsAreShown() throws {
        let sample = try SampleSweep()
        let table = try sample.figure("axis-legal").table
        let figures = Set(table.texts("figure"))
        #expect(
            figures == [
                "objective V, USD", "placement cost C, USD", "emissions G as signalled, t", "relocated share, %",
                "emissions of all grids, t",
            ])
        let row = try #require(table.texts("figure").firstIndex(of: "emissions of all grids, t"))
        let expected = values("emissions") { $0 < 3 }.map { $0 * 0.001 }
        #expect(abs((table.numbers("greatest")[row] ?? .nan) - (expected.max() ?? .nan)) < 1e-12, "kg are shown as t")
        let frontier = try sample.figure("frontier")
        let titles = frontier.spec.text
        #expect(titles.contains("placement cost C, USD") && titles.contains("emissions G as signalled, t"))
    }

    @Test func frontierHasEverySettingAndMarksTheBest() throws {
        let sample = try SampleSweep()
        let table = try sample.figure("frontier").table
        let (costs, emissions) = (table.numbers("cost_median"), table.numbers("emissions_median"))
        #expect(table.rows.count == 8)
        for row in 0..<8 {
            let isBeaten = (0..<8).contains {
                costs[$0]! <= costs[row]! && emissions[$0]! <= emissions[row]!
                    && (costs[$0]! < costs[row]! || emissions[$0]! < emissions[row]!)
            }
            #expect(table.texts("frontier")[row] == (isBeaten ? "no" : "yes"))
        }
        let count = table.texts("frontier").count { $0 == "yes" }
        #expect(try sample.figure("frontier").title.hasPrefix("\(count) of 8 settings"))
    }

    /// Everything at home is drawn where it lies near, and said where it does not.
    @Test func homeOffTheScaleIsSaid() throws {
        let sample = try SampleSweep()
        let axis = try sample.figure("axis-friction")
        let home = zip(axis.table.texts("figure"), axis.table.texts("line")).filter { $0.1 == "home" }.map(\.0)
        #expect(Set(home) == ["placement cost C, USD"])
        #expect(axis.note.contains("off the scale: emissions G as signalled 1,000"))
    }

    @Test func heatMapHasEveryPair() throws {
        let table = try SampleSweep().figure("heat").table
        #expect(table.rows.count == 4 * SampleSweep.frictions.count * SampleSweep.legal.count)
        let places = table.numbers("place_percent").compactMap { $0 }
        #expect(places.min() == 0 && places.max() == 100 && places.count == table.rows.count)
    }

    /// The table of points has the database's numbers in the database's units.
    @Test func pointsAreThoseOfTheDatabase() throws {
        let sample = try SampleSweep(failing: 4)
        let table = try sample.figure("points").table
        #expect(table.numbers("point") == (0..<24).map { Double($0) })
        for name in ["placement_cost", "home_signalled_emissions"] {
            let column = name == "placement_cost" ? "placement_cost_usd" : "home_signalled_emissions_kg"
            let expected = (0..<24).map { point in
                point == 4 ? nil : SampleSweep.figures(point).first { $0.name == name }?.value
            }
            #expect(table.numbers(column) == expected)
        }
        #expect(table.texts("failure")[4] == "no <way>" && sample.page.contains("no &lt;way&gt;"))
        #expect(sample.report.warnings == ["1 of 24 points failed and are not drawn; the first is point 4: no <way>"])
    }

    @Test func whatIsMissingIsSaid() throws {
        let part = try SampleSweep(done: 5)
        #expect(part.report.warnings.first?.hasPrefix("5 of 24 points are done and shown") == true)
        #expect(part.report.facts.contains { $0.name == "Points" && $0.value == "5 of 24 done, 0 failed" })
        for (done, failing) in [(0, nil), (1, 0)] as [(Int, Int?)] {
            do {
                _ = try SampleSweep(done: done, failing: failing)
                Issue.record("a sweep without figures has no report")
            } catch let error as RunReportError {
                #expect(error.code == .noPoints && error.remedy.contains("Run the sweep again"))
            }
        }
    }

    /// Names of axes are words in pages and never parts of files as they stand.
    @Test func hostileNamesStayWords() throws {
        let name = "../<script>\"é,\nclasses.*.x"
        let sample = try SampleSweep(axis: name, name: name)
        for figure in sample.report.figures {
            #expect(figure.id.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }, "\(figure.id)")
        }
        #expect(Set(sample.report.figures.map(\.id)).count == sample.report.figures.count)
        #expect(sample.page.ranges(of: "<script").count == sample.report.figures.count + 2)
        let csv = try sample.figure("points").table.csv
        #expect(csv.hasPrefix("point,\"../<script>\"\"é,\nclasses.*.x\",legal,seed,failure"))
    }

    /// Large sweeps are thinned, nothing of the frontier is lost, and every figure says what it left out.
    @Test func largeSweepsAreThinned() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gridtide-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let count = 2300
        let path = folder.appendingPathComponent("large.sqlite").path
        let head = SweepHead(
            name: "large", digest: "d", hasBaseline: false, version: "test", axes: ["n"],
            points: (0..<count).map {
                .init(label: "\($0)", choices: [.init(axis: 0, label: "\($0)", number: Double($0))])
            })
        let store = try SweepStore(at: path, head: head, unit: PointFigures.unit)
        for point in 0..<count {
            let cost = Double((point * 7919 + 1000) % 2297)
            let emissions = Double((point * 104_729 + 500) % 2293)
            try store.append(
                PointOutcome(
                    point: point, scenarioDigest: "s", recordDigest: "r",
                    figures: [
                        PointFigure(name: "placement_cost", value: cost),
                        PointFigure(name: "signalled_emissions", value: emissions),
                    ]))
        }
        let sweep = try StoredSweep(path: path, names: Report.sweepFigureNames)
        let figures = try Report(of: sweep).figures
        func figure(_ id: String) throws -> Figure { try #require(figures.first { $0.id == id }) }

        let spread = SweepSpread(of: SweepResult(of: sweep))
        let efficient = spread.isEfficient("placement_cost", "signalled_emissions").count { $0 }
        let frontier = try figure("frontier")
        #expect(frontier.table.texts("frontier").count { $0 == "yes" } == efficient && efficient > 2)
        #expect((2000..<2000 + efficient + 1).contains(frontier.table.rows.count))
        #expect(frontier.note.hasPrefix("Thinned: \(frontier.table.rows.count) of 2300 settings are drawn"))
        let axis = try figure("axis-n")
        #expect(axis.table.rows.count == 2 * 400 && axis.note.hasPrefix("Thinned: 400 of 2300 values"))
        #expect(axis.table.texts("value").first == "0" && axis.table.texts("value").last == "2299", "with both ends")
        let points = try figure("points")
        #expect(
            points.table.rows.count == 2000 && points.note == "The first 2000 of 2300 points; the database has all.")
    }
}
