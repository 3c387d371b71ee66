public import InferencePlacement

/// Makes the order book of each tick again from the records of a run: what was bid and offered, at the posted signals.
///
/// The records must come in the order of the ticks, the first one first. The book is that of sequential coupling; what
/// other couplings priced anew in the tick is not in it.
public struct BookReplay: Sendable {
    private let experiment: Experiment
    private var standingSignals: [GridSignal?]
    private var standingBids: [WorkBid?]
    private var delivery = SignalDelivery()

    /// A replay before the first record.
    public init(experiment: Experiment) {
        self.experiment = experiment
        standingSignals = experiment.gridOperators.map { _ in nil }
        standingBids = experiment.services.map { _ in nil }
    }

    /// The book of the next record, options outside the masks struck out.
    public mutating func book(of record: TickRecord) -> OrderBook {
        for (number, signal) in record.signals.enumerated() { if let signal { standingSignals[number] = signal } }
        for (service, bid) in record.bids.enumerated() { if let bid { standingBids[service] = bid } }
        let builder = BookBuilder(experiment: experiment)
        let posted = experiment.regions.indices.map { postedSignal(region: $0, tick: record.tick) }
        delivery.post(
            .init(tick: record.tick, signals: posted), experiment.faults(inTick: record.tick),
            longestDelayTicks: experiment.faults.longestDelayTicks)
        let heard = delivery.heardByRegions(posted, experiment)
        let supplies = experiment.regions.indices.map { region in
            builder.supply(offer: record.offers[region], signal: heard[region])
        }
        let orders = experiment.services.indices.flatMap { service -> [WorkOrder] in
            guard let standing = standingBids[service] else { return [] }
            let isAbsent = record.bids[service] == nil
            let bid = isAbsent ? builder.homeOnly(standing, service: service) : standing
            return builder.orders(bid: bid, service: service).orders
        }
        return OrderBook(tickHours: experiment.clock.tickHours, supplies: supplies, orders: orders)
    }

    /// A region's signal with the scenario's events; an operator that was never heard lets its regions draw nothing.
    private func postedSignal(region: Int, tick: Int) -> BusSignal {
        let number = experiment.regions[region].gridOperator
        let place = experiment.regions(ofGridOperator: number).firstIndex(of: region)!
        let signal =
            standingSignals[number]?.buses[place]
            ?? BusSignal(
                priceUSDPerMWh: 0, marginalEmissionsKgPerMWh: 0, averageEmissionsKgPerMWh: 0, headroomMW: 0, capMW: 0)
        return experiment.events.posted(signal, region: region, tick: tick)
    }
}
