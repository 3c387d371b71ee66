import Scenarios

/// A wrong scenario: the right one with one edit, and what must be said about it.
struct WrongScenario: CustomStringConvertible, Sendable {
    /// What is wrong, in words.
    let name: String
    /// The files.
    let files: [String: String]
    /// Overrides on the command line.
    var overrides: [String] = []
    /// The kind of the fault that matters.
    let code: ScenarioFault.Code
    /// The file it must point at, and a text on the line; nil where it has no line.
    let file: String
    let marker: String?
    /// A part of what it says.
    let fragment: String
    /// Kinds of faults that follow from it.
    var also: [ScenarioFault.Code] = []
    /// The line, where the marker stands on earlier ones too.
    var exactLine: Int?

    var description: String { name }

    /// The line of the marker.
    var line: Int? {
        guard let marker else { return exactLine }
        let lines = (files[file] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        return lines.firstIndex { $0.contains(marker) }.map { $0 + 1 }
    }

    /// The right scenario with a text of its YAML replaced; the fault stands on the line of `at`, or of the new text.
    static func yaml(
        _ name: String, _ old: String, _ new: String, _ code: ScenarioFault.Code, at marker: String? = nil,
        _ fragment: String,
        also: [ScenarioFault.Code] = []
    ) -> WrongScenario {
        let first = new.split(separator: "\n").first.map(String.init) ?? old
        return WrongScenario(
            name: name, files: GoodScenario.edited("scenario.yaml", old, new), code: code, file: "scenario.yaml",
            marker: marker ?? first,
            fragment: fragment, also: also)
    }

    /// The right scenario with a text of a CSV file replaced; the fault stands in that file.
    static func csv(
        _ name: String, _ file: String, _ old: String, _ new: String, _ code: ScenarioFault.Code,
        at marker: String? = nil,
        _ fragment: String, also: [ScenarioFault.Code] = []
    ) -> WrongScenario {
        WrongScenario(
            name: name, files: GoodScenario.edited(file, old, new), code: code, file: file, marker: marker ?? new,
            fragment: fragment, also: also)
    }

    /// A whole YAML text.
    static func text(
        _ name: String, _ yaml: String, _ code: ScenarioFault.Code, at marker: String? = nil, _ fragment: String,
        also: [ScenarioFault.Code] = []
    ) -> WrongScenario {
        var files = GoodScenario.files
        files["scenario.yaml"] = yaml
        return WrongScenario(
            name: name, files: files, code: code, file: "scenario.yaml", marker: marker, fragment: fragment, also: also)
    }

    /// The right scenario with an override.
    static func override(_ name: String, _ argument: String, _ code: ScenarioFault.Code, _ fragment: String)
        -> WrongScenario
    {
        WrongScenario(
            name: name, files: GoodScenario.files, overrides: [argument], code: code, file: "--set \(argument)",
            marker: nil,
            fragment: fragment)
    }
}
