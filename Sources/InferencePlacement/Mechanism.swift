/// How the coordinator decides where work runs: one linear program, several objectives.
public struct Mechanism: Sendable, Equatable {
    /// The objective.
    public enum Objective: String, Sendable, CaseIterable {
        /// Everything at home: the baseline every effect is measured against.
        case home
        /// As near as capacity allows: least round trip.
        case nearest
        /// Least cost in $ (MODEL 1.1 with kappa = 0).
        case leastCost = "least-cost"
        /// Least marginal emissions; work is served first, whatever it costs.
        case leastCarbon = "least-carbon"
        /// Least cost with emissions priced (MODEL 1.1).
        case carbonPriced = "carbon-priced"
        /// A weighted sum of energy, carbon tax, delay and water (MODEL 2.8).
        case weighted
        /// Criteria in order of priority, each as good as those before it allow (MODEL 2).
        case lexicographic

        /// Those that a tick alone can be cleared for, each by one solve.
        public static let plain: [Objective] = [.home, .nearest, .leastCost, .leastCarbon, .carbonPriced]
    }

    /// The objective.
    public var objective: Objective
    /// Internal carbon price kappa, $/kg of CO2; counts under `carbonPriced` only.
    public var carbonPriceUSDPerKg: Double
    /// Weights of the parts; count under `weighted` only.
    public var weights: ObjectiveWeights
    /// Criteria by priority; count under `lexicographic` only.
    public var priorities: [Criterion]
    /// How much a criterion may give way to later ones, as a share of its optimum.
    public var prioritySlack: Double
    /// Ticks that are cleared together (H): this one, and those after it as they are expected.
    public var horizonTicks: Int
    /// Most water of the whole run, litres (Z, MODEL 2.4); infinite where there is no limit.
    public var waterLimitLitres: Double

    /// A mechanism; the carbon price must be zero unless the objective is `carbonPriced`.
    public init(
        _ objective: Objective, carbonPriceUSDPerKg: Double = 0, weights: ObjectiveWeights = ObjectiveWeights(),
        priorities: [Criterion] = [], prioritySlack: Double = 0.001, horizonTicks: Int = 1,
        waterLimitLitres: Double = .infinity
    ) {
        precondition(objective == .carbonPriced || carbonPriceUSDPerKg == 0, "\(objective) takes no carbon price")
        precondition(objective != .lexicographic || !priorities.isEmpty, "priorities are needed")
        precondition(
            horizonTicks >= 1 && prioritySlack >= 0, "a horizon of \(horizonTicks), a slack of \(prioritySlack)")
        self.objective = objective
        self.carbonPriceUSDPerKg = carbonPriceUSDPerKg
        self.weights = weights
        self.priorities = priorities
        self.prioritySlack = prioritySlack
        self.horizonTicks = horizonTicks
        self.waterLimitLitres = waterLimitLitres
    }

    /// Whether the objective is money, so that its duals are prices.
    public var isMonetary: Bool {
        switch objective {
        case .home, .leastCost, .carbonPriced: true
        case .nearest, .leastCarbon, .weighted, .lexicographic: false
        }
    }

    /// Whether ticks are cleared by the program of a horizon: it has limits or objectives the plain one has not.
    public var needsHorizon: Bool {
        horizonTicks > 1 || waterLimitLitres.isFinite || objective == .weighted || objective == .lexicographic
    }
}
