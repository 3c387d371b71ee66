internal import ArgumentParser
internal import CoSimulation
internal import ReferenceAgents

/// `gridtide agents`: the catalogue of strategies.
struct Agents: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the strategies a scenario can name, or describe one with its settings.")

    @Argument(help: "Name of a strategy to describe.")
    var name: String?
    @OptionGroup var output: OutputArguments

    func run() throws {
        let console = output.console
        let entries = ReferenceAgents.catalogue.entries.filter { name == nil || $0.name == name }
        guard !entries.isEmpty else {
            let known = Set(ReferenceAgents.catalogue.entries.map(\.name)).sorted().joined(separator: ", ")
            throw CommandError(.invalidInput, "There is no strategy '\(name ?? "")'. Known are: \(known).")
        }
        if output.json {
            console.print(try console.json(entries.map(Description.init)))
        } else if name == nil {
            for role in AgentRole.allCases {
                console.print("\(role.rawValue)")
                for entry in entries where entry.role == role {
                    console.print("  \(entry.name.padded(to: 20)) \(entry.summary)")
                }
            }
        } else {
            for entry in entries { describe(entry, console) }
        }
    }

    private func describe(_ entry: CatalogueEntry, _ console: Console) {
        console.print("\(entry.name) (\(entry.role.rawValue)): \(entry.summary)")
        describe(entry.fields, indent: "  ", console)
    }

    private func describe(_ fields: [Field], indent: String, _ console: Console) {
        for field in fields {
            let unit = field.unit.map { " [\($0.rawValue)]" } ?? ""
            let need = field.isRequired ? " (required)" : field.defaultValue.map { ", default \($0.brief)" } ?? ""
            console.print("\(indent)\(field.name)\(unit)\(need)\n\(indent)    \(field.text)")
            describe(field.parts, indent: indent + "    ", console)
        }
    }

    private struct Description: Encodable {
        struct Setting: Encodable {
            let name: String
            let unit: String?
            let required: Bool
            let `default`: String?
            let text: String
            /// What each row or section of it takes; absent for plain values.
            let settings: [Setting]?

            init(_ field: Field) {
                name = field.name
                unit = field.unit?.rawValue
                required = field.isRequired
                `default` = field.defaultValue?.brief
                text = field.text
                settings = field.parts.isEmpty ? nil : field.parts.map(Setting.init)
            }
        }

        let name: String
        let role: String
        let summary: String
        let settings: [Setting]

        init(_ entry: CatalogueEntry) {
            name = entry.name
            role = entry.role.rawValue
            summary = entry.summary
            settings = entry.fields.map(Setting.init)
        }
    }
}

extension Field {
    /// What each row of a list, or a section, takes.
    fileprivate var parts: [Field] {
        switch kind {
        case .rows(let fields, _), .section(let fields): fields
        default: []
        }
    }
}

extension String {
    /// The text filled up with blanks on the right.
    func padded(to width: Int) -> String {
        count >= width ? self : self + String(repeating: " ", count: width - count)
    }
}

extension ParameterValue {
    /// The value as a scenario would write it.
    fileprivate var brief: String {
        switch self {
        case .boolean(let value): "\(value)"
        case .number(let value): value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
        case .text(let value): value
        case .series(let values): "\(values.count) values"
        case .list(let values): "[\(values.map(\.brief).joined(separator: ", "))]"
        case .section(let section):
            "{\(section.entries.map { "\($0.name): \($0.value.brief)" }.joined(separator: ", "))}"
        }
    }
}
