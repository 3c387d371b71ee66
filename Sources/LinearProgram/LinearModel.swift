/// A minimisation problem with linear constraints: columns (variables), rows (constraints), and a linear or convex
/// quadratic objective.
///
///     minimise    offset + cost · x + Σ q_ij x_i x_j
///     subject to  rowLower ≤ A x ≤ rowUpper,  columnLower ≤ x ≤ columnUpper
///
/// Bounds are `±.infinity` where there is none; equal bounds make an equality or a fixed column. Columns and rows are
/// numbered from 0 in the order they are added and never removed (fix a column at zero instead). Numbers that are
/// not a number, an infinite cost or coefficient, or an index out of range are bugs of the caller and trap.
/// Bounds that cross are no bug: they make the problem infeasible.
public struct LinearModel: Sendable {
    /// Objective per unit of each column.
    public private(set) var costs: [Double] = []
    /// Least value of each column.
    public private(set) var columnLowers: [Double] = []
    /// Greatest value of each column.
    public private(set) var columnUppers: [Double] = []
    /// Least activity of each row.
    public private(set) var rowLowers: [Double] = []
    /// Greatest activity of each row.
    public private(set) var rowUppers: [Double] = []
    /// Constant part of the objective.
    public var objectiveOffset = 0.0

    var matrix = SparseMatrix()
    var hessian = SparseMatrix()

    /// Makes an empty model.
    public init() {}

    /// Number of columns.
    public var columnCount: Int { costs.count }
    /// Number of rows.
    public var rowCount: Int { rowLowers.count }
    /// Number of coefficients given so far; several for one cell count once after a solve.
    public var entryCount: Int { matrix.count }
    /// Whether the objective has a quadratic part.
    public var isQuadratic: Bool { hessian.count > 0 }

    /// Makes room for what is about to be added.
    public mutating func reserveCapacity(columns: Int, rows: Int, entries: Int) {
        costs.reserveCapacity(columns)
        columnLowers.reserveCapacity(columns)
        columnUppers.reserveCapacity(columns)
        rowLowers.reserveCapacity(rows)
        rowUppers.reserveCapacity(rows)
        matrix.reserveCapacity(entries)
    }

    // MARK: Building

    /// Adds a column and returns its number; `entries` are its coefficients in rows that exist already.
    @discardableResult
    public mutating func addColumn(
        cost: Double = 0, lower: Double = 0, upper: Double = .infinity, entries: [(row: Int, value: Double)] = []
    ) -> Int {
        precondition(cost.isFinite, "the cost of a column must be finite")
        Self.requireBounds(lower, upper)
        costs.append(cost)
        columnLowers.append(lower)
        columnUppers.append(upper)
        for entry in entries { addEntry(row: entry.row, column: columnCount - 1, value: entry.value) }
        return columnCount - 1
    }

    /// Adds a row and returns its number; `entries` are its coefficients in columns that exist already.
    @discardableResult
    public mutating func addRow(
        lower: Double = -.infinity, upper: Double = .infinity, entries: [(column: Int, value: Double)] = []
    ) -> Int {
        Self.requireBounds(lower, upper)
        rowLowers.append(lower)
        rowUppers.append(upper)
        for entry in entries { addEntry(row: rowCount - 1, column: entry.column, value: entry.value) }
        return rowCount - 1
    }

    /// Adds `value` to the coefficient of a column in a row.
    public mutating func addEntry(row: Int, column: Int, value: Double) {
        precondition(value.isFinite, "a coefficient must be finite")
        precondition(rowLowers.indices.contains(row), "no such row")
        precondition(costs.indices.contains(column), "no such column")
        matrix.add(row: row, column: column, value: value)
    }

    /// Adds `coefficient * x_first * x_second` to the objective; the two columns may be the same.
    ///
    /// So a generator whose marginal cost is `a + b p` has cost `a` and the quadratic coefficient `b / 2`.
    public mutating func addQuadraticCost(_ first: Int, _ second: Int, coefficient: Double) {
        precondition(coefficient.isFinite, "a quadratic coefficient must be finite")
        precondition(costs.indices.contains(first) && costs.indices.contains(second), "no such column")
        let value = first == second ? 2 * coefficient : coefficient
        hessian.add(row: max(first, second), column: min(first, second), value: value)
    }

    // MARK: Changing, in place and without allocation

    /// Replaces the cost of a column.
    public mutating func setCost(_ cost: Double, column: Int) {
        precondition(cost.isFinite, "the cost of a column must be finite")
        costs[column] = cost
    }

    /// Replaces the costs of consecutive columns, from column `first` on.
    public mutating func setCosts(_ values: some Sequence<Double>, from first: Int = 0) {
        Self.overwrite(&costs, with: values, from: first) { $0.isFinite }
    }

    /// Replaces the bounds of a column.
    public mutating func setColumnBounds(lower: Double, upper: Double, column: Int) {
        Self.requireBounds(lower, upper)
        columnLowers[column] = lower
        columnUppers[column] = upper
    }

    /// Replaces the upper bounds of consecutive columns, from column `first` on.
    public mutating func setColumnUppers(_ values: some Sequence<Double>, from first: Int = 0) {
        Self.overwrite(&columnUppers, with: values, from: first) { $0 > -.infinity }
    }

    /// Replaces the lower bounds of consecutive columns, from column `first` on.
    public mutating func setColumnLowers(_ values: some Sequence<Double>, from first: Int = 0) {
        Self.overwrite(&columnLowers, with: values, from: first) { $0 < .infinity }
    }

    /// Replaces the bounds of a row.
    public mutating func setRowBounds(lower: Double, upper: Double, row: Int) {
        Self.requireBounds(lower, upper)
        rowLowers[row] = lower
        rowUppers[row] = upper
    }

    /// Replaces the upper bounds of consecutive rows, from row `first` on.
    public mutating func setRowUppers(_ values: some Sequence<Double>, from first: Int = 0) {
        Self.overwrite(&rowUppers, with: values, from: first) { $0 > -.infinity }
    }

    /// Replaces the lower bounds of consecutive rows, from row `first` on.
    public mutating func setRowLowers(_ values: some Sequence<Double>, from first: Int = 0) {
        Self.overwrite(&rowLowers, with: values, from: first) { $0 < .infinity }
    }

    /// Replaces a coefficient; quick where the cell has one (even zero), else it costs one pass over the matrix.
    public mutating func setCoefficient(_ value: Double, row: Int, column: Int) {
        precondition(value.isFinite, "a coefficient must be finite")
        precondition(rowLowers.indices.contains(row), "no such row")
        precondition(costs.indices.contains(column), "no such column")
        compress()
        if let position = matrix.position(row: row, column: column) {
            matrix.setValue(value, at: position)
        } else {
            matrix.add(row: row, column: column, value: value)
        }
    }

    // MARK: Reading

    /// The objective at a point, with offset and quadratic part.
    public func objective(at columnValues: [Double]) -> Double {
        precondition(columnValues.count == columnCount, "one value per column")
        var sum = objectiveOffset
        for column in costs.indices { sum += costs[column] * columnValues[column] }
        guard isQuadratic else { return sum }
        var compressed = self
        compressed.compress()
        return sum + 0.5 * compressed.hessian.symmetricForm(at: columnValues)
    }

    /// Sorts the coefficients into columns, as the solvers take them.
    mutating func compress() {
        matrix.compress(rowCount: rowCount, columnCount: columnCount)
        if isQuadratic { hessian.compress(rowCount: columnCount, columnCount: columnCount) }
    }

    private static func requireBounds(_ lower: Double, _ upper: Double) {
        precondition(lower < .infinity && upper > -.infinity, "bounds must be numbers that leave room for a value")
    }

    private static func overwrite(
        _ target: inout [Double], with values: some Sequence<Double>, from first: Int, where isValid: (Double) -> Bool
    ) {
        let isDone: Void? = values.withContiguousStorageIfAvailable { source in
            precondition(first >= 0 && first + source.count <= target.count, "the values pass the end")
            for offset in 0..<source.count {
                precondition(isValid(source[offset]), "costs must be finite, bounds must leave room for a value")
                target[first + offset] = source[offset]
            }
        }
        if isDone == nil { overwrite(&target, with: Array(values), from: first, where: isValid) }
    }
}
