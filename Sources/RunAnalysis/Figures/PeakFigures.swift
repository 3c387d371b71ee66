internal import RunStore

/// A tick of coincident peak: one of the five in which the load of all areas together is highest (MODEL 4).
///
/// Ticks in which an area did not report do not count. Of equal loads the earlier comes first.
public struct PeakFigures: Sendable, Equatable, Codable {
    /// How many ticks count as coincident peak; all of them in a shorter run.
    public static let tickCount = 5

    /// Place among the highest loads, from 1.
    public var rank: Int
    /// The tick.
    public var tick: Int
    /// Start of the tick, seconds since 1970-01-01T00:00Z.
    public var startSeconds: Int64
    /// Load of all areas together, MW.
    public var loadMW: Double
}

/// Finds the ticks of coincident peak; memory is a few numbers.
struct PeakMeter {
    private(set) var highest: [(tick: Int, loadMW: Double)] = []

    /// Adds the load of all areas in a tick; ticks ascend.
    mutating func add(tick: Int, loadMW: Double) {
        let place = highest.firstIndex { $0.loadMW < loadMW } ?? highest.count
        guard place < PeakFigures.tickCount else { return }
        highest.insert((tick, loadMW), at: place)
        if highest.count > PeakFigures.tickCount { highest.removeLast() }
    }
}

extension PeakMeter {
    /// Follows the first ticks of a run.
    init(of run: RunSnapshot, before end: Int) throws {
        let areaCount = try run.areas().count
        var open = (tick: 0, count: 0, load: Sum())
        func close() {
            if open.count == areaCount, areaCount > 0 { add(tick: open.tick, loadMW: open.load.value) }
        }
        try run.forEachAreaLoad(before: end) { tick, loadMW in
            if tick != open.tick {
                close()
                open = (tick, 0, Sum())
            }
            open.count += 1
            open.load.add(loadMW)
        }
        close()
    }
}

/// The ticks over which loads are averaged as coincident peaks.
struct PeakTicks {
    /// Those of the run itself.
    let own: Set<Int>
    /// Those of the baseline it is compared with; empty without one.
    let baseline: Set<Int>
}
