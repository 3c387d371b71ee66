/// The state of a fleet at the margin: what one more MWh costs and emits, and how much more there is.
///
/// Price and emissions are right-hand derivatives (MODEL 3.1, 3.2, for a grid without a network): at a demand that
/// fills a unit exactly, the next unit is the marginal one. The price rises with demand, save that it may fall from the
/// zero of must-run surplus to the cost of a unit that is paid to run.
public struct Margin: Sendable, Equatable {
    /// Index of the unit that makes the next MWh; nil when must-run surplus does, and when supply has run out.
    public var generator: Int?
    /// Cost of one more MWh (LMP), $: the marginal unit's cost, zero out of must-run surplus or curtailed free output,
    /// the unserved-energy price when supply has run out.
    public var priceUSDPerMWh: Double
    /// Emissions of one more MWh (LME), kgCO2: the marginal unit's rate; zero where there is no such unit.
    public var emissionsKgPerMWh: Double
    /// Load that can still be added before supply runs out, MW.
    public var headroomMW: Double

    /// A margin from its parts.
    public init(generator: Int?, priceUSDPerMWh: Double, emissionsKgPerMWh: Double, headroomMW: Double) {
        self.generator = generator
        self.priceUSDPerMWh = priceUSDPerMWh
        self.emissionsKgPerMWh = emissionsKgPerMWh
        self.headroomMW = headroomMW
    }
}
