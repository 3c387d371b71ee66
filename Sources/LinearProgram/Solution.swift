/// What a solve found: vectors, objective, and how far each may be believed.
///
/// Signs are those of a minimisation and the same for every backend. The dual of a row is the change of the optimal
/// objective per unit by which its binding bound rises: positive at a lower bound, negative at an upper one, either
/// at an equality. The reduced cost of a column is the same for its own bounds, so that
/// `reducedCosts = costs + Q x - A' rowDuals`. In a nodal balance `supply - demand = load` the dual is the price.
///
/// After `.infeasible` and `.unbounded` the vectors are empty.
public struct Solution: Sendable, Hashable {
    /// How the solve ended.
    public internal(set) var status = SolutionStatus.failed
    /// Simplex (or active-set) iterations it took.
    public internal(set) var iterations = 0
    /// One value per column.
    public internal(set) var columnValues: [Double] = []
    /// `A x`, one value per row.
    public internal(set) var rowActivities: [Double] = []
    /// Objective per unit of right-hand side, one value per row.
    public internal(set) var rowDuals: [Double] = []
    /// Objective per unit of bound, one value per column.
    public internal(set) var reducedCosts: [Double] = []
    /// How far the vectors are from an optimum, by our own measure.
    public internal(set) var optimality = OptimalityCheck()

    /// Relative deviation up to which vectors are believed.
    static let tolerance = 1e-6

    /// The objective at `columnValues`.
    public var objective: Double { optimality.primalObjective }

    /// Whether there are column values and they satisfy every bound.
    public var isPrimalValid: Bool { hasVectors && optimality.isPrimalFeasible(Self.tolerance) }

    /// Whether there are row duals and they satisfy every sign condition.
    public var isDualValid: Bool { hasVectors && optimality.isDualFeasible(Self.tolerance) }

    private var hasVectors: Bool {
        switch status {
        case .optimal, .iterationLimit: true
        case .infeasible, .unbounded, .failed: false
        }
    }

    /// Derives what follows from column values and row duals, and takes the status back when the check denies it.
    mutating func finish(_ claimed: SolutionStatus, for model: LinearModel) {
        status = claimed
        guard hasVectors else { return clear(claimed) }
        model.evaluate(columnValues, rowDuals, activities: &rowActivities, reducedCosts: &reducedCosts)
        optimality = OptimalityCheck(
            compressed: model, columnValues: columnValues, activities: rowActivities, rowDuals: rowDuals,
            reducedCosts: reducedCosts)
        if claimed == .optimal, !optimality.passes(Self.tolerance) { clear(.failed) }
    }

    /// Leaves a status without vectors.
    mutating func clear(_ newStatus: SolutionStatus) {
        status = newStatus
        columnValues.removeAll(keepingCapacity: true)
        rowActivities.removeAll(keepingCapacity: true)
        rowDuals.removeAll(keepingCapacity: true)
        reducedCosts.removeAll(keepingCapacity: true)
        optimality = OptimalityCheck()
    }
}
