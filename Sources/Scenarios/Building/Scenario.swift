public import CoSimulation
internal import Foundation

/// A scenario that was read, checked in full and found right.
public struct Scenario: Sendable {
    /// What is to be run.
    public let experiment: Experiment
    /// One line that says what it shows; empty when the scenario has none.
    public let title: String
    /// What it shows and what to look at; empty when the scenario has none.
    public let description: String
    /// How it is to be carried out.
    public let run: RunOptions
    /// What its author should know, ascending by place.
    public let notices: [ScenarioNotice]
    /// Names of the files it was read from, the YAML text first.
    public let files: [String]

    /// Tries an agent's settings by making it once; answers what its strategy refuses, nil when it takes them.
    public typealias AgentCheck =
        @Sendable (_ role: AgentRole, _ strategy: String, _ setup: AgentSetup) -> ParameterError?

    /// Tries the programs of foreign agents; answers what they refuse, by agent number.
    public typealias ForeignCheck =
        @Sendable (_ experiment: Experiment, _ launches: [String: RunOptions.Launch]) -> [(
            agent: Int, error: ParameterError
        )]

    /// Loads the scenario of a folder that holds `scenario.yaml`, or of a YAML file.
    ///
    /// Overrides have the form `path=value`, such as `regions.north-1.connectionMW=200`; they and then replacements apply
    /// before anything is checked. Throws everything that is wrong at once.
    public static func load(
        _ path: String, catalogue: AgentCatalogue, overrides: [String] = [], replacements: [Replacement] = [],
        limits: ScenarioLimits = ScenarioLimits(),
        checkAgent: AgentCheck? = nil, checkForeign: ForeignCheck? = nil
    ) throws(ScenarioError) -> Scenario {
        let url = URL(fileURLWithPath: path)
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
        if exists && isDirectory.boolValue {
            return try load(
                .directory(url.path), catalogue: catalogue, overrides: overrides, replacements: replacements,
                limits: limits, checkAgent: checkAgent, checkForeign: checkForeign)
        }
        return try load(
            .directory(url.deletingLastPathComponent().path), file: url.lastPathComponent, catalogue: catalogue,
            overrides: overrides, replacements: replacements,
            limits: limits, checkAgent: checkAgent, checkForeign: checkForeign)
    }

    /// Loads a scenario from the files of a folder.
    public static func load(
        _ folder: ScenarioFolder, file: String = "scenario.yaml", catalogue: AgentCatalogue, overrides: [String] = [],
        replacements: [Replacement] = [], limits: ScenarioLimits = ScenarioLimits(), checkAgent: AgentCheck? = nil,
        checkForeign: ForeignCheck? = nil
    ) throws(ScenarioError) -> Scenario {
        let checker = FieldChecker(files: FileCache(folder: folder, limits: limits), limits: limits)
        var builder = ScenarioBuilder(checker: checker, catalogue: catalogue, file: file)
        return try builder.build(
            overrides: overrides, replacements: replacements, checkAgent: checkAgent, checkForeign: checkForeign)
    }
}
