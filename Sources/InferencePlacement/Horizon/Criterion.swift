/// Something a placement can be measured by, and made least: alone, in a weighted sum, or in an order of priority.
public enum Criterion: String, Sendable, CaseIterable {
    /// Cost of energy, mark-ups included, $ (C_E, MODEL 2.8).
    case energy
    /// Carbon tax of the sites on what their grid energy emits, $ (C_C, MODEL 2.8).
    case carbon
    /// Marginal emissions of grid energy, kgCO2 (G of MODEL 1).
    case emissions
    /// Delay at the classes' price of it, $ (C_D, MODEL 2.8).
    case delay
    /// Water of facility energy, litres (W, MODEL 2.4).
    case water
    /// Friction of relocated work, $ (MODEL 1.5).
    case friction
    /// Round trip times energy, ms MWh of IT energy.
    case roundTrip = "round-trip"
    /// Cost V of MODEL 1.1 without a carbon price: energy, friction, switching and lost value, $.
    case cost
}

/// Weights of the parts of an objective (MODEL 2.8); friction, switching and lost value always count in full beside them.
public struct ObjectiveWeights: Sendable, Equatable {
    /// Of the cost of energy (sigma_E).
    public var energy: Double
    /// Of the carbon tax (sigma_C).
    public var carbon: Double
    /// Of the cost of delay (sigma_D).
    public var delay: Double
    /// Of water, $ per litre.
    public var waterUSDPerLitre: Double

    /// Weights; all zero unless given.
    public init(energy: Double = 0, carbon: Double = 0, delay: Double = 0, waterUSDPerLitre: Double = 0) {
        self.energy = energy
        self.carbon = carbon
        self.delay = delay
        self.waterUSDPerLitre = waterUSDPerLitre
    }

    /// Equal weights (M0 of MODEL 2).
    public static let m0 = ObjectiveWeights(energy: 1.0 / 3, carbon: 1.0 / 3, delay: 1.0 / 3)
    /// Energy alone (M1).
    public static let m1 = ObjectiveWeights(energy: 1)
    /// Carbon alone (M2).
    public static let m2 = ObjectiveWeights(carbon: 1)
    /// A quarter energy, a half carbon, a quarter delay (M3).
    public static let m3 = ObjectiveWeights(energy: 0.25, carbon: 0.5, delay: 0.25)
}
