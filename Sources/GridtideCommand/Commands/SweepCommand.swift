internal import ArgumentParser
internal import Foundation
internal import ReferenceAgents
internal import RunAnalysis
internal import RunStore
internal import Scenarios

/// `gridtide sweep`: runs an experiment of many points.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Run an experiment of many points: a scenario along axes that change it.",
        discussion: """
            Every point is checked before the first is run. Points run in this process, one on each core, and each is stored in one \
            SQLite database as soon as it is done: a sweep that was stopped or killed goes on with the same command and ends with the \
            same results. With --on slurm, they run as an array of jobs, and the same command goes on with what is missing. \
            docs/sweeps.md has the format. Start with: gridtide sweep Scenarios/energy-latency-frontier

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
    @OptionGroup var portion: SweepPortion
    @Option(help: "Where points run: here, or on slurm as an array of jobs.")
    var on = Place.here
    @Option(help: "Tasks of the array, for --on slurm.")
    var tasks = 8
    @OptionGroup var slurm: SlurmArguments

    /// Where points run.
    enum Place: String, ExpressibleByArgument, CaseIterable {
        case here
        case slurm
    }

    func validate() throws {
        let isPortion = portion.share != nil || portion.points != nil || !portion.merge.isEmpty
        if on == .slurm, isPortion {
            throw ValidationError("--share, --points and --merge are what --on slurm does by itself; leave them out.")
        }
        if on == .here, let option = slurm.givenOption { throw ValidationError("\(option) is for --on slurm.") }
        if slurm.nodes != nil || slurm.address != nil {
            throw ValidationError(
                "--nodes and --address are for 'gridtide launch': a task of a sweep runs on one node.")
        }
        if tasks < 1 { throw ValidationError("--tasks must be at least 1.") }
    }

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
        if on == .slurm, arguments.anew { try SlurmSweep.forget(besides: try arguments.path(of: sweep)) }
        let work = try await arguments.open(sweep, from: template)
        let console = arguments.output.console
        guard try await carryOut(work) else { return }
        let result = try work.result()
        if arguments.output.json {
            console.print(try console.json(result))
        } else {
            console.print(arguments.csv ? result.csv : result.text, terminator: "")
        }
        try arguments.check(result)
        let missing = try work.missing().count
        guard missing > 0 else { return }
        throw CommandError(.failed, "\(missing) points are missing; without --merge they are run.")
    }

    /// Runs what is to be run; false where there is nothing to print. Throws `RunError`, `RunStoreError` or `CommandError`.
    private func carryOut(_ work: SweepWork) async throws -> Bool {
        let console = arguments.output.console
        if on == .slurm {
            return try SlurmSweep(
                work: work, command: command, jobs: arguments.jobs, arguments: slurm, tasks: tasks, console: console
            ).advance()
        }
        guard portion.merge.isEmpty else {
            try work.merge(portion.merge, console: console)
            return true
        }
        let numbers = try portion.numbers(of: work.head.points.count)
        try await work.run(numbers, console: console)
        return numbers == nil
    }

    /// The command that runs this sweep, with absolute paths.
    private var command: [String] {
        [ProcessRun.executablePath, "sweep", URL(fileURLWithPath: sweep).path]
            + overrides.flatMap { ["--set", $0] }
    }
}
