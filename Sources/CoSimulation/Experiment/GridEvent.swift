/// A demand-response event of the scenario at one region: what its grid wants of it for some ticks (MODEL 4).
///
/// The coordinator adds it to what the region's grid operator publishes. Entries with one name are one event.
public struct GridEvent: Sendable, Equatable {
    /// What is wanted.
    public enum Kind: Sendable, Equatable {
        /// Draw so much less, MW, for so much a delivered MWh, $/MWh; the region may answer.
        case curtailment(reductionMW: Double, priceUSDPerMWh: Double)
        /// Draw at most so much, MW; the coordinator enforces it.
        case cap(capMW: Double)
        /// Pay so much more for a MWh than the grid's price, $/MWh, before and after the tick.
        case priceSpike(adderUSDPerMWh: Double)
    }

    /// Name of the event.
    public var name: String
    /// Index of the region.
    public var region: Int
    /// The ticks it lasts.
    public var ticks: Range<Int>
    /// What is wanted.
    public var kind: Kind

    /// An event from its parts.
    public init(name: String, region: Int, ticks: Range<Int>, kind: Kind) {
        self.name = name
        self.region = region
        self.ticks = ticks
        self.kind = kind
    }
}

extension [GridEvent] {
    /// Names of the events, as they first appear; an event's number is its place among them. Requests of grid operators
    /// are numbered behind them.
    public var names: [String] {
        var names: [String] = []
        for event in self where !names.contains(event.name) { names.append(event.name) }
        return names
    }

    /// What a region pays for a MWh beyond its grid's price in a tick, $/MWh.
    public func adderUSDPerMWh(region: Int, tick: Int) -> Double {
        var sum = 0.0
        for event in self where event.region == region && event.ticks.contains(tick) {
            if case .priceSpike(let adder) = event.kind { sum += adder }
        }
        return sum
    }

    /// The request that stands for a region in a tick: the scenario's first one, else the operator's under its number
    /// behind those of the scenario.
    public func request(_ request: CurtailmentRequest?, region: Int, tick: Int) -> CurtailmentRequest? {
        let names = names
        for event in self where event.region == region && event.ticks.contains(tick) {
            guard case .curtailment(let reduction, let price) = event.kind else { continue }
            return CurtailmentRequest(
                event: names.firstIndex(of: event.name) ?? 0, reductionMW: reduction, priceUSDPerMWh: price,
                remainingTicks: event.ticks.upperBound - tick)
        }
        return request.map { request in
            var request = request
            request.event += names.count
            return request
        }
    }

    /// A signal as it reaches the region: with the caps, requests and price spikes of the scenario.
    ///
    /// A spike counts in the forecast for as long as it lasts; nobody hears of one that has not begun.
    public func posted(_ signal: BusSignal, region: Int, tick: Int) -> BusSignal {
        if isEmpty { return signal }
        var posted = signal
        posted.request = request(signal.request, region: region, tick: tick)
        for event in self where event.region == region && event.ticks.contains(tick) {
            switch event.kind {
            case .curtailment: continue
            case .cap(let capMW): posted.capMW = Swift.min(posted.capMW, capMW)
            case .priceSpike(let adder):
                posted.priceUSDPerMWh += adder
                let count = Swift.min(event.ticks.upperBound - tick, posted.forecastPriceUSDPerMWh.count)
                for ahead in 0..<count { posted.forecastPriceUSDPerMWh[ahead] += adder }
            }
        }
        return posted
    }
}
