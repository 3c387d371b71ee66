/// Reads round trips between cloud regions: a CSV matrix with a row per source and a column per destination, or the
/// page with such a matrix that Microsoft publishes (azure-network-latency.md, docs licence CC BY 4.0).
struct LatencyReader {
    let limits: ScenarioLimits

    /// The matrix of a file; nil, with faults logged, when it cannot be read.
    func read(_ file: SourceFile, _ log: inout FaultLog) -> LatencyMatrix? {
        guard let table = log.table(matrixOfPage(file), limits: limits) else { return nil }
        guard let column = table.column(anyOf: ["source", "source region", "from", "region"]) else {
            log.add(
                .unknownColumn, at: table.headerPlace(column: 0), "", "the matrix has no column `source`.",
                remedy:
                    "Name its first column `source`, with one region in each row, and the others after the "
                    + "destinations."
            )
            return nil
        }
        var sources: [String] = []
        var cells: [String: [String: LatencyMatrix.Cell]] = [:]
        for row in 0..<table.rowCount {
            let name = table.text(row: row, column: column)
            guard cells[LatencyMatrix.key(name)] == nil else {
                log.add(
                    .duplicateName, at: table.place(row: row, column: column), "",
                    "the row `\(Excerpt.brief(name))` occurs twice.",
                    remedy: "Keep one of them.")
                continue
            }
            sources.append(name)
            cells[LatencyMatrix.key(name)] = self.cells(table, row: row, except: column, &log)
        }
        return LatencyMatrix(file: file.name, sources: sources, cells: cells)
    }

    private func cells(_ table: CSVTable, row: Int, except sourceColumn: Int, _ log: inout FaultLog) -> [String:
        LatencyMatrix.Cell]
    {
        var result: [String: LatencyMatrix.Cell] = [:]
        for (column, name) in table.columns.enumerated() where column != sourceColumn {
            let place = table.place(row: row, column: column)
            switch table.number(row: row, column: column) {
            case .missing: result[LatencyMatrix.key(name)] = .init(milliseconds: nil, place: place)
            case .value(let value) where value >= 0 && value.isFinite:
                result[LatencyMatrix.key(name)] = .init(milliseconds: value, place: place)
            case .value, .text:
                // It counts as known, so that nothing else is said about it.
                result[LatencyMatrix.key(name)] = .init(milliseconds: 0, place: place)
                let text = Excerpt.brief(table.text(row: row, column: column), limit: 40)
                log.add(
                    .invalidCell, at: place, "", "`\(text)` is no number of at least 0.",
                    remedy: "Write the round trip in milliseconds.")
            }
        }
        return result
    }

    /// The file with only the lines of its block `csv` left, where it is a page with one; its lines keep their numbers.
    private func matrixOfPage(_ file: SourceFile) -> SourceFile {
        let text = String(decoding: file.bytes, as: UTF8.self)
        guard text.contains("```csv") else { return file }
        var isWithin = false
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line -> Substring in
            if line.hasPrefix("```") {
                isWithin = line.hasPrefix("```csv")
                return ""
            }
            return isWithin ? line : ""
        }
        return SourceFile(name: file.name, text: lines.joined(separator: "\n"))
    }
}
