import CClp

/// One solve by Clp.
///
/// Warm: dual simplex from the basis. Cold: presolve, dual simplex, postsolve. Clp runs in the calling thread; the
/// BLAS it is linked to is used by its barrier code only, which is never called.
enum ClpEngine {
    static func solve(
        _ model: LinearModel, basis: inout Basis?, iterationLimit: Int, into solution: inout Solution
    ) -> SolutionStatus {
        guard let clp = Clp_newModel() else { return .failed }
        defer { Clp_deleteModel(clp) }
        load(model, into: clp)
        Clp_setMaximumIterations(clp, Int32(clamping: iterationLimit))
        if let start = basis {
            copy(start, into: clp)
            Clp_dual(clp, 0)
        } else {
            solveCold(clp)
        }
        solution.iterations = Int(Clp_numberIterations(clp))
        let status = status(of: clp)
        if status == .optimal || status == .iterationLimit {
            solution.columnValues.replace(with: Clp_getColSolution(clp), count: model.columnCount)
            solution.rowDuals.replace(with: Clp_getRowPrice(clp), count: model.rowCount)
            if basis == nil { basis = Basis(columns: [], rows: []) }
            basis?.read(clp, columnCount: model.columnCount, rowCount: model.rowCount)
        }
        return status
    }

    private static func load(_ model: LinearModel, into clp: UnsafeMutableRawPointer) {
        Clp_setLogLevel(clp, 0)
        Clp_loadProblem(
            clp, Int32(model.columnCount), Int32(model.rowCount), model.matrix.starts, model.matrix.rows,
            model.matrix.values, model.columnLowers, model.columnUppers, model.costs, model.rowLowers, model.rowUppers)
        makeFinite(Clp_columnLower(clp), Clp_columnUpper(clp), count: model.columnCount)
        makeFinite(Clp_rowLower(clp), Clp_rowUpper(clp), count: model.rowCount)
        Clp_setPrimalTolerance(clp, 1e-9)
        Clp_setDualTolerance(clp, 1e-9)
    }

    /// Clp means the greatest finite number when it says infinity.
    private static func makeFinite(
        _ lowers: UnsafeMutablePointer<Double>?, _ uppers: UnsafeMutablePointer<Double>?, count: Int
    ) {
        guard let lowers, let uppers else { return }
        for index in 0..<count {
            lowers[index] = max(lowers[index], -.greatestFiniteMagnitude)
            uppers[index] = min(uppers[index], .greatestFiniteMagnitude)
        }
    }

    private static func solveCold(_ clp: UnsafeMutableRawPointer) {
        let options = ClpSolve_new()
        defer { ClpSolve_delete(options) }
        let dualSimplex: Int32 = 0
        ClpSolve_setSolveType(options, dualSimplex, -1)
        // Clp would take SIGINT for its own while it solves: Ctrl-C ended the solve instead of the run, and of two
        // solves at once the last gave the signal back to the first, for good.
        let interruptHandling: Int32 = 2
        let off: Int32 = 1
        ClpSolve_setSpecialOption(options, interruptHandling, off, -1)
        Clp_initialSolveWithOptions(clp, options)
    }

    private static func copy(_ basis: Basis, into clp: UnsafeMutableRawPointer) {
        let count = basis.columns.count + basis.rows.count
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { statuses in
            for (index, status) in basis.columns.enumerated() { statuses[index] = status.clpCode }
            for (index, status) in basis.rows.enumerated() { statuses[basis.columns.count + index] = status.clpCode }
            Clp_copyinStatus(clp, statuses.baseAddress)
        }
    }

    private static func status(of clp: UnsafeMutableRawPointer) -> SolutionStatus {
        switch Clp_status(clp) {
        case 0: .optimal
        case 1: .infeasible
        case 2: .unbounded
        case 3: .iterationLimit
        default: .failed
        }
    }
}

extension Array {
    /// Takes `count` elements of a C array, in the storage there is.
    mutating func replace(with source: UnsafePointer<Element>?, count: Int) {
        removeAll(keepingCapacity: true)
        append(contentsOf: UnsafeBufferPointer(start: source, count: count))
    }
}

extension Basis {
    fileprivate mutating func read(_ clp: UnsafeMutableRawPointer, columnCount: Int, rowCount: Int) {
        columns.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        let statuses = UnsafeBufferPointer(start: Clp_statusArray(clp), count: columnCount + rowCount)
        for status in statuses.prefix(columnCount) { columns.append(Basis.Status(clpCode: status)) }
        for status in statuses.dropFirst(columnCount) { rows.append(Basis.Status(clpCode: status)) }
    }
}

extension Basis.Status {
    /// Clp's number, as in ClpSimplex.hpp.
    fileprivate var clpCode: UInt8 {
        switch self {
        case .free: 0
        case .basic: 1
        case .atUpper: 2
        case .atLower: 3
        }
    }

    /// Reads Clp's number; the high bits are flags of its own. Superbasic (4) rests at zero, fixed (5) at its bound.
    fileprivate init(clpCode: UInt8) {
        switch clpCode & 7 {
        case 1: self = .basic
        case 2: self = .atUpper
        case 3, 5: self = .atLower
        default: self = .free
        }
    }
}
