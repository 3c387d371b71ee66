/// A sparse matrix by columns that does not change.
struct ColumnMatrix: Sendable, Equatable {
    /// Number of rows.
    let rowCount: Int
    private var starts: [Int] = [0]
    private var rows: [Int] = []
    private var values: [Double] = []

    /// A matrix without columns.
    init(rowCount: Int) { self.rowCount = rowCount }

    /// Number of columns.
    var columnCount: Int { starts.count - 1 }

    /// Adds a column.
    mutating func append(_ entries: [(row: Int, value: Double)]) {
        for entry in entries {
            rows.append(entry.row)
            values.append(entry.value)
        }
        starts.append(rows.count)
    }

    /// The entries of a column.
    func column(_ index: Int) -> [(row: Int, value: Double)] {
        (starts[index]..<starts[index + 1]).map { (rows[$0], values[$0]) }
    }
}
