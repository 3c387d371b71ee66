/// Makes the RTS-GMLC network of its tables.
struct RTSBuilder {
    let source: RTSSource
    var log = ImportLog()
    var units: [RTSUnit] = []
    /// Index of each bus number.
    private(set) var indexOfBus: [Int: Int] = [:]
    /// Index of each generator name.
    var indexOfGenerator: [String: Int] = [:]
    /// Whether the buses were read without faults, so that a number without a bus is wrong.
    private(set) var hasSoundBuses = false
    /// Whether the units were read without faults, so that a name without a unit is wrong.
    private(set) var hasSoundUnits = false

    init(_ source: RTSSource) {
        self.source = source
    }

    /// The network; it means nothing when the log has faults.
    mutating func buildNetwork() -> Network {
        let buses = buildBuses()
        hasSoundBuses = log.isClean
        let branches = buildBranches()
        let before = log.faults.count
        let generators = buildGenerators()
        hasSoundUnits = log.faults.count == before && !log.isFull
        return Network(
            name: "RTS-GMLC", baseMVA: 100, buses: buses, branches: branches, generators: generators,
            dcLines: buildDCLines())
    }

    private mutating func buildBuses() -> [Bus] {
        let table = CSVTable.parse(source.buses, &log)
        let record = CSVRecord(
            table, needs: ["Bus ID", "Bus Name", "BaseKV", "Bus Type", "MW Load", "MW Shunt G", "Area", "lat", "lng"],
            &log)
        let buses = record.all.map { record in
            let number = record.integer("Bus ID", &log)
            if indexOfBus.updateValue(record.row, forKey: number) != nil {
                record.refuse("Bus ID", "a bus number is unique", remedy: "Renumber one of the buses.", &log)
            }
            let type = record.text("Bus Type")
            if !["PQ", "PV", "Ref"].contains(type) {
                record.refuse("Bus Type", "it is PQ, PV or Ref", remedy: "Correct the type.", &log)
            }
            return Bus(
                number: number, name: record.text("Bus Name"), isReference: type == "Ref",
                demandMW: record.number("MW Load", &log), shuntMW: record.number("MW Shunt G", &log),
                area: record.integer("Area", &log), baseKV: record.number("BaseKV", from: 0, &log),
                latitudeLongitude: SIMD2(
                    record.number("lat", from: -90, through: 90, &log),
                    record.number("lng", from: -180, through: 180, &log)))
        }
        if !buses.isEmpty, buses.filter(\.isReference).count != 1 {
            log.fault(
                source.buses.name, nil, "Bus Type", "one bus is the reference", remedy: "Write Ref for one bus alone.")
        }
        return buses
    }

    private mutating func buildBranches() -> [Branch] {
        let table = CSVTable.parse(source.branches, &log)
        let record = CSVRecord(
            table, needs: ["UID", "From Bus", "To Bus", "R", "X", "Cont Rating", "Tr Ratio"], &log)
        return record.all.map { record in
            let tap = record.number("Tr Ratio", from: 0, &log)
            let branch = Branch(
                name: record.text("UID"), from: bus(record, "From Bus"), to: bus(record, "To Bus"),
                resistance: record.number("R", &log), reactance: record.number("X", &log),
                limitMW: record.number("Cont Rating", from: 0, &log), tapRatio: tap == 0 ? 1 : tap)
            if branch.reactance == 0 {
                record.refuse("X", "a reactance is other than zero", remedy: "Give it one, or remove the branch.", &log)
            }
            if branch.from == branch.to {
                record.refuse("To Bus", "a branch joins two buses", remedy: "Correct the end.", &log)
            }
            return branch
        }
    }

    /// The direct-current line runs both ways up to its `MW Load`, without losses, as in NREL's MATPOWER case.
    private mutating func buildDCLines() -> [DCLine] {
        let table = CSVTable.parse(source.dcBranches, &log)
        let record = CSVRecord(table, needs: ["UID", "From Bus", "To Bus", "MW Load"], &log)
        return record.all.map { record in
            let limit = record.number("MW Load", from: 0, &log)
            log.note(
                source.dcBranches.name, record.line,
                "\(record.text("UID")) runs both ways up to \(DecimalNumber.text(limit)) MW without losses")
            return DCLine(
                name: record.text("UID"), from: bus(record, "From Bus"), to: bus(record, "To Bus"), minimumMW: -limit,
                maximumMW: limit)
        }
    }

    /// Index of the bus a column names; 0 with a fault where there is none.
    mutating func bus(_ record: CSVRecord, _ column: String) -> Int {
        if let number = Int(record.text(column)), let index = indexOfBus[number] { return index }
        if hasSoundBuses {
            record.refuse(
                column, "it is the number of a bus of \(source.buses.name)",
                remedy: "Correct the number, or add the bus.", &log)
        }
        return 0
    }
}
