/// Solves a `LinearModel`, again and again as it changes, each time from the vertex of the last solve.
///
/// A value: a solve is a function of `model`, `basis`, `iterationLimit` and backend alone, bit for bit on one machine
/// and one build of the backend library. Copy it to branch; keep model and basis to resume at the same vertex. The
/// backends are loaded afresh at every solve, so that no hidden state (random generator, edge weights, factors) can
/// reach a result; measured, that costs 0.05 of 1.1 ms on a clearing problem (see `Backend`).
///
///     var solver = try LinearSolver(model)
///     guard try solver.solve() == .optimal else { … solver.infeasibility … }
///     solver.model.setRowBounds(lower: 40, upper: 40, row: balance)
///     try solver.solve()                          // from the last basis
///     let price = solver.solution.rowDuals[balance]
///
/// Options are fixed: one thread, fixed seed, no time limit, no output, feasibility tolerances of 1e-9. Changing the
/// model allocates nothing; what a backend allocates it frees before the solve returns.
public struct LinearSolver: Sendable {
    /// What to solve; change it in place between solves. Columns and rows added keep the basis.
    public var model: LinearModel
    /// Where the next solve starts: the vertex of the last optimum, one set by the caller, or nil for a cold start.
    /// One that does not belong to the model is the same as nil; a singular one is repaired by the backend.
    public var basis: Basis?
    /// Greatest number of iterations of one solve: a guard against cycling. Nil allows 10,000 and 100 for each row and
    /// column.
    public var iterationLimit: Int?
    /// What the last solve found.
    public private(set) var solution = Solution()
    /// Why the last solve was infeasible, if it was.
    public private(set) var infeasibility: InfeasibilityCertificate?
    /// Who solves.
    public let backend: Backend

    /// Makes a solver; without a backend, Clp serves linear models and HiGHS quadratic ones.
    ///
    /// - Throws: `SolverError` when HiGHS is needed and cannot be loaded, the objective is concave, or Clp is asked
    ///   for a product of two columns.
    public init(_ model: LinearModel, backend: Backend? = nil) throws(SolverError) {
        self.model = model
        self.backend = backend ?? (model.isQuadratic ? .highs : .clp)
        if self.backend == .highs { _ = try HighsLibrary.load() }
        try requireSupported()
    }

    /// Solves from `basis` where there is one. A start that leads to no confirmed end is followed by a cold one.
    ///
    /// - Returns: the status, which `solution` has as well.
    /// - Throws: `SolverError` when the model is of a kind the backend cannot take.
    @discardableResult
    public mutating func solve() throws(SolverError) -> SolutionStatus {
        model.compress()
        try requireSupported()
        infeasibility = InfeasibilityCertificate(crossedBoundsOf: model)
        if infeasibility != nil {
            solution.iterations = 0
            solution.clear(.infeasible)
            return .infeasible
        }
        if model.isQuadratic {
            try runQuadratic()
        } else {
            let start = basis?.fitted(to: model)
            try run(from: start, by: backend)
            if solution.status == .failed, start != nil { try run(from: nil, by: backend) }
        }
        return solution.status
    }

    /// Solves from nothing, whatever the basis.
    @discardableResult
    public mutating func solveCold() throws(SolverError) -> SolutionStatus {
        basis = nil
        return try solve()
    }

    /// HiGHS, where it is the backend, with one regularisation after another until an end is confirmed; then the
    /// descent by Clp, which needs a separable objective.
    private mutating func runQuadratic() throws(SolverError) {
        if backend == .highs {
            for regularization in HighsEngine.regularizations {
                try run(from: nil, by: .highs, regularization: regularization)
                if solution.status != .failed, solution.status != .iterationLimit { return }
            }
            if model.separableQuadraticColumns == nil { return }
        }
        try run(from: nil, by: .clp)
    }

    private mutating func run(
        from start: Basis?, by backend: Backend, regularization: Double = 0
    ) throws(SolverError) {
        var end = start
        let limit = iterationLimit ?? 10_000 + 100 * (model.columnCount + model.rowCount)
        let claimed = try backend.solve(
            model, basis: &end, iterationLimit: limit, regularization: regularization, into: &solution)
        solution.finish(claimed, for: model)
        switch solution.status {
        case .optimal, .iterationLimit:
            basis = end
        case .infeasible, .unbounded:
            infeasibility = try InfeasibilityCertificate(searching: model, backend: backend, iterationLimit: limit)
            if infeasibility != nil {
                solution.status = .infeasible
            } else if solution.status == .infeasible {
                solution.status = .failed
            }
        case .failed:
            return
        }
    }

    private func requireSupported() throws(SolverError) {
        guard model.isQuadratic else { return }
        var model = model
        model.compress()
        if backend == .clp, model.separableQuadraticColumns == nil {
            throw SolverError(
                .unsupportedModel, "Clp serves quadratic objectives without products of two columns, and this has one",
                remedy: "Choose the HiGHS backend, or none")
        }
        if let column = model.firstConcaveColumn {
            throw SolverError(
                .notConvex, "The quadratic objective is concave in column \(column)",
                remedy: "Give quadratic coefficients for which no direction has a negative second derivative")
        }
    }
}

extension LinearModel {
    /// A column that shows the quadratic objective not to be convex: a negative diagonal or two-by-two minor.
    ///
    /// Necessary conditions only; a model that passes may still be non-convex.
    var firstConcaveColumn: Int? {
        var diagonal = [Double](repeating: 0, count: columnCount)
        for column in 0..<columnCount {
            if let position = hessian.position(row: column, column: column) {
                diagonal[column] = hessian.values[position]
            }
            if diagonal[column] < 0 { return column }
        }
        for column in 0..<columnCount {
            for index in Int(hessian.starts[column])..<Int(hessian.starts[column + 1]) {
                let row = Int(hessian.rows[index])
                let product = diagonal[row] * diagonal[column]
                let square = hessian.values[index] * hessian.values[index]
                if row != column, square > product * (1 + 1e-9) { return column }
            }
        }
        return nil
    }
}
