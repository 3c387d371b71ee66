/// A row of a table, read by the names of its columns; what is wrong goes to a log.
struct CSVRecord {
    private let table: CSVTable
    private let indexOfColumn: [String: Int]
    /// Index of the row, from 0.
    private(set) var row = 0

    /// The rows of a table; a fault for each needed column that it lacks.
    init(_ table: CSVTable, needs columns: [String], _ log: inout ImportLog) {
        self.table = table
        indexOfColumn = Dictionary(
            table.columns.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        for name in columns where indexOfColumn[name] == nil && !table.columns.isEmpty {
            log.fault(table.file, 1, name, "the table has this column", remedy: "Add the column, or correct its name.")
        }
    }

    /// Goes to a row and returns the record there.
    func at(_ row: Int) -> CSVRecord {
        var record = self
        record.row = row
        return record
    }

    /// All rows, in order.
    var all: [CSVRecord] { (0..<table.rowCount).map(at) }

    /// Line of the row.
    var line: Int { table.line(row) }

    /// The text in a column; empty where the table has no such column.
    func text(_ column: String) -> String {
        indexOfColumn[column].map { table.text(row, $0) } ?? ""
    }

    /// The finite number in a column, within bounds; a fault and the nearest bound to zero where there is none.
    func number(
        _ column: String, from least: Double = -.infinity, through most: Double = .infinity, _ log: inout ImportLog
    ) -> Double {
        guard let index = indexOfColumn[column] else { return max(least, 0) }
        if let value = table.number(row, index), value.isFinite, value >= least, value <= most { return value }
        var rule = "it is a finite number"
        if least > -.infinity { rule += " from \(DecimalNumber.text(least))" }
        if most < .infinity { rule += " to \(DecimalNumber.text(most))" }
        refuse(column, rule, remedy: "Correct the number.", &log)
        return max(least, 0)
    }

    /// The number in a column where there is one; nil for an empty cell or NA.
    func optional(_ column: String, _ log: inout ImportLog) -> Double? {
        let text = text(column)
        return text.isEmpty || text == "NA" ? nil : number(column, &log)
    }

    /// The whole number in a column, at least 0.
    func integer(_ column: String, _ log: inout ImportLog) -> Int {
        let value = number(column, from: 0, through: Double(Int32.max), &log)
        if value == value.rounded() { return Int(value) }
        refuse(column, "it is a whole number", remedy: "Correct the number.", &log)
        return 0
    }

    /// Adds a fault of a column.
    func refuse(_ column: String, _ rule: String, remedy: String, _ log: inout ImportLog) {
        log.fault(table.file, line, column, value: text(column), rule, remedy: remedy)
    }
}
