/// A buyer of power at one bus, with a bid and a capacity for each period (MODEL 3.3 [V]).
///
/// What it buys is delivered at its bus and period, or wherever virtual links take it; it pays the price of its own point.
public struct MarketLoad: Sendable, Equatable {
    /// Index of its bus.
    public let bus: Int
    /// Greatest price it buys at (bid_d), $/MWh, by period; may be negative.
    public let bidsUSDPerMWh: [Double]
    /// Greatest purchase, MW, by period.
    public let capacitiesMW: [Double]

    /// A load from its parts; bids must be finite, capacities finite and not negative.
    public init(bus: Int, bidsUSDPerMWh: [Double], capacitiesMW: [Double]) {
        precondition(bidsUSDPerMWh.allSatisfy(\.isFinite), "a load's bid is a number")
        precondition(capacitiesMW.allSatisfy { $0.isFinite && $0 >= 0 }, "a load's capacity is finite, not negative")
        self.bus = bus
        self.bidsUSDPerMWh = bidsUSDPerMWh
        self.capacitiesMW = capacitiesMW
    }
}
