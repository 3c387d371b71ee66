/// A seller of power at one bus, with a bid and a capacity for each period (MODEL 3.3 [V]).
public struct MarketSupplier: Sendable, Equatable {
    /// Index of its bus.
    public let bus: Int
    /// Least price it sells at (bid_p), $/MWh, by period; may be negative.
    public let bidsUSDPerMWh: [Double]
    /// Greatest output, MW, by period.
    public let capacitiesMW: [Double]
    /// Greatest change of output from one period to the next, either way, MW; infinite where there is no limit. The
    /// first period is free.
    public let rampMW: Double

    /// A supplier from its parts; bids must be finite, capacities finite and not negative.
    public init(bus: Int, bidsUSDPerMWh: [Double], capacitiesMW: [Double], rampMW: Double = .infinity) {
        precondition(bidsUSDPerMWh.allSatisfy(\.isFinite), "a supplier's bid is a number")
        precondition(
            capacitiesMW.allSatisfy { $0.isFinite && $0 >= 0 }, "a supplier's capacity is finite, not negative")
        precondition(rampMW >= 0, "a ramp limit is not negative")
        self.bus = bus
        self.bidsUSDPerMWh = bidsUSDPerMWh
        self.capacitiesMW = capacitiesMW
        self.rampMW = rampMW
    }
}
