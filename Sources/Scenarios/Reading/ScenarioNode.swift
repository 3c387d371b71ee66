/// What a scenario says before it is checked: a tree of texts with the place of each.
///
/// It comes from YAML, from an override or from the rows of a CSV file, and is read by kind: the field decides whether
/// `NO` is a country or `1e3` a number, never the notation.
struct ScenarioNode: Equatable, Sendable {
    /// A value.
    enum Content: Equatable, Sendable {
        /// One text and how it was written.
        case scalar(String, Style)
        /// Values in order.
        case list([ScenarioNode])
        /// Keys with their values, in order.
        case map([Entry])
    }

    /// How a text was written.
    enum Style: Equatable, Sendable {
        /// Without quotes.
        case plain
        /// In quotes or as a block, so that it cannot mean a number.
        case quoted
        /// In a cell of a CSV file.
        case cell
    }

    /// A key with its value.
    struct Entry: Equatable, Sendable {
        var key: String
        var keyPlace: SourcePlace
        var value: ScenarioNode
    }

    var content: Content
    var place: SourcePlace

    /// The value of a key, nil where there is none or this is no map.
    subscript(key: String) -> ScenarioNode? {
        guard case .map(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The text of a scalar.
    var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// The entries of a map; empty otherwise.
    var entries: [Entry] {
        guard case .map(let entries) = content else { return [] }
        return entries
    }

    /// Whether the value is left empty or written `null`.
    var isNull: Bool {
        guard case .scalar(let text, let style) = content, style != .quoted else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// What the value is, in words: "the text `abc`", "a list".
    var phrase: String {
        switch content {
        case .scalar(_, _) where isNull: "nothing"
        case .scalar(let text, .quoted): "the text \"\(Excerpt.brief(text, limit: 40))\""
        case .scalar(let text, _): "`\(Excerpt.brief(text, limit: 40))`"
        case .list: "a list"
        case .map: "a section"
        }
    }
}
