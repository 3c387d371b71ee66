import RunAnalysis
import RunStore
import Testing

/// How points of a sweep are put together: by setting, along an axis, over two, and on a frontier.
@Suite struct SweepSpreadTests {
    /// A sweep of numbers that look drawn: frictions, relaxations and modes with seeds, each figure a function of the point.
    private static func result(
        frictions: Int = 4, relaxations: Int = 3, modes: Int = 2, seeds: Int = 3, failing: Int? = nil,
        cost: @escaping (Int) -> Double = { Double(($0 * 7919) % 101) },
        emissions: @escaping (Int) -> Double = { Double(($0 * 104_729) % 97) }
    ) -> SweepResult {
        var points: [SweepHead.Point] = []
        // Frictions are written in falling order, and are to be read in rising order.
        for friction in (0..<frictions).reversed() {
            for relaxation in 0..<relaxations {
                for seed in 0..<seeds {
                    for mode in 0..<modes {
                        points.append(
                            SweepHead.Point(
                                label: "",
                                choices: [
                                    .init(axis: 0, label: "\(friction)", number: Double(friction)),
                                    .init(axis: 1, label: "\(relaxation)0", number: Double(10 * relaxation)),
                                    .init(axis: 2, label: "\(seed)", number: Double(seed)),
                                    .init(axis: 3, label: mode == 0 ? "zeta" : "alpha", number: nil),
                                ]))
                    }
                }
            }
        }
        let head = SweepHead(
            name: "s", digest: "d", hasBaseline: false, version: "1", axes: ["friction", "relaxation", "seed", "mode"],
            points: points)
        return SweepResult(
            of: head,
            points.indices.map { number in
                guard number != failing else {
                    return PointOutcome(point: number, scenarioDigest: "", recordDigest: "", failure: "no", figures: [])
                }
                return PointOutcome(
                    point: number, scenarioDigest: "", recordDigest: "",
                    figures: [
                        PointFigure(name: "placement_cost", value: cost(number)),
                        PointFigure(name: "signalled_emissions", value: emissions(number)),
                    ])
            })
    }

    @Test func seedsAreSamplesOfASetting() throws {
        let result = Self.result(failing: 5)
        let spread = SweepSpread(of: result)
        #expect(spread.axes.map(\.name) == ["friction", "relaxation", "mode"] && spread.seeds == ["0", "1", "2"])
        #expect(spread.axes[0].values.map(\.label) == ["0", "1", "2", "3"], "numbers ascend")
        #expect(spread.axes[2].values.map(\.label) == ["zeta", "alpha"], "words stay in the order of the points")
        #expect(spread.settings.count == 24)
        #expect(spread.settings.reduce(0) { $0 + $1.sample.points.count } == 71, "a failed point has no part")
        for setting in spread.settings {
            let costs = setting.sample.points.compactMap { $0.figures["placement_cost"] }.sorted()
            let band = try #require(setting.sample.band("placement_cost"))
            #expect(band.least == costs.first && band.greatest == costs.last)
            #expect(costs.count != 3 || band.median == costs[1])
            #expect(setting.sample.band("nothing") == nil)
            #expect(Set(setting.sample.points.compactMap { $0.values["seed"] }).count == setting.sample.points.count)
        }
        #expect(spread.asItIs == nil)
    }

    /// Every point of an axis is in one sample of one line, whatever tells lines apart.
    @Test(arguments: [(3, 2), (3, 1), (9, 2), (2, 2)])
    func linesHoldEveryPointOnce(relaxations: Int, modes: Int) {
        let spread = SweepSpread(of: Self.result(relaxations: relaxations, modes: modes))
        for place in spread.axes.indices {
            let curve = spread.curve(along: place)
            let numbers = curve.lines.flatMap(\.steps).flatMap(\.sample.points).map(\.point)
            #expect(numbers.count == Set(numbers).count && numbers.count == spread.result.points.count)
            #expect(curve.lines.count <= 6 && Set(curve.lines.map(\.label)).count == curve.lines.count)
            #expect(curve.all.steps.flatMap(\.sample.points).count == numbers.count)
            #expect(curve.pooled.contains("seed"))
        }
    }

    @Test func fewSettingsAreLinesAndManyAreBands() {
        let few = SweepSpread(of: Self.result()).curve(along: 0)
        #expect(few.lines.count == 6 && few.pooled == ["seed"])
        #expect(few.lines.first?.label == "relaxation 00, mode zeta")
        let many = SweepSpread(of: Self.result(relaxations: 9)).curve(along: 0)
        #expect(many.lines.map(\.label) == ["mode zeta", "mode alpha"], "the first axis that makes few lines")
        #expect(many.pooled == ["relaxation", "seed"])
        #expect(SweepSpread(of: Self.result(relaxations: 2, modes: 1, seeds: 1)).curve(along: 0).pooled.isEmpty)
    }

    /// The frontier against its definition, for drawn figures with many ties.
    @Test(arguments: 1...20)
    func frontierIsItsDefinition(seed: Int) {
        let spread = SweepSpread(
            of: Self.result(
                frictions: 7, seeds: 1, cost: { Double(($0 * 31 + seed * 17) % 13) },
                emissions: { Double(($0 * 43 + seed * 29) % 11) }))
        let found = spread.isEfficient("placement_cost", "signalled_emissions")
        let values = spread.settings.map { setting in
            ["placement_cost", "signalled_emissions"].map { setting.sample.band($0)?.median ?? .nan }
        }
        for (place, here) in values.enumerated() {
            let isBeaten = values.contains {
                $0[0] <= here[0] && $0[1] <= here[1] && ($0[0] < here[0] || $0[1] < here[1])
            }
            #expect(found[place] == !isBeaten, "seed \(seed), setting \(place)")
        }
        #expect(found.contains(true) && found.contains(false))
        #expect(!spread.isEfficient("placement_cost", "nothing").contains(true))
    }

    @Test func cellsHaveThePointsOfTheirValues() {
        let spread = SweepSpread(of: Self.result())
        let cells = spread.cells(0, 1)
        #expect(cells.count == 12)
        for cell in cells {
            #expect(cell.sample.points.count == 6)
            #expect(
                cell.sample.points.allSatisfy {
                    $0.values["friction"] == cell.across.label && $0.values["relaxation"] == cell.down.label
                })
        }
    }

    /// Axes varied one at a time: each curve has the points of its axis alone, and the scenario as it is stands apart.
    @Test func oneAtATime() {
        let points = [
            SweepHead.Point(label: "", choices: []),
            SweepHead.Point(label: "", choices: [.init(axis: 0, label: "1", number: 1)]),
            SweepHead.Point(label: "", choices: [.init(axis: 0, label: "2", number: 2)]),
            SweepHead.Point(label: "", choices: [.init(axis: 1, label: "x", number: nil)]),
        ]
        let head = SweepHead(
            name: "s", digest: "d", hasBaseline: false, version: "1", axes: ["a", "b"], points: points)
        let spread = SweepSpread(
            of: SweepResult(
                of: head,
                points.indices.map {
                    PointOutcome(
                        point: $0, scenarioDigest: "", recordDigest: "",
                        figures: [PointFigure(name: "objective", value: Double($0))])
                }))
        #expect(spread.asItIs?.points.map(\.point) == [0])
        #expect(spread.curve(along: 0).lines.map { $0.steps.map(\.value.label) } == [["1", "2"]])
        #expect(spread.curve(along: 1).lines.map { $0.steps.map(\.value.label) } == [["x"]])
        #expect(spread.cells(0, 1).isEmpty)
        #expect(spread.settings.map(spread.words) == ["the scenario as it is", "a 1", "a 2", "b x"])
    }
}
