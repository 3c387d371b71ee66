internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import ReferenceAgents
internal import Scenarios

/// `gridtide branch`: what if, from a tick of a run on, something were different.
struct BranchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "branch", abstract: "Run on from a tick of a run with other settings: what if.",
        discussion: """
            The branch is a run of its own. Its ticks before --at are those of the run it leaves; from there on the settings given \
            with --set hold. Agents whose settings change hear the past as it was. The clock, the agents and the classes stay.
            """)

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String
    @Option(help: "First tick that may differ.")
    var at: Int
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Change a setting of the run's scenario, as in 'run'; may be repeated.", valueName: "path=value"))
    var overrides: [String] = []
    @Option(help: "Folder that holds the folders of runs.")
    var runs = "runs"
    @OptionGroup var output: OutputArguments

    func run() async throws {
        let parent = try RunFolder.existing(folder)
        var plan = try RunPlan(of: parent)
        plan.overrides += overrides
        plan.hasBaseline = false
        let scenario = try Scenario.load(
            parent.scenario.appendingPathComponent(plan.scenarioFile).path, catalogue: ReferenceAgents.catalogue,
            overrides: plan.overrides, replacements: plan.replacements, checkAgent: ScenarioArguments.refusal)
        plan.options = scenario.run
        let (own, past) = try leave(parent, with: scenario.experiment)
        let branch = try RunFolder.make(in: runs, name: scenario.experiment.name)
        try branch.keepScenario(files: scenario.files, root: parent.scenario.path)
        try plan.keep(in: branch)
        try write(past, of: own, to: branch)
        let session = RunSession(plan: plan, folder: branch, interruption: Interruption(), output: output)
        try await session.resume()
        output.console.note(
            "compare it with the run it leaves: gridtide verify \(folder) \(branch.url.relativePath), or read both databases"
        )
    }

    /// The branch of a run, and the ticks before it. Throws `CommandError` where there can be none, or `JournalError`.
    private func leave(
        _ parent: RunFolder, with experiment: Experiment
    ) throws -> (own: Experiment, past: [TickRecord]) {
        let reader = try JournalReader(parent.journal)
        if let obstacle = experiment.obstacle(toBranchFrom: reader.experiment) {
            throw CommandError(
                .invalidInput, "\(folder) cannot be branched with these settings: \(obstacle). Start a run of its own.")
        }
        var past: [TickRecord] = []
        while past.count < at, let entry = try reader.next() { past.append(entry.record) }
        let total = experiment.clock.tickCount
        guard at >= 1, past.count == at, at < total else {
            while try reader.next() != nil {}
            let last = min(reader.recordCount, total - 1)
            throw CommandError(
                .invalidInput,
                "--at \(at): the run has finished \(reader.recordCount) of \(total) ticks. Choose a tick from 1 to \(last)."
            )
        }
        var own = experiment
        own.branch = Branch(tick: at, parent: reader.experiment, digest: reader.digest)
        return (own, past)
    }

    /// Writes the journal of the branch up to its first own tick. Throws `CommandError` or `JournalError`.
    private func write(_ past: [TickRecord], of own: Experiment, to branch: RunFolder) throws {
        // Under another name until it is whole: a run must not begin within the past of another.
        let draft = branch.journal + ".draft"
        let journal = try JournalWriter(creating: draft, experiment: own)
        for record in past { _ = try journal.append(record) }
        try journal.sync()
        guard rename(draft, branch.journal) == 0 else {
            throw CommandError(.inputOutput, "\(branch.journal) cannot be made: \(String(cString: strerror(errno)))")
        }
    }
}
