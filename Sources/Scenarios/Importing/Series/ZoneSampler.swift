internal import CoSimulation

/// Brings the points of each zone to one value per tick.
///
/// Points are brought into time order, repeated stamps are settled, and every interval of the source gets its value; a
/// tick takes the mean of the intervals it covers, or the value of the longer interval it lies in.
struct ZoneSampler {
    let table: ZoneTable
    let clock: Clock
    let options: ImportOptions
    /// What was done, for notices and SOURCES.txt.
    private(set) var report = SeriesReport()

    init(table: ZoneTable, clock: Clock, options: ImportOptions) {
        self.table = table
        self.clock = clock
        self.options = options
    }

    /// One value per tick; nil, with faults logged, when values are missing.
    mutating func sample(_ zone: String, _ log: inout FaultLog) -> [Double]? {
        let sorted = (table.points[zone] ?? []).enumerated().sorted {
            ($0.element.seconds, $0.offset) < ($1.element.seconds, $1.offset)
        }
        let all = sorted.map(\.element)
        let step = ZoneTable.usualStep(all) ?? clock.tickSeconds
        guard let points = settled(all, step, &log), !points.isEmpty else {
            if all.isEmpty {
                logMissing(zone, [], count: clock.tickCount, place: SourcePlace(file: table.files.first ?? ""), &log)
            }
            return nil
        }
        guard let slots = slots(zone, points, step, &log) else { return nil }
        let values = means(slots, step)
        note(zone, values, points)
        return values
    }

    private var end: Int64 { clock.seconds(atTick: clock.tickCount) }

    // MARK: Repeated stamps

    /// One point per stamp; nil when repeats within the run are refused.
    private mutating func settled(_ points: [ZonePoint], _ step: Int64, _ log: inout FaultLog) -> [ZonePoint]? {
        var result: [ZonePoint] = []
        var isRefused = false
        var index = 0
        while index < points.count {
            let next = points[index...].firstIndex { $0.seconds != points[index].seconds } ?? points.count
            let group = points[index..<next]
            index = next
            if group.count == 1 {
                result.append(contentsOf: group)
                continue
            }
            let isWithinRun = group.first.map { $0.seconds > clock.startSeconds - step && $0.seconds < end } ?? false
            if isWithinRun && options.duplicates == .error {
                logDuplicate(group, &log)
                isRefused = true
            }
            if isWithinRun { report.duplicateRows.formUnion(group.dropFirst().map { table.place($0) }) }
            if let point = merged(group) { result.append(point) }
        }
        return isRefused ? nil : result
    }

    private func logDuplicate(_ group: ArraySlice<ZonePoint>, _ log: inout FaultLog) {
        guard let first = group.first, let last = group.last else { return }
        let other = first.file == last.file ? "on line \(first.line)" : "in \(table.place(first))"
        log.add(
            .duplicateStamp, at: table.place(last), "",
            "the stamp \(CalendarDate.text(last.seconds)) stands \(other) already, and again on line \(last.line).",
            remedy: "Remove one of them, or say with --duplicates first, last or mean which value counts.")
    }

    private func merged(_ group: ArraySlice<ZonePoint>) -> ZonePoint? {
        let known = group.filter { $0.value != nil }
        guard options.duplicates == .mean, let first = known.first else {
            return (options.duplicates == .last ? known.last ?? group.last : known.first ?? group.first)
        }
        let mean = known.reduce(0) { $0 + ($1.value ?? 0) } / Double(known.count)
        return ZonePoint(
            seconds: first.seconds, value: mean, file: first.file, line: first.line,
            isEstimated: known.contains(where: \.isEstimated))
    }

    // MARK: Intervals

    private static let slotLimit: Int64 = 10_000_000

    /// The value of each interval of the source that touches the run.
    private mutating func slots(
        _ zone: String, _ points: [ZonePoint], _ step: Int64, _ log: inout FaultLog
    ) -> (first: Int64, values: [Double])? {
        let phase = (points[0].seconds % step + step) % step
        var known: [Int64: Double] = [:]
        for point in points {
            guard (point.seconds % step + step) % step == phase else {
                guard point.seconds >= clock.startSeconds && point.seconds < end else { continue }
                log.add(
                    .invalidTime, at: table.place(point), "",
                    "the stamp \(CalendarDate.text(point.seconds)) is none of those that come every "
                        + "\(CalendarDate.duration(step)).",
                    remedy: "Correct the stamp, or give rows of one length.")
                return nil
            }
            if let value = point.value { known[point.seconds] = value }
        }
        let first = clock.startSeconds - ((clock.startSeconds - phase) % step + step) % step
        guard (end - first) / step < ZoneSampler.slotLimit else {
            log.add(
                .tooLarge, at: table.place(points[0]), "",
                "rows come every \(CalendarDate.duration(step)); "
                    + "the run has more than \(ZoneSampler.slotLimit) of them.",
                remedy: "Shorten the run with --ticks, or remove rows that stand too close.")
            return nil
        }
        let wanted = Array(stride(from: first, to: end, by: Int64.Stride(step)))
        let missing = wanted.filter { known[$0] == nil }
        if missing.isEmpty { return (first, wanted.map { known[$0] ?? 0 }) }
        let filled = missing.count == wanted.count ? nil : fill(wanted, known)
        guard options.missing != .error, let filled else {
            logMissing(zone, missing, count: missing.count, place: place(of: missing[0], points), &log)
            return nil
        }
        report.filled[zone] = SeriesReport.Filled(
            count: missing.count, longest: longestRun(missing, step), first: missing[0])
        return (first, filled)
    }

    /// All wanted values by the rule; nil where there is nothing to hold or to draw a line to.
    private func fill(_ wanted: [Int64], _ known: [Int64: Double]) -> [Double]? {
        let stamps = known.keys.sorted()
        var result: [Double] = []
        for stamp in wanted {
            if let value = known[stamp] {
                result.append(value)
                continue
            }
            let after = stamps.partitioningIndex { $0 > stamp }
            guard after > 0 else { return nil }
            let before = stamps[after - 1]
            if options.missing == .hold {
                result.append(known[before] ?? 0)
                continue
            }
            guard after < stamps.count else { return nil }
            let share = Double(stamp - before) / Double(stamps[after] - before)
            result.append((known[before] ?? 0) * (1 - share) + (known[stamps[after]] ?? 0) * share)
        }
        return result
    }

    private func longestRun(_ missing: [Int64], _ step: Int64) -> Int {
        var longest = 0
        var run = 0
        for (index, stamp) in missing.enumerated() {
            run = index > 0 && missing[index - 1] + step == stamp ? run + 1 : 1
            longest = max(longest, run)
        }
        return longest
    }

    /// The row that lacks the value, or the row after the gap.
    private func place(of stamp: Int64, _ points: [ZonePoint]) -> SourcePlace {
        let index = points.partitioningIndex { $0.seconds >= stamp }
        return table.place(points[min(index, points.count - 1)])
    }

    private func logMissing(_ zone: String, _ stamps: [Int64], count: Int, place: SourcePlace, _ log: inout FaultLog) {
        let list = stamps.isEmpty ? "" : ": \(Excerpt.list(stamps.map(CalendarDate.text)))"
        let remedy =
            switch options.missing {
            case .error: "Fill them with --missing hold or --missing interpolate, or leave the zone out with --zones."
            case .hold: "There is none before to hold; start later with --start, or leave the zone out with --zones."
            case .interpolate: "A line needs both ends; change --start or --ticks, or leave the zone out with --zones."
            }
        log.add(
            .gap, at: place, "",
            "zone \(zone) lacks \(Excerpt.count(count, "value")) of \(table.quantity.noun)\(list).", remedy: remedy)
    }

    // MARK: Ticks

    /// The mean over each tick of the values of the intervals.
    private func means(_ slots: (first: Int64, values: [Double]), _ step: Int64) -> [Double] {
        (0..<clock.tickCount).map { tick in
            let start = clock.seconds(atTick: tick)
            let stop = start + clock.tickSeconds
            let from = Int((start - slots.first) / step)
            let to = Int((stop - slots.first - 1) / step)
            if from == to { return slots.values[from] }
            var sum = 0.0
            for index in from...to {
                let slotStart = slots.first + Int64(index) * step
                sum += slots.values[index] * Double(min(slotStart + step, stop) - max(slotStart, start))
            }
            return sum / Double(clock.tickSeconds)
        }
    }

    private mutating func note(_ zone: String, _ values: [Double], _ points: [ZonePoint]) {
        report.means[zone] = values.reduce(0, +) / Double(values.count)
        let negative = values.count { $0 < 0 }
        if negative > 0 { report.negative[zone] = SeriesReport.Negative(count: negative, least: values.min() ?? 0) }
        let estimated = points.count { $0.isEstimated && $0.seconds >= clock.startSeconds && $0.seconds < end }
        if estimated > 0 { report.estimated[zone] = estimated }
    }
}
