import RunAnalysis
import RunStore
import Testing

@Suite("Sweep results")
struct SweepResultTests {
    /// Relaxations 0, 10, 20 with three frictions each; the cost falls at 20 alone.
    private let head = SweepHead(
        name: "sample", digest: "abc", hasBaseline: false, version: "1", axes: ["relaxation", "friction, x"],
        points: (0..<9).map { number in
            SweepHead.Point(
                label: "",
                choices: [
                    .init(axis: 0, label: "\(number / 3 * 10)", number: Double(number / 3 * 10)),
                    .init(axis: 1, label: "\(number % 3)", number: Double(number % 3)),
                ])
        })

    private func result(failing: Int? = nil) -> SweepResult {
        SweepResult(
            of: head,
            (0..<9).map { number in
                if number == failing {
                    return PointOutcome(
                        point: number, scenarioDigest: "", recordDigest: "", failure: "why", figures: [])
                }
                let cost = (number / 3 == 2 ? 50.0 : 100) + Double(number % 3)
                return PointOutcome(
                    point: number, scenarioDigest: "", recordDigest: "",
                    figures: ["objective", "placement_cost", "signalled_emissions"].map {
                        PointFigure(name: $0, value: cost)
                    })
            })
    }

    @Test("Bands run from the least to the greatest, and steps fall where the cost does")
    func bands() {
        let frontier = FrontierResult(of: result(), axis: "relaxation")
        #expect(frontier.steps.map(\.relaxationMilliseconds) == [0, 10, 20])
        #expect(frontier.steps.map(\.pointCount) == [3, 3, 3])
        let band = frontier.steps[0].costUSD
        #expect(
            [band.least, band.lowerDecile, band.median, band.upperDecile, band.greatest] == [
                100, 100.2, 101, 101.8, 102,
            ])
        #expect(frontier.steps.map(\.reductionUSDPerMillisecond) == [nil, 0, 2.5])
        #expect(frontier.text.contains("least") && frontier.text.split(separator: "\n").count == 6)
    }

    @Test("A failed point has no part in the bands and stands below the table")
    func failure() {
        let result = result(failing: 4)
        #expect(FrontierResult(of: result, axis: "relaxation").steps.map(\.pointCount) == [3, 2, 3])
        #expect(result.text.contains("point 4 failed: why"))
        #expect(result.failures.map(\.point) == [4])
    }

    @Test("CSV has one row per point with quoted names and units in the headings")
    func csv() {
        let lines = result(failing: 0).csv.split(separator: "\r\n")
        #expect(lines.count == 10)
        #expect(
            lines[0]
                == "point,relaxation,\"friction, x\",failure,objective_usd,placement_cost_usd,signalled_emissions_kg")
        #expect(lines[1] == "0,0,0,why,,,")
        #expect(lines[9] == "8,20,2,,52.0,52.0,52.0")
    }
}
