/// Which ticks of a long run a figure shows: in each of many short spans those in which a series is lowest and highest, so
/// that no extreme is lost.
struct Thinning: Equatable {
    /// Ticks in a span; 1 where all are shown.
    let span: Int
    private let tickCount: Int

    /// Longer series than this are thinned.
    static let limit = 400

    init(tickCount: Int) {
        self.tickCount = tickCount
        span = tickCount <= Self.limit ? 1 : (tickCount + Self.limit / 2 - 1) / (Self.limit / 2)
    }

    /// What is said of it under a figure; empty where all ticks are shown.
    func note(of series: String) -> String {
        guard span > 1 else { return "" }
        return "Thinned: of every \(span) ticks in a row, those in which \(series) is lowest and highest are shown."
    }

    /// The ticks to show of series over all ticks, ascending, the first and the last among them.
    func ticks(of series: [[Double?]]) -> [Int] {
        guard span > 1 else { return Array(0..<tickCount) }
        var kept: Set<Int> = [0, tickCount - 1]
        for start in stride(from: 0, to: tickCount, by: span) {
            let ticks = start..<min(start + span, tickCount)
            for values in series {
                let known = ticks.filter { values[$0] != nil }
                if let lowest = known.min(by: { values[$0]! < values[$1]! }) { kept.insert(lowest) }
                if let highest = known.max(by: { values[$0]! < values[$1]! }) { kept.insert(highest) }
            }
        }
        return kept.sorted()
    }

    /// Places to show of values in order: evenly spread, the first and the last among them.
    static func places(count: Int) -> [Int] {
        guard count > limit else { return Array(0..<count) }
        return (0..<limit).map { $0 * (count - 1) / (limit - 1) }
    }
}
