/// A place and a time at which power is traded: a bus in a period, the space-time node (n, t) of MODEL 3.3 [V].
public struct MarketPoint: Sendable, Hashable {
    /// Index of the bus.
    public var bus: Int
    /// Index of the period.
    public var period: Int

    /// A point from its parts.
    public init(bus: Int, period: Int = 0) {
        self.bus = bus
        self.period = period
    }
}
