/// How often what was written reaches the disk, or those who read. Part of the shells: the wall clock stops here.
public struct SyncPace: Sendable {
    private let interval: Duration
    private var last = SuspendingClock.now

    /// A pace; so long may finished ticks wait. Zero lets none wait.
    public init(interval: Duration = .seconds(1)) {
        self.interval = interval
    }

    /// Whether it is time; asked after each tick, and begins the next interval then.
    package mutating func isDue() -> Bool {
        let now = SuspendingClock.now
        guard now - last >= interval else { return false }
        last = now
        return true
    }
}
