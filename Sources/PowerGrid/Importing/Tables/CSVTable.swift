/// A comma-separated table: a header and rows, each cell known by its bytes.
struct CSVTable {
    let file: String
    /// Names of the columns.
    private(set) var columns: [String] = []
    private let bytes: [UInt8]
    private var cells: [Range<Int>] = []
    private var rowLines: [Int] = []
    private var position = 0
    private var line = 1

    /// The table in a file; what is wrong with it goes to the log.
    static func parse(_ file: SourceFile, _ log: inout ImportLog) -> CSVTable {
        var table = CSVTable(file: file)
        guard file.bytes.count <= ImportLimits.bytes else {
            log.fault(
                file.name, nil, "", value: "\(file.bytes.count) bytes",
                "a file has at most \(ImportLimits.bytes) bytes",
                remedy: "Keep only the rows that are needed.")
            return table
        }
        table.read(&log)
        if table.columns.isEmpty {
            log.fault(file.name, 1, "", "a table has a header row", remedy: "Write the names of the columns.")
        }
        return table
    }

    private init(file: SourceFile) {
        self.file = file.name
        bytes = file.bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    var rowCount: Int { rowLines.count }

    /// Line of a row, from 0.
    func line(_ row: Int) -> Int { rowLines[row] }

    /// The text of a cell; quotes doubled within quotes stay so.
    func text(_ row: Int, _ column: Int) -> String {
        String(decoding: bytes[cells[row * columns.count + column]], as: UTF8.self)
    }

    /// The number in a cell; nil where there is none.
    func number(_ row: Int, _ column: Int) -> Double? {
        DecimalNumber.parse(bytes[cells[row * columns.count + column]])
    }

    private mutating func read(_ log: inout ImportLog) {
        while position < bytes.count, !log.isFull {
            let start = line
            guard let record = readRecord() else {
                log.fault(file, start, "", "a quote that opens in a row closes in it", remedy: "Close the quote.")
                return
            }
            if record.count == 1, record[0].isEmpty { continue }
            if columns.isEmpty {
                takeHeader(record, start, &log)
            } else if record.count == columns.count {
                cells.append(contentsOf: record)
                rowLines.append(start)
            } else {
                log.fault(
                    file, start, "", value: "\(record.count) cells",
                    "every row has as many cells as the header, \(columns.count)",
                    remedy: "Complete the row; quote cells that hold commas.")
            }
            if cells.count > ImportLimits.cells || rowLines.count > ImportLimits.rows {
                log.fault(
                    file, line, "", "at most \(ImportLimits.rows) rows and \(ImportLimits.cells) cells",
                    remedy: "Keep only the rows that are needed.")
                return
            }
        }
    }

    private mutating func takeHeader(_ record: [Range<Int>], _ line: Int, _ log: inout ImportLog) {
        columns = record.prefix(ImportLimits.columns).map { String(decoding: bytes[$0], as: UTF8.self) }
        if record.count > ImportLimits.columns {
            log.fault(
                file, line, "", value: "\(record.count) columns", "at most \(ImportLimits.columns) columns",
                remedy: "Keep only the columns that are needed.")
        }
        var seen: Set<String> = []
        for name in columns where !seen.insert(name).inserted {
            log.fault(file, line, name, "a column has a name of its own", remedy: "Rename or remove one of them.")
        }
    }

    /// Reads the cells up to the end of a line; nil where a quote is not closed.
    private mutating func readRecord() -> [Range<Int>]? {
        var record: [Range<Int>] = []
        record.reserveCapacity(columns.count)
        while true {
            guard let cell = readCell() else { return nil }
            record.append(cell)
            guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
            position += 1
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: "\r") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
        line += 1
        return record
    }

    /// Reads a cell without the blanks and quotes around it.
    private mutating func readCell() -> Range<Int>? {
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
        var start = position
        var end = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            start += 1
            position += 1
            while position < bytes.count, bytes[position] != UInt8(ascii: "\"") || isDoubled() {
                if bytes[position] == UInt8(ascii: "\n") { return nil }
                position += bytes[position] == UInt8(ascii: "\"") ? 2 : 1
            }
            guard position < bytes.count else { return nil }
            end = position
            position += 1
            while position < bytes.count, isBlank(bytes[position]) { position += 1 }
            return isCellEnd() ? start..<end : nil
        }
        while !isCellEnd() {
            position += 1
            if !isBlank(bytes[position - 1]) { end = position }
        }
        return start..<end
    }

    private func isDoubled() -> Bool { position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "\"") }

    private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private func isCellEnd() -> Bool {
        guard position < bytes.count else { return true }
        switch bytes[position] {
        case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return true
        default: return false
        }
    }
}
