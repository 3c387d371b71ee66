internal import ArgumentParser
internal import Foundation
internal import ReferenceAgents
internal import RunAnalysis
internal import Scenarios

/// `gridtide sweep`: runs an experiment of many points.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Run an experiment of many points: a scenario along axes that change it.",
        discussion: """
            Every point is checked before the first is run. Points run in this process, one on each core, and each is stored in one \
            SQLite database as soon as it is done: a sweep that was stopped or killed goes on with the same command and ends with the \
            same results. docs/sweeps.md has the format. Start with: gridtide sweep Scenarios/energy-latency-frontier

            Exit status 1 when a point failed, 2 when the sweep or one of its points is wrong, 130 when interrupted.
            """)

    @Argument(help: "Folder with sweep.yaml, or a YAML file.")
    var sweep: String
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Change a setting of the scenario of every point; may be repeated.", valueName: "path=value")
    )
    var overrides: [String] = []
    @OptionGroup var arguments: SweepArguments

    func run() async throws {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: self.sweep, isDirectory: &isDirectory) else {
            throw CommandError(
                .invalidInput, "There is no sweep at \(self.sweep). Name a folder with sweep.yaml, or a YAML file.")
        }
        let sweep = try Sweep.load(self.sweep)
        let folder =
            isDirectory.boolValue ? self.sweep : URL(fileURLWithPath: self.sweep).deletingLastPathComponent().path
        let template = try ScenarioTemplate(
            "\(folder)/\(sweep.scenario)", catalogue: ReferenceAgents.catalogue, overrides: overrides,
            checkAgent: ScenarioArguments.refusal)
        let result = try await arguments.run(sweep, from: template)
        let console = arguments.output.console
        if arguments.output.json {
            console.print(try console.json(result))
        } else {
            console.print(arguments.csv ? result.csv : result.text, terminator: "")
        }
        try arguments.check(result)
    }
}
