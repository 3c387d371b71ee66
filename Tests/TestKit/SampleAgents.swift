public import CoSimulation
internal import InferencePlacement

/// Small strategies whose answers depend on what they see, what they remember and what they draw, so that a run of them
/// shows any leak of order, time or process into a result.
public enum SampleAgents {
    /// All of them by role and name.
    public static let catalogue = AgentCatalogue(entries)
    /// The same in a list, for a catalogue with more.
    public static let entries: [CatalogueEntry] = [
        .gridOperator("rising", RisingOperator.self), .computeRegion("plain", PlainRegion.self),
        .serviceNode("restless", RestlessNode.self),
    ]
}

/// A grid operator whose price rises with the load it last dispatched, with noise.
struct RisingOperator: GridOperator {
    static let fields: [Field] = [
        .optional("basePriceUSDPerMWh", .number(.any), unit: .usdPerMWh, default: .number(30), "Price without load.")
    ]
    static let summary = "Price rises with load."

    private let base: Double
    private let regionCount: Int
    private var lastLoadMW: Double = 0

    init(setup: GridOperatorSetup) throws(ParameterError) {
        base = setup.parameters.number("basePriceUSDPerMWh")
        regionCount = setup.regions.count
    }

    mutating func signal(_ observation: SignalObservation) -> GridSignal {
        var random = observation.context.random
        return GridSignal(
            buses: (0..<regionCount).map { _ in
                BusSignal(
                    priceUSDPerMWh: base + lastLoadMW / 10 + random.uniform(),
                    marginalEmissionsKgPerMWh: 400 * random.uniform(),
                    averageEmissionsKgPerMWh: 300)
            })
    }

    static let quotes = true

    func quote(_ observation: QuoteObservation) -> GridQuote? {
        let load = observation.loadMW.reduce(0, +)
        let bus = BusOutcome(
            priceUSDPerMWh: base + load / 10, marginalEmissionsKgPerMWh: 400, averageEmissionsKgPerMWh: 300)
        return GridQuote(
            buses: observation.loadMW.map { _ in bus }, costUSDPerHour: base * load + load * load / 20,
            emissionsKgPerHour: 300 * (100 + load))
    }

    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch {
        lastLoadMW = observation.loadMW.reduce(0, +)
        let price = base + lastLoadMW / 10
        return GridDispatch(
            buses: observation.loadMW.map { _ in
                BusOutcome(priceUSDPerMWh: price, marginalEmissionsKgPerMWh: 400, averageEmissionsKgPerMWh: 300)
            },
            areas: [
                AreaOutcome(
                    name: "main", demandMW: 100, computeLoadMW: lastLoadMW, generationMW: 100 + lastLoadMW,
                    costUSD: price * lastLoadMW, emissionsKg: 300 * (100 + lastLoadMW))
            ])
    }
}

/// A region with fixed capacity and a mark-up that follows its last revenue.
struct PlainRegion: ComputeRegion {
    static let fields: [Field] = [
        .optional("connectionMW", .number(.nonNegative), unit: .megawatt, default: .number(100), "Greatest draw.")
    ]
    static let summary = "Fixed capacity."

    private let connectionMW: Double

    init(setup: ComputeRegionSetup) throws(ParameterError) {
        connectionMW = setup.parameters.number("connectionMW")
    }

    mutating func offer(_ observation: RegionObservation) -> CapacityOffer {
        let markUp = (observation.last?.revenueUSD ?? 0) / 10_000
        return CapacityOffer(
            capacity: [1e9], connectionMW: connectionMW, pue: 1.2,
            blocks: [OfferBlock(source: .grid, limitMW: connectionMW, markUpUSDPerMWh: markUp)])
    }
}

/// A service node with random demand that holds part of it for a tick, and bids less after paying much.
struct RestlessNode: ServiceNode {
    static let fields: [Field] = [
        .optional(
            "demandMWh", .number(.positive), unit: .megawattHour, default: .number(40),
            "Mean demand per tick and class.")
    ]
    static let summary = "Random demand."

    private let setup: ServiceNodeSetup
    private var heldRequests: [Double]

    init(setup: ServiceNodeSetup) throws(ParameterError) {
        self.setup = setup
        heldRequests = setup.classes.map { _ in 0 }
    }

    mutating func bid(_ observation: ServiceObservation) -> WorkBid {
        var random = observation.context.random
        let lines = setup.classes.indices.map { k in
            let kind = setup.classes[k]
            let mean = setup.parameters.number("demandMWh") * 1000 / kind.energyKWhPerRequest
            let arrived = mean * (0.5 + random.uniform())
            let total = heldRequests[k] + arrived
            let held = (observation.last?.paidUSD ?? 0) > 3000 ? total * 0.25 : 0
            heldRequests[k] = held
            return BidLine(
                workloadClass: k, requests: total - held, arrivedRequests: arrived, deferredRequests: held,
                energyKWhPerRequest: kind.energyKWhPerRequest, workPerRequest: kind.workPerRequest,
                movableShare: kind.movableShare,
                valueUSDPerRequest: kind.valueUSDPerRequest, switchingUSDPerRequest: kind.switchingUSDPerRequest,
                options: setup.options(workloadClass: k, energyKWhPerRequest: kind.energyKWhPerRequest))
        }
        return WorkBid(lines: lines)
    }
}
