internal import CoSimulation
internal import InferencePlacement

// Round trips and prices of data between service nodes and regions.
extension ScenarioBuilder {
    /// Round trips [service][region] in ms; nil when they are wrong.
    mutating func roundTrips() -> [[Double]]? {
        let matrix = root.sectionIfGiven("latency")?.sectionIfGiven("matrix")
        if let matrix {
            guard let cells = cells(matrix, "latency.matrix", fallback: "great-circle") else { return nil }
            if !cells.joined().contains(where: { $0 == nil }) { return cells.map { $0.map { $0 ?? 0 } } }
            return greatCircle(beside: cells)
        }
        // An unusable section `latency` or `matrix` has its own fault; then nothing is known about locations.
        if checker.isGiven("latency.matrix") { return nil }
        return greatCircle(beside: nil)
    }

    /// Prices [service][region] in $/GB; nil when they are wrong. Without a matrix data is free at home.
    mutating func egress(homes: [Int?]) -> [[Double]]? {
        let section = root.sectionIfGiven("egress")
        let price = section?.numberIfGiven("defaultUSDPerGB") ?? 0
        let regionCount = names(in: "regions").count
        let plain = homes.map { home in (0..<regionCount).map { $0 == home ? 0 : price } }
        guard let matrix = section?.sectionIfGiven("matrix") else { return plain }
        guard let cells = cells(matrix, "egress.matrix", fallback: "default") else { return nil }
        return zip(cells, plain).map { row, defaults in zip(row, defaults).map { $0 ?? $1 } }
    }

    /// Bandwidths [service][region] in Mbit/s, empty rows where nothing is limited; nil when they are wrong.
    mutating func bandwidths(serviceCount: Int) -> [[Double]]? {
        let section = root.sectionIfGiven("delay")
        let plain = section?.numberIfGiven("bandwidthMbitPerSecond")
        guard let matrix = section?.sectionIfGiven("bandwidth") else {
            let regionCount = names(in: "regions").count
            let row = plain.map { Array(repeating: $0, count: regionCount) } ?? []
            return Array(repeating: row, count: serviceCount)
        }
        guard let cells = cells(matrix, "delay.bandwidth", fallback: "default") else { return nil }
        return cells.map { $0.map { $0 ?? plain ?? .infinity } }
    }

    /// Propagation [service][region] in seconds, empty rows where it is half the round trip; nil when it is wrong.
    mutating func propagations(_ roundTrips: [[Double]]?, serviceCount: Int) -> [[Double]]? {
        guard let matrix = root.sectionIfGiven("delay")?.sectionIfGiven("propagation") else {
            return Array(repeating: [], count: serviceCount)
        }
        guard let cells = cells(matrix, "delay.propagation", fallback: "round-trip") else { return nil }
        return cells.enumerated().map { service, row in
            row.enumerated().map { region, value in value ?? (roundTrips?[service][region] ?? 0) / 2000 }
        }
    }

    // MARK: Great circle

    private mutating func greatCircle(beside cells: [[Double?]]?) -> [[Double]]? {
        let services = locations("services")
        let regions = locations("regions")
        var needsService = Set(services.indices)
        var needsRegion = Set(regions.indices)
        if let cells {
            needsService = Set(cells.indices.filter { cells[$0].contains(where: { $0 == nil }) })
            needsRegion = Set(regions.indices.filter { region in cells.contains { $0[region] == nil } })
        }
        checkLocations("services", services, needsService)
        checkLocations("regions", regions, needsRegion)
        return services.indices.map { service in
            regions.indices.map { region in
                if let known = cells?[service][region] { return known }
                guard let from = services[service], let to = regions[region] else { return 0 }
                return from.roundTripMilliseconds(to: to)
            }
        }
    }

    private func locations(_ key: String) -> [Location?] {
        root.sectionsIfGiven(key).map { section in
            guard let place = section.sectionIfGiven("location"), let latitude = place.numberIfGiven("latitude"),
                let longitude = place.numberIfGiven("longitude")
            else { return nil }
            return Location(latitudeDegrees: latitude, longitudeDegrees: longitude)
        }
    }

    private mutating func checkLocations(_ key: String, _ locations: [Location?], _ needed: Set<Int>) {
        for index in needed.sorted() where locations[index] == nil && !checker.isGiven("\(key)[\(index)].location") {
            fault(
                .missingKey, "\(key)[\(index)].location", "`location` is missing, which great-circle latency needs.",
                remedy: "Give latitude and longitude, or round trips in `latency.matrix`.")
        }
    }

    // MARK: Matrices

    /// The cells [service][region] of a matrix file; nil cells only where its rule allows them.
    private mutating func cells(_ section: Parameters, _ path: String, fallback: String) -> [[Double?]]? {
        guard let name = section.textIfPresent("file") else { return nil }
        let fileNode = ScenarioNode(content: .scalar(name, .plain), place: place("\(path).file"))
        guard let table = checker.table(fileNode, "\(path).file") else { return nil }
        let services = names(in: "services")
        let regions = names(in: "regions")
        guard services.allSatisfy({ $0 != nil }), regions.allSatisfy({ $0 != nil }), !services.isEmpty, !regions.isEmpty
        else { return nil }
        guard let serviceColumn = table.column("service") else {
            log(
                .unknownColumn, table.headerPlace(column: 0), path, "the matrix has no column `service`.",
                remedy: "Name its first column `service`, the others after the regions.")
            return nil
        }
        let before = checker.log.faults.count
        let factor = checker.factor(at: path)
        if factor < 0 {
            fault(
                .outOfRange, path, "times \(Excerpt.number(factor)) the matrix would be negative.",
                remedy: "Multiply it by a number of at least 0.")
        }
        let columns = matrixColumns(table, serviceColumn, regions.compactMap(\.self), path)
        let rows = matrixRows(table, serviceColumn, services.compactMap(\.self), path)
        let isComplete = section.textIfPresent("missing") != fallback
        let names = MatrixNames(services: services.compactMap(\.self), regions: regions.compactMap(\.self))
        let cells = names.services.indices.map { service in
            names.regions.indices.map { region in
                cell(
                    table, row: rows[service], column: columns[region], names, service, region, path,
                    isComplete: isComplete
                ).map { $0 * factor }
            }
        }
        return checker.log.faults.count == before ? cells : nil
    }

    private struct MatrixNames {
        let services: [String]
        let regions: [String]
    }

    private mutating func cell(
        _ table: CSVTable, row: Int?, column: Int?, _ names: MatrixNames, _ service: Int, _ region: Int, _ path: String,
        isComplete: Bool
    ) -> Double? {
        let pair = "from `\(names.services[service])` to `\(names.regions[region])`"
        guard let row, let column else {
            guard isComplete else { return nil }
            // One fault for each absent row or column, not for each of its cells.
            let missing = row == nil ? "row `\(names.services[service])`" : "column `\(names.regions[region])`"
            log(
                .missingCell, table.headerPlace(column: 0), path, "the matrix has no \(missing).",
                remedy: "Add it, or let `missing` fill it.")
            return nil
        }
        switch table.number(row: row, column: column) {
        case .value(let value) where value >= 0 && value.isFinite: return value
        case .missing where !isComplete: return nil
        case .missing:
            log(
                .missingCell, table.place(row: row, column: column), path, "the cell \(pair) is empty.",
                remedy: "Give a value, or let `missing` fill it.")
        case .value, .text:
            let text = Excerpt.brief(table.text(row: row, column: column), limit: 40)
            log(
                .invalidCell, table.place(row: row, column: column), path,
                "`\(text)` \(pair) is no number of at least 0.",
                remedy: "Correct the cell.")
        }
        return nil
    }

    private mutating func matrixColumns(_ table: CSVTable, _ serviceColumn: Int, _ regions: [String], _ path: String)
        -> [Int?]
    {
        for (index, name) in table.columns.enumerated()
        where index != serviceColumn && !name.hasPrefix("_") && !regions.contains(name) {
            log(
                .unknownReference, table.headerPlace(column: index), path,
                "there is no region `\(Excerpt.brief(name, limit: 40))`.",
                remedy: Suggestion.question(name, among: regions) ?? "There are \(Excerpt.list(regions)).")
        }
        return regions.map { table.column($0) }
    }

    private mutating func matrixRows(_ table: CSVTable, _ serviceColumn: Int, _ services: [String], _ path: String)
        -> [Int?]
    {
        let indices = Dictionary(zip(services, services.indices), uniquingKeysWith: { first, _ in first })
        var rows = [Int?](repeating: nil, count: services.count)
        for row in 0..<table.rowCount {
            let name = table.text(row: row, column: serviceColumn)
            let shown = Excerpt.brief(name, limit: 40)
            if let service = indices[name] {
                guard rows[service] != nil else {
                    rows[service] = row
                    continue
                }
                log(
                    .duplicateName, table.place(row: row, column: serviceColumn), path,
                    "the row `\(shown)` occurs twice.",
                    remedy: "Keep one of them.")
            } else {
                log(
                    .unknownReference, table.place(row: row, column: serviceColumn), path,
                    "there is no service node `\(shown)`.",
                    remedy: Suggestion.question(name, among: services) ?? "There are \(Excerpt.list(services)).")
            }
        }
        return rows
    }

    private mutating func log(
        _ code: ScenarioFault.Code, _ place: SourcePlace, _ path: String, _ problem: String, remedy: String
    ) {
        checker.log.add(code, at: place, path, problem, remedy: remedy)
    }
}
