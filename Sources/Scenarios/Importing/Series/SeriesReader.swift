internal import CoSimulation

/// Reads the files of one quantity: wide tables with a column per zone, or the tables that Electricity Maps publishes.
struct SeriesReader {
    /// Names of the time column, lower case. Stamps without a distance from UTC are in UTC, whatever the season.
    static let timeColumns = [
        "utc", "datetime (utc)", "timestamp", "datetime", "timestamp (utc)", "datetime_utc", "time (utc)", "time",
    ]

    let quantity: SeriesQuantity
    let options: ImportOptions
    let limits: ScenarioLimits

    /// The values in the files; what is wrong is logged and left out.
    func read(_ files: [SourceFile], _ log: inout FaultLog) -> ZoneTable {
        var result = ZoneTable(quantity: quantity, files: files.map(\.name))
        for (index, file) in files.enumerated() {
            guard let table = log.table(file, limits: limits) else {
                result.rowCounts.append(0)
                continue
            }
            result.rowCounts.append(table.rowCount)
            guard let stamps = stamps(table, &log) else { continue }
            if let layout = PublishedLayout(table, accounting: options.accounting) {
                readPublished(table, layout, stamps, file: index, &result, &log)
            } else {
                readWide(table, file, stamps, index, &result, &log)
            }
        }
        return result
    }

    // MARK: Time

    private struct Stamps {
        let column: Int
        /// By row; nil where the stamp cannot be read.
        var seconds: [Int64?]
    }

    private func stamps(_ table: CSVTable, _ log: inout FaultLog) -> Stamps? {
        guard let column = table.column(anyOf: SeriesReader.timeColumns) else {
            log.add(
                .timeColumn, at: table.headerPlace(column: 0), "",
                "no column holds times in UTC; there are \(Excerpt.list(table.columns)).",
                remedy: "Name it `utc`; convert local times, whose hours repeat or vanish when clocks change.")
            return nil
        }
        var bad = BadCells()
        var seconds: [Int64?] = []
        seconds.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            let stamp = TimeStamp(table.text(row: row, column: column))
            if stamp == nil { bad.add(row: row) }
            seconds.append(stamp.map { $0.wallSeconds - ($0.offsetSeconds ?? 0) })
        }
        if let row = bad.firstRow {
            let text = Excerpt.brief(table.text(row: row, column: column), limit: 40)
            let more = bad.count == 1 ? "" : " \(Excerpt.count(bad.count - 1, "more row")) like it."
            log.add(
                .invalidTime, at: table.place(row: row, column: column), "", "`\(text)` is no time.\(more)",
                remedy: "Write ISO 8601 in UTC, such as 2024-07-08T00:00Z.")
        }
        return Stamps(column: column, seconds: seconds)
    }

    // MARK: A column per zone

    private func readWide(
        _ table: CSVTable, _ file: SourceFile, _ stamps: Stamps, _ index: Int, _ result: inout ZoneTable,
        _ log: inout FaultLog
    ) {
        if !isAscending(stamps.seconds.compactMap(\.self)) { result.unsortedFiles.insert(index) }
        for (column, header) in table.columns.enumerated() where column != stamps.column && !header.hasPrefix("_") {
            guard let unit = unit(ofColumn: column, table, file, &log) else { return }
            var points: [ZonePoint] = []
            var bad = BadCells()
            for row in 0..<table.rowCount {
                guard let seconds = stamps.seconds[row] else { continue }
                let value = value(table, row, column, unit.factor, &bad)
                points.append(
                    ZonePoint(
                        seconds: seconds, value: value, file: index, line: table.line(row: row), isEstimated: false))
            }
            log.add(bad, in: table, column: column, rule: quantity.rule)
            result.append(points, zone: unit.zone)
        }
    }

    /// The zone of a column and the factor of its unit: the option counts, then the column's name, then the file's.
    private func unit(
        ofColumn column: Int, _ table: CSVTable, _ file: SourceFile, _ log: inout FaultLog
    ) -> (zone: String, factor: Double)? {
        let header = table.columns[column]
        let own = quantity.factor(ofName: header)
        let zone = own.map { String(header.dropLast($0.suffix.count + 1)) } ?? header
        let scale = quantity == .price ? options.priceFactor : 1
        let stated = quantity == .price ? options.priceUnit : options.emissionsUnit
        if let stated {
            if let match = quantity.unit.columnSuffixes.first(where: { $0.suffix == stated }) {
                return (zone, match.factor * scale)
            }
            log.add(
                .unitSuffix, at: SourcePlace(file: "\(quantity.unitOption) \(Excerpt.brief(stated))"), "",
                "`\(Excerpt.brief(stated))` is no unit of \(quantity.noun).", remedy: "Known are \(suffixes).")
            return nil
        }
        if let factor = own?.factor ?? quantity.factor(ofName: file.stem)?.factor { return (zone, factor * scale) }
        let foreign = quantity.unit.foreignSuffix(ofColumn: file.stem).map { "ends in the unit _\($0)" }
        let currency = SeriesReader.currency(file.stem).map { "is in \($0.uppercased())" }
        let remedy =
            currency != nil && quantity == .price
            ? "Convert it: --price-unit usd_per_mwh --price-factor RATE, with the USD that one unit was worth."
            : "State it with \(quantity.unitOption), or put it at the end of the file's name; known are \(suffixes)."
        log.add(
            .unitSuffix, at: SourcePlace(file: file.name, line: table.headerPlace(column: 0).line), "",
            "the unit of \(quantity.noun) is not known: the file's name \(currency ?? foreign ?? "states none").",
            remedy: remedy)
        return nil
    }

    private var suffixes: String { Excerpt.list(quantity.unit.columnSuffixes.map(\.suffix)) }

    private static func currency(_ stem: String) -> String? {
        let parts = stem.lowercased().split(separator: "_").map(String.init)
        guard let per = parts.lastIndex(of: "per"), per > 0, parts[per - 1].count == 3, parts[per - 1] != "usd" else {
            return nil
        }
        return parts[per - 1]
    }

    private func value(_ table: CSVTable, _ row: Int, _ column: Int, _ factor: Double, _ bad: inout BadCells) -> Double?
    {
        switch table.number(row: row, column: column) {
        case .missing: return nil
        case .value(let value) where quantity.accepts(value * factor): return value * factor
        case .value, .text:
            bad.add(row: row)
            return nil
        }
    }

    private func isAscending(_ seconds: [Int64]) -> Bool { zip(seconds, seconds.dropFirst()).allSatisfy { $0 <= $1 } }
}

// What Electricity Maps publishes: a row per zone and hour.
extension SeriesReader {
    private func readPublished(
        _ table: CSVTable, _ layout: PublishedLayout, _ stamps: Stamps, file: Int, _ result: inout ZoneTable,
        _ log: inout FaultLog
    ) {
        guard quantity == .emissions else {
            return log.add(
                .unknownColumn, at: table.headerPlace(column: layout.zone), "",
                "the file holds emissions of Electricity Maps, not prices.",
                remedy: "Name it with --emissions.")
        }
        guard let column = layout.value else {
            return log.add(
                .unknownColumn, at: table.headerPlace(column: layout.zone), "",
                "no column holds \(options.accounting.rawValue) emissions; there are \(Excerpt.list(table.columns)).",
                remedy: "Take the other with --accounting, or download the file again.")
        }
        var rows: [String: [ZonePoint]] = [:]
        var order: [String] = []
        var bad = BadCells()
        for row in 0..<table.rowCount {
            guard let seconds = stamps.seconds[row] else { continue }
            let zone = table.text(row: row, column: layout.zone)
            if rows[zone] == nil { order.append(zone) }
            let isEstimated =
                layout.isEstimated.map { table.text(row: row, column: $0).lowercased() == "true" } ?? false
            rows[zone, default: []].append(
                ZonePoint(
                    seconds: seconds, value: value(table, row, column, 1, &bad), file: file, line: table.line(row: row),
                    isEstimated: isEstimated))
        }
        log.add(bad, in: table, column: column, rule: quantity.rule)
        for zone in order {
            let points = rows[zone] ?? []
            if !isAscending(points.map(\.seconds)) { result.unsortedFiles.insert(file) }
            result.append(points, zone: zone)
        }
    }
}
