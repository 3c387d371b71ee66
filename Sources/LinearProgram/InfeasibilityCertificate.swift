/// A proof that no point satisfies all bounds of a model, and with it which limits conflict.
///
/// Multipliers of Farkas: the combination of rows (and column bounds) they weight would need more than it can have.
/// Found by minimising the total violation of the rows with the column bounds kept, which also says how far each row
/// would have to give. Accepted only when the multipliers prove the conflict from the model data alone.
public struct InfeasibilityCertificate: Sendable, Hashable {
    /// Weight of each row: positive where its lower bound takes part, negative for its upper bound.
    public private(set) var rowMultipliers: [Double]
    /// Weight of each column bound, with the same signs.
    public private(set) var columnMultipliers: [Double]
    /// Amount by which each row would have to give for the least total: positive above its upper bound, negative
    /// below its lower bound.
    public private(set) var rowRelaxations: [Double]
    /// By how much the weighted combination misses; positive.
    public private(set) var margin: Double

    /// Rows that take part in the conflict.
    public var conflictingRows: [Int] { Self.participants(rowMultipliers) }
    /// Columns whose bounds take part in the conflict.
    public var conflictingColumns: [Int] { Self.participants(columnMultipliers) }

    private init(columnCount: Int, rowCount: Int) {
        rowMultipliers = [Double](repeating: 0, count: rowCount)
        columnMultipliers = [Double](repeating: 0, count: columnCount)
        rowRelaxations = [Double](repeating: 0, count: rowCount)
        margin = 0
    }

    /// The certificate of rows and columns whose own bounds cross (each with multiplier 1), or nil when none do.
    init?(crossedBoundsOf model: LinearModel) {
        guard model.hasCrossedBounds else { return nil }
        self.init(columnCount: model.columnCount, rowCount: model.rowCount)
        for column in 0..<model.columnCount where model.columnLowers[column] > model.columnUppers[column] {
            columnMultipliers[column] = 1
            margin += model.columnLowers[column] - model.columnUppers[column]
        }
        for row in 0..<model.rowCount where model.rowLowers[row] > model.rowUppers[row] {
            rowMultipliers[row] = 1
            rowRelaxations[row] = model.rowLowers[row] - model.rowUppers[row]
            margin += rowRelaxations[row]
        }
    }

    /// Looks for a certificate of a compressed model without crossed bounds; nil when the model is feasible or nothing
    /// is proven.
    init?(searching model: LinearModel, backend: Backend, iterationLimit: Int) throws(SolverError) {
        var elastic = model.withElasticRows()
        elastic.compress()
        var basis: Basis?
        var solution = Solution()
        let claimed = try backend.solve(elastic, basis: &basis, iterationLimit: iterationLimit, into: &solution)
        solution.finish(claimed, for: elastic)
        guard solution.status == .optimal else { return nil }

        self.init(columnCount: model.columnCount, rowCount: model.rowCount)
        rowMultipliers = solution.rowDuals
        for row in 0..<model.rowCount {
            let column = model.columnCount + 2 * row
            rowRelaxations[row] = solution.columnValues[column + 1] - solution.columnValues[column]
        }
        guard prove(model) else { return nil }
    }

    /// Computes column multipliers and margin from the row multipliers; false when they prove nothing.
    private mutating func prove(_ model: LinearModel) -> Bool {
        var magnitude = 0.0
        for row in rowMultipliers.indices {
            let term = Self.term(&rowMultipliers[row], lower: model.rowLowers[row], upper: model.rowUppers[row])
            margin += term
            magnitude += abs(term)
        }
        for column in columnMultipliers.indices {
            columnMultipliers[column] = -model.matrix.dot(column: column, rowValues: rowMultipliers)
            let term = Self.term(
                &columnMultipliers[column], lower: model.columnLowers[column], upper: model.columnUppers[column])
            margin += term
            magnitude += abs(term)
        }
        return margin > 1e-9 + 1e-12 * magnitude
    }

    /// A multiplier times the bound it acts on. One that is but rounding error becomes zero, one that acts on a bound
    /// that does not exist proves nothing.
    private static func term(_ multiplier: inout Double, lower: Double, upper: Double) -> Double {
        if abs(multiplier) <= 1e-10 { multiplier = 0 }
        if multiplier == 0 { return 0 }
        return multiplier > 0 ? multiplier * lower : multiplier * upper
    }

    private static func participants(_ multipliers: [Double]) -> [Int] {
        multipliers.indices.filter { multipliers[$0] != 0 }
    }
}

extension LinearModel {
    /// Whether the lower bound of some column or row exceeds its upper bound.
    var hasCrossedBounds: Bool {
        zip(columnLowers, columnUppers).contains { $0 > $1 } || zip(rowLowers, rowUppers).contains { $0 > $1 }
    }

    /// The model whose objective is the total violation of the rows: two columns more for each row, the amount by
    /// which it falls short and the amount by which it exceeds.
    fileprivate func withElasticRows() -> LinearModel {
        var elastic = self
        elastic.objectiveOffset = 0
        elastic.hessian = SparseMatrix()
        elastic.setCosts(repeatElement(0, count: columnCount))
        for row in 0..<rowCount {
            elastic.addColumn(cost: 1, upper: rowLowers[row].isFinite ? .infinity : 0, entries: [(row, 1)])
            elastic.addColumn(cost: 1, upper: rowUppers[row].isFinite ? .infinity : 0, entries: [(row, -1)])
        }
        return elastic
    }
}
