internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import ReferenceAgents
internal import Scenarios

/// Which scenario, with what changed.
struct ScenarioArguments: ParsableArguments {
    @Argument(help: "Folder with scenario.yaml, or a YAML file.")
    var scenario: String
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Change a setting, such as regions.north-1.connectionMW=200 or 'mechanism={objective: least-cost}'; may be repeated.",
            valueName: "path=value"))
    var overrides: [String] = []
    @Option(help: "Seed of every random stream, instead of the scenario's.")
    var seed: UInt64?

    /// The folder the scenario's files are in.
    var root: String {
        var isDirectory: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: scenario, isDirectory: &isDirectory)
        return isDirectory.boolValue ? scenario : URL(fileURLWithPath: scenario).deletingLastPathComponent().path
    }

    /// What is changed, the seed among it.
    var allOverrides: [String] { overrides + (seed.map { ["seed=\($0)"] } ?? []) }

    /// Loads the scenario and prints its notices. Throws `ScenarioError`.
    ///
    /// Replacements come after `--set`; a seed stands in for `--seed`. Programs of foreign agents are started when `tries`
    /// says so, to hear what they refuse.
    func load(
        console: Console, replacements: [Replacement] = [], seed: UInt64? = nil, triesForeign tries: Bool = false
    ) throws -> Scenario {
        let path = try existing()
        let all = seed.map { overrides + ["seed=\($0)"] } ?? allOverrides
        let folder = URL(fileURLWithPath: root)
        let trial: Scenario.ForeignCheck = { experiment, launches in
            AgentTrial(experiment: experiment, launches: launches, folder: folder).refusals()
        }
        let scenario = try Scenario.load(
            path, catalogue: ReferenceAgents.catalogue, overrides: all, replacements: replacements,
            checkAgent: Self.refusal, checkForeign: tries ? trial : nil)
        for notice in scenario.notices { console.note("note: \(notice)") }
        return scenario
    }

    /// The scenario's path. Throws `CommandError` where there is nothing.
    func existing() throws -> String {
        guard FileManager.default.fileExists(atPath: scenario) else {
            throw CommandError(
                .invalidInput,
                "There is no scenario at \(scenario). Name a folder with scenario.yaml, or a YAML file.")
        }
        return scenario
    }
}

extension ScenarioArguments {
    /// What a strategy of the catalogue refuses of its settings.
    static let refusal: Scenario.AgentCheck = { role, strategy, setup in
        guard let entry = ReferenceAgents.catalogue.entry(role, strategy) else { return nil }
        do throws(ParameterError) {
            _ = try AgentProgram(number: 0, seed: 0, entry: entry, setup: setup)
            return nil
        } catch {
            return error
        }
    }
}

/// Who plays in the place of agents of the scenario.
struct ReplaceArguments: ParsableArguments {
    @Option(
        name: .customLong("replace"),
        help: ArgumentHelp(
            "Let a program play an agent, with the settings that stand there; a folder of 'gridtide agent new', or a file; may be repeated.",
            valueName: "agent=program"))
    var replace: [String] = []

    /// The replacements; folders are built. Throws `CommandError`.
    func replacements(console: Console) throws -> [Replacement] {
        try replace.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw CommandError(
                    .invalidInput,
                    "--replace \(text): write the agent's name, = and a folder or program: stockholm=demo.")
            }
            return try AgentSource.find([parts[1]], console: console).replacing(parts[0])
        }
    }
}

/// How results are printed.
struct OutputArguments: ParsableArguments {
    @Flag(help: "Print the result as JSON.")
    var json = false
    @Flag(name: .shortAndLong, help: "Print results only: no notes, no progress.")
    var quiet = false

    var console: Console { Console(isQuiet: quiet) }
}
