import RunAnalysis
import Testing

/// Strategies in one place: means, intervals, and who is first.
@Suite struct TournamentTests {
    /// Half widths against the 0.975 quantiles in tables of Student's t; the standard error of 0, 1, …, n - 1 is
    /// sqrt((n + 1) / 12).
    @Test(arguments: [2: 12.7062, 3: 4.30265, 4: 3.18245, 10: 2.26216, 31: 2.04227])
    func intervalsAreThoseOfTheTables(count: Int, quantile: Double) throws {
        let estimate = Estimate((0..<count).map(Double.init))
        let error = (Double(count + 1) / 12).squareRoot()
        #expect(abs(try #require(estimate.halfWidth) / error - quantile) < 1e-4)
        #expect(estimate.mean == Double(count - 1) / 2)
        #expect(Estimate([3]).halfWidth == nil, "one value says nothing about its spread")
    }

    private func results(_ figures: [Double]) -> [Ranking.Result] {
        figures.enumerated().map { Ranking.Result(seed: UInt64($0 + 1), figureUSD: $1, volume: 7) }
    }

    @Test func differencesAreTakenSeedBySeed() throws {
        let ranking = Ranking(
            [
                ("dear", results([12, 102, 1002])), ("cheap", results([10, 100, 1000])),
                ("equal", results([10, 100, 1000])),
            ],
            prefersGreater: false)
        #expect(ranking.standings.map(\.name) == ["cheap", "equal", "dear"], "equals stand as they were given")
        #expect(ranking.standings[0].behindUSD == nil)
        let behind = try #require(ranking.standings[2].behindUSD)
        #expect(behind.mean == 2 && behind.halfWidth == 0, "the seeds differ and the difference does not")
        #expect(try #require(ranking.standings[2].figureUSD.halfWidth) > 1000)
        let reverse = Ranking([("low", results([1])), ("high", results([2]))], prefersGreater: true)
        #expect(reverse.standings.map(\.name) == ["high", "low"])
        #expect(reverse.standings[1].behindUSD?.mean == -1)
    }
}
