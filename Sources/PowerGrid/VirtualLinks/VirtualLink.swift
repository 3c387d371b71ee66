/// An offer to execute load elsewhere, later or earlier: from one point in space and time to another (MODEL 3.3 [V]).
///
/// Power sent is taken off the load of `sender` and added, times the ratio of the sites' PUE, to that of `receiver`. So
/// the link earns the price difference it closes, as a line does.
public struct VirtualLink: Sendable, Equatable {
    /// Where load is taken away, snd(v).
    public let sender: MarketPoint
    /// Where it is executed instead, rec(v).
    public let receiver: MarketPoint
    /// Price of moving a MWh, measured at the sender (bid_v), $/MWh.
    public let bidUSDPerMWh: Double
    /// Greatest shift, measured at the sender, MW; may be infinite.
    public let capacityMW: Double

    /// A link from its parts; bid and capacity must not be negative.
    public init(from sender: MarketPoint, to receiver: MarketPoint, bidUSDPerMWh: Double, capacityMW: Double) {
        precondition(sender != receiver, "a virtual link joins two points")
        precondition(bidUSDPerMWh.isFinite && bidUSDPerMWh >= 0, "a virtual link's bid is finite, not negative")
        precondition(capacityMW >= 0, "a virtual link's capacity is not negative")
        self.sender = sender
        self.receiver = receiver
        self.bidUSDPerMWh = bidUSDPerMWh
        self.capacityMW = capacityMW
    }
}
