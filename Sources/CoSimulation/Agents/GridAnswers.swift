/// What a grid operator publishes before a tick: one signal per connected region, in the order of its setup.
public struct GridSignal: Sendable, Equatable {
    /// One signal per connected region.
    public var buses: [BusSignal]

    /// A signal from its parts.
    public init(buses: [BusSignal]) {
        self.buses = buses
    }
}

/// Price and emissions at a bus.
public struct BusSignal: Sendable, Equatable {
    /// Price of one more MWh (LMP, pi_ct), $/MWh; may be negative.
    public var priceUSDPerMWh: Double
    /// Emissions of one more MWh (LME, gamma_ct), kgCO2/MWh; may be negative.
    public var marginalEmissionsKgPerMWh: Double
    /// Average emissions of the area's generation, kgCO2/MWh.
    public var averageEmissionsKgPerMWh: Double
    /// Load that can still be added before supply runs out, MW; infinite where the operator does not say.
    public var headroomMW: Double
    /// Cap on the region's draw from a demand-response event, MW; infinite when there is none.
    public var capMW: Double
    /// Expected price of the next ticks, $/MWh, this tick first; empty where the operator makes no forecast.
    public var forecastPriceUSDPerMWh: [Double]
    /// Expected marginal emissions of the next ticks, kgCO2/MWh, this tick first; as long as the price forecast.
    public var forecastMarginalEmissionsKgPerMWh: [Double]

    /// A signal from its parts.
    public init(
        priceUSDPerMWh: Double, marginalEmissionsKgPerMWh: Double, averageEmissionsKgPerMWh: Double, headroomMW: Double = .infinity,
        capMW: Double = .infinity, forecastPriceUSDPerMWh: [Double] = [], forecastMarginalEmissionsKgPerMWh: [Double] = []
    ) {
        self.priceUSDPerMWh = priceUSDPerMWh
        self.marginalEmissionsKgPerMWh = marginalEmissionsKgPerMWh
        self.averageEmissionsKgPerMWh = averageEmissionsKgPerMWh
        self.headroomMW = headroomMW
        self.capMW = capMW
        self.forecastPriceUSDPerMWh = forecastPriceUSDPerMWh
        self.forecastMarginalEmissionsKgPerMWh = forecastMarginalEmissionsKgPerMWh
    }
}

/// What a grid operator reports after a tick: what really happened with the load that was placed.
public struct GridDispatch: Sendable, Equatable {
    /// One outcome per connected region, in the order of the setup.
    public var buses: [BusOutcome]
    /// One outcome per balancing area of the operator.
    public var areas: [AreaOutcome]

    /// A dispatch from its parts.
    public init(buses: [BusOutcome], areas: [AreaOutcome]) {
        self.buses = buses
        self.areas = areas
    }
}

/// Realised price and emissions at a bus.
public struct BusOutcome: Sendable, Equatable {
    /// Realised price (LMP), $/MWh.
    public var priceUSDPerMWh: Double
    /// Realised emissions of one more MWh (LME), kgCO2/MWh.
    public var marginalEmissionsKgPerMWh: Double
    /// Realised average emissions, kgCO2/MWh.
    public var averageEmissionsKgPerMWh: Double

    /// An outcome from its parts.
    public init(priceUSDPerMWh: Double, marginalEmissionsKgPerMWh: Double, averageEmissionsKgPerMWh: Double) {
        self.priceUSDPerMWh = priceUSDPerMWh
        self.marginalEmissionsKgPerMWh = marginalEmissionsKgPerMWh
        self.averageEmissionsKgPerMWh = averageEmissionsKgPerMWh
    }
}

/// What happened in a balancing area.
public struct AreaOutcome: Sendable, Equatable {
    /// Name of the area, unique within its operator.
    public var name: String
    /// Demand other than compute regions, MW.
    public var demandMW: Double
    /// Draw of the connected compute regions, MW.
    public var computeLoadMW: Double
    /// Generation, MW.
    public var generationMW: Double
    /// Net imports, MW.
    public var importMW: Double
    /// Renewable output turned away, MW.
    public var curtailedMW: Double
    /// Demand not served, MW.
    public var unservedMW: Double
    /// Cost of generation and of unserved energy, $ per tick.
    public var costUSD: Double
    /// Emissions, kgCO2 per tick.
    public var emissionsKg: Double
    /// Generation by technology, ascending by name; empty where the operator has no fleet.
    public var technologies: [TechnologyOutput]

    /// An outcome from its parts; everything zero unless given.
    public init(
        name: String, demandMW: Double = 0, computeLoadMW: Double = 0, generationMW: Double = 0, importMW: Double = 0,
        curtailedMW: Double = 0, unservedMW: Double = 0, costUSD: Double = 0, emissionsKg: Double = 0,
        technologies: [TechnologyOutput] = []
    ) {
        self.name = name
        self.demandMW = demandMW
        self.computeLoadMW = computeLoadMW
        self.generationMW = generationMW
        self.importMW = importMW
        self.curtailedMW = curtailedMW
        self.unservedMW = unservedMW
        self.costUSD = costUSD
        self.emissionsKg = emissionsKg
        self.technologies = technologies
    }
}

/// Generation of one technology.
public struct TechnologyOutput: Sendable, Equatable {
    /// Name, such as wind.
    public var technology: String
    /// Output, MW.
    public var outputMW: Double

    /// An output from its parts.
    public init(technology: String, outputMW: Double) {
        self.technology = technology
        self.outputMW = outputMW
    }
}
