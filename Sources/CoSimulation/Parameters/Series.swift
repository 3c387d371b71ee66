/// A value per tick, or one value for all ticks.
public struct Series: Sendable, Equatable {
    private let values: [Double]

    /// A series with one value per tick.
    public init(_ values: [Double]) {
        precondition(!values.isEmpty, "a series has at least one value")
        self.values = values
    }

    /// A series with the same value at every tick.
    public init(constant value: Double) {
        values = [value]
    }

    /// The value at a tick. A constant answers for any tick; otherwise the tick must lie within the run.
    public subscript(tick: Int) -> Double {
        values.count == 1 ? values[0] : values[tick]
    }

    /// The values from a tick on, at most `count` of them and none past the end of the run.
    public func horizon(from tick: Int, count: Int, tickCount: Int) -> [Double] {
        (tick..<max(tick, min(tick + count, tickCount))).map { self[$0] }
    }
}
