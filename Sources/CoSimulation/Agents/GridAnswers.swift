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
    /// Cap on the region's draw from a demand-response event, MW; infinite when there is none. The coordinator enforces it.
    public var capMW: Double
    /// A request to draw less, which a region may answer; nil when there is none.
    public var request: CurtailmentRequest?
    /// Expected price of the next ticks, $/MWh, this tick first; empty where the operator makes no forecast.
    public var forecastPriceUSDPerMWh: [Double]
    /// Expected marginal emissions of the next ticks, kgCO2/MWh, this tick first; as long as the price forecast.
    public var forecastMarginalEmissionsKgPerMWh: [Double]

    /// A signal from its parts.
    public init(
        priceUSDPerMWh: Double, marginalEmissionsKgPerMWh: Double, averageEmissionsKgPerMWh: Double,
        headroomMW: Double = .infinity,
        capMW: Double = .infinity, request: CurtailmentRequest? = nil, forecastPriceUSDPerMWh: [Double] = [],
        forecastMarginalEmissionsKgPerMWh: [Double] = []
    ) {
        self.priceUSDPerMWh = priceUSDPerMWh
        self.marginalEmissionsKgPerMWh = marginalEmissionsKgPerMWh
        self.averageEmissionsKgPerMWh = averageEmissionsKgPerMWh
        self.headroomMW = headroomMW
        self.capMW = capMW
        self.request = request
        self.forecastPriceUSDPerMWh = forecastPriceUSDPerMWh
        self.forecastMarginalEmissionsKgPerMWh = forecastMarginalEmissionsKgPerMWh
    }
}

/// A grid operator's request to a region to draw less than it would.
public struct CurtailmentRequest: Sendable, Equatable {
    /// Number of the event it belongs to, the same for all regions and ticks of the event.
    public var event: Int
    /// How much less, MW below the region's customer baseline.
    public var reductionMW: Double
    /// What a delivered MWh is paid, $/MWh.
    public var priceUSDPerMWh: Double
    /// Ticks it still lasts, this one included.
    public var remainingTicks: Int

    /// A request from its parts; for this tick alone unless given.
    public init(event: Int, reductionMW: Double, priceUSDPerMWh: Double, remainingTicks: Int = 1) {
        self.event = event
        self.reductionMW = reductionMW
        self.priceUSDPerMWh = priceUSDPerMWh
        self.remainingTicks = remainingTicks
    }
}

/// What a grid operator would do with trial loads: the answer to a question, with no trace left in the operator.
public struct GridQuote: Sendable, Equatable {
    /// Price and emissions at each connected region's bus at the trial loads, in the order of the setup.
    public var buses: [BusOutcome]
    /// Cost of serving everybody at the trial loads, $/h. Convex in the loads, with the buses' prices as its slope.
    public var costUSDPerHour: Double
    /// Emissions at the trial loads, kgCO2/h.
    public var emissionsKgPerHour: Double

    /// A quote from its parts.
    public init(buses: [BusOutcome], costUSDPerHour: Double, emissionsKgPerHour: Double) {
        self.buses = buses
        self.costUSDPerHour = costUSDPerHour
        self.emissionsKgPerHour = emissionsKgPerHour
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
    /// The area the bus is in, as an index into the dispatch's areas.
    public var area: Int

    /// An outcome from its parts; in the first area unless given.
    public init(
        priceUSDPerMWh: Double, marginalEmissionsKgPerMWh: Double, averageEmissionsKgPerMWh: Double, area: Int = 0
    ) {
        self.area = area
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
    /// What loads paid more than generators were paid because lines were full, $ per tick.
    public var congestionRentUSD: Double
    /// Lines and ties of the area that were full.
    public var congestedLineCount: Int
    /// Generation by technology, ascending by name; empty where the operator has no fleet.
    public var technologies: [TechnologyOutput]

    /// An outcome from its parts; everything zero unless given.
    public init(
        name: String, demandMW: Double = 0, computeLoadMW: Double = 0, generationMW: Double = 0, importMW: Double = 0,
        curtailedMW: Double = 0, unservedMW: Double = 0, costUSD: Double = 0, emissionsKg: Double = 0,
        congestionRentUSD: Double = 0, congestedLineCount: Int = 0, technologies: [TechnologyOutput] = []
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
        self.congestionRentUSD = congestionRentUSD
        self.congestedLineCount = congestedLineCount
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
