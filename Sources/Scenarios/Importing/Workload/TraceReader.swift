/// Reads traces of requests: as published (`TIMESTAMP,ContextTokens,GeneratedTokens`, a row per request) or by minute
/// (`minute,requests,context_tokens,generated_tokens`).
struct TraceReader {
    /// Longest trace, minutes: some two years.
    private static let minuteLimit = 1_000_000

    /// Greatest count in a cell, requests or tokens.
    private static let countLimit = 1e12

    let limits: ScenarioLimits

    /// The trace in a file; nil, with faults logged, when it cannot be read.
    func read(_ source: TraceSource, _ log: inout FaultLog) -> RequestTrace? {
        guard let table = log.table(source.file, limits: limits) else { return nil }
        let faults = log.faults.count
        guard let layout = layout(table, &log) else { return nil }
        guard let rows = rows(table, layout, &log), log.faults.count == faults,
            let minutes = minutes(rows, table, layout, &log)
        else {
            return nil
        }
        guard minutes.contains(where: { $0.requests > 0 }) else {
            log.add(
                .noRows, at: SourcePlace(file: table.file), "", "the trace has no requests.",
                remedy: "Download it again.")
            return nil
        }
        return RequestTrace(
            className: source.className ?? TraceReader.className(source.file), file: table.file,
            isRaw: layout.requests == nil,
            rowCount: table.rowCount, minutes: minutes)
    }

    /// The class that a file's name tells: `code`, `conversation`, or the name itself.
    static func className(_ file: SourceFile) -> String {
        let stem = file.stem.lowercased()
        if stem.contains("conv") || stem.contains("chat") { return "conversation" }
        if stem.contains("code") || stem.contains("coding") { return "code" }
        let plain = stem.unicodeScalars.map {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "-"
        }
        let name = String(plain).split(separator: "-").joined(separator: "-")
        return name.isEmpty ? "requests" : String(name.prefix(64))
    }

    // MARK: Columns

    private struct Layout {
        let time: Int
        /// Nil where each row is a request.
        let requests: Int?
        let input: Int
        let output: Int
    }

    private func layout(_ table: CSVTable, _ log: inout FaultLog) -> Layout? {
        let input = table.column(anyOf: ["contexttokens", "context_tokens", "input_tokens", "prompt_tokens"])
        let output = table.column(anyOf: ["generatedtokens", "generated_tokens", "output_tokens"])
        let requests = table.column(anyOf: ["requests"])
        let time = table.column(anyOf: requests == nil ? ["timestamp"] : ["minute"])
        if let time, let input, let output {
            return Layout(time: time, requests: requests, input: input, output: output)
        }
        log.add(
            .unknownColumn, at: table.headerPlace(column: 0), "",
            "this is no trace of requests: there are \(Excerpt.list(table.columns)).",
            remedy:
                "Give TIMESTAMP,ContextTokens,GeneratedTokens by request, or "
                + "minute,requests,context_tokens,generated_tokens."
        )
        return nil
    }

    // MARK: Rows

    private struct Row {
        let minute: Int64
        let values: RequestTrace.Minute
        let row: Int
    }

    private func rows(_ table: CSVTable, _ layout: Layout, _ log: inout FaultLog) -> [Row]? {
        var badTimes = BadCells()
        var bad = [BadCells(), BadCells(), BadCells()]
        var rows: [Row] = []
        rows.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            let text = table.text(row: row, column: layout.time)
            let minute = layout.requests == nil ? TraceReader.minute(ofStamp: text) : Int64(text)
            if minute == nil { badTimes.add(row: row) }
            let values = RequestTrace.Minute(
                requests: layout.requests.map { number(table, row, $0, &bad[0]) } ?? 1,
                inputTokens: number(table, row, layout.input, &bad[1]),
                outputTokens: number(table, row, layout.output, &bad[2]))
            if let minute { rows.append(Row(minute: minute, values: values, row: row)) }
        }
        log.add(
            badTimes, in: table, column: layout.time,
            rule: layout.requests == nil ? "time in ISO 8601" : "number of a minute")
        if let requests = layout.requests { log.add(bad[0], in: table, column: requests, rule: "number of at least 0") }
        log.add(bad[1], in: table, column: layout.input, rule: "number of at least 0")
        log.add(bad[2], in: table, column: layout.output, rule: "number of at least 0")
        return rows
    }

    private func number(_ table: CSVTable, _ row: Int, _ column: Int, _ bad: inout BadCells) -> Double {
        if case .value(let value) = table.number(row: row, column: column), value >= 0, value <= TraceReader.countLimit
        {
            return value
        }
        bad.add(row: row)
        return 0
    }

    /// The minute of the clock that a stamp with any fraction of a second lies in.
    static func minute(ofStamp text: String) -> Int64? {
        var whole = text
        if let point = text.firstIndex(of: ".") {
            let rest = text[text.index(after: point)...].drop { $0.isASCII && $0.isNumber }
            whole = String(text[..<point]) + rest
        }
        guard let stamp = TimeStamp(whole) else { return nil }
        return Int64((Double(stamp.wallSeconds - (stamp.offsetSeconds ?? 0)) / 60).rounded(.down))
    }

    // MARK: Minutes

    private func minutes(
        _ rows: [Row], _ table: CSVTable, _ layout: Layout, _ log: inout FaultLog
    ) -> [RequestTrace.Minute]? {
        guard let first = rows.map(\.minute).min(), let last = rows.map(\.minute).max() else { return nil }
        guard first > -1 << 40, last < 1 << 40, last - first < Int64(TraceReader.minuteLimit) else {
            log.add(
                .outOfRange, at: SourcePlace(file: table.file), "",
                "the trace is longer than \(TraceReader.minuteLimit) minutes.",
                remedy: "Correct the times; a trace of an hour is enough.")
            return nil
        }
        var minutes = [RequestTrace.Minute](repeating: .init(), count: Int(last - first) + 1)
        var rowOfMinute: [Int64: Int] = [:]
        for row in rows {
            if layout.requests != nil, let other = rowOfMinute.updateValue(row.row, forKey: row.minute) {
                log.add(
                    .duplicateStamp, at: table.place(row: row.row, column: layout.time), "",
                    "the minute \(row.minute) stands on line \(table.line(row: other)) already.",
                    remedy: "Keep one row per minute.")
                return nil
            }
            let index = Int(row.minute - first)
            minutes[index].requests += row.values.requests
            minutes[index].inputTokens += row.values.inputTokens
            minutes[index].outputTokens += row.values.outputTokens
        }
        return minutes
    }
}
