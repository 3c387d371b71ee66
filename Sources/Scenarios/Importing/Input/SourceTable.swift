// Tables of files to import, with their faults logged.
extension FaultLog {
    /// The table of a file; nil, with faults logged, when it cannot be read.
    mutating func table(_ file: SourceFile, limits: ScenarioLimits) -> CSVTable? {
        guard file.bytes.count <= limits.csvBytes else {
            add(
                .tooLarge, at: SourcePlace(file: file.name), "", "the file has more than \(limits.csvBytes) bytes.",
                remedy: "Keep only the rows and columns the scenario needs.")
            return nil
        }
        let (table, problems) = CSVParser.parse(file: file.name, bytes: file.bytes, limits: limits)
        for problem in problems { add(problem.code, at: problem.place, "", problem.problem, remedy: problem.remedy) }
        guard problems.isEmpty else { return nil }
        guard table.rowCount > 0 else {
            add(
                .noRows, at: SourcePlace(file: file.name), "", "the file has no rows below its header.",
                remedy: "Download it again; every source has rows.")
            return nil
        }
        return table
    }

    /// Logs cells of one column that are no usable numbers: the first, and how many there are.
    mutating func add(_ cells: BadCells, in table: CSVTable, column: Int, rule: String) {
        guard let row = cells.firstRow else { return }
        let text = Excerpt.brief(table.text(row: row, column: column), limit: 40)
        let more = cells.count == 1 ? "" : " \(Excerpt.count(cells.count - 1, "more row")) like it."
        let hasComma = DecimalText.value(text.replacing(",", with: ".")) != nil && text.contains(",")
        add(
            text.isEmpty ? .missingCell : .invalidCell, at: table.place(row: row, column: column), "",
            text.isEmpty ? "the cell is empty.\(more)" : "`\(text)` is no \(rule).\(more)",
            remedy: hasComma ? "Write a decimal point." : "Correct the cell, or download the file again.")
    }
}

/// Cells of one column that are no usable numbers.
struct BadCells {
    private(set) var firstRow: Int?
    private(set) var count = 0

    mutating func add(row: Int) {
        firstRow = firstRow ?? row
        count += 1
    }
}

extension CSVTable {
    /// The column with one of these names, whatever their case.
    func column(anyOf names: [String]) -> Int? {
        let lowered = columns.map { $0.lowercased() }
        return names.lazy.compactMap { lowered.firstIndex(of: $0) }.first
    }
}
