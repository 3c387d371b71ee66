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

    /// The median by energy per token of the rows that the options leave, the lower of two; nil, with faults logged, when none is.
    func read(_ file: SourceFile, _ log: inout FaultLog) -> EnergyBasis? {
        guard let table = log.table(file, limits: limits) else { return nil }
        let names = ["energy_per_token_joules", "output_throughput_tokens_per_sec", "num_gpus", "gpu_model", "nickname"]
        let columns = names.map { table.column($0) }
        for (name, column) in zip(names, columns) where column == nil {
            log.add(
                .unknownColumn, at: table.headerPlace(column: 0), "", "there is no column `\(name)`.",
                remedy: Suggestion.question(name, among: table.columns) ?? "Give a table of the ML.ENERGY leaderboard.")
        }
        guard let energy = columns[0], let throughput = columns[1], let count = columns[2], let gpu = columns[3], let nickname = columns[4]
        else { return nil }
        let numbers = [energy, throughput, count].map { numbers(table, $0, &log) }
        let rows: [Row] = (0..<table.rowCount).compactMap { row in
            guard let joules = numbers[0][row], let rate = numbers[1][row], let devices = numbers[2][row], matches(table, row, gpu, nickname) else {
                return nil
            }
            let label = [nickname, gpu].map { Excerpt.brief(table.text(row: row, column: $0)) }.joined(separator: " on ")
            let batch = table.column("max_num_seqs").map { ", at most \(table.text(row: row, column: $0)) requests at a time" } ?? ""
            return Row(
                index: row, label: "\(label) ×\(Excerpt.number(devices))\(batch)", joules: joules, tokensPerSecond: rate / devices)
        }
        guard !rows.isEmpty else {
            logNoRows(table, gpu, nickname, &log)
            return nil
        }
        let sorted = rows.sorted { ($0.joules, $0.index) < ($1.joules, $1.index) }
        let row = sorted[(sorted.count - 1) / 2]
        return EnergyBasis(
            label: row.label, joulesPerOutputToken: row.joules, tokensPerSecond: row.tokensPerSecond,
            choice: "line \(table.line(row: row.index)), the median by energy per token of \(Excerpt.count(rows.count, "row"))\(filter)")
    }

    private var filter: String {
        let parts = [options.model.map { "--model \($0)" }, options.accelerator.map { "--accelerator \($0)" }].compactMap(\.self)
        return parts.isEmpty ? "" : " with " + parts.joined(separator: " and ")
    }

    private func matches(_ table: CSVTable, _ row: Int, _ gpu: Int, _ nickname: Int) -> Bool {
        let names = [nickname] + [table.column("model_id")].compactMap(\.self)
        let model = names.map { table.text(row: row, column: $0).lowercased() }
        let device = table.text(row: row, column: gpu).lowercased()
        let isModel = options.model.map { wanted in model.contains { $0.contains(wanted.lowercased()) } } ?? true
        return isModel && (options.accelerator.map { device.contains($0.lowercased()) } ?? true)
    }

    /// The numbers of a column; all must be positive.
    private func numbers(_ table: CSVTable, _ column: Int, _ log: inout FaultLog) -> [Double?] {
        var bad = BadCells()
        let values: [Double?] = (0..<table.rowCount).map { row in
            if case .value(let value) = table.number(row: row, column: column), value > 0, value.isFinite { return value }
            bad.add(row: row)
            return nil
        }
        log.add(bad, in: table, column: column, rule: "number greater than 0")
        return values
    }

    private func logNoRows(_ table: CSVTable, _ gpu: Int, _ nickname: Int, _ log: inout FaultLog) {
        func known(_ column: Int) -> [String] { Set((0..<table.rowCount).map { table.text(row: $0, column: column) }).sorted() }
        log.add(
            .noRows, at: SourcePlace(file: table.file), "", "no row is left\(filter).",
            remedy: "There are \(Excerpt.list(known(nickname))), each on one or more of \(Excerpt.list(known(gpu))).")
    }
}
