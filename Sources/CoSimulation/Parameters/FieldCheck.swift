extension Parameters {
    /// The settings as the fields describe them, with defaults filled in. Throws the first that the fields refuse.
    ///
    /// For a program of its own: a scenario does not know its fields and sends what its author wrote. Settings that were
    /// checked before come out as they are.
    public func checked(by fields: [Field]) throws(ParameterError) -> Parameters {
        try checked(by: fields, below: "")
    }

    fileprivate func checked(by fields: [Field], below path: String) throws(ParameterError) -> Parameters {
        func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
        for entry in entries where !fields.contains(where: { $0.name == entry.name }) {
            let known = fields.map(\.name).sorted().joined(separator: ", ")
            throw ParameterError(
                path: place(entry.name), problem: "the strategy has no such setting",
                remedy: "It reads: \(known.isEmpty ? "none" : known).")
        }
        var result = Parameters()
        for field in fields {
            if let value = self[field.name] {
                result[field.name] = try field.kind.checked(value, place(field.name))
            } else if field.isRequired {
                throw ParameterError(
                    path: place(field.name), problem: "it is missing", remedy: "State it. \(field.text)")
            } else {
                result[field.name] = field.defaultValue
            }
        }
        return result
    }
}

extension Field.Kind {
    /// A value of this kind, defaults within it filled in. Throws when it is of another kind or out of its range.
    fileprivate func checked(_ value: ParameterValue, _ path: String) throws(ParameterError) -> ParameterValue {
        switch (self, value) {
        case (.free, _), (.boolean, .boolean), (.file, .text): return value
        case (.text, .text(let text)) where !text.isEmpty: return value
        case (.number(let range), .number(let number)), (.series(let range), .number(let number)):
            try range.check(number, path)
        case (.integer(let range), .number(let number)), (.choiceOrNumber(_, let range), .number(let number)):
            try range.check(number, path)
            guard number == number.rounded() else {
                throw ParameterError(
                    path: path, problem: "\(number) is not a whole number", remedy: "Give a whole number.")
            }
        case (.series(let range), .series(let numbers)): for number in numbers { try range.check(number, path) }
        case (.choice(let choices), .text(let text)), (.choiceOrNumber(let choices, _), .text(let text)):
            guard choices.contains(text) else {
                throw ParameterError(
                    path: path, problem: "'\(text)' is unknown",
                    remedy: "Choose one of \(choices.joined(separator: ", ")).")
            }
        case (.list(let kind, let least), .list(let values)):
            try check(count: values.count, least: least, path)
            return .list(
                try elements(values, path) { (value, path) throws(ParameterError) in
                    try kind.checked(value, path)
                })
        case (.rows(let fields, let least), .list(let values)):
            try check(count: values.count, least: least, path)
            return .list(
                try elements(values, path) { (value, path) throws(ParameterError) in
                    try Field.Kind.section(fields).checked(value, path)
                })
        case (.section(let fields), .section(let section)):
            return .section(try section.checked(by: fields, below: path))
        case (.map(let kind, _), .section(let section)):
            var result = Parameters()
            for entry in section.entries {
                result[entry.name] = try kind.checked(entry.value, "\(path).\(entry.name)")
            }
            return .section(result)
        default: throw ParameterError(path: path, problem: "it is of another kind", remedy: "State \(noun).")
        }
        return value
    }

    private func check(count: Int, least: Int, _ path: String) throws(ParameterError) {
        guard count < least else { return }
        throw ParameterError(path: path, problem: "it has \(count) entries", remedy: "State at least \(least).")
    }

    private func elements(
        _ values: [ParameterValue], _ path: String,
        _ check: (ParameterValue, String) throws(ParameterError) -> ParameterValue
    ) throws(ParameterError) -> [ParameterValue] {
        var result: [ParameterValue] = []
        for (index, value) in values.enumerated() { result.append(try check(value, "\(path)[\(index)]")) }
        return result
    }

    /// What a value of this kind is, with its rule.
    private var noun: String {
        switch self {
        case .boolean: "true or false"
        case .number(let range): "a number, \(range.rule)"
        case .integer(let range): "a whole number, \(range.rule)"
        case .text, .choice: "a text"
        case .choiceOrNumber: "a text, or a whole number"
        case .file: "{file: NAME}"
        case .series: "a number, or {file: NAME, column: NAME}"
        case .list: "a list"
        case .rows: "a list of sections"
        case .section, .map: "a section of named settings"
        case .free: "a value"
        }
    }
}

extension NumberRange {
    fileprivate func check(_ number: Double, _ path: String) throws(ParameterError) {
        guard !contains(number) else { return }
        throw ParameterError(path: path, problem: "\(number) is not accepted", remedy: "Give \(rule).")
    }
}
