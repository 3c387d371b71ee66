public import CoSimulation

extension ScenarioSchema {
    /// A reference of every setting as Markdown tables: the format's own sections, then each strategy of the catalogue.
    public static func reference(catalogue: AgentCatalogue) -> String {
        var lines: [String] = []
        table("scenario", fields, &lines)
        for role in AgentRole.allCases {
            for entry in catalogue.entries where entry.role == role {
                lines += ["### \(role.rawValue) `\(entry.name)`", "", entry.summary, ""]
                rows("", entry.fields, &lines)
                lines.append("")
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func table(_ title: String, _ fields: [Field], _ lines: inout [String]) {
        lines += ["### \(title)", ""]
        rows("", fields, &lines)
        lines.append("")
    }

    private static func rows(_ prefix: String, _ fields: [Field], _ lines: inout [String]) {
        if fields.isEmpty {
            lines.append("No settings.")
            return
        }
        if prefix.isEmpty { lines += ["| key | kind | unit | default | meaning |", "|---|---|---|---|---|"] }
        for field in fields {
            let name = prefix + field.name
            let cells = [
                "`\(name)`", kindText(field.kind), field.unit?.rawValue ?? "", defaultText(field), escaped(field.text),
            ]
            lines.append("| " + cells.joined(separator: " | ") + " |")
            switch field.kind {
            case .section(let inner): rows(name + ".", inner, &lines)
            case .rows(let inner, _): rows(name + "[].", inner, &lines)
            default: break
            }
        }
    }

    private static func kindText(_ kind: Field.Kind) -> String {
        switch kind {
        case .boolean: "true or false"
        case .number(let range): range == .any ? "number" : "number, \(range.rule)"
        case .integer(let range): range == .any ? "whole number" : "whole number, \(range.rule)"
        case .text: "text"
        case .file: "file"
        case .choice(let choices): choices.map { "`\($0)`" }.joined(separator: ", ")
        case .choiceOrNumber(let choices, let range):
            choices.map { "`\($0)`" }.joined(separator: ", ") + ", or " + kindText(.integer(range))
        case .series(let range): range == .any ? "number or series" : "number or series, \(range.rule)"
        case .list(let inner, _): "list of " + kindText(inner)
        case .rows: "list, or `{file, where}`"
        case .section: "section"
        case .free: "anything"
        case .map(let inner, let keys): "by \(escaped(keys)): " + kindText(inner)
        }
    }

    private static func defaultText(_ field: Field) -> String {
        if field.isRequired { return "**required**" }
        switch field.defaultValue {
        case .number(let value)?: return Excerpt.number(value)
        case .text(let text)?: return "`\(text)`"
        case .boolean(let value)?: return value ? "true" : "false"
        case .list(let values)?: return values.isEmpty ? "empty" : values.compactMap(listed).joined(separator: ", ")
        case .series?, .section?: return "see text"
        case nil: return ""
        }
    }

    private static func listed(_ value: ParameterValue) -> String? {
        switch value {
        case .text(let text): "`\(text)`"
        case .number(let value): Excerpt.number(value)
        default: nil
        }
    }

    private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
