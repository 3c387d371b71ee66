/// Triangular factors of a square sparse matrix: row elimination in the order of Markowitz.
///
/// A pivot is a column's only entry, or else an entry of a shortest row that is not small in its row and whose column
/// is short. Factors are fit for many solves with the matrix and its transpose, each O(entries of the factors).
struct SparseLU: Sendable {
    /// One step of the elimination.
    private struct Step: Sendable {
        let row: Int
        let column: Int
        let pivot: Double
        /// Where the rest of the pivot row is in `upper`, and the multipliers of other rows in `lower`.
        let upperRange: Range<Int>
        let lowerRange: Range<Int>
    }

    private typealias Entry = (index: Int, value: Double)

    /// Number of rows and columns.
    let size: Int
    private var steps: [Step] = []
    private var upper: [Entry] = []
    private var lower: [Entry] = []

    /// Least size of a pivot, relative to the greatest entry of its row.
    private static let threshold = 0.1
    /// Least size of a pivot, relative to the greatest entry of the matrix.
    private static let rankTolerance = 1e-13

    /// Factors of a matrix given by columns; nil when it is singular.
    init?(size: Int, columns: [[(row: Int, value: Double)]]) {
        precondition(columns.count == size, "a square matrix")
        self.size = size
        var work = Elimination(size: size, columns: columns)
        let least = Self.rankTolerance * work.greatestEntry
        steps.reserveCapacity(size)
        for _ in 0..<size {
            guard let pivot = work.choosePivot(threshold: Self.threshold), abs(pivot.value) > least else { return nil }
            let (above, below) = (upper.count, lower.count)
            work.eliminate(pivot, upper: &upper, lower: &lower)
            steps.append(
                Step(
                    row: pivot.row, column: pivot.column, pivot: pivot.value, upperRange: above..<upper.count,
                    lowerRange: below..<lower.count))
        }
    }

    /// Solves `A x = b`.
    func solve(_ right: [Double]) -> [Double] {
        var rest = right
        for step in steps {
            let value = rest[step.row]
            if value == 0 { continue }
            for entry in lower[step.lowerRange] { rest[entry.index] -= entry.value * value }
        }
        var result = [Double](repeating: 0, count: size)
        for step in steps.reversed() {
            var sum = rest[step.row]
            for entry in upper[step.upperRange] { sum -= entry.value * result[entry.index] }
            result[step.column] = sum / step.pivot
        }
        return result
    }

    /// Solves `A' y = c`.
    func solveTransposed(_ right: [Double]) -> [Double] {
        var rest = right
        var result = [Double](repeating: 0, count: size)
        for step in steps {
            if rest[step.column] == 0 { continue }
            let value = rest[step.column] / step.pivot
            result[step.row] = value
            for entry in upper[step.upperRange] { rest[entry.index] -= entry.value * value }
        }
        for step in steps.reversed() {
            for entry in lower[step.lowerRange] { result[step.row] -= entry.value * result[entry.index] }
        }
        return result
    }
}

/// The part of a matrix that is not yet eliminated.
private struct Elimination {
    struct Pivot {
        let row: Int
        let column: Int
        let value: Double
    }

    private(set) var greatestEntry = 0.0
    private var rows: [[(index: Int, value: Double)]]
    /// Rows that have, or had, an entry in each column.
    private var members: [[Int]]
    private var columnCounts: [Int]
    private var isRowDone: [Bool]
    private var isColumnDone: [Bool]
    private var singletons: [Int]
    /// Rows by length; what is out of date is skipped.
    private var queue: [[Int]]
    private var position: [Int]

    init(size: Int, columns: [[(row: Int, value: Double)]]) {
        rows = [[(index: Int, value: Double)]](repeating: [], count: size)
        members = columns.map { $0.map(\.row) }
        columnCounts = columns.map(\.count)
        isRowDone = [Bool](repeating: false, count: size)
        isColumnDone = isRowDone
        position = [Int](repeating: -1, count: size)
        for (column, entries) in columns.enumerated() {
            for entry in entries {
                rows[entry.row].append((column, entry.value))
                greatestEntry = max(greatestEntry, abs(entry.value))
            }
        }
        singletons = columnCounts.indices.reversed().filter { columns[$0].count == 1 }
        queue = [[Int]](repeating: [], count: size + 1)
        for row in rows.indices.reversed() { queue[rows[row].count].append(row) }
    }

    /// The next pivot, or nil when an empty row or column is left.
    mutating func choosePivot(threshold: Double) -> Pivot? {
        while let column = singletons.popLast() {
            guard !isColumnDone[column], columnCounts[column] == 1 else { continue }
            guard let row = members[column].first(where: { !isRowDone[$0] && value($0, column) != nil }) else {
                continue
            }
            let entry = value(row, column) ?? 0
            let greatest = rows[row].reduce(0) { max($0, abs($1.value)) }
            if abs(entry) > 1e-9 * greatest { return Pivot(row: row, column: column, value: entry) }
        }
        return shortestRow().flatMap { row in
            let greatest = rows[row].reduce(0) { max($0, abs($1.value)) }
            var best: Pivot?
            for entry in rows[row] where abs(entry.value) >= threshold * greatest {
                if best == nil || columnCounts[entry.index] < columnCounts[best!.column] {
                    best = Pivot(row: row, column: entry.index, value: entry.value)
                }
            }
            return best
        }
    }

    private mutating func shortestRow() -> Int? {
        for length in 1..<max(2, queue.count) {
            while let row = queue[length].last {
                if !isRowDone[row], rows[row].count == length { return row }
                queue[length].removeLast()
            }
        }
        return nil
    }

    /// Removes a pivot's row and column, and records what that takes.
    mutating func eliminate(
        _ pivot: Pivot, upper: inout [(index: Int, value: Double)], lower: inout [(index: Int, value: Double)]
    ) {
        isRowDone[pivot.row] = true
        isColumnDone[pivot.column] = true
        let rest = rows[pivot.row].filter { $0.index != pivot.column }
        upper.append(contentsOf: rest)
        for entry in rest { decrement(entry.index) }
        for row in members[pivot.column] where !isRowDone[row] {
            guard let entry = rows[row].firstIndex(where: { $0.index == pivot.column }) else { continue }
            let factor = rows[row][entry].value / pivot.value
            rows[row].remove(at: entry)
            lower.append((row, factor))
            subtract(rest, times: factor, from: row)
            queue[rows[row].count].append(row)
        }
        rows[pivot.row] = []
        members[pivot.column] = []
    }

    private mutating func subtract(_ source: [(index: Int, value: Double)], times factor: Double, from row: Int) {
        for (place, entry) in rows[row].enumerated() { position[entry.index] = place }
        for entry in source {
            if position[entry.index] >= 0 {
                rows[row][position[entry.index]].value -= factor * entry.value
            } else {
                rows[row].append((entry.index, -factor * entry.value))
                members[entry.index].append(row)
                columnCounts[entry.index] += 1
            }
        }
        for entry in rows[row] { position[entry.index] = -1 }
    }

    private mutating func decrement(_ column: Int) {
        columnCounts[column] -= 1
        if columnCounts[column] == 1 { singletons.append(column) }
    }

    private func value(_ row: Int, _ column: Int) -> Double? {
        rows[row].first { $0.index == column }?.value
    }
}
