/// A numeric matrix of a case file, row by row, with the line of each row.
struct MatpowerMatrix {
    /// Field of the case, such as `bus`.
    let name: String
    /// Line on which it opens.
    let line: Int
    private(set) var columnCount = 0
    private(set) var rowLines: [Int] = []
    /// Rows that could not be read; what stands in them means nothing.
    private(set) var brokenRows: Set<Int> = []
    /// Numbers in the row that is being read.
    private(set) var pendingCount = 0
    private var pendingLine = 0
    private var values: [Double] = []

    init(name: String, line: Int) {
        self.name = name
        self.line = line
    }

    var rowCount: Int { rowLines.count }

    var cellCount: Int { values.count }

    /// The number at a row and column, from 0; the column must be there.
    subscript(row: Int, column: Int) -> Double { values[row * columnCount + column] }

    /// Adds a number to the row that is being read.
    mutating func append(_ value: Double, line: Int) {
        if pendingCount == 0 { pendingLine = line }
        values.append(value)
        pendingCount += 1
    }

    /// Adds an element that could not be read.
    mutating func appendBroken(line: Int) {
        append(.nan, line: line)
        brokenRows.insert(rowCount)
    }

    /// Ends a row; its line where it is not as wide as the first, which breaks it.
    mutating func endRow() -> Int? {
        if rowLines.isEmpty {
            columnCount = pendingCount
            values.reserveCapacity(columnCount * 1024)
        }
        let excess = pendingCount - columnCount
        if excess != 0 { brokenRows.insert(rowCount) }
        if excess > 0 { values.removeLast(excess) }
        if excess < 0 { values.append(contentsOf: repeatElement(.nan, count: -excess)) }
        rowLines.append(pendingLine)
        pendingCount = 0
        return excess == 0 ? nil : pendingLine
    }
}
