public import CoSimulation

extension ScenarioSchema {
    /// A JSON Schema (draft 2020-12) of scenario files, for editors: keys, kinds, ranges, units and texts.
    ///
    /// An agent's entry is checked against the strategy it names. Files, references and anything that spans two
    /// settings are beyond a schema; `gridtide validate` checks those.
    public static func jsonSchema(catalogue: AgentCatalogue) -> String {
        var definitions: [(String, JSONText)] = []
        for entry in catalogue.entries {
            let schema = object(agentFields(entry.role, entry: entry), text: entry.summary)
            definitions.append(("\(entry.role.rawValue).\(entry.name)", schema))
        }
        let lists = Dictionary(uniqueKeysWithValues: AgentRole.allCases.map { (listKey($0), $0) })
        let properties = fields.map { field -> (String, JSONText) in
            lists[field.name].map { (field.name, agents($0, field, catalogue)) } ?? (field.name, property(field))
        }
        let head: [(String, JSONText)] = [
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("Gridtide scenario, version \(version)")),
        ]
        return JSONText.object(head + closed(properties, required: fields) + [("$defs", .object(definitions))]).rendered
    }

    private static func closed(_ properties: [(String, JSONText)], required fields: [Field]) -> [(String, JSONText)] {
        let required = fields.filter(\.isRequired).map { JSONText.text($0.name) }
        return [
            ("type", .text("object")), ("properties", .object(properties)), ("required", .list(required)),
            ("additionalProperties", .boolean(false)),
        ]
    }

    private static func object(_ fields: [Field], text: String) -> JSONText {
        .object([("description", .text(text))] + closed(fields.map { ($0.name, property($0)) }, required: fields))
    }

    private static func property(_ field: Field) -> JSONText {
        let unit = field.unit.map { " Unit: \($0.rawValue)." } ?? ""
        var pairs: [(String, JSONText)] = [("description", .text(field.text + unit))]
        if let value = field.defaultValue.flatMap(literal) { pairs.append(("default", value)) }
        var kind = pairs + schema(field.kind)
        if field.name == "gridtide" { kind.append(("const", .number(Double(version)))) }
        if shorthandMaps.contains(field.name), case .map(let inner, _) = field.kind {
            kind = pairs + [("oneOf", .list([.object(schema(inner)), .object(schema(field.kind))]))]
        }
        return .object(kind)
    }

    private static func schema(_ kind: Field.Kind) -> [(String, JSONText)] {
        switch kind {
        case .boolean: return [("type", .text("boolean"))]
        case .number(let range): return [("type", .text("number"))] + bounds(range)
        case .integer(let range): return [("type", .text("integer"))] + bounds(range)
        case .text: return [("type", .list([.text("string"), .text("number"), .text("boolean")]))]
        case .file: return [("type", .text("string"))]
        case .choice(let choices): return [("enum", .list(choices.map(JSONText.text)))]
        case .choiceOrNumber(let choices, let range):
            let kinds = [schema(.choice(choices)), schema(.integer(range))]
            return [("oneOf", .list(kinds.map(JSONText.object)))]
        case .series(let range):
            let number = JSONText.object([("type", .text("number"))] + bounds(range))
            return [
                (
                    "oneOf",
                    .list([number, object(FieldChecker.seriesFields, text: "One value per tick from a CSV file.")])
                )
            ]
        case .list(let inner, let minimum):
            return [
                ("type", .text("array")), ("items", .object(schema(inner))), ("minItems", .number(Double(minimum))),
            ]
        case .rows(let fields, let minimum): return rows(object(fields, text: "One entry."), minimum)
        case .section(let fields): return closed(fields.map { ($0.name, property($0)) }, required: fields)
        case .free: return []
        case .map(let inner, _): return [("type", .text("object")), ("additionalProperties", .object(schema(inner)))]
        }
    }

    private static func rows(_ item: JSONText, _ minimum: Int) -> [(String, JSONText)] {
        let list = JSONText.object([("type", .text("array")), ("items", item), ("minItems", .number(Double(minimum)))])
        return [
            ("oneOf", .list([list, object(FieldChecker.tableFields, text: "Entries from the rows of a CSV file.")]))
        ]
    }

    private static func agents(_ role: AgentRole, _ field: Field, _ catalogue: AgentCatalogue) -> JSONText {
        let names = catalogue.names(role)
        let strategy = JSONText.object([
            ("description", .text("Name of the strategy, or the program that plays the agent.")),
            (
                "oneOf",
                .list([
                    .object([("enum", .list(names.map(JSONText.text)))]),
                    object(foreignStrategy, text: "A program of its own."),
                ])
            ),
        ])
        let cases = names.map { name in
            JSONText.object([
                ("if", .object([("properties", .object([("strategy", .object([("const", .text(name))]))]))])),
                ("then", .object([("$ref", .text("#/$defs/\(role.rawValue).\(name)"))])),
            ])
        }
        let item = JSONText.object([
            ("type", .text("object")), ("properties", .object([("strategy", strategy)])),
            ("required", .list([.text("name"), .text("strategy")])), ("allOf", .list(cases)),
        ])
        return .object([("description", .text(field.text))] + rows(item, 1))
    }

    private static func bounds(_ range: NumberRange) -> [(String, JSONText)] {
        var pairs: [(String, JSONText)] = []
        if range.lower > -.greatestFiniteMagnitude {
            pairs.append((range.excludesLower ? "exclusiveMinimum" : "minimum", .number(range.lower)))
        }
        if range.upper < .greatestFiniteMagnitude { pairs.append(("maximum", .number(range.upper))) }
        return pairs
    }

    private static func literal(_ value: ParameterValue) -> JSONText? {
        switch value {
        case .boolean(let value): .boolean(value)
        case .number(let value): value.isFinite ? .number(value) : nil
        case .text(let text): .text(text)
        case .list(let values): .list(values.compactMap(literal))
        case .series, .section: nil
        }
    }
}
