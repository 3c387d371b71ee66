/// Chooses a measured configuration from the ML.ENERGY leaderboard: a row per model, accelerator and batch size.
struct EnergyReader {
    let options: ImportOptions
    let limits: ScenarioLimits

    private struct Row {
        let index: Int
        let label: String
        let joules: Double
        let tokensPerSecond: Double
    }

    private struct Columns {
        let energy: Int
        let throughput: Int
        let devices: Int
        let accelerator: Int
        let nickname: Int
    }

    /// The median by energy per token of the rows that the options leave, the lower of two; nil, with faults logged,
    /// when none is.
    func read(_ file: SourceFile, _ log: inout FaultLog) -> EnergyBasis? {
        guard let table = log.table(file, limits: limits), let columns = columns(table, &log) else { return nil }
        let faults = log.faults.count
        let rows = rows(table, columns, &log)
        guard log.faults.count == faults else { return nil }
        guard !rows.isEmpty else {
            logNoRows(table, columns, &log)
            return nil
        }
        let sorted = rows.sorted { ($0.joules, $0.index) < ($1.joules, $1.index) }
        let row = sorted[(sorted.count - 1) / 2]
        return EnergyBasis(
            label: row.label, joulesPerOutputToken: row.joules, tokensPerSecond: row.tokensPerSecond,
            choice:
                "line \(table.line(row: row.index)), the median by energy per token of "
                + "\(Excerpt.count(rows.count, "row"))\(filter)"
        )
    }

    private func columns(_ table: CSVTable, _ log: inout FaultLog) -> Columns? {
        let names = [
            "energy_per_token_joules", "output_throughput_tokens_per_sec", "num_gpus", "gpu_model", "nickname",
        ]
        let found = names.map { table.column($0) }
        for (name, column) in zip(names, found) where column == nil {
            log.add(
                .unknownColumn, at: table.headerPlace(column: 0), "", "there is no column `\(name)`.",
                remedy: Suggestion.question(name, among: table.columns) ?? "Give a table of the ML.ENERGY leaderboard.")
        }
        let present = found.compactMap(\.self)
        guard present.count == names.count else { return nil }
        return Columns(
            energy: present[0], throughput: present[1], devices: present[2], accelerator: present[3],
            nickname: present[4])
    }

    private func rows(_ table: CSVTable, _ columns: Columns, _ log: inout FaultLog) -> [Row] {
        let joules = positives(table, columns.energy, &log)
        let rates = positives(table, columns.throughput, &log)
        let devices = positives(table, columns.devices, &log)
        return (0..<table.rowCount).compactMap { row in
            guard let energy = joules[row], let rate = rates[row], let count = devices[row],
                matches(table, row, columns)
            else { return nil }
            let names = [columns.nickname, columns.accelerator].map { Excerpt.brief(table.text(row: row, column: $0)) }
            let batch =
                table.column("max_num_seqs").map { ", at most \(table.text(row: row, column: $0)) requests at a time" }
                ?? ""
            let label = "\(names.joined(separator: " on ")) x\(Excerpt.number(count))\(batch)"
            return Row(index: row, label: label, joules: energy, tokensPerSecond: rate / count)
        }
    }

    private var filter: String {
        let parts = [options.model.map { "--model \($0)" }, options.accelerator.map { "--accelerator \($0)" }]
            .compactMap(\.self)
        return parts.isEmpty ? "" : " with " + parts.joined(separator: " and ")
    }

    private func matches(_ table: CSVTable, _ row: Int, _ columns: Columns) -> Bool {
        let names = [columns.nickname] + [table.column("model_id")].compactMap(\.self)
        let model = names.map { table.text(row: row, column: $0).lowercased() }
        let device = table.text(row: row, column: columns.accelerator).lowercased()
        let isModel = options.model.map { wanted in model.contains { $0.contains(wanted.lowercased()) } } ?? true
        return isModel && (options.accelerator.map { device.contains($0.lowercased()) } ?? true)
    }

    /// The numbers of a column; all must be positive.
    private func positives(_ table: CSVTable, _ column: Int, _ log: inout FaultLog) -> [Double?] {
        var bad = BadCells()
        let values: [Double?] = (0..<table.rowCount).map { row in
            if case .value(let value) = table.number(row: row, column: column), value > 0, (1e-9...1e9).contains(value)
            {
                return value
            }
            bad.add(row: row)
            return nil
        }
        log.add(bad, in: table, column: column, rule: "number greater than 0")
        return values
    }

    private func logNoRows(_ table: CSVTable, _ columns: Columns, _ log: inout FaultLog) {
        func known(_ column: Int) -> [String] {
            Set((0..<table.rowCount).map { table.text(row: $0, column: column) }).sorted()
        }
        log.add(
            .noRows, at: SourcePlace(file: table.file), "", "no row is left\(filter).",
            remedy:
                "There are \(Excerpt.list(known(columns.nickname))), each on one or more of "
                + "\(Excerpt.list(known(columns.accelerator)))."
        )
    }
}
