/// How far a primal-dual pair is from an optimum of a model, computed from the model data alone.
///
/// Knows nothing of any solver: takes column values and row duals, and derives activities, reduced costs and both
/// objectives itself. Each measure is zero at an exact optimum. By LP duality (for a convex quadratic objective by the
/// Karush-Kuhn-Tucker conditions, with the dual of Dorn) a pair for which all four vanish is optimal. Convexity itself
/// is not checked. O(entries).
public struct OptimalityCheck: Sendable, Hashable {
    /// Worst violation of a column or row bound, relative to `1 + |bound|`.
    public private(set) var primalInfeasibility = 0.0
    /// Worst row dual or reduced cost that pulls towards a bound that does not exist, relative to `1 + |cost|`.
    public private(set) var dualInfeasibility = 0.0
    /// Worst product of a multiplier and the distance to its bound, relative to `1 +` the sum of the absolute terms of
    /// the objective (which, unlike the objective, does not vanish when costs and revenues cancel).
    public private(set) var complementarity = 0.0
    /// Difference of primal and dual objective, relative to the same.
    public private(set) var relativeGap = 0.0
    /// Objective of the primal point.
    public private(set) var primalObjective = 0.0
    /// Objective of the dual point, a lower bound for any feasible point when `dualInfeasibility` is zero.
    public private(set) var dualObjective = 0.0

    /// The check of an empty model.
    init() {}

    /// Checks column values and row duals (objective per unit of right-hand side) against a model.
    public init(_ model: LinearModel, columnValues: [Double], rowDuals: [Double]) {
        precondition(columnValues.count == model.columnCount && rowDuals.count == model.rowCount, "wrong size")
        var model = model
        model.compress()
        var activities: [Double] = []
        var reducedCosts: [Double] = []
        model.evaluate(columnValues, rowDuals, activities: &activities, reducedCosts: &reducedCosts)
        self.init(
            compressed: model, columnValues: columnValues, activities: activities, rowDuals: rowDuals,
            reducedCosts: reducedCosts)
    }

    /// Checks a pair whose activities and reduced costs `LinearModel.evaluate` has computed.
    init(
        compressed model: LinearModel, columnValues: [Double], activities: [Double], rowDuals: [Double],
        reducedCosts: [Double]
    ) {
        let curvature = model.isQuadratic ? 0.5 * model.hessian.symmetricForm(at: columnValues) : 0
        primalObjective = model.objectiveOffset + curvature
        dualObjective = model.objectiveOffset - curvature
        var magnitude = 1 + abs(model.objectiveOffset) + abs(curvature)
        for column in columnValues.indices {
            let term = model.costs[column] * columnValues[column]
            primalObjective += term
            magnitude += abs(term)
            add(
                value: columnValues[column], multiplier: reducedCosts[column], lower: model.columnLowers[column],
                upper: model.columnUppers[column], scale: 1 + abs(model.costs[column]))
        }
        for row in activities.indices {
            add(
                value: activities[row], multiplier: rowDuals[row], lower: model.rowLowers[row],
                upper: model.rowUppers[row], scale: 1)
        }
        complementarity /= magnitude
        relativeGap = Self.worst(0, abs(primalObjective - dualObjective) / magnitude)
    }

    /// Whether every measure is at most `tolerance`.
    public func passes(_ tolerance: Double) -> Bool {
        isPrimalFeasible(tolerance) && isDualFeasible(tolerance) && complementarity <= tolerance
            && relativeGap <= tolerance
    }

    /// Whether the point satisfies every bound.
    func isPrimalFeasible(_ tolerance: Double) -> Bool { primalInfeasibility <= tolerance }

    /// Whether the duals satisfy every sign condition.
    func isDualFeasible(_ tolerance: Double) -> Bool { dualInfeasibility <= tolerance }

    private mutating func add(value: Double, multiplier: Double, lower: Double, upper: Double, scale: Double) {
        if lower > -.infinity {
            primalInfeasibility = Self.worst(primalInfeasibility, (lower - value) / (1 + abs(lower)))
        }
        if upper < .infinity {
            primalInfeasibility = Self.worst(primalInfeasibility, (value - upper) / (1 + abs(upper)))
        }
        if multiplier == 0 { return }
        let bound = multiplier > 0 ? lower : upper
        if bound.isFinite {
            dualObjective += multiplier * bound
            complementarity = Self.worst(complementarity, abs(multiplier * (value - bound)))
        } else {
            dualInfeasibility = Self.worst(dualInfeasibility, abs(multiplier) / scale)
        }
    }

    /// The greater of two, where not-a-number is worse than anything.
    private static func worst(_ current: Double, _ candidate: Double) -> Double {
        candidate <= current ? current : candidate.isNaN ? .infinity : candidate
    }
}

extension LinearModel {
    /// Row activities `A x` and reduced costs `cost + Q x - A' duals`. The model must be compressed; the arrays are
    /// reused where they have the capacity.
    func evaluate(
        _ columnValues: [Double], _ rowDuals: [Double], activities: inout [Double], reducedCosts: inout [Double]
    ) {
        activities.removeAll(keepingCapacity: true)
        activities.append(contentsOf: repeatElement(0, count: rowCount))
        matrix.accumulateProduct(with: columnValues, into: &activities)
        reducedCosts.removeAll(keepingCapacity: true)
        reducedCosts.append(contentsOf: costs)
        if isQuadratic { hessian.accumulateSymmetricProduct(with: columnValues, into: &reducedCosts) }
        for column in reducedCosts.indices { reducedCosts[column] -= matrix.dot(column: column, rowValues: rowDuals) }
    }
}
