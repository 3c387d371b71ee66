import LinearProgram

/// An oracle that shares nothing with a simplex code: tries every set of bounds that can meet in a point.
struct VertexEnumeration {
    private var normals: [[Double]] = []
    private var levels: [Double] = []
    private let model: LinearModel
    private let rows: [[Double]]

    /// `rows` are the dense coefficients of the model, whose columns must all have finite bounds.
    init(_ model: LinearModel, rows: [[Double]]) {
        self.model = model
        self.rows = rows
        for column in 0..<model.columnCount {
            let unit = (0..<model.columnCount).map { $0 == column ? 1.0 : 0.0 }
            add(unit, model.columnLowers[column], model.columnUppers[column])
        }
        for row in rows.indices { add(rows[row], model.rowLowers[row], model.rowUppers[row]) }
    }

    /// The least objective over all vertices, or nil when there is no feasible point.
    func optimum() -> Double? {
        var best: Double?
        visit(from: 0, chosen: []) { vertex in
            guard isFeasible(vertex) else { return }
            let objective = model.objective(at: vertex)
            best = min(best ?? objective, objective)
        }
        return best
    }

    private mutating func add(_ normal: [Double], _ lower: Double, _ upper: Double) {
        for level in lower == upper ? [lower] : [lower, upper] where level.isFinite {
            normals.append(normal)
            levels.append(level)
        }
    }

    private func visit(from first: Int, chosen: [Int], _ body: ([Double]) -> Void) {
        if chosen.count == model.columnCount {
            if let vertex = intersection(chosen) { body(vertex) }
            return
        }
        for index in first..<max(first, normals.count) { visit(from: index + 1, chosen: chosen + [index], body) }
    }

    private func isFeasible(_ point: [Double]) -> Bool {
        let activities = rows.map { zip($0, point).reduce(0) { $0 + $1.0 * $1.1 } }
        let columnsHold = point.indices.allSatisfy {
            point[$0] >= model.columnLowers[$0] - 1e-9 && point[$0] <= model.columnUppers[$0] + 1e-9
        }
        return columnsHold
            && activities.indices.allSatisfy {
                activities[$0] >= model.rowLowers[$0] - 1e-9 && activities[$0] <= model.rowUppers[$0] + 1e-9
            }
    }

    /// Gauss elimination with partial pivoting; nil when the planes do not meet in one point.
    private func intersection(_ chosen: [Int]) -> [Double]? {
        var system = chosen.map { normals[$0] + [levels[$0]] }
        let size = chosen.count
        for pivot in 0..<size {
            guard let best = (pivot..<size).max(by: { abs(system[$0][pivot]) < abs(system[$1][pivot]) }),
                abs(system[best][pivot]) > 1e-9
            else { return nil }
            system.swapAt(pivot, best)
            for row in 0..<size where row != pivot {
                let factor = system[row][pivot] / system[pivot][pivot]
                for column in pivot...size { system[row][column] -= factor * system[pivot][column] }
            }
        }
        return (0..<size).map { system[$0][size] / system[$0][$0] }
    }
}
