/// A sparse matrix that is built entry by entry and read column by column.
///
/// Entries wait in `pending` until `compress` sorts them in, by column and then by row; entries of one cell add up.
/// Indices are 32-bit because both solvers take them so, without a copy.
struct SparseMatrix: Sendable {
    private(set) var starts: [Int32] = [0]
    private(set) var rows: [Int32] = []
    private(set) var values: [Double] = []
    private var pending: [Entry] = []

    private struct Entry: Sendable {
        var row: Int32
        var column: Int32
        var value: Double
    }

    /// Entries stored, those not yet sorted in included.
    var count: Int { values.count + pending.count }

    /// Whether every entry is sorted in and there is a start for each column.
    func isCompressed(columnCount: Int) -> Bool { pending.isEmpty && starts.count == columnCount + 1 }

    mutating func reserveCapacity(_ entries: Int) { pending.reserveCapacity(entries) }

    mutating func add(row: Int, column: Int, value: Double) {
        pending.append(Entry(row: Int32(row), column: Int32(column), value: value))
    }

    /// Sorts the waiting entries in. O(entries + rows + columns); nothing to do is O(1).
    mutating func compress(rowCount: Int, columnCount: Int) {
        if isCompressed(columnCount: columnCount) { return }
        if pending.isEmpty {
            starts.append(contentsOf: repeatElement(starts[starts.count - 1], count: columnCount + 1 - starts.count))
            return
        }
        if values.isEmpty, Self.isSorted(pending) {
            let entries = pending
            pending = []
            rebuild(from: entries, columnCount: columnCount)
            return
        }
        let byRow = Self.stablySorted(takeAllEntries(), by: { $0.row }, keyCount: rowCount)
        rebuild(from: Self.stablySorted(byRow, by: { $0.column }, keyCount: columnCount), columnCount: columnCount)
    }

    /// Where the cell's value is in `values`, or nil when the cell is empty. The matrix must be compressed.
    func position(row: Int, column: Int) -> Int? {
        var low = Int(starts[column])
        var high = Int(starts[column + 1])
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < Int32(row) { low = middle + 1 } else { high = middle }
        }
        return low < Int(starts[column + 1]) && rows[low] == Int32(row) ? low : nil
    }

    mutating func setValue(_ value: Double, at position: Int) { values[position] = value }

    /// Adds `matrix * columnValues` to `sums`, which has one element per row.
    func accumulateProduct(with columnValues: [Double], into sums: inout [Double]) {
        for column in 0..<(starts.count - 1) {
            let factor = columnValues[column]
            if factor == 0 { continue }
            for index in Int(starts[column])..<Int(starts[column + 1]) {
                sums[Int(rows[index])] += values[index] * factor
            }
        }
    }

    /// The product of one column with a vector over the rows.
    func dot(column: Int, rowValues: [Double]) -> Double {
        var sum = 0.0
        for index in Int(starts[column])..<Int(starts[column + 1]) {
            sum += values[index] * rowValues[Int(rows[index])]
        }
        return sum
    }

    /// Adds `Q * x` to `sums`, where this matrix holds the lower triangle of the symmetric `Q`.
    func accumulateSymmetricProduct(with point: [Double], into sums: inout [Double]) {
        for column in 0..<(starts.count - 1) {
            for index in Int(starts[column])..<Int(starts[column + 1]) {
                let row = Int(rows[index])
                sums[row] += values[index] * point[column]
                if row != column { sums[column] += values[index] * point[row] }
            }
        }
    }

    /// `x' Q x`, where this matrix holds the lower triangle of the symmetric `Q`.
    func symmetricForm(at point: [Double]) -> Double {
        var sum = 0.0
        for column in 0..<(starts.count - 1) {
            for index in Int(starts[column])..<Int(starts[column + 1]) {
                let row = Int(rows[index])
                sum += (row == column ? 1 : 2) * values[index] * point[row] * point[column]
            }
        }
        return sum
    }

    private mutating func takeAllEntries() -> [Entry] {
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        for column in 0..<(starts.count - 1) {
            for index in Int(starts[column])..<Int(starts[column + 1]) {
                entries.append(Entry(row: rows[index], column: Int32(column), value: values[index]))
            }
        }
        entries.append(contentsOf: pending)
        pending = []
        return entries
    }

    private mutating func rebuild(from entries: [Entry], columnCount: Int) {
        starts.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        starts.reserveCapacity(columnCount + 1)
        rows.reserveCapacity(entries.count)
        values.reserveCapacity(entries.count)
        starts.append(0)
        for entry in entries {
            let isSameCell = Int(entry.column) == starts.count - 1 && rows.count > Int(starts[starts.count - 1])
            if isSameCell, rows[rows.count - 1] == entry.row {
                values[values.count - 1] += entry.value
                continue
            }
            while starts.count <= Int(entry.column) { starts.append(Int32(rows.count)) }
            rows.append(entry.row)
            values.append(entry.value)
        }
        while starts.count <= columnCount { starts.append(Int32(rows.count)) }
    }

    /// Whether entries come by column and then by row, as whoever builds a model column by column gives them.
    private static func isSorted(_ entries: [Entry]) -> Bool {
        for (entry, next) in zip(entries, entries.dropFirst()) {
            if next.column < entry.column || (next.column == entry.column && next.row < entry.row) { return false }
        }
        return true
    }

    private static func stablySorted(_ entries: [Entry], by key: (Entry) -> Int32, keyCount: Int) -> [Entry] {
        var next = [Int](repeating: 0, count: keyCount + 1)
        for entry in entries { next[Int(key(entry)) + 1] += 1 }
        for index in 0..<keyCount { next[index + 1] += next[index] }
        var sorted = entries
        for entry in entries {
            let slot = Int(key(entry))
            sorted[next[slot]] = entry
            next[slot] += 1
        }
        return sorted
    }
}
