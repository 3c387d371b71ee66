internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import InferencePlacement
internal import ReferenceAgents
internal import RunAnalysis
internal import RunStore
internal import Scenarios

/// `gridtide run`: runs a scenario and says what relocation did.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a scenario and compare it with everything at home.",
        discussion: """
            The run gets a folder of its own below --runs with journal, database and logs. Unless --no-baseline is given, the same \
            scenario is run again with all work at home, and a table says what relocation did to cost, carbon and load.
            """)

    @OptionGroup var source: ScenarioArguments
    @Flag(help: "Give each agent a process of its own (the default), or run all in this one; the results are the same.")
    var layout: Layout = .processes
    @Option(help: "How processes talk: ipc or tcp; the scenario says unless you do.")
    var transport: ProcessRun.Transport?
    @Option(help: "Folder that holds the folders of runs.")
    var runs = "runs"
    @Flag(inversion: .prefixedNo, help: "Also run with everything at home.")
    var baseline = true
    @OptionGroup var output: OutputArguments

    /// Where the agents live.
    enum Layout: String, EnumerableFlag {
        case processes
        case inProcess
    }

    func validate() throws {
        if layout == .inProcess, transport != nil {
            throw ValidationError("--transport has no part in a run --in-process.")
        }
    }

    func run() async throws {
        let console = output.console
        let interruption = Interruption()
        let scenario = try source.load(console: console)
        let folder = try RunFolder.make(in: runs, name: scenario.experiment.name)
        try folder.keepScenario(files: scenario.files, root: source.root)
        let engine = RunEngine(
            layout: layout == .inProcess
                ? .inProcess : .processes(transport ?? (scenario.run.transport == .tcp ? .tcp : .ipc)),
            tickDeadlineSeconds: scenario.run.tickDeadlineSeconds, interruption: interruption, console: console)
        let outcome = try await engine.run(scenario.experiment, in: folder, label: scenario.experiment.name)
        if baseline {
            // Everything at home comes out the same in one process or many; one is quicker.
            let home = RunEngine(
                layout: .inProcess, tickDeadlineSeconds: scenario.run.tickDeadlineSeconds, interruption: interruption,
                console: console)
            _ = try await home.run(scenario.experiment.baseline, in: try folder.makeBaseline(), label: "at home")
        }
        try report(outcome, scenario.experiment, console: console)
    }

    private func report(_ outcome: RunEngine.Outcome, _ experiment: Experiment, console: Console) throws {
        let run = try RunReader(path: outcome.folder.database)
        let home = baseline ? try RunReader(path: outcome.folder.baseline.database) : nil
        let comparison = try RunComparison(of: run, with: home)
        let rate = Double(experiment.clock.tickCount) / max(outcome.seconds, 1e-9)
        if output.json {
            console.print(
                try console.json(
                    RunReport(
                        folder: outcome.folder.url.path, digest: outcome.digest, ticks: experiment.clock.tickCount,
                        seconds: outcome.seconds, comparison: comparison)))
            return
        }
        console.print(comparison.text)
        console.print("run     \(outcome.folder.url.relativePath)")
        console.print("digest  \(outcome.digest)")
        console.note(
            String(
                format: "%d agents, %d ticks in %.1f s (%.0f ticks/s), %@", experiment.agentCount,
                experiment.clock.tickCount,
                outcome.seconds, rate, layout == .inProcess ? "in one process" : "each agent in a process of its own"))
    }
}

/// What `gridtide run --json` prints.
private struct RunReport: Encodable {
    let folder: String
    let digest: String
    let ticks: Int
    let seconds: Double
    let comparison: RunComparison
}

extension ProcessRun.Transport: ExpressibleByArgument {}
