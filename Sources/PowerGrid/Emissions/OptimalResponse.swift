import LinearProgram

/// How an optimum answers to demand: the inverse of its active constraints, as factors (MODEL 3.2).
///
/// For a linear program the active constraints are the optimal basis, for a quadratic one the equations of Karush,
/// Kuhn and Tucker over the columns between their bounds. With B the rows of the inverse that belong to outputs,
/// `sum of w_g B_gn` over all g is one solve with the transposed matrix, for all buses at once.
struct OptimalResponse: Sendable {
    /// Columns of the model that move, then rows whose slack does, numbered from the column count on.
    private let moving: [Int]
    private let factors: SparseLU
    private let busCount: Int
    private let isQuadratic: Bool
    /// Where the solution rests at a bound although it moves, or the other way round: derivatives may have two sides.
    let degenerate: [Int]

    /// The response at the last optimum of a power flow; nil when its active constraints are singular.
    init?(_ powerFlow: DCOptimalPowerFlow) {
        busCount = powerFlow.model.layout.busCount
        isQuadratic = powerFlow.solver.model.isQuadratic
        let built = isQuadratic ? Self.quadratic(powerFlow) : Self.linear(powerFlow)
        guard let built else { return nil }
        (moving, factors, degenerate) = built
    }

    /// Change of the weighted sum of columns per MW of demand, by bus, and by cycle behind.
    func derivative(weights: [Double]) -> [Double] {
        let right = moving.map { $0 < weights.count ? weights[$0] : 0 }
        let padding = isQuadratic ? [Double](repeating: 0, count: factors.size - moving.count) : []
        let result = factors.solveTransposed(right + padding)
        return isQuadratic ? Array(result[moving.count...]) : result
    }

    /// Change of one moving column or slack per MW of demand, by bus.
    func derivative(ofMoving position: Int) -> [Double] {
        var right = [Double](repeating: 0, count: factors.size)
        right[position] = 1
        let result = factors.solveTransposed(right)
        return Array(isQuadratic ? result[moving.count...].prefix(busCount) : result.prefix(busCount))
    }

    /// The column that moves at a position, or the column count and more for a slack.
    func column(at position: Int) -> Int { moving[position] }

    private typealias Built = (moving: [Int], factors: SparseLU, degenerate: [Int])

    private static func linear(_ powerFlow: DCOptimalPowerFlow) -> Built? {
        guard let basis = powerFlow.solver.basis else { return nil }
        let matrix = powerFlow.model.matrix
        let moving =
            basis.columns.indices.filter { basis.columns[$0] == .basic }
            + basis.rows.indices.filter { basis.rows[$0] == .basic }.map { matrix.columnCount + $0 }
        guard moving.count == matrix.rowCount else { return nil }
        let columns = moving.map {
            $0 < matrix.columnCount ? matrix.column($0) : [(row: $0 - matrix.columnCount, value: 1)]
        }
        guard let factors = SparseLU(size: matrix.rowCount, columns: columns) else { return nil }
        return (moving, factors, moving.indices.filter { powerFlow.isAtBound(moving[$0]) })
    }

    /// What rests at a bound at no price is taken to move; where that leaves a choice, as between two dispatches of one
    /// cost, it is taken to rest.
    private static func quadratic(_ powerFlow: DCOptimalPowerFlow) -> Built? {
        for movesWhereUnpriced in [true, false] {
            let (moving, degenerate) = moving(powerFlow, movesWhereUnpriced: movesWhereUnpriced)
            let columns = saddle(moving, powerFlow.model.matrix, curvatures: powerFlow.curvatures)
            if let factors = SparseLU(size: columns.count, columns: columns) { return (moving, factors, degenerate) }
            // Equations that say the same twice: their prices share what is to be shared.
            var regular = columns
            for row in moving.count..<columns.count { regular[row].append((row, -1e-9)) }
            if let factors = SparseLU(size: regular.count, columns: regular) { return (moving, factors, degenerate) }
        }
        return nil
    }

    private static func moving(
        _ powerFlow: DCOptimalPowerFlow, movesWhereUnpriced: Bool
    ) -> (moving: [Int], degenerate: [Int]) {
        let matrix = powerFlow.model.matrix
        var moving: [Int] = []
        var degenerate: [Int] = []
        var touched = [Bool](repeating: false, count: matrix.rowCount)
        for column in 0..<matrix.columnCount where powerFlow.canMove(column) {
            if powerFlow.isAtBound(column) {
                if !movesWhereUnpriced || powerFlow.isPriced(column) { continue }
                degenerate.append(moving.count)
            }
            moving.append(column)
            for entry in matrix.column(column) { touched[entry.row] = true }
        }
        for row in touched.indices where !touched[row] {
            degenerate.append(moving.count)
            moving.append(matrix.columnCount + row)
        }
        return (moving, degenerate)
    }

    /// The columns of [Q A'; A 0] over what moves.
    private static func saddle(
        _ moving: [Int], _ matrix: ColumnMatrix, curvatures: [Int: Double]
    ) -> [[(row: Int, value: Double)]] {
        var left: [[(row: Int, value: Double)]] = []
        var right = [[(row: Int, value: Double)]](repeating: [], count: matrix.rowCount)
        for (place, column) in moving.enumerated() {
            let entries =
                column < matrix.columnCount
                ? matrix.column(column) : [(row: column - matrix.columnCount, value: 1)]
            let curvature = curvatures[column].map { [(row: place, value: 2 * $0)] } ?? []
            left.append(curvature + entries.map { (moving.count + $0.row, $0.value) })
            for entry in entries { right[entry.row].append((place, entry.value)) }
        }
        return left + right
    }
}

extension DCOptimalPowerFlow {
    /// The quadratic coefficients, by column.
    fileprivate var curvatures: [Int: Double] {
        var found: [Int: Double] = [:]
        for (index, segment) in segments.enumerated() where segment.curvature > 0 {
            found[model.layout.pieces[index]] = segment.curvature
        }
        return found
    }

    /// Whether a column of the last solution, or the slack of an equation behind the columns, rests at a bound.
    func isAtBound(_ column: Int) -> Bool {
        guard column < model.layout.columnCount else { return true }
        let value = solver.solution.columnValues[column]
        return value <= solver.model.columnLowers[column] + Self.atLimitMW
            || value >= solver.model.columnUppers[column] - Self.atLimitMW
    }

    fileprivate func canMove(_ column: Int) -> Bool {
        solver.model.columnLowers[column] < solver.model.columnUppers[column]
    }

    fileprivate func isPriced(_ column: Int) -> Bool { abs(solver.solution.reducedCosts[column]) > 1e-5 }
}
