/// One row of a matrix, read by column with the rules that single numbers obey.
struct MatpowerRow {
    private let matrix: MatpowerMatrix
    private let row: Int
    private let columns: [String]
    private let isBroken: Bool
    /// What is wrong: column, value, rule, remedy.
    private(set) var faults: [(column: Int, value: String, rule: String, remedy: String)] = []

    init(_ matrix: MatpowerMatrix, _ row: Int, _ columns: [String]) {
        self.matrix = matrix
        self.row = row
        self.columns = columns
        isBroken = matrix.brokenRows.contains(row)
    }

    /// Line of the row.
    var line: Int { matrix.rowLines[row] }

    /// The number in a column as it stands.
    subscript(column: Int) -> Double { matrix[row, column] }

    /// The column for messages, such as `mpc.gen row 3, Pmax`.
    func field(_ column: Int) -> String {
        let name = column < columns.count ? columns[column] : "column \(column + 1)"
        return "mpc.\(matrix.name) row \(row + 1), \(name)"
    }

    /// Whether a column has a fault, or the row could not be read.
    func isFaulty(_ column: Int) -> Bool { isBroken || faults.contains { $0.column == column } }

    /// Adds a fault, unless the row could not be read.
    mutating func refuse(_ column: Int, _ rule: String, remedy: String) {
        if !isFaulty(column) { faults.append((column, MatpowerRow.text(self[column]), rule, remedy)) }
    }

    /// A number, which may be infinite.
    mutating func number(_ column: Int) -> Double {
        if self[column].isNaN { refuse(column, "it is a number", remedy: "Replace NaN by the value.") }
        return self[column]
    }

    /// A finite number.
    mutating func finite(_ column: Int) -> Double {
        if !self[column].isFinite { refuse(column, "it is a finite number", remedy: "Replace it by the value.") }
        return self[column]
    }

    /// A finite number that is not negative.
    mutating func atLeastZero(_ column: Int) -> Double {
        let value = finite(column)
        if value < 0 { refuse(column, "it is not negative", remedy: "Correct the number.") }
        return value
    }

    /// A whole number within bounds; the lower one where it is none.
    mutating func integer(_ column: Int, from least: Int, through most: Int = Int(Int32.max)) -> Int {
        let value = self[column]
        if value == value.rounded(), value >= Double(least), value <= Double(most) { return Int(value) }
        refuse(column, "it is a whole number from \(least) to \(most)", remedy: "Correct the number.")
        return least
    }

    /// Whether a status column says in service: above zero.
    mutating func status(_ column: Int) -> Bool {
        number(column) > 0
    }

    /// A rating: 0 and 1e10 upward mean none, as in MATPOWER.
    mutating func limit(_ column: Int) -> Double {
        let value = number(column)
        if value < 0 { refuse(column, "it is not negative", remedy: "Write 0 for a branch without a limit.") }
        return value == 0 || value >= 1e10 ? .infinity : value
    }

    /// Limits of the angle difference of a branch: 0 and 0, and what reaches 360, mean none.
    mutating func angleLimits() -> (Double, Double) {
        let (least, greatest) = (number(11), number(12))
        if least == 0 && greatest == 0 { return (-.infinity, .infinity) }
        return (least <= -360 ? -.infinity : least, greatest >= 360 ? .infinity : greatest)
    }

    /// A number as a person writes it.
    static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}

// Rules between the columns of a row in service.
extension MatpowerRow {
    mutating func checkBranch(_ branch: Branch) {
        if branch.from == branch.to {
            refuse(1, "a branch joins two buses", remedy: "Remove the branch, or correct its end.")
        }
        if branch.reactance == 0 {
            refuse(
                3, "a branch in service has a reactance other than zero",
                remedy: "Give it one, such as 0.0001; or take it out of service and join its buses.")
        }
        if branch.tapRatio < 0 {
            refuse(8, "a tap ratio is above zero, or 0 for a line", remedy: "Correct the ratio.")
        }
        if branch.leastAngleDegrees > branch.greatestAngleDegrees {
            refuse(11, "angmin is not above angmax", remedy: "Exchange or correct them.")
        }
    }

    mutating func checkDCLine(_ line: DCLine) {
        if line.from == line.to {
            refuse(1, "a line joins two buses", remedy: "Remove the line, or correct its end.")
        }
        if line.minimumMW > line.maximumMW {
            refuse(9, "Pmin is not above Pmax", remedy: "Exchange or correct them.")
        }
        if line.minimumMW == .infinity || line.maximumMW == -.infinity {
            refuse(9, "limits leave room for a flow", remedy: "Correct them.")
        }
    }

    mutating func checkGenerator(_ generator: NetworkGenerator) {
        if generator.minimumMW > generator.maximumMW {
            refuse(
                9, "Pmin is not above Pmax, \(MatpowerRow.text(generator.maximumMW))",
                remedy: "Exchange or correct them, or take the generator out of service.")
        }
        if generator.minimumMW == .infinity { refuse(9, "it is below infinity", remedy: "Correct the limit.") }
        if generator.maximumMW == -.infinity { refuse(8, "it is above minus infinity", remedy: "Correct the limit.") }
    }
}
