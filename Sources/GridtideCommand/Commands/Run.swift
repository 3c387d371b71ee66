internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import InferencePlacement
internal import ReferenceAgents
internal import RunAnalysis
internal import RunStore
internal import Scenarios
internal import ZeroMQTransport

/// `gridtide run`: runs a scenario and says what relocation did.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a scenario and compare it with everything at home.",
        discussion: """
            The run gets a folder of its own below --runs with journal, database and logs. Unless --no-baseline is given, the same \
            scenario is run again with all work at home, and a table says what relocation did to cost, carbon and load.
            """)

    @OptionGroup var source: ScenarioArguments
    @OptionGroup var others: ReplaceArguments
    @Flag(help: "Give each agent a process of its own (the default), or run all in this one; the results are the same.")
    var layout: Layout = .processes
    @Option(help: "How processes talk: ipc or tcp; the scenario says unless you do.")
    var transport: ProcessRun.Transport?
    @Option(help: "Where the coordinator listens, for agents started by hand: ipc:///folder/hub or tcp://host:port.")
    var endpoint: String?
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
        if layout == .inProcess, transport != nil || endpoint != nil {
            throw ValidationError("--transport and --endpoint have no part in a run --in-process.")
        }
        if transport != nil, endpoint != nil { throw ValidationError("An --endpoint says which --transport it is.") }
    }

    func run() async throws {
        let console = output.console
        let interruption = Interruption()
        let scenario = try source.load(console: console, replacements: try others.replacements(console: console))
        try checkLayout(scenario)
        let endpoint = try endpoint.map { try Endpoint(parsing: $0).description }
        let folder = try RunFolder.make(in: runs, name: scenario.experiment.name)
        try folder.keepScenario(files: scenario.files, root: source.root)
        let root = URL(fileURLWithPath: source.root)
        let processes = RunEngine.Layout.processes(transport ?? (scenario.run.transport == .tcp ? .tcp : .ipc))
        let engine = RunEngine(
            layout: layout == .inProcess ? .inProcess : processes, endpoint: endpoint, options: scenario.run,
            scenarioFolder: root, interruption: interruption, console: console)
        let outcome = try await engine.run(scenario.experiment, in: folder, label: scenario.experiment.name)
        let hasBaseline = baseline && !scenario.run.launches.values.contains(.byHand)
        if hasBaseline {
            // Everything at home comes out the same in one process or many; one is quicker, where it is possible.
            let home = RunEngine(
                layout: scenario.run.launches.isEmpty ? .inProcess : processes, options: scenario.run,
                scenarioFolder: root, interruption: interruption, console: console)
            _ = try await home.run(scenario.experiment.baseline, in: try folder.makeBaseline(), label: "at home")
        } else if baseline {
            console.note("no baseline: agents that were started by hand have left with the run.")
        }
        try report(outcome, scenario.experiment, hasBaseline: hasBaseline, console: console)
    }

    /// Foreign agents cannot run in this process. Throws `CommandError`.
    private func checkLayout(_ scenario: Scenario) throws {
        guard layout == .inProcess, let foreign = scenario.run.launches.keys.sorted().first else { return }
        throw CommandError(
            .invalidInput,
            "\(foreign) is played by a program of its own, which cannot run in this process. Leave out --in-process; the digest is the same."
        )
    }

    private func report(
        _ outcome: RunEngine.Outcome, _ experiment: Experiment, hasBaseline: Bool, console: Console
    ) throws {
        let run = try RunReader(path: outcome.folder.database)
        let home = hasBaseline ? try RunReader(path: outcome.folder.baseline.database) : nil
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
