internal import CoSimulation

/// Brings one column of a table to one value per tick.
///
/// A value holds from its stamp to the next. A tick takes the mean over its length, so finer data is averaged and coarser
/// data is held. What is missing is a fault unless the scenario says how to fill it, and the filling is counted.
struct SeriesSampler {
    let table: CSVTable
    let column: Int
    let timeline: Timeline
    let clock: Clock
    /// What brings a cell to the unit of the field.
    let factor: Double
    /// Whether cells count what happens between two rows, so that they scale with the length of a tick.
    let isCount: Bool
    let range: NumberRange
    let missing: MissingRule

    /// What to do where a value is missing.
    enum MissingRule: String, CaseIterable {
        /// It is a fault.
        case error
        /// The last value goes on.
        case hold
        /// A straight line from the last to the next value.
        case interpolate
    }

    /// One value per tick, and what had to be done to get there.
    struct Sampled {
        var values: [Double]
        /// Stamps without a value that were filled.
        var filledCount = 0
        /// Line of the first of them.
        var firstFilledLine: Int?
        /// What counts were multiplied by, 1 where rows are as long as ticks.
        var countFactor = 1.0
    }

    private struct Point {
        var seconds: Int64
        var value: Double
    }

    private typealias Problem = CSVParser.Problem

    /// The values, or what is wrong.
    func sample() -> Result<Sampled, FileCache.TableProblems> {
        var problems: [CSVParser.Problem] = []
        guard let rows = rowsOfRun(&problems) else { return .failure(.init(problems: problems)) }
        var sampled = Sampled(values: [])
        if isCount { sampled.countFactor = Double(clock.tickSeconds) / Double(step) }
        let cells = readCells(rows, scale: factor * sampled.countFactor, &problems)
        var points = fill(rows, cells, &sampled, &problems)
        extend(&points, rows, &sampled, &problems)
        guard problems.isEmpty else { return .failure(.init(problems: problems)) }
        sampled.values = means(points)
        return .success(sampled)
    }

    private var step: Int64 { timeline.step ?? clock.tickSeconds }
    private var end: Int64 { clock.seconds(atTick: clock.tickCount) }

    /// The rows whose values matter: from the last at or before the start to the last before the end.
    private func rowsOfRun(_ problems: inout [CSVParser.Problem]) -> ClosedRange<Int>? {
        let first = timeline.seconds.partitioningIndex { $0 > clock.startSeconds } - 1
        guard first >= 0 else {
            problems.append(
                CSVParser.Problem(
                    code: .notCovered, place: table.place(row: 0, column: column),
                    problem: "the first row is at \(CalendarDate.text(timeline.seconds[0])), but the run starts at "
                        + "\(CalendarDate.text(clock.startSeconds)).",
                    remedy: "Give rows from the start on, or start the run later."))
            return nil
        }
        let last = timeline.seconds.partitioningIndex { $0 >= end } - 1
        return first...max(first, last)
    }

    /// The value of each row; nil where the cell is empty.
    private func readCells(_ rows: ClosedRange<Int>, scale: Double, _ problems: inout [CSVParser.Problem]) -> [Double?]
    {
        var bad: (row: Int, text: String, isNumber: Bool)?
        var badCount = 0
        var cells: [Double?] = []
        cells.reserveCapacity(rows.count)
        for row in rows {
            switch table.number(row: row, column: column) {
            case .missing:
                cells.append(nil)
                continue
            case .value(let value) where range.contains(UnitScale.apply(scale, to: value)):
                cells.append(UnitScale.apply(scale, to: value))
                continue
            case .value, .text:
                cells.append(0)
            }
            badCount += 1
            if bad == nil {
                let isText = table.number(row: row, column: column) == .text
                bad = (row, table.text(row: row, column: column), !isText)
            }
        }
        if let bad { problems.append(badCell(row: bad.row, text: bad.text, isNumber: bad.isNumber, count: badCount)) }
        return cells
    }

    private func badCell(row: Int, text: String, isNumber: Bool, count: Int) -> CSVParser.Problem {
        let more = count == 1 ? "" : " \(Excerpt.count(count - 1, "more row")) like it."
        let brief = Excerpt.brief(text, limit: 40)
        let isInfinite = text.lowercased().contains("inf")
        let problem =
            isNumber
            ? "\(brief) is not accepted; it must be \(range.rule)."
            : "`\(brief)` is not a \(isInfinite ? "finite " : "")number."
        let hasComma = DecimalText.value(text.replacing(",", with: ".")) != nil
        let remedy =
            isNumber
            ? "Correct the cell or its unit." : hasComma ? "Write a decimal point." : "Write a number such as 12.5."
        return CSVParser.Problem(
            code: isNumber ? .outOfRange : .invalidCell, place: table.place(row: row, column: column),
            problem: problem + more,
            remedy: remedy)
    }
}

// Filling and averaging.
extension SeriesSampler {
    /// The points of the step function over the run, with gaps and empty cells filled as the rule says.
    private func fill(
        _ rows: ClosedRange<Int>, _ cells: [Double?], _ sampled: inout Sampled, _ problems: inout [CSVParser.Problem]
    ) -> [Point] {
        let emptyRows = rows.filter { cells[$0 - rows.lowerBound] == nil }
        let gaps = gaps(rows)
        sampled.filledCount = emptyRows.count + gaps.reduce(0) { $0 + $1.count }
        sampled.firstFilledLine = [emptyRows.first, gaps.first?.row].compactMap(\.self).min().map {
            table.line(row: $0)
        }

        let scale = factor * sampled.countFactor
        var points = zip(rows, cells).compactMap { row, cell in
            cell.map { Point(seconds: timeline.seconds[row], value: $0) }
        }
        if cells.first == .some(nil), let before = knownValue(rows.lowerBound, by: -1, scale: scale) {
            points.insert(before, at: 0)
        }
        let hasStart = points.first.map { $0.seconds <= clock.startSeconds } ?? false
        var hasEnd = true
        if missing == .interpolate, cells.last == .some(nil) {
            let after = knownValue(rows.upperBound, by: 1, scale: scale)
            hasEnd = after != nil
            if let after { points.append(after) }
        }
        if missing == .error || !hasStart || !hasEnd { problems += missingProblems(emptyRows: emptyRows, gaps: gaps) }
        guard missing == .interpolate else { return points }
        return interpolated(points, &problems)
    }

    /// Rows that come later than they should, with the number of rows missing before them.
    private func gaps(_ rows: ClosedRange<Int>) -> [(row: Int, count: Int)] {
        rows.dropFirst().compactMap { row in
            let distance = timeline.seconds[row] - timeline.seconds[row - 1]
            return distance > step ? (row, Int((distance - 1) / step)) : nil
        }
    }

    /// The points with others on the line between two that lie more than a step apart.
    private func interpolated(_ points: [Point], _ problems: inout [CSVParser.Problem]) -> [Point] {
        var result: [Point] = []
        for point in points {
            if let before = result.last {
                let count = Int((point.seconds - before.seconds - 1) / step)
                guard result.count + count <= SeriesSampler.pointLimit else {
                    problems.append(
                        CSVParser.Problem(
                            code: .tooLarge, place: table.headerPlace(column: column),
                            problem: "more than \(SeriesSampler.pointLimit) values would have to be interpolated.",
                            remedy: "Give more rows, or use `missing: hold`."))
                    return result
                }
                for index in 0..<count {
                    let seconds = before.seconds + Int64(index + 1) * step
                    let share = Double(seconds - before.seconds) / Double(point.seconds - before.seconds)
                    result.append(Point(seconds: seconds, value: before.value + share * (point.value - before.value)))
                }
            }
            result.append(point)
        }
        return result
    }

    private static let pointLimit = 10_000_000

    /// The nearest usable value before or after a row.
    private func knownValue(_ row: Int, by direction: Int, scale: Double) -> Point? {
        var other = row + direction
        while timeline.seconds.indices.contains(other) {
            if case .value(let value) = table.number(row: other, column: column),
                range.contains(UnitScale.apply(scale, to: value))
            {
                return Point(seconds: timeline.seconds[other], value: UnitScale.apply(scale, to: value))
            }
            other += direction
        }
        return nil
    }

    private func missingProblems(emptyRows: [Int], gaps: [(row: Int, count: Int)]) -> [CSVParser.Problem] {
        let remedy =
            switch missing {
            case .error: "Give the values, or fill them with `missing: hold` or `missing: interpolate`."
            case .hold: "Give the first value; there is none before it to hold."
            case .interpolate: "Give the first and the last value; a line needs both ends."
            }
        var problems: [CSVParser.Problem] = []
        if let row = emptyRows.first {
            let more = emptyRows.count == 1 ? "" : " \(Excerpt.count(emptyRows.count - 1, "more row")) like it."
            problems.append(
                CSVParser.Problem(
                    code: .missingCell, place: table.place(row: row, column: column),
                    problem: "the cell is empty.\(more)",
                    remedy: remedy))
        }
        if missing == .error, let gap = gaps.first {
            let more = gaps.count == 1 ? "" : " \(Excerpt.count(gaps.count - 1, "more gap")) like it."
            problems.append(
                CSVParser.Problem(
                    code: .gap, place: SourcePlace(file: table.file, line: table.line(row: gap.row), column: 1),
                    problem: "\(Excerpt.count(gap.count, "row")) missing before this line, where rows come every "
                        + "\(CalendarDate.duration(step)).\(more)",
                    remedy: remedy))
        }
        return problems
    }

    /// Carries the last value to the end of the run where rows stop short of it.
    private func extend(
        _ points: inout [Point], _ rows: ClosedRange<Int>, _ sampled: inout Sampled,
        _ problems: inout [CSVParser.Problem]
    ) {
        let covered = timeline.seconds[rows.upperBound] + step
        guard covered < end, rows.upperBound == table.rowCount - 1 else { return }
        if missing == .hold {
            sampled.filledCount += Int((end - covered - 1) / step) + 1
            sampled.firstFilledLine = sampled.firstFilledLine ?? table.line(row: rows.upperBound)
            return
        }
        problems.append(
            CSVParser.Problem(
                code: .notCovered, place: table.place(row: rows.upperBound, column: column),
                problem: "the rows reach \(CalendarDate.text(covered)), but the run ends at \(CalendarDate.text(end)).",
                remedy: "Give rows up to the end, shorten the run, or let the last value go on with `missing: hold`."))
    }

    /// The mean of the step function over each tick; a tick within one step takes its value as it is.
    private func means(_ points: [Point]) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(clock.tickCount)
        var index = 0
        for tick in 0..<clock.tickCount {
            let start = clock.seconds(atTick: tick)
            let stop = start + clock.tickSeconds
            while index + 1 < points.count, points[index + 1].seconds <= start { index += 1 }
            guard index + 1 < points.count, points[index + 1].seconds < stop else {
                values.append(points[index].value)
                continue
            }
            var sum = 0.0
            var position = index
            while position < points.count, points[position].seconds < stop {
                let from = max(points[position].seconds, start)
                let until = position + 1 < points.count ? min(points[position + 1].seconds, stop) : stop
                sum += points[position].value * Double(until - from)
                position += 1
            }
            values.append(sum / Double(clock.tickSeconds))
        }
        return values
    }
}

extension Array {
    /// The first index whose element fulfils a condition that holds from some element on; the count when none does.
    func partitioningIndex(where isInSecondPart: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isInSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
