/// The library that solves.
///
/// Clp is the default for linear models, HiGHS for quadratic ones, which Clp does not serve here. FIGURES
public enum Backend: String, Sendable, Hashable, CaseIterable, Codable {
    /// COIN-OR Clp, linked: dual simplex, cold with presolve.
    case clp
    /// HiGHS, loaded at run time: dual simplex cold, primal simplex warm, active set for quadratic objectives.
    case highs

    /// Solves a compressed model, from a basis that fits it or from nothing.
    ///
    /// Fills column values, row duals and iterations of the solution, and replaces the basis by the final one.
    func solve(
        _ model: LinearModel, basis: inout Basis?, iterationLimit: Int, into solution: inout Solution
    ) throws(SolverError) -> SolutionStatus {
        switch self {
        case .clp: ClpEngine.solve(model, basis: &basis, iterationLimit: iterationLimit, into: &solution)
        case .highs: try HighsEngine.solve(model, basis: &basis, iterationLimit: iterationLimit, into: &solution)
        }
    }
}
