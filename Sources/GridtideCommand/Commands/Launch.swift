internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import Scenarios

/// `gridtide launch`: a run whose processes are elsewhere.
struct Launch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write what runs a scenario in containers.",
        discussion: """
            With --on compose, a folder with a compose file, the run up to its first tick, and the keys of its participants: \
            coordinator, recorder, dashboard and each agent get a container of their own and talk over tcp with keys. The result is \
            that of 'gridtide run'.
            """)

    @OptionGroup var source: ScenarioArguments
    @OptionGroup var others: ReplaceArguments
    @Option(help: "Where its processes are to be: compose.")
    var on: LaunchPlace
    @Option(
        help: ArgumentHelp(
            "Folder to make; the first of launches/NAME-N that is free unless given.", valueName: "folder"))
    var out: String?
    @Flag(help: "Sync the journal after every tick, not once a second: nothing finished is lost with the power.")
    var durable = false
    @OptionGroup var compose: ComposeArguments
    @OptionGroup var output: OutputArguments

    func run() throws {
        let replacements = try others.replacements(console: output.console)
        let scenario = try source.load(console: output.console, replacements: replacements)
        try scenario.experiment.checkFitsMessages()
        let plan = RunPlan(
            isInProcess: false, endpoint: nil, isInsecure: false, options: scenario.run,
            scenarioFolder: URL(fileURLWithPath: source.root).path,
            scenarioFile: scenario.files.first ?? "scenario.yaml", overrides: source.allOverrides,
            replacements: replacements, hasBaseline: true, isDurable: durable, isProfiled: false)
        switch on {
        case .compose:
            let folder = try ComposeLaunch(
                scenario: scenario, root: source.root, plan: plan, arguments: compose, out: out
            ).write()
            try report(folder, scenario.experiment, advice: ComposeLaunch.advice(on: folder))
        }
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
