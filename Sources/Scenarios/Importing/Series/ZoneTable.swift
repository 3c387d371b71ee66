/// The values of all zones in the files of one quantity, in the order of the files.
struct ZoneTable: Sendable {
    let quantity: SeriesQuantity
    /// Names of the files.
    let files: [String]
    /// Names of the zones, in the order they were met.
    private(set) var zones: [String] = []
    /// The points of each zone, in the order of the files.
    private(set) var points: [String: [ZonePoint]] = [:]
    /// Data rows of each file.
    var rowCounts: [Int] = []
    /// Files whose rows were not in time order.
    var unsortedFiles: Set<Int> = []

    init(quantity: SeriesQuantity, files: [String]) {
        self.quantity = quantity
        self.files = files
    }

    mutating func append(_ new: [ZonePoint], zone: String) {
        if points[zone] == nil { zones.append(zone) }
        points[zone, default: []] += new
    }

    /// The place of a point.
    func place(_ point: ZonePoint) -> SourcePlace { SourcePlace(file: files[point.file], line: point.line) }

    /// The earliest time of any zone, nil without points.
    var firstSeconds: Int64? { points.values.compactMap { $0.map(\.seconds).min() }.min() }

    /// The end of the last interval of any zone, nil without points.
    func lastSeconds(tickSeconds: Int64) -> Int64? {
        points.values.compactMap { zone -> Int64? in
            let sorted = zone.sorted { $0.seconds < $1.seconds }
            return sorted.last.map { $0.seconds + (ZoneTable.usualStep(sorted) ?? tickSeconds) }
        }.max()
    }

    /// The most frequent distance between the stamps of sorted points, the least of those as frequent; nil with a
    /// single stamp.
    static func usualStep(_ points: [ZonePoint]) -> Int64? {
        var counts: [Int64: Int] = [:]
        for (left, right) in zip(points, points.dropFirst()) where right.seconds > left.seconds {
            counts[right.seconds - left.seconds, default: 0] += 1
        }
        return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    }
}
