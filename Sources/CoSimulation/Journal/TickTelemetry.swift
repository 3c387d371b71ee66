/// How long a tick took and who was waited for. Wall-clock facts: they go to the recorder and never into a record.
public struct TickTelemetry: Sendable, Equatable {
    /// The tick.
    public var tick: Int
    /// Time from the question to the answer, by agent number, microseconds; the longest phase of an agent counts.
    public var waitMicroseconds: [UInt32]
    /// Time the clearing took, microseconds.
    public var clearingMicroseconds: UInt32
    /// Time from the end of the last tick to the end of this one, microseconds.
    public var tickMicroseconds: UInt32

    /// Where the time went in detail; nil where the run is not profiled.
    public var profile: TickProfile?

    /// Telemetry from its parts.
    public init(tick: Int, waitMicroseconds: [UInt32], clearingMicroseconds: UInt32, tickMicroseconds: UInt32) {
        self.tick = tick
        self.waitMicroseconds = waitMicroseconds
        self.clearingMicroseconds = clearingMicroseconds
        self.tickMicroseconds = tickMicroseconds
    }
}
