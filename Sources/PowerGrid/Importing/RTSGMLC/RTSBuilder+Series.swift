// Series by hour.
extension RTSBuilder {
    /// Demand and output by hour; nil where the files have faults.
    mutating func buildSeries(_ network: Network) -> NetworkSeries? {
        let load = HourlyTable.read(source.load, &log)
        let tables = [load] + (source.available + source.fixed).map { HourlyTable.read($0, &log) }
        for table in tables.dropFirst() where table.hourCount > 0 && load.hourCount > 0 {
            guard !table.isSameTime(as: load) else { continue }
            log.fault(
                table.file, nil, "",
                value: "\(table.hourCount) hours from \(table.firstHour)",
                "all series have the hours of \(load.file), \(load.hourCount) from \(load.firstHour)",
                remedy: "Cut the files to the same hours.")
        }
        let shares = demandShares(network, load)
        var columns = load.columns.compactMap { load.series($0) }
        var output: [NetworkSeries.Follower?] = Array(repeating: nil, count: network.generators.count)
        for (index, table) in tables.enumerated().dropFirst() {
            let isFixed = index > source.available.count
            for name in table.columns {
                guard let generator = generator(name, in: table, isTaken: { output[$0] != nil }) else { continue }
                output[generator] = NetworkSeries.Follower(column: columns.count, share: 1, isFixed: isFixed)
                columns.append(table.series(name) ?? [])
            }
        }
        noteUnitsWithoutSeries(network, output)
        guard log.isClean else { return nil }
        return NetworkSeries(firstHour: load.firstHour, columns: columns, demand: shares, output: output)
    }

    /// The generator a column belongs to; nil with a fault where there is none, or another column has it.
    private mutating func generator(_ name: String, in table: HourlyTable, isTaken: (Int) -> Bool) -> Int? {
        if let index = indexOfGenerator[name], !isTaken(index) { return index }
        guard hasSoundUnits else { return nil }
        log.fault(
            table.file, 1, name, "a column is a unit of \(source.generators.name), in one file only",
            remedy: "Correct the name, or remove the column.")
        return nil
    }

    /// The area column each bus follows, and its share of the area's load in bus.csv.
    private mutating func demandShares(_ network: Network, _ load: HourlyTable) -> [NetworkSeries.Follower?] {
        guard hasSoundBuses, load.hourCount > 0 else { return [] }
        var total: [Int: Double] = [:]
        for bus in network.buses { total[bus.area, default: 0] += bus.demandMW }
        let columnOfArea = Dictionary(
            load.columns.enumerated().map { (Int($0.element) ?? -1, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        for area in total.keys.sorted() where columnOfArea[area] == nil {
            log.fault(
                load.file, 1, "\(area)", "every area of \(source.buses.name) has a column", remedy: "Add the column.")
        }
        for name in load.columns where total[Int(name) ?? -1, default: 0] <= 0 {
            log.fault(
                load.file, 1, name, "a column is an area with load in \(source.buses.name)",
                remedy: "Correct the name, or remove the column.")
        }
        return network.buses.map { bus in
            guard let column = columnOfArea[bus.area], let sum = total[bus.area], sum > 0 else { return nil }
            return NetworkSeries.Follower(column: column, share: bus.demandMW / sum, isFixed: true)
        }
    }

    /// Units of the weather that no series names stand at their greatest output, which their user should know.
    private mutating func noteUnitsWithoutSeries(_ network: Network, _ output: [NetworkSeries.Follower?]) {
        let types: Set<String> = ["WIND", "PV", "RTPV", "HYDRO", "ROR"]
        let names = units.indices.filter { types.contains(units[$0].type) && output[$0] == nil }.map { units[$0].name }
        if !names.isEmpty {
            log.note(source.generators.name, nil, "no series for \(names.joined(separator: ", "))")
        }
    }
}
