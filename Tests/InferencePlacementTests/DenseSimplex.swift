/// A textbook primal simplex on a dense tableau, in two phases: the oracle of the clearing.
///
/// Minimises cost · x subject to rows of ≤ and =, all right-hand sides and all variables at least zero. Dantzig's rule,
/// and Bland's after many pivots, so that it ends. For small problems with numbers near one.
struct DenseSimplex {
    enum Relation { case atMost, equal }

    private(set) var costs: [Double] = []
    private var rows: [(entries: [(variable: Int, value: Double)], relation: Relation, limit: Double)] = []

    /// Adds a variable and returns its number.
    mutating func addVariable(cost: Double) -> Int {
        costs.append(cost)
        return costs.count - 1
    }

    mutating func setCosts(_ values: [Double]) { costs = values }

    mutating func addRow(_ entries: [(variable: Int, value: Double)], _ relation: Relation, _ limit: Double) {
        precondition(limit >= 0, "the textbook form has right-hand sides of at least zero")
        if limit == .infinity { return }
        rows.append((entries, relation, limit))
    }

    /// The optimum; nil when there is none.
    func solve() -> (objective: Double, values: [Double])? {
        let artificials = rows.filter { $0.relation == .equal }.count
        let slacks = rows.count - artificials
        var tableau = Tableau(rowCount: rows.count, columnCount: costs.count + slacks + artificials)
        var slack = costs.count
        var artificial = costs.count + slacks
        for (index, row) in rows.enumerated() {
            for entry in row.entries { tableau[index, entry.variable] += entry.value }
            tableau[index, tableau.columnCount] = row.limit
            let basic = row.relation == .atMost ? slack : artificial
            if row.relation == .atMost { slack += 1 } else { artificial += 1 }
            tableau[index, basic] = 1
            tableau.basis[index] = basic
        }
        let firstArtificial = costs.count + slacks
        let phaseOne = (0..<tableau.columnCount).map { $0 >= firstArtificial ? 1.0 : 0 }
        guard tableau.minimise(phaseOne, allowed: tableau.columnCount), tableau.objective(phaseOne) < 1e-7 else {
            return nil
        }
        tableau.driveOut(from: firstArtificial)
        let full = costs + [Double](repeating: 0, count: tableau.columnCount - costs.count)
        guard tableau.minimise(full, allowed: firstArtificial) else { return nil }
        var values = [Double](repeating: 0, count: costs.count)
        for (row, variable) in tableau.basis.enumerated() where variable < costs.count {
            values[variable] = tableau[row, tableau.columnCount]
        }
        return (zip(costs, values).map { $0 * $1 }.reduce(0, +), values)
    }
}

/// Rows of coefficients with the right-hand side last.
private struct Tableau {
    let rowCount: Int
    let columnCount: Int
    var basis: [Int]
    private var cells: [Double]

    init(rowCount: Int, columnCount: Int) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        basis = Array(repeating: 0, count: rowCount)
        cells = Array(repeating: 0, count: rowCount * (columnCount + 1))
    }

    subscript(row: Int, column: Int) -> Double {
        get { cells[row * (columnCount + 1) + column] }
        set { cells[row * (columnCount + 1) + column] = newValue }
    }

    func objective(_ costs: [Double]) -> Double {
        (0..<rowCount).map { costs[basis[$0]] * self[$0, columnCount] }.reduce(0, +)
    }

    /// Pivots to the optimum over the first `allowed` columns. Returns false when there is none.
    mutating func minimise(_ costs: [Double], allowed: Int) -> Bool {
        let scale = 1 + costs.map(abs).max()!
        for step in 0..<20_000 {
            guard let entering = entering(costs, allowed: allowed, tolerance: 1e-11 * scale, firstOnly: step > 300)
            else { return true }
            guard let leaving = leaving(entering) else { return false }
            pivot(leaving, entering)
        }
        preconditionFailure("the oracle goes round in circles")
    }

    private func entering(_ costs: [Double], allowed: Int, tolerance: Double, firstOnly: Bool) -> Int? {
        var reduced = costs
        for row in 0..<rowCount where costs[basis[row]] != 0 {
            let weight = costs[basis[row]]
            for column in 0..<allowed { reduced[column] -= weight * self[row, column] }
        }
        var best: Int?
        for column in 0..<allowed where reduced[column] < -tolerance {
            if firstOnly { return column }
            if best == nil || reduced[column] < reduced[best!] { best = column }
        }
        return best
    }

    private func leaving(_ entering: Int) -> Int? {
        var best: (row: Int, ratio: Double)?
        for row in 0..<rowCount where self[row, entering] > 1e-9 {
            let ratio = self[row, columnCount] / self[row, entering]
            if best == nil || ratio < best!.ratio - 1e-13
                || (ratio <= best!.ratio + 1e-13 && basis[row] < basis[best!.row])
            {
                best = (row, ratio)
            }
        }
        return best?.row
    }

    /// Takes variables from `first` on out of the basis where another can stand in.
    mutating func driveOut(from first: Int) {
        for row in 0..<rowCount where basis[row] >= first {
            if let column = (0..<first).first(where: { abs(self[row, $0]) > 1e-9 }) { pivot(row, column) }
        }
    }

    private mutating func pivot(_ row: Int, _ column: Int) {
        let width = columnCount + 1
        cells.withUnsafeMutableBufferPointer { cells in
            let factor = 1 / cells[row * width + column]
            for index in 0..<width { cells[row * width + index] *= factor }
            for other in 0..<rowCount where other != row {
                let weight = cells[other * width + column]
                if weight == 0 { continue }
                for index in 0..<width { cells[other * width + index] -= weight * cells[row * width + index] }
                cells[other * width + column] = 0
            }
        }
        basis[row] = column
    }
}
