import CoSimulation
import Testing

@testable import Scenarios

@Suite("Series over ticks")
struct SeriesTests {
    private func sample(
        _ text: String, start: Int64 = 0, tick: Int64 = 3600, count: Int, missing: SeriesSampler.MissingRule = .error,
        isCount: Bool = false
    ) throws -> Result<SeriesSampler.Sampled, FileCache.TableProblems> {
        let (table, problems) = CSVParser.parse(file: "t.csv", bytes: Array(text.utf8), limits: ScenarioLimits())
        #expect(problems.isEmpty)
        let clock = Clock(startSeconds: start, tickSeconds: tick, tickCount: count)
        guard case .timeline(let timeline) = Timeline.of(table, clock: clock, zone: .utc) else {
            Issue.record("no timeline")
            throw FileCache.TableProblems(problems: [])
        }
        let sampler = SeriesSampler(
            table: table, column: 1, timeline: timeline, clock: clock, factor: 1, isCount: isCount, range: .any,
            missing: missing)
        return sampler.sample()
    }

    private func rows(_ values: [String], every seconds: Int64, from start: Int64 = 0) -> String {
        "utc,x\n" + values.enumerated().map { CalendarDate.text(start + Int64($0) * seconds) + ",\($1)\n" }.joined()
    }

    @Test("finer rows are averaged, coarser rows are held")
    func resolution() throws {
        #expect(try sample(rows(["1", "2", "3", "6"], every: 1800), count: 2).get().values == [1.5, 4.5])
        #expect(try sample(rows(["1", "2"], every: 7200), count: 4).get().values == [1, 1, 2, 2])
        #expect(try sample(rows(["1", "2", "4"], every: 5400), count: 3).get().values == [1, 1.5, 2])
        #expect(try sample(rows(["7"], every: 3600), count: 1).get().values == [7])
    }

    @Test("a mean over ticks keeps the integral", arguments: 0..<100)
    func integral(_ seed: Int) throws {
        var random = RandomStream(seed: UInt64(seed), agent: 0, tick: 0, phase: .bidding)
        let step = Int64([300, 900, 1000, 3600, 7200, 10_800].randomElement(using: &random)!)
        let tick = Int64([300, 900, 3600, 5000].randomElement(using: &random)!)
        let values = (0..<40).map { _ in Double(Int.random(in: -50...50, using: &random)) }
        let count = Int(40 * step / tick)
        let sampled = try sample(rows(values.map { "\($0)" }, every: step), tick: tick, count: count).get().values
        let covered = Int64(count) * tick
        let integral = values.enumerated().reduce(0.0) { sum, item in
            let from = Int64(item.offset) * step
            return sum + item.element * Double(max(0, min(from + step, covered) - from))
        }
        #expect(abs(sampled.reduce(0, +) * Double(tick) - integral) < 1e-6 * Double(covered))
        let few = try sample(rows(values.map { "\($0)" }, every: step), start: 3 * step, tick: step, count: 5).get()
            .values
        #expect(few == Array(values[3..<8]))
    }

    @Test("counts keep their sum")
    func counts() throws {
        let fine = try sample(rows(["1", "2", "3", "6"], every: 1800), count: 2, isCount: true).get()
        #expect(fine.values == [3, 9] && fine.countFactor == 2)
        let coarse = try sample(rows(["10", "20"], every: 7200), count: 4, isCount: true).get()
        #expect(coarse.values == [5, 5, 10, 10] && coarse.countFactor == 0.5)
    }

    @Test("tick columns count from the start of the run")
    func ticks() throws {
        #expect(try sample("tick,x\n0,5\n1,6\n2,7\n", start: 999, count: 3).get().values == [5, 6, 7])
        guard case .failure(let failure) = try sample("tick,x\n0,5\n2,7\n", count: 3) else {
            return #expect(Bool(false))
        }
        #expect(failure.problems.map(\.code) == [.gap])
    }

    @Test("gaps and empty cells are held or interpolated only when asked, and counted")
    func filling() throws {
        let text =
            "utc,x\n1970-01-01T00:00Z,0\n1970-01-01T01:00Z,1\n1970-01-01T04:00Z,4\n1970-01-01T05:00Z,\n1970-01-01T06:00Z,8\n"
        let held = try sample(text, count: 7, missing: .hold).get()
        #expect(held.values == [0, 1, 1, 1, 4, 4, 8] && held.filledCount == 3 && held.firstFilledLine == 4)
        let line = try sample(text, count: 7, missing: .interpolate).get()
        #expect(line.values == [0, 1, 2, 3, 4, 6, 8] && line.filledCount == 3)
        guard case .failure(let failure) = try sample(text, count: 7) else { return #expect(Bool(false)) }
        #expect(Set(failure.problems.map(\.code)) == [.gap, .missingCell])
        #expect(try sample(text, count: 2).get().values == [0, 1], "what lies outside the run does not matter")
    }

    @Test("the end may be held, never the start")
    func ends() throws {
        let text = rows(["1", "2"], every: 3600)
        let held = try sample(text, count: 5, missing: .hold).get()
        #expect(held.values == [1, 2, 2, 2, 2] && held.filledCount == 3)
        for missing in [SeriesSampler.MissingRule.error, .interpolate] {
            guard case .failure(let failure) = try sample(text, count: 5, missing: missing) else {
                return #expect(Bool(false))
            }
            #expect(failure.problems.map(\.code) == [.notCovered])
        }
        guard case .failure(let early) = try sample(text, start: -3600, count: 2, missing: .hold) else {
            return #expect(Bool(false))
        }
        #expect(early.problems.map(\.code) == [.notCovered])
        guard case .failure(let empty) = try sample(rows(["", "2"], every: 3600), count: 2, missing: .hold) else {
            return #expect(Bool(false))
        }
        #expect(empty.problems.map(\.code) == [.missingCell])
    }
}
