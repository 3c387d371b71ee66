// Generators and their costs.
extension MatpowerBuilder {
    mutating func buildGenerators() -> [NetworkGenerator] {
        let columns = MatpowerColumns.generator
        guard let matrix = matrix("gen", columns, least: 10, isNeeded: true) else { return [] }
        let costs = costMatrix(count: matrix.rowCount)
        let names = texts("gen_name", count: matrix.rowCount)
        let technologies = [
            texts("genfuel", count: matrix.rowCount)?.column(0), texts("gentype", count: matrix.rowCount)?.column(0),
            names?.column(2), names?.column(1),
        ]
        startUSD = Array(repeating: 0, count: matrix.rowCount)
        shutdownUSD = startUSD
        return (0..<matrix.rowCount).map { row in
            var reader = MatpowerRow(matrix, row, columns)
            let bus = bus(&reader, 0)
            let isInService = reader.status(7) && !isIsolated(bus)
            let technology = technologies.lazy.compactMap { $0?[row] }.first { !$0.isEmpty }
            var generator = NetworkGenerator(
                name: names?[row, 0] ?? "", technology: technology ?? "", bus: bus, minimumMW: reader.number(9),
                maximumMW: reader.number(8),
                cost: .polynomial(c2: 0, c1: 0, c0: 0), isInService: isInService)
            if matrix.columnCount > 16, reader[16] > 0 { generator.rampMWPerMinute = reader[16] }
            if isInService { reader.checkGenerator(generator) }
            take(reader)
            if let costs { readCost(costs, row, &generator) }
            return generator
        }
    }

    /// The cost matrix, with a row per generator and perhaps as many again for reactive power.
    private mutating func costMatrix(count: Int) -> MatpowerMatrix? {
        guard fields.lines["gencost"] != nil else {
            note(nil, "the case has no gencost; every generator costs nothing")
            return nil
        }
        guard let matrix = matrix("gencost", MatpowerColumns.cost, least: 5, isNeeded: true) else { return nil }
        if matrix.rowCount == 2 * count {
            note(matrix.line, "the second half of mpc.gencost, costs of reactive power, is not used")
        } else if matrix.rowCount != count {
            fault(
                matrix.line, "mpc.gencost", value: "\(matrix.rowCount) rows",
                "it has a row per generator, \(count), or twice as many",
                remedy: "Add or remove rows; they stand in the order of mpc.gen.")
            return nil
        }
        return matrix
    }

    private mutating func readCost(_ costs: MatpowerMatrix, _ row: Int, _ generator: inout NetworkGenerator) {
        var reader = MatpowerRow(costs, row, MatpowerColumns.cost)
        startUSD[row] = reader.finite(1)
        shutdownUSD[row] = reader.finite(2)
        let curve = MatpowerCost.read(&reader, columnCount: costs.columnCount)
        if generator.isInService {
            take(reader)
            if let curve { generator.cost = curve }
        } else if let curve, reader.faults.isEmpty {
            generator.cost = curve
        } else if !costs.brokenRows.contains(row) {
            startUSD[row] = 0
            shutdownUSD[row] = 0
            note(reader.line, "the cost of generator row \(row + 1), out of service, is not usable and taken as zero")
        }
    }
}

extension MatpowerCells {
    /// The texts of a column, empty where a row is shorter.
    fileprivate func column(_ column: Int) -> [String] {
        rows.indices.map { self[$0, column] }
    }
}
