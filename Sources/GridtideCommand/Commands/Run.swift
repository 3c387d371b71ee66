internal import ArgumentParser
internal import CoSimulation
internal import Foundation
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
    @Flag(help: "Run everything in this one process; the results are the same.")
    var inProcess = false
    @Option(help: "How processes talk: ipc or tcp; the scenario says unless you do.")
    var transport: ProcessRun.Transport?
    @Option(
        help: ArgumentHelp(
            "Processes the agents are shared out among: per-agent, per-role, or so many; the scenario says unless you do.",
            valueName: "per-agent|per-role|N"), transform: Self.processes)
    var processes: RunOptions.Processes?
    @Option(help: "Where the coordinator listens, for agents started by hand: ipc:///folder/hub or tcp://host:port.")
    var endpoint: String?
    @Flag(help: "Talk over tcp in the clear and let anybody join: for a network that only the run's processes are on.")
    var insecure = false
    @Option(help: "Folder that holds the folders of runs.")
    var runs = "runs"
    @Flag(help: "Sync the journal after every tick, not once a second: nothing finished is lost with the power.")
    var durable = false
    @Option(
        help: ArgumentHelp(
            "Kill, stop and delay processes at random while the run goes on; the result stays the same.",
            valueName: "seed"))
    var chaos: UInt64?
    @Flag(help: "Measure where the time goes, by tick and agent, and write a trace: see 'gridtide profile'.")
    var profile = false
    @Flag(help: "Serve a live dashboard of the run, as 'gridtide watch' does; at a terminal it stays until Ctrl-C.")
    var watch = false
    @Flag(inversion: .prefixedNo, help: "Also run with everything at home.")
    var baseline = true
    @OptionGroup var output: OutputArguments

    /// What `--processes` says. Throws `ValidationError`.
    static func processes(_ text: String) throws -> RunOptions.Processes {
        guard let processes = RunOptions.Processes(text: text) else {
            throw ValidationError("'\(text)' is none of per-agent, per-role and a whole number from 1 on.")
        }
        return processes
    }

    func validate() throws {
        if inProcess, transport != nil || endpoint != nil || insecure || processes != nil {
            throw ValidationError(
                "--transport, --processes, --endpoint and --insecure have no part in a run --in-process.")
        }
        if inProcess, chaos != nil {
            throw ValidationError("--chaos strikes processes, and a run --in-process has but one.")
        }
        if transport != nil, endpoint != nil { throw ValidationError("An --endpoint says which --transport it is.") }
    }

    func run() async throws {
        let console = output.console
        let interruption = Interruption()
        let replacements = try others.replacements(console: console)
        let scenario = try source.load(console: console, replacements: replacements)
        try checkLayout(scenario)
        var options = scenario.run
        // Chaos is there to be survived: where the scenario is silent, what is struck is started again.
        if chaos != nil, options.onLoss == nil { options.onLoss = .restart }
        if let processes { options.processes = processes }
        if let transport { options.transport = transport == .tcp ? .tcp : .ipc }
        let plan = RunPlan(
            isInProcess: inProcess, endpoint: try endpoint.map { try Endpoint(parsing: $0).description },
            isInsecure: insecure, options: options, scenarioFolder: URL(fileURLWithPath: source.root).path,
            scenarioFile: scenario.files.first ?? "scenario.yaml", overrides: source.allOverrides,
            replacements: replacements, hasBaseline: baseline, isDurable: durable, isProfiled: profile)
        let folder = try RunFolder.make(in: runs, name: scenario.experiment.name)
        try folder.keepScenario(files: scenario.files, root: source.root)
        let session = RunSession(
            plan: plan, folder: folder, interruption: interruption, output: output, chaosSeed: chaos, isWatched: watch)
        try await session.begin(scenario.experiment)
    }

    /// Foreign agents cannot run in this process, and what is too large to be sent not in many. Throws `CommandError`.
    private func checkLayout(_ scenario: Scenario) throws {
        if !inProcess { try scenario.experiment.checkFitsMessages() }
        guard inProcess, let foreign = scenario.run.launches.keys.sorted().first else { return }
        throw CommandError(
            .invalidInput,
            "\(foreign) is played by a program of its own, which cannot run in this process. Leave out --in-process; the digest is the same."
        )
    }
}

extension ProcessRun.Transport: ExpressibleByArgument {}

extension Experiment {
    /// What the recorder is told is the greatest message of a run: all of the scenario, and some bytes around it. Throws
    /// `CommandError` where that is too large.
    func checkFitsMessages() throws {
        let (bytes, most) = (canonicalBytes().count + 1024, Limits().maximumMessageBytes)
        guard bytes > most else { return }
        throw CommandError(
            .invalidInput,
            "The scenario with its series has \(bytes) bytes, and processes send each other at most \(most) at a time. Run it "
                + "--in-process, or with fewer ticks.")
    }
}
