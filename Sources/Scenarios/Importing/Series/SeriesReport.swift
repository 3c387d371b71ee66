internal import CoSimulation

/// What was met in series and done about it.
struct SeriesReport: Sendable {
    /// Values that were filled in one zone.
    struct Filled: Sendable {
        let count: Int
        /// Most of them in a row.
        let longest: Int
        /// Start of the first.
        let first: Int64
    }

    /// Values below zero in one zone.
    struct Negative: Sendable {
        let count: Int
        let least: Double
    }

    /// Filled values by zone.
    var filled: [String: Filled] = [:]
    /// Rows whose stamp stood in an earlier row.
    var duplicateRows: Set<SourcePlace> = []
    /// Ticks below zero by zone.
    var negative: [String: Negative] = [:]
    /// Values that the publisher estimated, by zone.
    var estimated: [String: Int] = [:]
    /// Mean over the run by zone.
    var means: [String: Double] = [:]

    /// One sentence for each thing met, in a fixed order.
    func sentences(_ table: ZoneTable, _ options: ImportOptions) -> [String] {
        let noun = table.quantity.noun
        var result = table.unsortedFiles.sorted().map {
            "\(noun): rows of \(SourceFile(name: table.files[$0], bytes: []).baseName) were brought into time order."
        }
        if !duplicateRows.isEmpty {
            let rule = options.duplicates == .mean ? "their mean" : "the \(options.duplicates.rawValue) value"
            let noun = noun + ": " + Excerpt.count(duplicateRows.count, "row")
            result.append(
                "\(noun) repeated an earlier stamp; \(rule) counts (--duplicates \(options.duplicates.rawValue)).")
        }
        result += filled.sorted { $0.key < $1.key }.map { zone, filled in
            let way = options.missing == .hold ? "holding the last value" : "interpolation"
            let run = filled.longest == 1 ? "" : ", at most \(filled.longest) in a row"
            let first = CalendarDate.text(filled.first)
            return
                "\(noun): \(Excerpt.count(filled.count, "missing value")) of \(zone) filled by \(way), the first "
                + "at \(first)\(run)."
        }
        result += negative.sorted { $0.key < $1.key }.map { zone, negative in
            "\(noun): \(Excerpt.count(negative.count, "tick")) of \(zone) below zero, down to "
                + "\(Rounded.text(negative.least, decimals: 2)); kept as they are."
        }
        result += estimated.sorted { $0.key < $1.key }.map { zone, count in
            "\(noun): \(Excerpt.count(count, "value")) of \(zone) marked by the publisher as estimated; kept as "
                + "they are."
        }
        result += means.sorted { $0.key < $1.key }.filter { !table.quantity.plausibleMeans.contains($0.value) }.map {
            zone, mean in
            "\(noun): the mean of \(zone) is \(Rounded.text(mean, decimals: 3)) \(table.quantity.unit.rawValue); "
                + "is the unit right?"
        }
        return result
    }
}
