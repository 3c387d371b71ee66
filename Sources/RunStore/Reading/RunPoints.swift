public import CoSimulation

/// A tick and what its clearing came to.
public struct TickPoint: Sendable, Equatable {
    /// The tick.
    public let tick: Int
    /// Cost V of MODEL 1.1 without the carbon price, $.
    public let costUSD: Double
    /// Energy part of the cost, $.
    public let energyUSD: Double
    /// Friction part of the cost, $.
    public let frictionUSD: Double
    /// Switching part of the cost, $.
    public let switchingUSD: Double
    /// Value lost on work not served, $.
    public let unservedUSD: Double
    /// Emissions at the signalled marginal rates (G of MODEL 1), kgCO2.
    public let signalledEmissionsKg: Double
    /// How the placement and the grid came together.
    public let coupling: CouplingOutcome
}

/// A balancing area in a tick.
public struct AreaPoint: Sendable, Equatable {
    /// The tick.
    public let tick: Int
    /// Number of the area.
    public let area: Int
    /// Demand other than compute regions, MW.
    public let demandMW: Double
    /// Draw of the compute regions, MW.
    public let computeLoadMW: Double
    /// Generation, MW.
    public let generationMW: Double
    /// Net imports, MW.
    public let importMW: Double
    /// Renewable output turned away, MW.
    public let curtailedMW: Double
    /// Demand not served, MW.
    public let unservedMW: Double
    /// Cost of generation and of unserved energy, $.
    public let costUSD: Double
    /// Emissions, kgCO2.
    public let emissionsKg: Double
    /// Congestion rent, $.
    public let congestionRentUSD: Double
    /// Lines and ties that were full.
    public let congestedLineCount: Int
    /// Realised price, mean over the buses of the area's compute regions, $/MWh; nil where the area has none.
    public let priceUSDPerMWh: Double?

    /// Demand and compute load together, MW.
    public var loadMW: Double { demandMW + computeLoadMW }
}

/// A compute region in a tick.
public struct RegionPoint: Sendable, Equatable {
    /// The tick.
    public let tick: Int
    /// Agent number of the region.
    public let region: Int
    /// IT energy placed, MWh.
    public let energyMWh: Double
    /// Facility energy placed, MWh.
    public let facilityMWh: Double
    /// Facility energy from the grid, MWh.
    public let gridMWh: Double
    /// Price published before the tick, $/MWh; nil where the operator was absent.
    public let signalledPriceUSDPerMWh: Double?
    /// Marginal emissions published before the tick, kgCO2/MWh; nil where the operator was absent.
    public let signalledMarginalEmissionsKgPerMWh: Double?
    /// The request to draw less, the scenario's before the operator's; nil when there was none.
    public let request: CurtailmentRequest?
    /// Cap its operator set, MW; nil when there was none.
    public let capMW: Double?
    /// What the dispatch came to at the region's bus; nil where the operator was absent.
    public let realised: BusOutcome?
}

/// Work of one class from one service node placed in one region.
public struct PlacementPoint: Sendable, Equatable {
    /// The tick.
    public let tick: Int
    /// Agent number of the service node.
    public let service: Int
    /// Number of the class.
    public let workloadClass: Int
    /// Agent number of the region.
    public let region: Int
    /// Requests placed.
    public let requests: Double
    /// IT energy of them, MWh.
    public let energyMWh: Double
    /// Facility energy of them where they run, MWh.
    public let facilityMWh: Double
}

/// Work of one class from one service node that was not served.
public struct UnservedPoint: Sendable, Equatable {
    /// The tick.
    public let tick: Int
    /// Agent number of the service node.
    public let service: Int
    /// Number of the class.
    public let workloadClass: Int
    /// Requests not served.
    public let requests: Double
}

/// What was paid in a tick for one purpose.
public struct PaymentPoint: Sendable, Equatable {
    /// The tick.
    public let tick: Int
    /// Who pays, who is paid, what for and how much.
    public let payment: Payment
}
