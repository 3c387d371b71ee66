internal import CoSimulation

/// The times of a table's rows, ascending.
struct Timeline {
    /// Seconds since 1970 in UTC by row.
    let seconds: [Int64]
    /// The usual distance between rows in seconds; nil with a single row.
    let step: Int64?

    /// A timeline, or what is wrong with the rows.
    enum Outcome {
        case timeline(Timeline)
        case problems([CSVParser.Problem])
    }

    /// Names of columns that hold times.
    static let columnNames = ["utc", "local", "tick"]

    /// The timeline of a table, by its column `utc`, `local` or `tick`, whichever comes first in this order.
    static func of(_ table: CSVTable, clock: Clock, zone: TimeZoneRule) -> Outcome {
        guard let name = columnNames.first(where: { table.column($0) != nil }), let column = table.column(name) else {
            return .problems([
                CSVParser.Problem(
                    code: .timeColumn, place: table.headerPlace(column: 0),
                    problem: "no column is named `utc`, `local` or `tick`; there are \(Excerpt.list(table.columns)).",
                    remedy: "Name the time column after what it holds: UTC stamps, local stamps or tick numbers.")
            ])
        }
        guard table.rowCount > 0 else {
            return .problems([
                CSVParser.Problem(
                    code: .noRows, place: SourcePlace(file: table.file),
                    problem: "the file has no rows below its header.",
                    remedy: "Give it one row per stamp.")
            ])
        }
        var builder = TimelineBuilder(
            table: table, column: column, name: name, zone: name == "utc" ? .utc : zone, clock: clock)
        return builder.build()
    }
}

/// Reads the time column of a table row by row.
private struct TimelineBuilder {
    let table: CSVTable
    let column: Int
    let name: String
    let zone: TimeZoneRule
    let clock: Clock
    var seconds: [Int64] = []
    /// The first row of each kind of problem, its text, and how many rows have it.
    var troubles: [(kind: Trouble, row: Int, text: String, count: Int)] = []

    init(table: CSVTable, column: Int, name: String, zone: TimeZoneRule, clock: Clock) {
        self.table = table
        self.column = column
        self.name = name
        self.zone = zone
        self.clock = clock
    }

    enum Trouble {
        case unreadable
        case skipped
        case duplicate
        case unsorted
    }

    mutating func build() -> Timeline.Outcome {
        seconds.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            let text = table.text(row: row, column: column)
            switch name == "tick" ? tick(text) : stamp(text) {
            case .success(let moment): append(moment, row: row, text: text)
            case .failure(let trouble): note(trouble, row: row, text: text)
            }
        }
        guard troubles.isEmpty else { return .problems(troubles.map(problem)) }
        return .timeline(Timeline(seconds: seconds, step: name == "tick" ? clock.tickSeconds : usualStep()))
    }

    private enum Moment {
        case success(TimeZoneRule.Instant)
        case failure(Trouble)
    }

    private func tick(_ text: String) -> Moment {
        guard let tick = Int64(text), (0...10_000_000).contains(tick) else { return .failure(.unreadable) }
        return .success(.unique(clock.startSeconds + tick * clock.tickSeconds))
    }

    private func stamp(_ text: String) -> Moment {
        guard let stamp = TimeStamp(text) else { return .failure(.unreadable) }
        if let offset = stamp.offsetSeconds { return .success(.unique(stamp.wallSeconds - offset)) }
        let instant = name == "utc" ? .unique(stamp.wallSeconds) : zone.instant(wallSeconds: stamp.wallSeconds)
        return instant == .skipped ? .failure(.skipped) : .success(instant)
    }

    private mutating func append(_ instant: TimeZoneRule.Instant, row: Int, text: String) {
        var moment: Int64
        switch instant {
        case .unique(let only): moment = only
        case .ambiguous(let first, let second): moment = choice(first, second)
        case .skipped: return
        }
        if let last = seconds.last, moment <= last {
            note(moment == last ? .duplicate : .unsorted, row: row, text: text)
            moment = last
        }
        seconds.append(moment)
    }

    /// Which of two moments a row means: the one that keeps the distance between rows, else the first that comes later.
    private func choice(_ first: Int64, _ second: Int64) -> Int64 {
        guard let last = seconds.last else { return first }
        if let before = seconds.dropLast().last, second == last + (last - before), first != second { return second }
        return first > last ? first : second
    }

    private mutating func note(_ trouble: Trouble, row: Int, text: String) {
        if let index = troubles.firstIndex(where: { $0.kind == trouble }) {
            troubles[index].count += 1
        } else {
            troubles.append((trouble, row, text, 1))
        }
    }

    private func problem(_ trouble: (kind: Trouble, row: Int, text: String, count: Int)) -> CSVParser.Problem {
        let place = table.place(row: trouble.row, column: column)
        let text = Excerpt.brief(trouble.text, limit: 40)
        let more = trouble.count == 1 ? "" : " \(Excerpt.count(trouble.count - 1, "more row")) like it."
        switch trouble.kind {
        case .unreadable:
            let remedy = name == "tick" ? "Count ticks 0, 1, 2 and so on." : "Write ISO 8601, such as 2024-07-08T00:00."
            return .init(
                code: .invalidTime, place: place, problem: "`\(text)` is no \(name) time.\(more)", remedy: remedy)
        case .skipped:
            return .init(
                code: .skippedHour, place: place,
                problem: "`\(text)` does not exist; clocks were set forward over it.\(more)",
                remedy: "Correct the stamp or the time zone, or give UTC in a column `utc`.")
        case .duplicate:
            return .init(
                code: .duplicateStamp, place: place, problem: "the stamp `\(text)` occurs twice.\(more)",
                remedy: "Keep one row per stamp.")
        case .unsorted:
            return .init(
                code: .unsortedStamps, place: place, problem: "the stamp `\(text)` comes after a later one.\(more)",
                remedy: "Sort the rows by time.")
        }
    }

    /// The most frequent distance between rows, the least of those as frequent.
    private func usualStep() -> Int64? {
        var counts: [Int64: Int] = [:]
        for (left, right) in zip(seconds, seconds.dropFirst()) { counts[right - left, default: 0] += 1 }
        return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    }
}
