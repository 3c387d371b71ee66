/// A table read from CSV (RFC 4180): one header row, then rows of as many cells.
///
/// It keeps the bytes of the file and where each cell lies in them; a cell is decoded when it is asked for.
struct CSVTable {
    /// Name of the file.
    let file: String
    /// Names in the header, in order.
    private(set) var columns: [String] = []
    /// Line of each row; the header's first.
    private var lines: [UInt32] = []
    /// Start of each cell, the header's first; with `ends` the only memory a table needs beside its bytes.
    private var starts: [UInt32] = []
    /// End of each cell; the top bit says that the cell holds doubled quotes.
    private var ends: [UInt32] = []
    private let bytes: [UInt8]

    /// Number of rows below the header.
    var rowCount: Int { max(lines.count - 1, 0) }

    init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
    }

    /// The index of a column.
    func column(_ name: String) -> Int? { columns.firstIndex(of: name) }

    /// The line a row begins on.
    func line(row: Int) -> Int { Int(lines[row + 1]) }

    /// Where a cell begins.
    func place(row: Int, column: Int) -> SourcePlace {
        place(index: (row + 1) * columns.count + column, record: row + 1)
    }

    /// Where a name of the header begins.
    func headerPlace(column: Int) -> SourcePlace { place(index: column, record: 0) }

    private func place(index: Int, record: Int) -> SourcePlace {
        var rowStart = Int(starts[record * columns.count])
        while rowStart > 0, bytes[rowStart - 1] != UInt8(ascii: "\n"), bytes[rowStart - 1] != UInt8(ascii: "\r") {
            rowStart -= 1
        }
        if rowStart == 0, bytes.starts(with: CSVParser.byteOrderMark) { rowStart = CSVParser.byteOrderMark.count }
        var line = Int(lines[record])
        var column = 1
        for byte in bytes[rowStart..<Int(starts[index])] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return SourcePlace(file: file, line: line, column: column)
    }

    /// The text of a cell.
    func text(row: Int, column: Int) -> String {
        text(index: (row + 1) * columns.count + column)
    }

    private func text(index: Int) -> String {
        let range = Int(starts[index])..<Int(ends[index] & ~CSVTable.quoteBit)
        let text = String(decoding: bytes[range], as: UTF8.self)
        return ends[index] & CSVTable.quoteBit == 0 ? text : text.replacing("\"\"", with: "\"")
    }

    /// What a cell holds when a number is wanted.
    enum Number: Equatable {
        /// A number; it may be infinite when its digits say more than a Double holds.
        case value(Double)
        /// Nothing: empty, NaN, NA, null or none.
        case missing
        /// Something else.
        case text
    }

    /// The number in a cell.
    func number(row: Int, column: Int) -> Number {
        let index = (row + 1) * columns.count + column
        let range = Int(starts[index])..<Int(ends[index] & ~CSVTable.quoteBit)
        if range.isEmpty { return .missing }
        let value = bytes.withUnsafeBufferPointer { DecimalText.value(UnsafeBufferPointer(rebasing: $0[range])) }
        if let value { return .value(value) }
        return CSVTable.missingWords.contains(text(index: index).lowercased()) ? .missing : .text
    }

    private static let missingWords: Set<String> = ["nan", "na", "n/a", "null", "none"]
    private static let quoteBit: UInt32 = 1 << 31
}

// Building, by the parser alone.
extension CSVTable {
    mutating func appendCell(_ range: Range<Int>, hasQuotes: Bool) {
        starts.append(UInt32(range.lowerBound))
        ends.append(UInt32(range.upperBound) | (hasQuotes ? CSVTable.quoteBit : 0))
    }

    mutating func endRecord(line: Int) {
        lines.append(UInt32(line))
        if lines.count == 1 { columns = starts.indices.map { text(index: $0) } }
    }

    mutating func dropCells(_ count: Int) {
        starts.removeLast(count)
        ends.removeLast(count)
    }

    mutating func reserveCells(_ count: Int) {
        starts.reserveCapacity(count)
        ends.reserveCapacity(count)
    }

    /// Cells read so far, the header's among them.
    var cellCount: Int { starts.count }
}
