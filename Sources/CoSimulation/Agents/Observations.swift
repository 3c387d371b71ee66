/// When an observation is made, and the agent's own randomness for it.
public struct TickContext: Sendable, Equatable {
    /// The tick, from 0.
    public var tick: Int
    /// Random numbers of this agent in this tick; copy it to a `var` to draw.
    public var random: RandomStream

    /// A context from its parts.
    public init(tick: Int, random: RandomStream) {
        self.tick = tick
        self.random = random
    }
}

/// What a grid operator sees when it signals.
public struct SignalObservation: Sendable, Equatable {
    /// When.
    public var context: TickContext

    /// An observation from its parts.
    public init(context: TickContext) {
        self.context = context
    }

    /// The tick the signals are for.
    public var tick: Int { context.tick }
}

/// What a grid operator sees when it dispatches.
public struct DispatchObservation: Sendable, Equatable {
    /// When.
    public var context: TickContext
    /// Draw of each connected region from the grid, MW, in the order of the setup.
    public var loadMW: [Double]

    /// An observation from its parts.
    public init(context: TickContext, loadMW: [Double]) {
        self.context = context
        self.loadMW = loadMW
    }

    /// The tick being dispatched.
    public var tick: Int { context.tick }
}

/// What a grid operator sees when it quotes.
public struct QuoteObservation: Sendable, Equatable {
    /// The tick.
    public var tick: Int
    /// Trial draw of each connected region from the grid, MW, in the order of the setup.
    public var loadMW: [Double]

    /// An observation from its parts.
    public init(tick: Int, loadMW: [Double]) {
        self.tick = tick
        self.loadMW = loadMW
    }
}

/// What a compute region sees when it offers.
public struct RegionObservation: Sendable, Equatable {
    /// When.
    public var context: TickContext
    /// The grid operator's signal at its bus.
    public var signal: BusSignal
    /// What came of its last offer; nil in the first tick and after an absence.
    public var last: RegionResult?
    /// What the answer to a request is counted from, MW: its draw from the grid in the last tick without a request or
    /// cap, 0 before there was one.
    public var customerBaselineMW: Double

    /// An observation from its parts; with a customer baseline of 0 unless given.
    public init(context: TickContext, signal: BusSignal, last: RegionResult?, customerBaselineMW: Double = 0) {
        self.context = context
        self.signal = signal
        self.last = last
        self.customerBaselineMW = customerBaselineMW
    }

    /// The tick the offer is for.
    public var tick: Int { context.tick }
}

/// What came of a region's offer.
public struct RegionResult: Sendable, Equatable {
    /// Facility energy placed in the region, MWh.
    public var facilityMWh: Double
    /// Facility energy drawn from the grid, MWh.
    public var gridMWh: Double
    /// What the region was paid for it, $.
    public var revenueUSD: Double
    /// What it paid for energy and carbon, $.
    public var costUSD: Double
    /// Realised price at its bus, $/MWh.
    public var realisedPriceUSDPerMWh: Double

    /// A result from its parts.
    public init(
        facilityMWh: Double, gridMWh: Double, revenueUSD: Double, costUSD: Double, realisedPriceUSDPerMWh: Double
    ) {
        self.facilityMWh = facilityMWh
        self.gridMWh = gridMWh
        self.revenueUSD = revenueUSD
        self.costUSD = costUSD
        self.realisedPriceUSDPerMWh = realisedPriceUSDPerMWh
    }
}

/// What a service node sees when it bids.
public struct ServiceObservation: Sendable, Equatable {
    /// When.
    public var context: TickContext
    /// The signals posted for each compute region, in the order of the setup: public prices, not private data.
    public var signals: [BusSignal]
    /// What came of its last bid; nil in the first tick and after an absence.
    public var last: ServiceResult?

    /// An observation from its parts.
    public init(context: TickContext, signals: [BusSignal], last: ServiceResult?) {
        self.context = context
        self.signals = signals
        self.last = last
    }

    /// The tick the bid is for.
    public var tick: Int { context.tick }
}

/// What came of a service node's bid.
public struct ServiceResult: Sendable, Equatable {
    /// Where requests ran, ascending by class, then region.
    public var placements: [ServicePlacement]
    /// Requests not served, by line of the bid.
    public var unservedRequests: [Double]
    /// What the node paid for compute and friction, $.
    public var paidUSD: Double
    /// Requests that wait on, by line of the bid: the node bids them again. Empty where nothing can wait.
    public var waitingRequests: [Double]

    /// A result from its parts; nothing waits unless given.
    public init(
        placements: [ServicePlacement], unservedRequests: [Double], paidUSD: Double, waitingRequests: [Double] = []
    ) {
        self.waitingRequests = waitingRequests
        self.placements = placements
        self.unservedRequests = unservedRequests
        self.paidUSD = paidUSD
    }
}

/// Requests of one class that ran in one region.
public struct ServicePlacement: Sendable, Equatable {
    /// Index of the class.
    public var workloadClass: Int
    /// Index of the region.
    public var region: Int
    /// Requests.
    public var requests: Double

    /// A placement from its parts.
    public init(workloadClass: Int, region: Int, requests: Double) {
        self.workloadClass = workloadClass
        self.region = region
        self.requests = requests
    }
}
