import CoSimulation

/// A time of its own and everything that is to happen in it, in an order that one seed decides.
///
/// Nothing in it waits or runs beside something else: whatever lets time pass runs what is due.
final class SimulatedWorld {
    /// No run takes longer, but one that will not end.
    static let longestMicroseconds = 4 * 3_600 * 1_000_000
    static let mostEvents = 200_000

    /// Microseconds since the beginning.
    private(set) var microseconds = 0
    private(set) var eventCount = 0
    /// What happened, in words; empty unless it is asked for.
    private(set) var trace: [String] = []
    /// How often what kind of thing happened, so that it can be seen that all kinds do.
    private(set) var tally: [String: Int] = [:]
    private let isTraced: Bool
    private var random: RandomStream
    private var queue = EventQueue()
    private let epoch = SuspendingClock.now

    init(seed: UInt64, isTraced: Bool) {
        random = RandomStream(seed: seed, agent: 0, tick: 0, phase: .signalling)
        self.isTraced = isTraced
    }

    var now: SuspendingClock.Instant { epoch + .microseconds(microseconds) }

    /// Whether the run has gone on for longer than any run should: it will not end.
    var isExhausted: Bool { microseconds > Self.longestMicroseconds || eventCount > Self.mostEvents }

    // MARK: Chance

    func chance(_ share: Double) -> Bool { random.uniform() < share }

    func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(random.next() % UInt64(range.count))
    }

    func choice<Element>(of elements: [Element]) -> Element { elements[number(in: 0...elements.count - 1)] }

    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) } }

    /// How long a message, a signal or a thought takes: mostly little, now and then much.
    func delay() -> Int {
        switch number(in: 0...99) {
        case 0: number(in: 100_000...5_000_000)
        case 1...9: number(in: 1_000...100_000)
        default: number(in: 1...1_000)
        }
    }

    // MARK: Time

    /// Has something happen after so many microseconds.
    func after(_ delay: Int, _ body: @escaping () -> Void) { queue.add(at: microseconds + delay, body) }

    /// Has something happen soon, and not before an earlier moment: what goes the same way arrives in its order.
    func soon(notBefore earliest: inout Int, _ body: @escaping () -> Void) {
        earliest = max(earliest, microseconds + delay())
        queue.add(at: earliest, body)
    }

    /// Lets time pass while something else is done, and what falls into it happen.
    func spend(_ duration: Int) {
        let end = microseconds + duration
        while runNext(before: end) {}
        microseconds = max(microseconds, end)
    }

    /// Runs what happens next, if that is before a moment; else lets time pass up to it and returns false.
    func runNext(before end: Int) -> Bool {
        guard let time = queue.nextTime, time <= end else {
            microseconds = max(microseconds, end)
            return false
        }
        microseconds = max(microseconds, time)
        eventCount += 1
        queue.takeNext()()
        return true
    }

    /// Forgets what was still to happen, and whom it would have happened to.
    func end() { queue = EventQueue() }

    // MARK: Account

    /// Notes what happened.
    func say(_ text: @autoclosure () -> String) {
        guard isTraced else { return }
        let milliseconds = microseconds / 1_000
        trace.append("\(milliseconds / 1_000).\(String(milliseconds % 1_000 + 1_000).dropFirst()) s  \(text())")
    }

    /// Counts what happened, and notes it.
    func count(_ kind: String, _ text: @autoclosure () -> String = "") {
        tally[kind, default: 0] += 1
        say("\(kind) \(text())")
    }
}
