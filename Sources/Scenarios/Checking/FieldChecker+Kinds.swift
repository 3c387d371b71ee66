internal import CoSimulation

// One value of each kind.
extension FieldChecker {
    /// The value of a node as a kind; nil, with a fault logged, when it is wrong.
    mutating func value(_ node: ScenarioNode, _ kind: Field.Kind, _ use: Use) -> ParameterValue? {
        remember(use.path, node.place)
        if node.isNull {
            fault(.noValue, node, use.path, "the key has no value.", remedy: "\(use.remedy) Or remove the key.")
            return nil
        }
        switch kind {
        case .boolean: return boolean(node, use)
        case .number(let range): return number(node, range, use, isWhole: false).map(ParameterValue.number)
        case .integer(let range): return number(node, range, use, isWhole: true).map(ParameterValue.number)
        case .text: return text(node, use).map(ParameterValue.text)
        case .choice(let choices): return choice(node, choices, use)
        case .choiceOrNumber(let choices, let range):
            guard case .value = ScalarReading.number(node) else { return choice(node, choices, use) }
            return number(node, range, use, isWhole: true).map(ParameterValue.number)
        case .file: return file(node, use)
        case .series(let range): return series(node, range, use)
        case .list(let kind, let minimum): return list(node, kind, minimum, use)
        case .rows(let fields, let minimum):
            return rows(node, .plain(fields), minimum, use).map { .list($0.map(ParameterValue.section)) }
        case .section(let fields):
            guard case .map = node.content else {
                _ = section(node, fields, use.path)
                return nil
            }
            return .section(section(node, fields, use.path))
        case .free: return free(node, use)
        case .map(let kind, let keys): return map(node, kind, keys, use)
        }
    }

    private mutating func boolean(_ node: ScenarioNode, _ use: Use) -> ParameterValue? {
        switch ScalarReading.boolean(node) {
        case .value(let value): return .boolean(value)
        case .problem(let problem, let remedy):
            fault(.wrongKind, node, use.path, problem, remedy: remedy)
            return nil
        }
    }

    /// A number in range.
    mutating func number(_ node: ScenarioNode, _ range: NumberRange, _ use: Use, isWhole: Bool) -> Double? {
        switch ScalarReading.number(node) {
        case .problem(let problem, let remedy):
            fault(.wrongKind, node, use.path, problem, remedy: remedy)
            return nil
        case .value(let read):
            let factor = factor(at: use.path)
            let value = read * factor
            func shown() -> String {
                let text = Excerpt.brief(node.text ?? "", limit: 40)
                return factor == 1 ? text : "\(text) times \(Excerpt.number(factor))"
            }
            guard range.contains(value) else {
                fault(
                    .outOfRange, node, use.path, "\(shown()) is not accepted; it must be \(range.rule).",
                    remedy: use.remedy)
                return nil
            }
            guard !isWhole || (value == value.rounded() && abs(value) <= 0x1p53) else {
                fault(.outOfRange, node, use.path, "\(shown()) is not a whole number.", remedy: use.remedy)
                return nil
            }
            return value == 0 ? 0 : value
        }
    }

    /// A text that is not empty.
    mutating func text(_ node: ScenarioNode, _ use: Use) -> String? {
        guard let text = node.text else {
            fault(.wrongKind, node, use.path, "\(node.phrase) stands where a text belongs.", remedy: use.remedy)
            return nil
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            fault(.noValue, node, use.path, "the text is empty.", remedy: use.remedy)
            return nil
        }
        return text
    }

    /// The contents of a named text file.
    private mutating func file(_ node: ScenarioNode, _ use: Use) -> ParameterValue? {
        guard let name = text(node, use) else { return nil }
        do throws(FileProblem) {
            let bytes = try files.text(name)
            guard let contents = String(validating: bytes, as: UTF8.self) else {
                fault(.wrongKind, node, use.path, "`\(name)` is no UTF-8 text.", remedy: "Save the file as UTF-8.")
                return nil
            }
            return .text(contents)
        } catch {
            fault(error.code, node, use.path, error.problem, remedy: error.remedy)
            return nil
        }
    }

    private mutating func choice(_ node: ScenarioNode, _ choices: [String], _ use: Use) -> ParameterValue? {
        guard let text = text(node, use) else { return nil }
        if choices.contains(text) { return .text(text) }
        let remedy = Suggestion.question(text, among: choices) ?? use.remedy
        fault(.unknownChoice, node, use.path, "\(node.phrase) is none of \(Excerpt.list(choices)).", remedy: remedy)
        return nil
    }

    private mutating func list(_ node: ScenarioNode, _ kind: Field.Kind, _ minimum: Int, _ use: Use) -> ParameterValue?
    {
        guard case .list(let nodes) = node.content else {
            fault(
                .wrongKind, node, use.path, "\(node.phrase) stands where a list belongs.",
                remedy: "Write `[…]`, or one `- ` per value.")
            return nil
        }
        checkCount(nodes.count, minimum, node, use)
        let values = nodes.enumerated().compactMap { value($1, kind, use.below("\(use.path)[\($0)]")) }
        return values.count == nodes.count ? .list(values) : nil
    }

    /// A fault when a list is shorter than it must be.
    mutating func checkCount(_ count: Int, _ minimum: Int, _ node: ScenarioNode, _ use: Use) {
        guard count < minimum else { return }
        fault(
            .outOfRange, node, use.path,
            "it has \(Excerpt.count(count, "value")); it must have at least \(minimum).", remedy: use.remedy)
    }

    private mutating func map(_ node: ScenarioNode, _ kind: Field.Kind, _ keys: String, _ use: Use) -> ParameterValue? {
        if ScenarioSchema.shorthandMaps.contains(use.field.name), case .scalar = node.content {
            return value(node, kind, use).map { .section(Parameters([(firstResource, $0)])) }
        }
        guard case .map(let entries) = node.content else {
            fault(
                .wrongKind, node, use.path, "\(node.phrase) stands where a section belongs.",
                remedy: "Write one `key: value` below it for each of \(keys).")
            return nil
        }
        var result = Parameters()
        for entry in entries {
            let path = FieldChecker.join(use.path, entry.key)
            if let value = value(entry.value, kind, use.below(path)) { result[entry.key] = value }
        }
        return .section(result)
    }
}
