/// A transmission line of the market, the same in every period (MODEL 3.1, 3.3 [V]).
public struct MarketLine: Sendable, Equatable {
    /// Index of the bus where positive flow leaves.
    public let from: Int
    /// Index of the bus where positive flow arrives.
    public let to: Int
    /// Price of carrying a MWh either way (bid_f), $/MWh.
    public let bidUSDPerMWh: Double
    /// Greatest flow either way, MW; may be infinite.
    public let capacityMW: Double
    /// Flow per difference of voltage angles (b), MW/rad; nil for a line whose flow is set at will, such as a
    /// direct-current line or the net transfer capacity between two areas.
    public let susceptanceMWPerRadian: Double?

    /// A line from its parts; bid and capacity must not be negative, a susceptance must not be zero.
    public init(
        from: Int, to: Int, bidUSDPerMWh: Double = 0, capacityMW: Double = .infinity, susceptanceMWPerRadian: Double?
    ) {
        precondition(from != to, "a line joins two buses")
        precondition(bidUSDPerMWh.isFinite && bidUSDPerMWh >= 0, "a line's bid is finite, not negative")
        precondition(capacityMW >= 0, "a line's capacity is not negative")
        precondition(susceptanceMWPerRadian.map { $0.isFinite && $0 != 0 } ?? true, "a susceptance is not zero")
        self.from = from
        self.to = to
        self.bidUSDPerMWh = bidUSDPerMWh
        self.capacityMW = capacityMW
        self.susceptanceMWPerRadian = susceptanceMWPerRadian
    }
}
