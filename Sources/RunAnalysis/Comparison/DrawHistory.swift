public import RunStore

/// The draw of compute regions by area over the ticks of a run and its baseline, as a few means in a row: enough to see how
/// relocated work changed its course.
public struct DrawHistory: Sendable, Equatable, Codable {
    /// An area.
    public struct Row: Sendable, Equatable, Codable {
        /// Its name, as in the table of areas.
        public let name: String
        /// Means of the run by column, MW; nil where nothing is known.
        public let run: [Double?]
        /// Means of the baseline, MW; none without one.
        public let baseline: [Double?]
    }

    /// Areas in the order of the run.
    public let rows: [Row]

    /// Reads the first ticks of a run and of its baseline, if it has one.
    public init(of run: RunReader, with baseline: RunReader?, ticks: Int) throws {
        let width = baseline == nil ? 60 : 30
        let ours = try run.read { try DrawMeter(of: $0, ticks: ticks, width: width).means }
        let theirs = try baseline?.read { try DrawMeter(of: $0, ticks: ticks, width: width).means }
        rows = ours.map { area in
            Row(name: area.name, run: area.means, baseline: theirs?.first { $0.name == area.name }?.means ?? [])
        }
    }
}

/// Sums draw by area and column.
private struct DrawMeter {
    private(set) var means: [(name: String, means: [Double?])] = []

    init(of run: RunSnapshot, ticks: Int, width: Int) throws {
        let places = try AreaMap(of: run).places
        let count = max(1, min(ticks, width))
        var sums = places.map { _ in [(sum: Double, count: Int)](repeating: (0, 0), count: count) }
        try run.forEachArea(in: 0..<ticks) { point in
            guard let place = places.firstIndex(where: { $0.area == point.area }) else { return }
            let column = point.tick * count / max(1, ticks)
            sums[place][column].sum += point.computeLoadMW
            sums[place][column].count += 1
        }
        means = zip(places, sums).map { place, sums in
            (place.name, sums.map { $0.count > 0 ? $0.sum / Double($0.count) : nil })
        }
    }
}
