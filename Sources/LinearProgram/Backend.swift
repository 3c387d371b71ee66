/// The library that solves.
///
/// Clp is the default for linear models, HiGHS for quadratic ones. Median milliseconds of update, load, solve
/// and check together, on one core of a 2-core server, Clp 1.17.6 and HiGHS 1.15.1; clearing problems of 500
/// class-origins, 20 regions and 10 supply steps, 30 % of the pairs feasible, 520 rows and 3,800 to 4,500
/// columns ("gen" with energy per unit by region, "net" a pure network):
///
/// | problem, and what changes                       | Clp cold | Clp warm | HiGHS cold | HiGHS warm |
/// |--------------------------------------------------|---------:|---------:|-----------:|-----------:|
/// | gen, all supply costs and stay bounds             |      9.0 |      1.1 |         16 |        1.4 |
/// | net, the same                                     |     10.9 |      2.0 |         32 |        2.5 |
/// | gen, and every demand by 3 % (380 iterations)     |      8.4 |      4.5 |         16 |        6.7 |
/// | net, and every demand by 3 % (540 iterations)     |     10.9 |      8.8 |         34 |       12.0 |
/// | transport, 56 columns, 18 rows, one cost, one row |     0.20 |     0.02 |       0.95 |       0.07 |
/// | transport, 686 columns, 63 rows, the same         |     0.54 |     0.05 |        1.6 |       0.24 |
///
/// Warm starts are by one fixed algorithm each, so that a result depends on model and basis only. For Clp, dual and
/// primal simplex differ by under 10 %, except on "net" with fixed demands (1.8 and 2.3) and cold (dual takes half the
/// time); for HiGHS with fixed demands, primal needs 1.4 and 2.1 where dual needs 2.3 and 7.4, and both are within 20 %
/// otherwise. Clp's defaults for scaling, perturbation and dual bound stand: the first two move a figure by less than
/// a quarter, and a dual bound of 1e4 turns 4.3 into 2.6 (gen, demands change) but 1.0 into 1.6 and 2.2 into 3.0
/// (demands fixed). Loading afresh costs Clp 0.05 ms of each, and 2 of 180 ms at 82,000 columns.
///
/// Quadratic objectives start cold. HiGHS alone ran in circles or gave up on 12 of 300 random optimal power flows (5 to
/// 65 buses); with the descent by Clp behind it, none is left, at 2.4 ms median and 42 at most. Clp alone, which takes
/// objectives without products of two columns only, solved all 300 too, at 3.0 ms and 14 at most, but not one in 150
/// of the small random models, and is slower where every column is quadratic (56 columns 3.6 ms against 0.5, 686
/// columns 21 against 8). HiGHS ends within 1e-9 as a rule, the descent within 1e-7.
///
/// Neither backend starts a thread. A process that solves the problem of 82,000 columns and 160,000 coefficients
/// peaks at 58 MB.
public enum Backend: String, Sendable, Hashable, CaseIterable, Codable {
    /// COIN-OR Clp, linked: dual simplex, cold with presolve; separable quadratic objectives by a sequence of linear
    /// programs.
    case clp
    /// HiGHS, loaded at run time: dual simplex cold, primal simplex warm; quadratic objectives by its active set, and
    /// where that ends nowhere, as Clp does.
    case highs

    /// Solves a compressed model, from a basis that fits it or from nothing.
    ///
    /// Fills column values, row duals and iterations of the solution, and replaces the basis by the final one.
    /// `regularization` concerns quadratic objectives only, see `HighsEngine.regularizations`.
    func solve(
        _ model: LinearModel, basis: inout Basis?, iterationLimit: Int, regularization: Double = 0,
        into solution: inout Solution
    ) throws(SolverError) -> SolutionStatus {
        switch self {
        case .clp where model.isQuadratic:
            guard var descent = QuadraticDescent(model) else { return .failed }
            return descent.solve(iterationLimit: iterationLimit, into: &solution)
        case .clp:
            return ClpEngine.solve(model, basis: &basis, iterationLimit: iterationLimit, into: &solution)
        case .highs:
            return try HighsEngine.solve(
                model, basis: &basis, iterationLimit: iterationLimit, regularization: regularization, into: &solution)
        }
    }
}
