/// The least-cost use of a fleet for one demand: MODEL 3.1 on a single bus.
///
/// Outputs and unserved demand add up to the demand. Where must-run output exceeds it, the surplus is turned away, the
/// dearest unit first, but it is paid for and emits all the same.
public struct MeritOrderDispatch: Sendable, Equatable {
    /// Output that serves demand, MW, in the order of the fleet's generators.
    public var outputMW: [Double]
    /// Price, marginal emissions and headroom.
    public var margin: Margin
    /// Sum of the outputs, MW.
    public var generationMW: Double
    /// Output turned away, MW: what units that cost nothing could still make, such as wind, and must-run surplus.
    public var curtailedMW: Double
    /// Demand not served, MW.
    public var unservedMW: Double
    /// Cost of generation, must-run surplus included, and of unserved energy, $/h.
    public var costUSDPerHour: Double
    /// Emissions of generation, must-run surplus included, kgCO2/h.
    public var emissionsKgPerHour: Double

    /// Average emissions of the generation (ACE of MODEL 3.2), kgCO2/MWh; zero without generation.
    public var averageEmissionsKgPerMWh: Double {
        generationMW > 0 ? emissionsKgPerHour / generationMW : 0
    }
}
