/// The colours of all pages and figures by meaning: each has a name, such as `run`, and is written `var(--run)`, so that light,
/// dark and print follow by themselves.
enum Palette {
    /// A colour for light and dark pages.
    private struct Colour {
        let name: String
        let light: String
        let dark: String
    }

    /// Lines of one figure that differ by something else than the run and its baseline; safe for the colour-blind, and told
    /// apart by shape too.
    static let seriesCount = 6

    private static let colours: [Colour] = [
        // The page.
        .init(name: "page", light: "#f5f6f8", dark: "#12161c"), .init(name: "card", light: "#ffffff", dark: "#1a2028"),
        .init(name: "text", light: "#1b2430", dark: "#e6eaf0"), .init(name: "muted", light: "#5b6675", dark: "#9aa6b4"),
        .init(name: "line", light: "#dfe3e8", dark: "#2e3742"),
        .init(name: "accent", light: "#1764ab", dark: "#6cb0ee"),
        .init(name: "warn", light: "#fff4e0", dark: "#33290f"),
        .init(name: "warn-line", light: "#d98e04", dark: "#d98e04"),
        // Figures: the run, its baseline, what a grid asked for; falls and rises; better and worse.
        .init(name: "run", light: "#1f77b4", dark: "#4c9fde"),
        .init(name: "baseline", light: "#98a1ad", dark: "#7d8896"),
        .init(name: "asked", light: "#c2560c", dark: "#f0944d"), .init(name: "fall", light: "#1f77b4", dark: "#4c9fde"),
        .init(name: "rise", light: "#d95f02", dark: "#f0944d"),
        .init(name: "better", light: "#0b6e4f", dark: "#5fc9a0"),
        .init(name: "worse", light: "#b3420a", dark: "#f0944d"),
        // Lines of sweeps.
        .init(name: "series-1", light: "#1f77b4", dark: "#4c9fde"),
        .init(name: "series-2", light: "#d95f02", dark: "#f0944d"),
        .init(name: "series-3", light: "#0b7a5e", dark: "#46c19c"),
        .init(name: "series-4", light: "#7b4fa3", dark: "#b18ad8"),
        .init(name: "series-5", light: "#a6761d", dark: "#d6a84e"),
        .init(name: "series-6", light: "#c2377f", dark: "#ec7fb0"),
        // Maps and axes.
        .init(name: "land", light: "#e4e8ec", dark: "#2a323c"), .init(name: "shore", light: "#c3cad2", dark: "#3e4854"),
        .init(name: "ring", light: "#ffffff", dark: "#1a2028"), .init(name: "halo", light: "#ffffff", dark: "#12161c"),
        .init(name: "grid", light: "#e9ecf0", dark: "#29313b"),
    ]

    /// Where paper differs from a light page: no tints behind text, darker grey.
    private static let paper = ["page": "#ffffff", "text": "#000000", "muted": "#444444", "line": "#cccccc"]

    /// Colours of light pages, as declarations of a style.
    static var lightStyle: String { style(colours.map { ($0.name, $0.light) }) }

    /// Colours of dark pages, as declarations of a style.
    static var darkStyle: String { style(colours.map { ($0.name, $0.dark) }) }

    /// Colours on paper, as declarations of a style.
    static var paperStyle: String { style(colours.map { ($0.name, onPaper($0)) }) }

    /// Colours on paper by variable, `--run` and so on, for what leaves the page: saved figures have no style beside them.
    static var paperColours: JSON {
        .object(colours.map { JSON.Member(name: "--\($0.name)", value: .text(onPaper($0))) })
    }

    private static func onPaper(_ colour: Colour) -> String { paper[colour.name] ?? colour.light }

    private static func style(_ values: [(name: String, value: String)]) -> String {
        values.map { "--\($0.name): \($0.value);" }.joined(separator: " ")
    }

    /// A value in which every `var(--name)` stands for its colour on paper.
    static func onPaper(_ value: JSON) -> JSON {
        let byVariable = Dictionary(uniqueKeysWithValues: colours.map { ("var(--\($0.name))", onPaper($0)) })
        return value.mappingTexts { byVariable[$0] ?? $0 }
    }
}
