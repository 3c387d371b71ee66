/// The time of a run: ticks of equal length from a start in UTC.
public struct Clock: Sendable, Equatable {
    /// Start of tick 0, seconds since 1970-01-01T00:00Z.
    public let startSeconds: Int64
    /// Length of a tick, seconds (h in hours is `tickHours`).
    public let tickSeconds: Int64
    /// Number of ticks of the run.
    public let tickCount: Int

    /// A clock; lengths must be positive.
    public init(startSeconds: Int64, tickSeconds: Int64, tickCount: Int) {
        precondition(tickSeconds > 0 && tickCount > 0, "a clock runs forward")
        self.startSeconds = startSeconds
        self.tickSeconds = tickSeconds
        self.tickCount = tickCount
    }

    /// Length of a tick, hours (h).
    public var tickHours: Double { Double(tickSeconds) / 3600 }

    /// Start of a tick, seconds since 1970-01-01T00:00Z.
    public func seconds(atTick tick: Int) -> Int64 { startSeconds + Int64(tick) * tickSeconds }
}
