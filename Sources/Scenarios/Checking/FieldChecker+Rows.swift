internal import CoSimulation

/// What the rows of a list hold.
enum RowShape {
    /// The same fields in each.
    case plain([Field])
    /// Agents of a role: the fields of the section and those of the strategy that each row names.
    case agents(AgentRole, AgentCatalogue)
}

// Lists of sections, written out or taken from the rows of a CSV file.
extension FieldChecker {
    /// Keys of a list from a file.
    static let tableFields: [Field] = [
        .required("file", .text, "The name of a CSV file in the scenario folder, one row per entry."),
        .optional("where", .map(.text, keys: "columns"), "Values of columns that select rows, such as {area: north}."),
    ]

    /// The sections of a list; nil when it is no list at all. A faulty entry keeps its place, with the values that are right.
    mutating func rows(_ node: ScenarioNode, _ shape: RowShape, _ minimum: Int, _ use: Use) -> [Parameters]? {
        remember(use.path, node.place)
        let nodes: [ScenarioNode]
        switch node.content {
        case .list(let values): nodes = values
        case .map:
            guard let read = tableRows(node, shape, use) else { return nil }
            nodes = read
        case .scalar:
            let remedy = "Write one `- ` per entry, or `{file: …}` with one row per entry."
            if node.isNull {
                fault(.noValue, node, use.path, "the list is empty.", remedy: remedy)
            } else {
                fault(.wrongKind, node, use.path, "\(node.phrase) stands where a list belongs.", remedy: remedy)
            }
            return nil
        }
        checkCount(nodes.count, minimum, node, use)
        rememberNames(nodes, use.path)
        return nodes.enumerated().map { row($1, shape, "\(use.path)[\($0)]") }
    }

    private mutating func row(_ node: ScenarioNode, _ shape: RowShape, _ path: String) -> Parameters {
        switch shape {
        case .plain(let fields): return section(node, fields, path)
        case .agents(let role, let catalogue): return agentRow(node, role, catalogue, path)
        }
    }

    private mutating func agentRow(
        _ node: ScenarioNode, _ role: AgentRole, _ catalogue: AgentCatalogue, _ path: String
    ) -> Parameters {
        let own = ScenarioSchema.agentFields(role)
        let (node, known) = replaced(node, role, catalogue)
        if case .map? = node["strategy"]?.content { return foreignRow(node, own, path, known: known) }
        guard let strategy = node["strategy"]?.text else { return section(node, own, path, isOpen: true) }
        guard let entry = catalogue.entry(role, strategy) else {
            unknownStrategy(node["strategy"] ?? node, path, catalogue.names(role))
            return section(node, own, path, isOpen: true)
        }
        return section(node, ScenarioSchema.agentFields(role, entry: entry), path)
    }

    private mutating func unknownStrategy(_ node: ScenarioNode, _ path: String, _ names: [String]) {
        let suggestion = Suggestion.question(node.text ?? "", among: names)
        let list =
            names.isEmpty
            ? "The catalogue has none for this role." : "The catalogue has \(Excerpt.list(names, limit: 20))."
        fault(
            .unknownStrategy, node, FieldChecker.join(path, "strategy"),
            "there is no strategy \(node.phrase) for this role.",
            remedy: [suggestion, list].compactMap(\.self).joined(separator: " "))
    }

    // MARK: Rows of a file

    private mutating func tableRows(_ node: ScenarioNode, _ shape: RowShape, _ use: Use) -> [ScenarioNode]? {
        let faultCount = log.faults.count
        _ = section(node, FieldChecker.tableFields, use.path)
        guard log.faults.count == faultCount, let fileNode = node["file"], let table = table(fileNode, use.path) else {
            return nil
        }
        guard let selection = selection(node["where"], table, use) else { return nil }
        let selected = (0..<table.rowCount).filter { row in
            selection.allSatisfy { table.text(row: row, column: $0.column) == $0.value }
        }
        if selected.isEmpty {
            let problem =
                selection.isEmpty
                ? "`\(table.file)` has no rows below its header." : "no row of `\(table.file)` is selected."
            fault(.noRows, fileNode, use.path, problem, remedy: "Give it rows, or correct `where`.")
            return nil
        }
        let ignored = Set(selection.map(\.column))
        let columns = columns(of: table, rows: selected, shape)
        guard columns.hasUnknownStrategy || checkColumns(table, columns.all, ignored: ignored, use),
            checkRequired(table, columns.all, shape, use)
        else { return nil }
        return selected.map { row in
            rowNode(table, row, columns.byStrategy[columns.key(table, row)] ?? columns.all, else: columns.all)
        }
    }

    private mutating func selection(_ node: ScenarioNode?, _ table: CSVTable, _ use: Use) -> [(
        column: Int, value: String
    )]? {
        var result: [(column: Int, value: String)] = []
        for entry in node?.entries ?? [] {
            guard let column = table.column(entry.key) else {
                let hint =
                    Suggestion.question(entry.key, among: table.columns) ?? "It has \(Excerpt.list(table.columns))."
                log.add(
                    .unknownColumn, at: entry.keyPlace, FieldChecker.join(use.path, "where"), value: entry.key,
                    "`\(table.file)` has no column `\(Excerpt.brief(entry.key, limit: 40))`.", remedy: hint)
                return nil
            }
            result.append((column, entry.value.text ?? ""))
        }
        return result
    }

    /// Columns by strategy, and all of them together.
    private struct ColumnSets {
        var all: RowColumns
        var byStrategy: [String: RowColumns] = [:]
        var strategyColumn: Int?
        /// Whether a row names a strategy that is none, so that no column can be said to be nobody's.
        var hasUnknownStrategy = false

        func key(_ table: CSVTable, _ row: Int) -> String {
            strategyColumn.map { table.text(row: row, column: $0) } ?? ""
        }
    }

    private func columns(of table: CSVTable, rows: [Int], _ shape: RowShape) -> ColumnSets {
        switch shape {
        case .plain(let fields): return ColumnSets(all: RowColumns(fields))
        case .agents(let role, let catalogue):
            let column = table.column("strategy")
            let names = Set(rows.compactMap { row in column.map { table.text(row: row, column: $0) } })
            let entries = names.sorted().compactMap { catalogue.entry(role, $0) }
            let own = ScenarioSchema.agentFields(role)
            var sets = ColumnSets(all: RowColumns(own + entries.flatMap(\.fields)), strategyColumn: column)
            sets.hasUnknownStrategy = entries.count < names.count
            for entry in entries {
                sets.byStrategy[entry.name] = RowColumns(ScenarioSchema.agentFields(role, entry: entry))
            }
            return sets
        }
    }

    /// Faults for columns that no field has; names that begin with an underscore are notes. False when a column is no
    /// field's, since the field it was meant for would be missing from every row.
    private mutating func checkColumns(_ table: CSVTable, _ columns: RowColumns, ignored: Set<Int>, _ use: Use) -> Bool
    {
        var isKnown = true
        for (index, name) in table.columns.enumerated() where !ignored.contains(index) && !name.hasPrefix("_") {
            let names = columns.namesWithUnit(name)
            guard names != nil || columns.target(name) == nil else { continue }
            let place = table.headerPlace(column: index)
            let shown = Excerpt.brief(name, limit: 40)
            if let names {
                log.add(
                    .unitSuffix, at: place, use.path, value: name, "the column `\(shown)` does not state its unit.",
                    remedy: "Name it \(Excerpt.list(names)).")
            } else {
                isKnown = false
                let hint =
                    Suggestion.question(name, among: columns.names)
                    ?? "Known here: \(Excerpt.list(columns.names, limit: 20))."
                log.add(
                    .unknownColumn, at: place, use.path, value: name, "no setting has the column `\(shown)`.",
                    remedy: "\(hint) A name that begins with _ is a note.")
            }
        }
        return isKnown
    }

    /// One fault for each required field that no column gives, rather than one for each row.
    private mutating func checkRequired(_ table: CSVTable, _ columns: RowColumns, _ shape: RowShape, _ use: Use) -> Bool
    {
        let fields =
            switch shape {
            case .plain(let fields): fields
            case .agents(let role, _): ScenarioSchema.agentFields(role)
            }
        let given = Set(table.columns.compactMap { columns.target($0)?.keys.first })
        let missing = fields.filter { $0.isRequired && !given.contains($0.name) }
        for field in missing {
            let names = columns.names(ofField: field.name)
            log.add(
                .missingKey, at: table.headerPlace(column: 0), FieldChecker.join(use.path, field.name),
                "no column gives `\(field.name)`.",
                remedy: names.isEmpty
                    ? "Write the list out in YAML; a table cannot hold it." : "Add a column \(Excerpt.list(names)).")
        }
        return missing.isEmpty
    }

    /// A row as a section. A cell under a column of another strategy is kept, so that it shows as an unknown key.
    private func rowNode(_ table: CSVTable, _ row: Int, _ columns: RowColumns, else all: RowColumns) -> ScenarioNode {
        var root = ScenarioNode(
            content: .map([]), place: SourcePlace(file: table.file, line: table.line(row: row), column: 1))
        for (index, name) in table.columns.enumerated() {
            let text = table.text(row: row, column: index)
            guard !text.isEmpty, let target = columns.target(name) ?? all.target(name) else { continue }
            let place = table.place(row: row, column: index)
            var content = ScenarioNode.Content.scalar(text, .cell)
            if let factor = target.factor, factor != 1, case .value(let value) = table.number(row: row, column: index) {
                content = .scalar(Excerpt.number(UnitScale.apply(factor, to: value)), .cell)
            }
            root.insert(ScenarioNode(content: content, place: place), at: target.keys[...])
        }
        return root
    }
}

extension ScenarioNode {
    /// Puts a value below the keys, making the maps on the way.
    fileprivate mutating func insert(_ node: ScenarioNode, at keys: ArraySlice<String>) {
        guard let key = keys.first else { return }
        var entries = entries
        let index = entries.firstIndex { $0.key == key }
        if keys.count == 1 {
            entries.append(Entry(key: key, keyPlace: node.place, value: node))
        } else if let index {
            entries[index].value.insert(node, at: keys.dropFirst())
        } else {
            var inner = ScenarioNode(content: .map([]), place: node.place)
            inner.insert(node, at: keys.dropFirst())
            entries.append(Entry(key: key, keyPlace: node.place, value: inner))
        }
        content = .map(entries)
    }
}
