internal import CoSimulation

// Agents that are programs of their own: what they are given is not known here.
extension FieldChecker {
    /// An agent whose strategy is a program; the program's settings stand in its `parameters`, so that no other key is
    /// open. Settings taken over from a strategy are read by its fields, in their units.
    mutating func foreignRow(
        _ node: ScenarioNode, _ own: [Field], _ path: String, known: [Field] = []
    ) -> Parameters {
        let key = "strategy"
        let rest = ScenarioNode(content: .map(node.entries.filter { $0.key != key }), place: node.place)
        var result = section(rest, own.filter { $0.name != key }, path)
        guard let whole = node[key] else { preconditionFailure("a foreign agent without a strategy") }
        let strategyPath = FieldChecker.join(path, key)
        let (taken, strategy) = takeOver(whole, known, FieldChecker.join(strategyPath, "parameters"))
        var checked = section(strategy, ScenarioSchema.foreignStrategy, strategyPath)
        if !taken.entries.isEmpty {
            let settings = checked.section("parameters").entries + taken.entries
            checked["parameters"] = .section(Parameters(settings.map { ($0.name, $0.value) }))
        }
        let isExternal = checked["external"] == .boolean(true)
        if (strategy["exec"] != nil) == isExternal {
            fault(
                .conflictingKeys, strategy, strategyPath,
                isExternal
                    ? "a program is either started by the run or by hand."
                    : "it does not say which program plays the agent.",
                remedy: "Give either `exec: [PROGRAM, ARGUMENT, …]` or `external: true`.")
        }
        if checked["name"] == nil { checked["name"] = .text(programName(checked) ?? "external") }
        for word in words(checked) { _ = try? files.text(FieldChecker.relative(word)) }
        result[key] = .section(checked)
        return result
    }

    /// The settings that have a field, read by it, and the strategy with those that have none.
    private mutating func takeOver(
        _ strategy: ScenarioNode, _ known: [Field], _ path: String
    ) -> (taken: Parameters, rest: ScenarioNode) {
        guard !known.isEmpty, case .map(var keys) = strategy.content,
            let index = keys.firstIndex(where: { $0.key == "parameters" })
        else { return (Parameters(), strategy) }
        fillsDefaults = false
        defer { fillsDefaults = true }
        var taken = Parameters()
        var open: [ScenarioNode.Entry] = []
        for entry in keys[index].value.entries {
            if let field = known.first(where: { $0.name == entry.key }) {
                let use = Use(field: field, path: FieldChecker.join(path, field.name))
                taken[field.name] = value(entry.value, field.kind, use)
            } else {
                open.append(entry)
            }
        }
        keys[index].value.content = .map(open)
        return (taken, ScenarioNode(content: .map(keys), place: strategy.place))
    }

    /// The first word that is a file of the scenario, else the first word; without folders and extension.
    private mutating func programName(_ strategy: Parameters) -> String? {
        let words = words(strategy)
        let file = words.first { (try? files.text(FieldChecker.relative($0))) != nil } ?? words.first
        let name = file?.split(separator: "/").last.map(String.init)
        return name.map { $0.prefix { $0 != "." } }.map(String.init)
    }

    private func words(_ strategy: Parameters) -> [String] {
        guard case .list(let values)? = strategy["exec"] else { return [] }
        return values.compactMap { if case .text(let word) = $0 { word } else { nil } }
    }

    private static func relative(_ word: String) -> String { word.hasPrefix("./") ? String(word.dropFirst(2)) : word }

    /// A value that nobody described, read by how it looks: the one place where notation decides.
    mutating func free(_ node: ScenarioNode, _ use: Use) -> ParameterValue? {
        switch node.content {
        case .scalar(let text, _):
            if case .value(let value) = ScalarReading.boolean(node) { return .boolean(value) }
            if case .value(let value) = ScalarReading.number(node) { return .number(value == 0 ? 0 : value) }
            return .text(text)
        case .list(let nodes):
            let values = nodes.enumerated().compactMap { value($1, .free, use.below("\(use.path)[\($0)]")) }
            return values.count == nodes.count ? .list(values) : nil
        case .map(let entries):
            if let file = node["file"] {
                if node["column"] != nil { return series(node, .any, use) }
                if entries.count == 1 { return value(file, .file, use) }
            }
            return value(node, .map(.free, keys: "settings"), use)
        }
    }
}
