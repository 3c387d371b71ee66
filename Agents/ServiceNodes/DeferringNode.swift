internal import CoSimulation
internal import InferencePlacement

/// A service node that holds work which can wait until power is cheap: deferral in time beside relocation in space.
///
/// A tick is cheap for a class when the cheapest price posted for a region it may use is at or below a quantile of the
/// cheapest prices of the recent ticks and of those forecast until the deadline. In a cheap tick a share of what waits
/// is bid; what reaches its deadline is bid whatever the price. Near the end of the run at least an even part of what
/// waits is bid in each tick left: nothing waits past the end, and the last tick does not get it all.
struct DeferringNode: ServiceNode {
    static let summary = "Holds work of classes with a deadline until a cheap tick, never past the deadline or the run."
    static let fields: [Field] =
        ServiceWork.fields + [
            .optional(
                "cheapQuantile", .number(.share), unit: .share, default: .number(0.25),
                "Quantile of recent and forecast prices up to which a tick counts as cheap."),
            .optional(
                "historyTicks", .integer(NumberRange(1, 8784)), unit: .ticks, default: .number(24),
                "Recent ticks whose prices are compared, this tick included."),
            .optional(
                "releaseShare", .number(NumberRange(0, 1, excludesLower: true)), unit: .share, default: .number(1),
                "Share of what waits that is bid in a cheap tick."),
        ]

    private var honest: HonestNode
    private let tickCount: Int
    /// How long requests may wait, ticks, by class.
    private let patienceTicks: [Int]
    private let cheapQuantile: Double
    private let historyTicks: Int
    private let releaseShare: Double
    /// Requests that wait, by class.
    private var queues: [DeferralQueue]
    /// Cheapest prices of recent ticks, oldest first, by class, $/MWh.
    private var recentUSDPerMWh: [[Double]]

    init(setup: ServiceNodeSetup) throws(ParameterError) {
        honest = try HonestNode(setup: setup)
        tickCount = setup.clock.tickCount
        patienceTicks = setup.classes.map { kind in
            Int((kind.deadlineHours / setup.clock.tickHours + 1e-9).rounded(.down))
        }
        cheapQuantile = setup.parameters.number("cheapQuantile")
        historyTicks = setup.parameters.integer("historyTicks")
        releaseShare = setup.parameters.number("releaseShare")
        queues = Array(repeating: DeferralQueue(), count: setup.classes.count)
        recentUSDPerMWh = Array(repeating: [], count: setup.classes.count)
    }

    mutating func bid(_ observation: ServiceObservation) -> WorkBid {
        var bid = honest.bid(observation)
        for index in bid.lines.indices where patienceTicks[bid.lines[index].workloadClass] > 0 {
            deferWork(of: &bid.lines[index], observation)
        }
        return bid
    }

    /// Adds a line's arrivals to what waits and bids what is due or worth bidding now.
    private mutating func deferWork(of line: inout BidLine, _ observation: ServiceObservation) {
        let k = line.workloadClass
        let tick = observation.tick
        queues[k].add(line.arrivedRequests, dueTick: tick + patienceTicks[k])
        let waiting = queues[k].total
        var wanted = queues[k].due(at: tick)
        if isCheap(line, observation) { wanted = max(wanted, releaseShare * waiting) }
        if tick + patienceTicks[k] >= tickCount - 1 { wanted = max(wanted, waiting / Double(tickCount - tick)) }
        line.requests = queues[k].take(wanted)
        line.dueRequests = []
        line.deferredRequests = queues[k].total
    }

    private mutating func isCheap(_ line: BidLine, _ observation: ServiceObservation) -> Bool {
        let k = line.workloadClass
        let now = cheapest(line) { observation.signals[$0].priceUSDPerMWh }
        recentUSDPerMWh[k].append(now)
        if recentUSDPerMWh[k].count > historyTicks { recentUSDPerMWh[k].removeFirst() }
        let forecastTicks = line.options.map { observation.signals[$0.region].forecastPriceUSDPerMWh.count }.min() ?? 0
        let ahead = (1..<max(1, min(forecastTicks, patienceTicks[k] + 1))).map { step in
            cheapest(line) { observation.signals[$0].forecastPriceUSDPerMWh[step] }
        }
        let prices = (recentUSDPerMWh[k] + ahead).sorted()
        return now <= prices[Int(cheapQuantile * Double(prices.count - 1))]
    }

    /// The least price over the regions a line accepts, $/MWh.
    private func cheapest(_ line: BidLine, _ price: (Int) -> Double) -> Double {
        line.options.reduce(.infinity) { min($0, price($1.region)) }
    }
}
