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
    }

    /// The objective.
    public var objective: Objective
    /// Internal carbon price kappa, $/kg of CO2; counts under `carbonPriced` only.
    public var carbonPriceUSDPerKg: Double

    /// A mechanism; the carbon price must be zero unless the objective is `carbonPriced`.
    public init(_ objective: Objective, carbonPriceUSDPerKg: Double = 0) {
        precondition(objective == .carbonPriced || carbonPriceUSDPerKg == 0, "\(objective) takes no carbon price")
        self.objective = objective
        self.carbonPriceUSDPerKg = carbonPriceUSDPerKg
    }

    /// Whether the objective is money, so that its duals are prices.
    public var isMonetary: Bool {
        switch objective {
        case .home, .leastCost, .carbonPriced: true
        case .nearest, .leastCarbon: false
        }
    }
}
