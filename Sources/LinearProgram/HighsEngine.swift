import CHighs

/// One solve by HiGHS.
///
/// Warm: primal simplex from the basis. Cold: presolve and dual simplex. Quadratic objectives: active set, always cold.
enum HighsEngine {
    /// What the active set adds to the diagonal of a quadratic objective, in the order in which to try.
    ///
    /// Nothing at all makes HiGHS 1.15 give up on one objective in ten that is convex but not strictly; its own 1e-7
    /// leaves an error of that order, and now and then runs in circles. Of 300 small random models all end well with
    /// 1e-12. An end is awaited for a tenth of the iteration limit.
    static let regularizations = [1e-12, 0]

    static func solve(
        _ model: LinearModel, basis: inout Basis?, iterationLimit: Int, regularization: Double,
        into solution: inout Solution
    ) throws(SolverError) -> SolutionStatus {
        let api = try HighsLibrary.load().api
        guard let highs = api.create() else { return .failed }
        defer { api.destroy(highs) }
        setOptions(highs, api, isWarm: basis != nil, iterationLimit: Int32(clamping: iterationLimit))
        _ = api.set_double_option(highs, "qp_regularization_value", regularization)
        try load(model, into: highs, api)
        if let basis { copy(basis, into: highs, api) }
        if api.run(highs) == CHIGHS_STATUS_ERROR.code { return .failed }
        solution.iterations = iterations(of: highs, api, isQuadratic: model.isQuadratic)
        let status = status(of: highs, api, model)
        if status == .optimal || status == .iterationLimit {
            read(highs, api, model, into: &solution)
            basis = model.isQuadratic ? nil : Basis(highs, api, model)
        }
        return status
    }

    private static func setOptions(
        _ highs: UnsafeMutableRawPointer, _ api: chighs_api, isWarm: Bool, iterationLimit: Int32
    ) {
        let dualSimplex: Int32 = 1
        let primalSimplex: Int32 = 4
        _ = api.set_bool_option(highs, "output_flag", 0)
        _ = api.set_int_option(highs, "threads", 1)
        _ = api.set_string_option(highs, "parallel", "off")
        _ = api.set_int_option(highs, "random_seed", 0)
        _ = api.set_string_option(highs, "solver", "choose")
        _ = api.set_int_option(highs, "simplex_strategy", isWarm ? primalSimplex : dualSimplex)
        _ = api.set_int_option(highs, "simplex_iteration_limit", iterationLimit)
        _ = api.set_int_option(highs, "qp_iteration_limit", max(1, iterationLimit / 10))
        _ = api.set_double_option(highs, "primal_feasibility_tolerance", 1e-9)
        _ = api.set_double_option(highs, "dual_feasibility_tolerance", 1e-9)
    }

    private static func load(
        _ model: LinearModel, into highs: UnsafeMutableRawPointer, _ api: chighs_api
    ) throws(SolverError) {
        let result = api.pass_model(
            highs, Int32(model.columnCount), Int32(model.rowCount), Int32(model.matrix.count),
            Int32(model.hessian.count), CHIGHS_FORMAT_COLUMNWISE.code, CHIGHS_HESSIAN_TRIANGULAR.code,
            CHIGHS_SENSE_MINIMIZE.code, 0, model.costs, model.columnLowers, model.columnUppers, model.rowLowers,
            model.rowUppers, model.matrix.starts, model.matrix.rows, model.matrix.values, model.hessian.starts,
            model.hessian.rows, model.hessian.values, nil)
        if result == CHIGHS_STATUS_ERROR.code {
            throw SolverError(
                .modelRejected, "HiGHS refuses the model of \(model.columnCount) columns and \(model.rowCount) rows",
                remedy: "Keep coefficients below 1e15 and quadratic objectives convex, or scale the units")
        }
    }

    private static func copy(_ basis: Basis, into highs: UnsafeMutableRawPointer, _ api: chighs_api) {
        let columns = basis.columns.map(\.highsCode)
        let rows = basis.rows.map(\.highsCode)
        _ = api.set_basis(highs, columns, rows)
    }

    private static func read(
        _ highs: UnsafeMutableRawPointer, _ api: chighs_api, _ model: LinearModel, into solution: inout Solution
    ) {
        solution.columnValues.resize(to: model.columnCount)
        solution.rowDuals.resize(to: model.rowCount)
        _ = api.get_solution(highs, &solution.columnValues, nil, nil, &solution.rowDuals)
    }

    private static func iterations(
        of highs: UnsafeMutableRawPointer, _ api: chighs_api, isQuadratic: Bool
    ) -> Int {
        var count: Int32 = 0
        _ = api.get_int_info(highs, isQuadratic ? "qp_iteration_count" : "simplex_iteration_count", &count)
        return Int(max(count, 0))
    }

    private static func status(
        of highs: UnsafeMutableRawPointer, _ api: chighs_api, _ model: LinearModel
    ) -> SolutionStatus {
        switch api.get_model_status(highs) {
        case CHIGHS_MODEL_OPTIMAL.code: .optimal
        case CHIGHS_MODEL_EMPTY.code: model.rowsAllowZero ? .optimal : .infeasible
        case CHIGHS_MODEL_INFEASIBLE.code: .infeasible
        case CHIGHS_MODEL_UNBOUNDED.code, CHIGHS_MODEL_UNBOUNDED_OR_INFEASIBLE.code: .unbounded
        case CHIGHS_MODEL_ITERATION_LIMIT.code: .iterationLimit
        default: .failed
        }
    }
}

extension LinearModel {
    /// Whether a model without columns is feasible, which HiGHS does not look at.
    fileprivate var rowsAllowZero: Bool {
        rowLowers.allSatisfy { $0 <= 0 } && rowUppers.allSatisfy { $0 >= 0 }
    }
}

extension Basis {
    fileprivate init(_ highs: UnsafeMutableRawPointer, _ api: chighs_api, _ model: LinearModel) {
        var columns = [Int32](repeating: 0, count: model.columnCount)
        var rows = [Int32](repeating: 0, count: model.rowCount)
        _ = api.get_basis(highs, &columns, &rows)
        self.init(columns: columns.map(Status.init(highsCode:)), rows: rows.map(Status.init(highsCode:)))
    }
}

extension Basis.Status {
    fileprivate var highsCode: Int32 {
        switch self {
        case .atLower: CHIGHS_BASIS_LOWER.code
        case .basic: CHIGHS_BASIS_BASIC.code
        case .atUpper: CHIGHS_BASIS_UPPER.code
        case .free: CHIGHS_BASIS_ZERO.code
        }
    }

    fileprivate init(highsCode: Int32) {
        switch highsCode {
        case CHIGHS_BASIS_BASIC.code: self = .basic
        case CHIGHS_BASIS_UPPER.code: self = .atUpper
        case CHIGHS_BASIS_LOWER.code: self = .atLower
        default: self = .free
        }
    }
}

extension BinaryInteger {
    /// An enumerator of C, whose Swift type differs by platform and sign, as the number the API uses.
    fileprivate var code: Int32 { Int32(self) }
}

extension [Double] {
    fileprivate mutating func resize(to count: Int) {
        removeAll(keepingCapacity: true)
        append(contentsOf: repeatElement(0, count: count))
    }
}
