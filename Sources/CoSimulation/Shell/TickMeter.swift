/// Measures a tick for its telemetry. Part of the shells: the wall clock stops here and reaches no record.
public struct TickMeter: Sendable {
    /// Time the clearing of this tick took.
    public var clearing: Duration = .zero
    private var waits: [UInt32]
    private var lastEnd = SuspendingClock.now
    /// Measures in detail; nil where that is not asked for.
    public var profiler: TickProfiler?

    /// A meter at the start of the first tick.
    public init(agentCount: Int, profiles: Bool = false) {
        waits = Array(repeating: 0, count: agentCount)
        if profiles { profiler = TickProfiler() }
    }

    /// Notes that an agent was waited for; its longest wait in the tick counts.
    public mutating func add(wait: Duration, agent: Int) {
        waits[agent] = max(waits[agent], wait.wholeMicroseconds)
    }

    /// Leaves out the time since the last tick ended: the run was held.
    public mutating func skipPause() {
        profiler?.skipPause()
        lastEnd = SuspendingClock.now
    }

    /// Ends a tick and begins the next.
    public mutating func finish(tick: Int) -> TickTelemetry {
        let now = SuspendingClock.now
        defer {
            for agent in waits.indices { waits[agent] = 0 }
            clearing = .zero
            lastEnd = now
        }
        var telemetry = TickTelemetry(
            tick: tick, waitMicroseconds: waits, clearingMicroseconds: clearing.wholeMicroseconds,
            tickMicroseconds: (now - lastEnd).wholeMicroseconds)
        telemetry.profile = profiler?.finish()
        return telemetry
    }
}

extension Duration {
    /// Whole microseconds, at most what 32 bits hold (71 minutes).
    var wholeMicroseconds: UInt32 {
        let parts = components
        return UInt32(clamping: parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000)
    }
}
