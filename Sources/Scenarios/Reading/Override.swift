/// A setting given on the command line as `path=value`, such as `regions.north-1.connectionMW=200`, or on the axis of a sweep.
///
/// The path goes by key; an entry of a list goes by its name or its number from 0, written `regions.0` or `regions[0]`,
/// and `*` stands for every entry of a list or section. The value is YAML; an empty value takes the setting away.
struct Override: Sendable {
    let place: SourcePlace
    private let path: String
    private let components: [String]
    private let value: ScenarioNode?

    /// What is wrong with an override.
    struct Problem: Error {
        let problem: String
        let remedy: String
    }

    /// An override from its argument.
    init(_ argument: String) throws(Problem) {
        guard let equals = argument.firstIndex(of: "=") else {
            throw Problem(problem: "there is no `=` in it.", remedy: "Write `path=value`, such as `clock.ticks=48`.")
        }
        let place = SourcePlace.override(argument)
        let value = try Override.value(String(argument[argument.index(after: equals)...]), place)
        try self.init(path: String(argument[..<equals]), value: value, at: place)
    }

    /// An override from its parts; without a value it takes the setting away.
    init(path: String, value: ScenarioNode?, at place: SourcePlace) throws(Problem) {
        guard let components = SettingPath.components(path) else {
            throw Problem(
                problem: "its path `\(Excerpt.brief(path))` has an empty part, or more than 64.",
                remedy: "Write `path=value`.")
        }
        self.place = place
        self.path = path
        self.components = components
        self.value = value
    }

    /// The tree with this setting in place.
    func applied(to root: ScenarioNode) throws(Problem) -> ScenarioNode {
        try applied(to: root, components[...])
    }

    private static func value(_ text: String, _ place: SourcePlace) throws(Problem) -> ScenarioNode? {
        if text.allSatisfy(\.isWhitespace) { return nil }
        do {
            return relocated(try YAMLReader(file: place.file, limits: ScenarioLimits()).read(text), to: place)
        } catch {
            throw Problem(problem: "its value is not usable: \(error.problem)", remedy: error.remedy)
        }
    }

    private static func relocated(_ node: ScenarioNode, to place: SourcePlace) -> ScenarioNode {
        let content: ScenarioNode.Content =
            switch node.content {
            case .scalar: node.content
            case .list(let values): .list(values.map { relocated($0, to: place) })
            case .map(let entries):
                .map(
                    entries.map {
                        ScenarioNode.Entry(key: $0.key, keyPlace: place, value: relocated($0.value, to: place))
                    })
            }
        return ScenarioNode(content: content, place: place)
    }

    private func applied(to node: ScenarioNode, _ rest: ArraySlice<String>) throws(Problem) -> ScenarioNode {
        switch node.content {
        case .map(let entries): try applied(toMap: node, entries, rest)
        case .list(let values): try applied(toList: node, values, rest)
        case .scalar where node.isNull: try applied(toMap: node, [], rest)
        case .scalar:
            throw Problem(
                problem: "\(node.phrase) at \(node.place) has nothing below it.",
                remedy: "Shorten the path to the setting itself.")
        }
    }

    private func applied(
        toMap node: ScenarioNode, _ entries: [ScenarioNode.Entry], _ rest: ArraySlice<String>
    ) throws(Problem) -> ScenarioNode {
        if rest.first == SettingPath.wildcard {
            return try appliedToAll(node, entries.map(\.key), rest.dropFirst())
        }
        var entries = entries
        // Keys may hold dots, so the longest key that exists wins.
        let length =
            (1...rest.count).reversed().first { count in entries.contains { $0.key == joined(rest, count) } } ?? 1
        let key = joined(rest, length)
        let below = rest.dropFirst(length)
        let index = entries.firstIndex { $0.key == key }
        if let index, let next = below.first, !Override.sourceKeys.contains(next),
            let file = entries[index].value["file"],
            entries[index].value.entries.allSatisfy({ Override.sourceKeys.contains($0.key) })
        {
            throw Problem(
                problem: "the entries of `\(key)` come from the file `\(Excerpt.brief(file.text ?? ""))`.",
                remedy: "Change the file, or name another one with `\(key).file=`.")
        }
        if below.isEmpty {
            entries.removeAll { $0.key == key }
            if let value { entries.insert(.init(key: key, keyPlace: place, value: value), at: index ?? entries.count) }
        } else if let index {
            entries[index].value = try applied(to: entries[index].value, below)
        } else {
            let empty = ScenarioNode(content: .map([]), place: place)
            entries.append(.init(key: key, keyPlace: place, value: try applied(to: empty, below)))
        }
        return ScenarioNode(content: .map(entries), place: node.isNull ? place : node.place)
    }

    private func applied(
        toList node: ScenarioNode, _ values: [ScenarioNode], _ rest: ArraySlice<String>
    ) throws(Problem) -> ScenarioNode {
        if rest.first == SettingPath.wildcard {
            return try appliedToAll(node, values.indices.map(String.init), rest.dropFirst())
        }
        var values = values
        var found: (index: Int, length: Int)?
        for count in (1...rest.count).reversed() where found == nil {
            let name = joined(rest, count)
            if let index = values.firstIndex(where: { $0["name"]?.text == name }) { found = (index, count) }
        }
        if found == nil, let index = Int(rest.first ?? ""), values.indices.contains(index) { found = (index, 1) }
        guard let found else {
            let names = values.compactMap { $0["name"]?.text }
            let hint = Suggestion.question(rest.first ?? "", among: names) ?? "Known here: \(Excerpt.list(names))."
            throw Problem(
                problem: "no entry is named `\(Excerpt.brief(rest.joined(separator: ".")))`.",
                remedy: names.isEmpty ? "Use a number from 0 to \(values.count - 1)." : hint)
        }
        let below = rest.dropFirst(found.length)
        if !below.isEmpty {
            values[found.index] = try applied(to: values[found.index], below)
        } else if let value {
            values[found.index] = value
        } else {
            values.remove(at: found.index)
        }
        return ScenarioNode(content: .list(values), place: node.place)
    }

    /// A list or section with the setting in place in each of its entries.
    private func appliedToAll(
        _ node: ScenarioNode, _ keys: [String], _ rest: ArraySlice<String>
    ) throws(Problem) -> ScenarioNode {
        guard !keys.isEmpty else {
            throw Problem(
                problem: "`*` stands for the entries of \(node.phrase) at \(node.place), which has none.",
                remedy: "Name the setting without it.")
        }
        var node = node
        // From the end, so that numbers of entries still count when entries are taken away.
        for key in keys.reversed() { node = try applied(to: node, [key] + rest) }
        return node
    }

    /// Keys that say where values come from; what stands beside them is in the file.
    private static let sourceKeys = ["file", "where", "missing", "column", "timeZone"]

    private func joined(_ rest: ArraySlice<String>, _ count: Int) -> String {
        rest.prefix(count).joined(separator: ".")
    }
}
