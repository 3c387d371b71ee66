internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import Scenarios
internal import ZeroMQTransport

/// `gridtide launch`: a run whose processes are elsewhere.
struct Launch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a scenario on several hosts, on the nodes of a Slurm job, in containers, or by hand.",
        discussion: """
            With --on HOSTS.yaml, agents run on the hosts of the file, which ssh reaches; coordinator and recorder run here. With --on \
            slurm, they run on the nodes of the job this is called in, or else a job is prepared and submitted. With --on compose, a \
            folder is written with a compose file, the run up to its first tick, and the keys of its participants: coordinator, \
            recorder, dashboard and each agent get a container of their own. With --on hand, the folder has run and keys, and the \
            command of each process is printed. All talk over tcp with keys, and the result is that of 'gridtide run'.
            """)

    @OptionGroup var source: ScenarioArguments
    @OptionGroup var others: ReplaceArguments
    @Option(
        help: ArgumentHelp("Where its processes are to be.", valueName: "hosts.yaml|slurm|compose|hand"))
    var on: LaunchPlace
    @Option(
        help: ArgumentHelp(
            "Folder to make, for --on compose and hand; the first of launches/NAME-N that is free unless given.",
            valueName: "folder"))
    var out: String?
    @Option(help: "Where the coordinator is to listen, as all processes reach it, for --on hand: tcp://10.0.0.1:7000.")
    var endpoint: String?
    @Flag(help: "Sync the journal after every tick, not once a second: nothing finished is lost with the power.")
    var durable = false
    @Flag(help: "Measure where the time goes, by tick and agent: see 'gridtide profile'.")
    var profile = false
    @OptionGroup var compose: ComposeArguments
    @OptionGroup var spread: SpreadArguments
    @OptionGroup var slurm: SlurmArguments
    @OptionGroup var output: OutputArguments

    func validate() throws {
        let writesFolder = on == .compose || on == .hand
        if out != nil, !writesFolder { throw ValidationError("--out is for --on compose and hand.") }
        if on != .compose, let option = compose.givenOption { throw ValidationError("\(option) is for --on compose.") }
        if writesFolder, let option = spread.givenOption(besidesProcesses: on == .hand) {
            throw ValidationError("\(option) is not for --on compose and hand.")
        }
        if (endpoint == nil) == (on == .hand) {
            throw ValidationError(
                "--on hand needs an --endpoint such as tcp://10.0.0.1:7000, and nothing else takes one.")
        }
        if on != .slurm, let option = slurm.givenOption { throw ValidationError("\(option) is for --on slurm.") }
    }

    func run() async throws {
        let replacements = try others.replacements(console: output.console)
        let scenario = try source.load(console: output.console, replacements: replacements)
        try scenario.experiment.checkFitsMessages()
        var plan = RunPlan(
            isInProcess: false, endpoint: nil, isInsecure: false, options: spread.options(scenario.run),
            scenarioFolder: URL(fileURLWithPath: source.root).path,
            scenarioFile: scenario.files.first ?? "scenario.yaml", overrides: source.allOverrides,
            replacements: replacements, hasBaseline: spread.baseline, isDurable: durable, isProfiled: profile)
        switch on {
        case .hand:
            let launch = HandLaunch(
                scenario: scenario, root: source.root, plan: plan, endpoint: try Endpoint(parsing: endpoint ?? ""),
                out: out)
            let folder = try launch.write()
            try report(folder, scenario.experiment, advice: launch.commands(in: folder).joined(separator: "\n"))
        case .compose:
            let folder = try ComposeLaunch(
                scenario: scenario, root: source.root, plan: plan, arguments: compose, out: out
            ).write()
            try report(folder, scenario.experiment, advice: ComposeLaunch.advice(on: folder))
        case .hosts(let file):
            let agents = (0..<scenario.experiment.agentCount).map { scenario.experiment.agent($0).name }
            plan.spread = .hosts(try HostsFile.load(file, agents: agents))
            try await begin(scenario, plan)
        case .slurm:
            plan.spread = .slurm(address: slurm.address)
            guard !Slurm.isInJob || slurm.dryRun else { return try await begin(scenario, plan) }
            try SlurmLaunch(arguments: slurm, output: output).submit(
                scenario, root: source.root, plan: plan, runs: spread.runs)
        }
    }

    /// Runs from here, with agents elsewhere.
    private func begin(_ scenario: Scenario, _ plan: RunPlan) async throws {
        let interruption = Interruption()
        let folder = try RunFolder.make(in: spread.runs, name: scenario.experiment.name)
        try folder.keepScenario(files: scenario.files, root: source.root)
        let session = RunSession(
            plan: plan, folder: folder, interruption: interruption, output: output, chaosSeed: spread.chaos,
            isWatched: spread.watch)
        try await session.begin(scenario.experiment)
    }

    private func report(_ folder: LaunchFolder, _ experiment: Experiment, advice: String) throws {
        let console = output.console
        if output.json {
            let report = LaunchReport(folder: folder.url.path, scenario: experiment.digest.description)
            return console.print(try console.json(report))
        }
        console.print(folder.url.relativePath)
        console.note(advice)
    }
}

/// What `gridtide launch --json` prints.
private struct LaunchReport: Encodable {
    let folder: String
    /// Digest of the scenario.
    let scenario: String
}
