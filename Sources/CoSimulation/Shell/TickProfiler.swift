/// Measures where the time of a tick goes. Part of the shells: the wall clock stops here and reaches no record.
public struct TickProfiler: Sendable {
    /// What a coordinator does with its time.
    public enum Activity: Sendable {
        /// The market, settlement and checks.
        case solving
        /// Messages into bytes and back.
        case coding
        /// Appending to the journal.
        case journal
        /// Waiting for answers.
        case waiting
    }

    private let origin: SuspendingClock.Instant
    private var start: SuspendingClock.Instant
    private var spent: [Activity: Duration] = [:]
    private var exchanges: [ExchangeTiming] = []

    /// A profiler at the start of the first tick.
    public init() {
        origin = .now
        start = origin
    }

    /// Notes that something was done from a moment until now.
    public mutating func note(_ activity: Activity, since moment: SuspendingClock.Instant) {
        spent[activity, default: .zero] += SuspendingClock.now - moment
    }

    /// Notes that a question was asked at a moment and is answered now.
    public mutating func note(_ reply: Reply, askedAt moment: SuspendingClock.Instant) {
        exchanges.append(
            ExchangeTiming(
                agent: reply.agent, phase: reply.phase, round: reply.round,
                askedMicroseconds: (moment - start).wholeMicroseconds,
                waitMicroseconds: (SuspendingClock.now - moment).wholeMicroseconds, effort: reply.effort))
    }

    /// Leaves out the time since the last tick ended: the run was held.
    public mutating func skipPause() {
        start = .now
    }

    /// Ends a tick and begins the next.
    public mutating func finish() -> TickProfile {
        func microseconds(_ activity: Activity) -> UInt32 { spent[activity, default: .zero].wholeMicroseconds }
        defer {
            start = .now
            spent = [:]
            exchanges = []
        }
        return TickProfile(
            startMicroseconds: UInt64((start - origin) / .microseconds(1)), solvingMicroseconds: microseconds(.solving),
            codingMicroseconds: microseconds(.coding), journalMicroseconds: microseconds(.journal),
            waitingMicroseconds: microseconds(.waiting), exchanges: exchanges)
    }
}
