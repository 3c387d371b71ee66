// Matrices and cell arrays.
extension MatpowerParser {
    /// Reads a matrix past its opening bracket, up to and with the closing one; false where that is missing.
    mutating func readMatrix(_ name: String, _ line: Int) -> Bool {
        var matrix = MatpowerMatrix(name: name, line: line)
        defer { fields.matrices[name] = matrix }
        // Whether a number may stand here, and whether a comma does not.
        var isParted = true
        var hasComma = false
        while !log.isFull {
            if scanner.skipBlanks() { isParted = true }
            let byte = scanner.byte
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: ";") || scanner.isAtLineEnd {
                endRow(&matrix)
                (isParted, hasComma) = (true, false)
                if scanner.isAtEnd { break }
                scanner.advance()
                if byte == UInt8(ascii: "]") { return true }
                guard matrix.rowCount <= ImportLimits.rows, matrix.cellCount <= ImportLimits.cells else {
                    return refuseSize(name)
                }
            } else if byte == UInt8(ascii: ","), matrix.pendingCount > 0, !hasComma {
                scanner.advance()
                (isParted, hasComma) = (true, true)
            } else {
                guard matrix.pendingCount < ImportLimits.columns else { return refuseSize(name) }
                guard readElement(isParted: isParted, &matrix) else { break }
                (isParted, hasComma) = (false, false)
            }
        }
        return log.isFull ? false : refuseOpenBracket(name, line, "]")
    }

    /// Reads one number of a matrix; false at the next statement, where the matrix should have ended.
    private mutating func readElement(isParted: Bool, _ matrix: inout MatpowerMatrix) -> Bool {
        let line = scanner.line
        let excerpt = scanner.excerpt()
        if excerpt.hasPrefix("\(variable).") { return false }
        let bytes = scanner.takeNumber()
        if isParted, let value = DecimalNumber.parse(bytes) {
            matrix.append(value, line: line)
            return true
        }
        fault(
            line, "\(variable).\(matrix.name) row \(matrix.rowCount + 1), column \(matrix.pendingCount + 1)",
            value: excerpt, "an element of a matrix is a number", remedy: MatpowerParser.literals)
        matrix.appendBroken(line: line)
        if bytes.isEmpty { scanner.advance() }
        if excerpt.first != "," { skipElement() }
        return true
    }

    /// Passes bytes up to the next blank, comma, or end of a row or matrix.
    private mutating func skipElement() {
        while !scanner.isAtLineEnd, scanner.byte > 0x20, scanner.byte != UInt8(ascii: "%") {
            let byte = scanner.byte
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "]") { return }
            scanner.advance()
        }
    }

    private mutating func endRow(_ matrix: inout MatpowerMatrix) {
        let count = matrix.pendingCount
        guard count > 0, let line = matrix.endRow() else { return }
        fault(
            line, "\(variable).\(matrix.name) row \(matrix.rowCount)", value: "\(count) columns",
            "every row has as many columns as the first, \(matrix.columnCount)",
            remedy: "Complete the row, or part rows by semicolons.")
    }

    /// Reads a cell array past its opening brace, up to and with the closing one; false where that is missing.
    mutating func readCells(_ name: String, _ line: Int) -> Bool {
        var cells = MatpowerCells(name: name, line: line)
        defer { fields.cells[name] = cells }
        var row: [String] = []
        while !log.isFull {
            scanner.skipBlanks()
            let byte = scanner.byte
            if byte == UInt8(ascii: "}") || byte == UInt8(ascii: ";") || scanner.isAtLineEnd {
                if !row.isEmpty { cells.rows.append(row) }
                row = []
                if scanner.isAtEnd { break }
                scanner.advance()
                if byte == UInt8(ascii: "}") { return true }
                guard cells.rows.count <= ImportLimits.rows else { return refuseSize(name) }
            } else if byte == UInt8(ascii: ",") {
                scanner.advance()
            } else {
                guard row.count < ImportLimits.columns else { return refuseSize(name) }
                guard !scanner.excerpt().hasPrefix("\(variable).") else { break }
                row.append(readText(name, row: cells.rows.count + 1))
            }
        }
        return log.isFull ? false : refuseOpenBracket(name, line, "}")
    }

    /// Reads one text of a cell array; a fault and an empty text where there is none.
    private mutating func readText(_ name: String, row: Int) -> String {
        let field = "\(variable).\(name) row \(row)"
        let excerpt = scanner.excerpt()
        guard scanner.byte == UInt8(ascii: "'") || scanner.byte == UInt8(ascii: "\"") else {
            fault(
                scanner.line, field, value: excerpt, "a cell is a text in quotes", remedy: MatpowerParser.literals)
            repeat { scanner.advance() } while !scanner.isAtLineEnd && !isCellEnd
            return ""
        }
        if let text = scanner.takeString() { return text }
        fault(
            scanner.line, field, value: excerpt, "a text ends on its line",
            remedy: "Close its quote, and double a quote within it.")
        scanner.skipLine()
        return ""
    }

    private var isCellEnd: Bool {
        [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "}"), UInt8(ascii: " ")].contains(scanner.byte)
    }

    private mutating func refuseOpenBracket(_ name: String, _ line: Int, _ bracket: String) -> Bool {
        fault(
            line, "\(variable).\(name)", "the bracket that opens on this line is never closed",
            remedy: "Write \(bracket); after the last row.")
        return false
    }

    private mutating func refuseSize(_ name: String) -> Bool {
        fault(
            scanner.line, "\(variable).\(name)",
            "at most \(ImportLimits.rows) rows, \(ImportLimits.columns) columns and \(ImportLimits.cells) numbers",
            remedy: "Split the network, or remove columns the format does not have.")
        isStopped = true
        return false
    }
}
