/// The least-cost dispatch of a network: MODEL 3.1, with prices.
///
/// Arrays go by the indices of the network. Flows count from the leaving bus to the entering one.
public struct NetworkDispatch: Sendable, Equatable {
    /// Cost of generation (c0 of units in service included), of surplus and of energy not served, $/h.
    public internal(set) var objectiveUSDPerHour = 0.0
    /// Output of each generator, MW, surplus included.
    public internal(set) var generationMW: [Double] = []
    /// Cost of each generator, c0 of those in service included, $/h.
    public internal(set) var generationCostUSDPerHour: [Double] = []
    /// Output of each generator that nobody takes although it must be made, MW.
    public internal(set) var surplusMW: [Double] = []
    /// Surplus, and what a unit whose next MWh costs nothing or less could still make, MW, by generator.
    public internal(set) var curtailedMW: [Double] = []
    /// Demand not served at each bus, MW.
    public internal(set) var unservedMW: [Double] = []
    /// Flow on each branch, MW; zero on one that is open.
    public internal(set) var flowMW: [Double] = []
    /// Flow on each direct-current line at its leaving end, MW.
    public internal(set) var dcFlowMW: [Double] = []
    /// Loss of each direct-current line, MW.
    public internal(set) var dcLossMW: [Double] = []
    /// Net flow over what each transfer limit limits, from its first area to its second, MW.
    public internal(set) var transferMW: [Double] = []
    /// Voltage angle of each bus, degrees; zero at the reference of its island.
    public internal(set) var angleDegrees: [Double] = []
    /// Bus whose angle is the reference of its island, by bus; two buses of one island have the same.
    public internal(set) var islandReference: [Int] = []
    /// Price of a MWh at each bus (LMP, the dual of its balance: change of cost per demand), $; at a kink one of the
    /// values between the one-sided ones, at a bus out of service zero.
    public internal(set) var lmpUSDPerMWh: [Double] = []
    /// What 1 MW more of room on each branch would save, $/MWh; zero where no limit binds.
    public internal(set) var branchShadowPriceUSDPerMWh: [Double] = []
    /// Branches, direct-current lines and transfers between areas at a limit that costs money, by index.
    public internal(set) var bindingBranches: [BindingLimit] = []
    /// Generators at a limit that costs money, by index.
    public internal(set) var bindingGenerators: [BindingLimit] = []
    /// What flows earn between the prices at their ends, $/h: what loads pay beyond what generators receive.
    public internal(set) var congestionRentUSDPerHour = 0.0
    /// Emissions of generation, surplus included, kgCO2/h.
    public internal(set) var emissionsKgPerHour = 0.0
    /// Whether no other dispatch costs the same, as far as the prices tell.
    public internal(set) var isUnique = true
    /// How far balance, limits, flow law and duality gap are from exact.
    public internal(set) var check = DispatchCheck()
    /// Iterations of the solver.
    public internal(set) var iterations = 0

    /// An empty dispatch.
    init() {}
}
