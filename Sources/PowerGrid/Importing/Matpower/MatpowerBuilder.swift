/// Makes a network of the fields of a case file by the rules of the case format.
struct MatpowerBuilder {
    private let file: String
    let fields: MatpowerFields
    var log: ImportLog
    /// Index of each bus number.
    private var indexOfBus: [Int: Int] = [:]
    private var buses: [Bus] = []
    var startUSD: [Double] = []
    var shutdownUSD: [Double] = []

    init(file: String, fields: MatpowerFields, log: ImportLog) {
        self.file = file
        self.fields = fields
        self.log = log
    }

    /// The network; it means nothing when the log has faults.
    mutating func build() -> Network {
        let base = baseMVA()
        buildBuses()
        let branches = buildBranches()
        let generators = buildGenerators()
        let dcLines = buildDCLines()
        if log.isClean { setReferences(branches, generators) }
        let stem = file.hasSuffix(".m") ? String(file.dropLast(2)) : file
        return Network(
            name: fields.name.isEmpty ? stem : fields.name, baseMVA: base, buses: buses, branches: branches,
            generators: generators, dcLines: dcLines)
    }

    private mutating func baseMVA() -> Double {
        if fields.version == nil, fields.lines["version"] == nil {
            fault(
                nil, "mpc.version", "a case file states its format version",
                remedy: "Write mpc.version = '2'; and check that the columns are those of version 2.")
        }
        guard let (value, line) = fields.baseMVA else {
            fault(
                nil, "mpc.baseMVA", "a case has a base of its per-unit values", remedy: "Write mpc.baseMVA = 100;")
            return 1
        }
        if !(value > 0 && value.isFinite) {
            fault(
                line, "mpc.baseMVA", value: "\(value)", "the base is above zero", remedy: "Write mpc.baseMVA = 100;")
        }
        return value
    }

    private mutating func buildBuses() {
        guard let matrix = matrix("bus", MatpowerColumns.bus, least: 13, isNeeded: true) else { return }
        let names = texts("bus_name", count: matrix.rowCount)
        for row in 0..<matrix.rowCount {
            var reader = MatpowerRow(matrix, row, MatpowerColumns.bus)
            let number = reader.integer(0, from: 1)
            let type = reader.integer(1, from: 1, through: 4)
            buses.append(
                Bus(
                    number: number, name: names?[row, 0] ?? "", isReference: type == 3, isIsolated: type == 4,
                    demandMW: reader.finite(2), shuntMW: reader.finite(4), area: reader.integer(6, from: 0),
                    baseKV: reader.atLeastZero(9)))
            if !reader.isFaulty(0), let first = indexOfBus.updateValue(row, forKey: number) {
                reader.refuse(
                    0, "a bus number is unique, and row \(first + 1) has it", remedy: "Renumber one of the buses.")
            }
            take(reader)
        }
    }

    private mutating func buildBranches() -> [Branch] {
        guard let matrix = matrix("branch", MatpowerColumns.branch, least: 11, isNeeded: false) else { return [] }
        let names = texts("branch_name", count: matrix.rowCount)
        return (0..<matrix.rowCount).map { row in
            var reader = MatpowerRow(matrix, row, MatpowerColumns.branch)
            let ends = (bus(&reader, 0), bus(&reader, 1))
            let isInService = reader.status(10) && !isIsolated(ends.0) && !isIsolated(ends.1)
            var branch = Branch(
                name: names?[row, 0] ?? "", from: ends.0, to: ends.1, resistance: reader.finite(2),
                reactance: reader.finite(3), limitMW: reader.limit(5), tapRatio: reader.finite(8),
                shiftDegrees: reader.finite(9), isInService: isInService)
            if branch.tapRatio == 0 { branch.tapRatio = 1 }
            if matrix.columnCount >= 13 {
                (branch.leastAngleDegrees, branch.greatestAngleDegrees) = reader.angleLimits()
            }
            if isInService { reader.checkBranch(branch) }
            take(reader)
            return branch
        }
    }

    private mutating func buildDCLines() -> [DCLine] {
        guard let matrix = matrix("dcline", MatpowerColumns.dcLine, least: 17, isNeeded: false) else { return [] }
        return (0..<matrix.rowCount).map { row in
            var reader = MatpowerRow(matrix, row, MatpowerColumns.dcLine)
            let ends = (bus(&reader, 0), bus(&reader, 1))
            let line = DCLine(
                from: ends.0, to: ends.1, minimumMW: reader.number(9), maximumMW: reader.number(10),
                fixedLossMW: reader.atLeastZero(15), lossShare: reader.atLeastZero(16),
                isInService: reader.status(2) && !isIsolated(ends.0) && !isIsolated(ends.1))
            if line.isInService { reader.checkDCLine(line) }
            if line.isInService, line.minimumMW < 0, line.lossShare > 0 {
                log.note(
                    file, reader.line,
                    "mpc.dcline row \(row + 1) runs both ways; MATPOWER's loss function LOSS0 + LOSS1 PF counts "
                        + "a reverse flow's share negative")
            }
            take(reader)
            return line
        }
    }

    private mutating func setReferences(_ branches: [Branch], _ generators: [NetworkGenerator]) {
        let islands = NetworkIslands(buses: buses, branches: branches)
        for island in islands.withoutReference(buses, generators) {
            buses[island.bus].isReference = true
            log.note(
                file, fields.lines["bus"],
                "an island of \(island.size) bus\(island.size == 1 ? "" : "es") has no reference; "
                    + "bus \(buses[island.bus].number) is taken")
        }
        for (first, second) in islands.secondReferences(buses) {
            log.note(
                file, fields.lines["bus"],
                "buses \(buses[first].number) and \(buses[second].number) are references of one island")
        }
    }
}

// Parts that the tables share.
extension MatpowerBuilder {
    /// A matrix with at least so many columns and one row; nil, with a fault where it is needed, without.
    mutating func matrix(_ name: String, _ columns: [String], least: Int, isNeeded: Bool) -> MatpowerMatrix? {
        guard let matrix = fields.matrices[name] else {
            if isNeeded, fields.lines[name] == nil {
                fault(nil, "mpc.\(name)", "a case has a \(name) matrix", remedy: "Add mpc.\(name) = [ … ];")
            }
            return nil
        }
        if matrix.rowCount == 0 {
            if isNeeded { fault(matrix.line, "mpc.\(name)", "it has at least one row", remedy: "Add the rows.") }
            return nil
        }
        guard matrix.columnCount >= least else {
            fault(
                matrix.rowLines[0], "mpc.\(name)", value: "\(matrix.columnCount) columns",
                "it has at least \(least) columns: \(columns.prefix(least).joined(separator: " "))",
                remedy: "Add the columns in this order.")
            return nil
        }
        return matrix
    }

    /// A cell array with as many rows as its matrix; nil where the file has none.
    mutating func texts(_ name: String, count: Int) -> MatpowerCells? {
        guard let cells = fields.cells[name], !cells.rows.isEmpty else { return nil }
        if cells.rows.count == count { return cells }
        fault(
            cells.line, "mpc.\(name)", value: "\(cells.rows.count) rows", "it has a row per element, \(count)",
            remedy: "Give every element a name, in the order of the rows, or remove the field.")
        return nil
    }

    /// Index of the bus that a column names; 0 with a fault where there is none.
    mutating func bus(_ reader: inout MatpowerRow, _ column: Int) -> Int {
        let number = reader.integer(column, from: 1)
        if reader.isFaulty(column) || buses.isEmpty { return 0 }
        if let index = indexOfBus[number] { return index }
        if fields.matrices["bus"]?.brokenRows.isEmpty == false { return 0 }
        reader.refuse(column, "it is the number of a bus", remedy: "Correct the number, or add the bus.")
        return 0
    }

    /// Whether the bus at an index is out of service.
    func isIsolated(_ index: Int) -> Bool { index < buses.count && buses[index].isIsolated }

    /// Takes the faults of a row, unless the row could not even be read.
    mutating func take(_ reader: MatpowerRow) {
        for (column, value, rule, remedy) in reader.faults {
            log.fault(file, reader.line, reader.field(column), value: value, rule, remedy: remedy)
        }
    }

    mutating func note(_ line: Int?, _ text: String) {
        log.note(file, line, text)
    }

    mutating func fault(
        _ line: Int?, _ field: String, value: String? = nil, _ rule: String, remedy: String
    ) {
        log.fault(file, line, field, value: value, rule, remedy: remedy)
    }
}
