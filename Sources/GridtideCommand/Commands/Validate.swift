internal import ArgumentParser
internal import CoSimulation
internal import Scenarios

/// `gridtide validate`: checks a scenario without running it.
struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a scenario and report everything that is wrong with it at once.",
        discussion: """
            Programs that play agents (exec) are started to hear what they refuse of their settings, and end before the first tick. Exit \
            status 0 when the scenario can be run, 2 when it cannot.
            """)

    @OptionGroup var source: ScenarioArguments
    @OptionGroup var others: ReplaceArguments
    @OptionGroup var output: OutputArguments

    func run() throws {
        let console = output.console
        do {
            let scenario = try source.load(
                console: output.json ? Console(isQuiet: true) : console,
                replacements: try others.replacements(console: console), triesForeign: true)
            if output.json {
                console.print(
                    try console.json(Verdict(valid: true, faults: [], notices: scenario.notices.map(\.description))))
                return
            }
            let experiment = scenario.experiment
            console.print(
                "\(experiment.name) is valid: \(experiment.gridOperators.count) grid operators, \(experiment.regions.count) compute regions, "
                    + "\(experiment.services.count) service nodes, \(experiment.classes.count) classes, \(experiment.clock.tickCount) ticks"
            )
            console.print("scenario digest \(experiment.digest)")
        } catch let error as ScenarioError where output.json {
            console.print(
                try console.json(Verdict(valid: false, faults: error.faults.map(Verdict.Fault.init), notices: [])))
            throw CommandError(.invalidInput, "")
        }
    }

    private struct Verdict: Encodable {
        struct Fault: Encodable {
            let code: String
            let file: String
            let line: Int?
            let column: Int?
            let path: String
            let problem: String
            let remedy: String

            init(_ fault: ScenarioFault) {
                code = fault.code.rawValue
                file = fault.place.file
                line = fault.place.line
                column = fault.place.column
                path = fault.path
                problem = fault.problem
                remedy = fault.remedy
            }
        }

        let valid: Bool
        let faults: [Fault]
        let notices: [String]
    }
}
