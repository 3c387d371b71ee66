/// Series of a run that is being watched, over all its ticks in bounded room: spans of ticks with lowest, highest and mean.
///
/// Spans begin with one tick each; when there are too many, each two are joined. So no extreme is ever lost.
struct LiveSeries {
    /// A value of a series over a span of ticks.
    struct Point: Equatable {
        private(set) var low = Double.infinity
        private(set) var high = -Double.infinity
        private var sum = 0.0
        private var count = 0

        /// Mean over the ticks with a value, nil where none has one.
        var mean: Double? { count > 0 ? sum / Double(count) : nil }

        mutating func add(_ value: Double) {
            (low, high) = (min(low, value), max(high, value))
            sum += value
            count += 1
        }

        mutating func join(_ other: Point) {
            (low, high) = (min(low, other.low), max(high, other.high))
            sum += other.sum
            count += other.count
        }
    }

    /// The most spans that are kept.
    static let spanLimit = 240

    /// Ticks in a span.
    private(set) var ticksPerSpan = 1
    /// Ticks added.
    private(set) var tickCount = 0
    /// Points by series, then span.
    private(set) var points: [[Point]]

    init(count: Int) {
        points = Array(repeating: [], count: count)
    }

    /// Follows more series from the next tick on, so many in all.
    mutating func grow(to count: Int) {
        let spans = (tickCount + ticksPerSpan - 1) / ticksPerSpan
        while points.count < count { points.append(Array(repeating: Point(), count: spans)) }
    }

    /// Begins the next tick, in which no series has a value yet.
    mutating func beginTick() {
        if tickCount / ticksPerSpan == Self.spanLimit { joinPairs() }
        if tickCount.isMultiple(of: ticksPerSpan) {
            for series in points.indices { points[series].append(Point()) }
        }
        tickCount += 1
    }

    /// Adds a value to a series in the tick begun last; several of a tick make a range.
    mutating func add(_ value: Double, to series: Int) {
        guard value.isFinite else { return }
        points[series][points[series].count - 1].add(value)
    }

    private mutating func joinPairs() {
        for series in points.indices {
            points[series] = stride(from: 0, to: points[series].count, by: 2).map { first in
                var point = points[series][first]
                point.join(points[series][first + 1])
                return point
            }
        }
        ticksPerSpan *= 2
    }

    /// A series as lists of the lowest, the highest and the mean by span, to five significant digits; the mean alone where
    /// each span is one tick with one value.
    func json(_ series: Int, isRange: Bool = false) -> JSON {
        let means = JSON.list(points[series].map { .brief($0.mean) })
        guard ticksPerSpan > 1 || isRange else { return ["mean": means] }
        return [
            "mean": means,
            "low": .list(points[series].map { .brief($0.mean == nil ? nil : $0.low) }),
            "high": .list(points[series].map { .brief($0.mean == nil ? nil : $0.high) }),
        ]
    }
}

extension JSON {
    /// A number to five significant digits: enough to look at.
    static func brief(_ number: Double?) -> JSON {
        guard let number, number.isFinite else { return .null }
        guard number != 0 else { return .number(0) }
        var scale = 1.0
        while abs(number) * scale < 10_000, scale < 1e12 { scale *= 10 }
        return .number((number * scale).rounded() / scale)
    }
}
