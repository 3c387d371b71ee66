/// Splits CSV bytes into a table. Blank lines and lines that begin with # are skipped; blanks around a cell are dropped.
struct CSVParser {
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Something wrong with the file at a line.
    struct Problem: Equatable {
        let code: ScenarioFault.Code
        let place: SourcePlace
        let problem: String
        let remedy: String
    }

    private let limits: ScenarioLimits
    private var table: CSVTable
    private var problems: [Problem] = []
    private var raggedCount = 0
    private var isBroken = false
    private var position = 0
    private var line = 1

    /// The table in the bytes, as far as it can be read, and what is wrong with it.
    static func parse(file: String, bytes: [UInt8], limits: ScenarioLimits) -> (table: CSVTable, problems: [Problem]) {
        if let line = UTF8Text.firstInvalidLine(bytes) {
            let isWide =
                bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.prefix(64).contains(0)
            let remedy = isWide ? "It looks like UTF-16; save it as UTF-8." : "Save the file as UTF-8."
            let place = SourcePlace(file: file, line: line)
            let problem = Problem(code: .notUTF8, place: place, problem: "the line is not UTF-8 text.", remedy: remedy)
            return (CSVTable(file: file, bytes: []), [problem])
        }
        var parser = CSVParser(limits: limits, table: CSVTable(file: file, bytes: bytes))
        bytes.withUnsafeBufferPointer { parser.run($0) }
        parser.checkHeader()
        return (parser.table, parser.problems)
    }

    private init(limits: ScenarioLimits, table: CSVTable) {
        self.limits = limits
        self.table = table
    }

    private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.starts(with: CSVParser.byteOrderMark) { position = CSVParser.byteOrderMark.count }
        while position < bytes.count, !isBroken {
            if skipNonRecord(bytes) { continue }
            let start = line
            let before = table.cellCount
            readRecord(bytes)
            finishRecord(cells: table.cellCount - before, line: start)
            if table.columns.count > 0 && table.rowCount == 1 { reserve(bytes.count) }
            if table.rowCount > limits.csvRows || table.cellCount > limits.csvCells { return refuseSize() }
        }
        if raggedCount > 1, let first = problems.first {
            problems[0] = Problem(
                code: first.code, place: first.place,
                problem: first.problem + " \(Excerpt.count(raggedCount - 1, "more row")) like it.", remedy: first.remedy
            )
        }
    }

    private mutating func reserve(_ byteCount: Int) {
        let rowBytes = max(position, 1)
        let rows = min(byteCount / max(rowBytes / 2, 1) + 2, limits.csvRows)
        table.reserveCells(min(rows * table.columns.count, limits.csvCells))
    }

    /// Passes a blank or comment line; false at a record.
    private mutating func skipNonRecord(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var end = position
        while end < bytes.count, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") { end += 1 }
        let isComment = end < bytes.count && bytes[end] == UInt8(ascii: "#")
        guard isComment || end == bytes.count || isLineEnd(bytes[end]) else { return false }
        while end < bytes.count, !isLineEnd(bytes[end]) { end += 1 }
        position = end
        takeLineEnd(bytes)
        return true
    }

    private mutating func readRecord(_ bytes: UnsafeBufferPointer<UInt8>) {
        while true {
            while position < bytes.count, isBlank(bytes[position]) { position += 1 }
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                guard readQuoted(bytes) else { return }
            } else {
                readPlain(bytes)
            }
            guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
            position += 1
        }
        takeLineEnd(bytes)
    }

    private mutating func readPlain(_ bytes: UnsafeBufferPointer<UInt8>) {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), !isLineEnd(bytes[position]) {
            position += 1
        }
        var end = position
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        table.appendCell(start..<end, hasQuotes: false)
    }

    /// Reads a cell in quotes; false when its quotes are broken.
    private mutating func readQuoted(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let startLine = line
        let start = position + 1
        var hasQuotes = false
        position = start
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            if bytes[position] == UInt8(ascii: "\"") {
                guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") else { break }
                hasQuotes = true
                position += 1
            }
            position += 1
        }
        guard position < bytes.count else {
            isBroken = true
            addStructure(
                "the quote that opens on this line is never closed.", at: startLine,
                remedy: "Close it; double a quote within a cell.")
            return false
        }
        table.appendCell(start..<position, hasQuotes: hasQuotes)
        position += 1
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
        guard position == bytes.count || bytes[position] == UInt8(ascii: ",") || isLineEnd(bytes[position]) else {
            isBroken = true
            addStructure(
                "text follows a closing quote.", at: line, remedy: "Quote the whole cell, and double a quote within it."
            )
            return false
        }
        return true
    }

    private mutating func takeLineEnd(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard position < bytes.count else { return }
        let isPair =
            bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count
            && bytes[position + 1] == UInt8(ascii: "\n")
        position += isPair ? 2 : 1
        line += 1
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

// Checks of records and header.
extension CSVParser {
    private mutating func finishRecord(cells: Int, line: Int) {
        let width = table.columns.count
        guard width > 0, cells != width else { return table.endRecord(line: line) }
        table.dropCells(cells)
        guard !isBroken else { return }
        raggedCount += 1
        if raggedCount == 1 {
            addStructure(
                "the row has \(Excerpt.count(cells, "cell")), the header \(width).", at: line,
                remedy: "Give every row as many cells as the header; quote cells that hold commas.")
        }
    }

    private mutating func refuseSize() {
        problems.append(
            Problem(
                code: .tooLarge, place: SourcePlace(file: table.file, line: line),
                problem: "the file has more than \(limits.csvRows) rows or \(limits.csvCells) cells.",
                remedy: "Keep only the rows and columns the scenario needs."))
    }

    private mutating func checkHeader() {
        if table.columns.isEmpty {
            if problems.isEmpty {
                addStructure("the file is empty.", at: 1, remedy: "Give it a header row with the column names.")
            }
            return
        }
        let line = table.headerPlace(column: 0).line ?? 1
        if table.columns.count == 1, let separator = [";", "\t"].first(where: { table.columns[0].contains($0) }) {
            let name = separator == ";" ? "semicolons" : "tabs"
            addStructure(
                "the columns are separated by \(name).", at: line,
                remedy: "Separate them by commas, and write decimal points.")
        }
        var seen: Set<String> = []
        for (index, name) in table.columns.enumerated() {
            if name.isEmpty {
                addStructure(
                    "column \(index + 1) has no name.", at: line,
                    remedy: "Name it; pandas writes no index with index=False.")
            } else if !seen.insert(name).inserted {
                addStructure(
                    "column `\(Excerpt.brief(name))` occurs twice.", at: line, remedy: "Rename or remove one of them.")
            }
        }
    }

    private mutating func addStructure(_ problem: String, at line: Int, remedy: String) {
        guard problems.count < 100 else { return }
        problems.append(
            Problem(
                code: .csvStructure, place: SourcePlace(file: table.file, line: line), problem: problem, remedy: remedy)
        )
    }
}
