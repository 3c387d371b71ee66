internal import ArgumentParser
internal import CoSimulation
internal import ReferenceAgents
internal import RunAnalysis
internal import Scenarios

/// `gridtide frontier`: cost and emissions against the relaxation of latency budgets.
struct Frontier: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Cost and emissions of a scenario against the relaxation of its latency budgets.",
        discussion: """
            The frontier is a staircase whose jumps sit where one more region comes within reach. Unless --from and --to say otherwise, \
            every jump is a point, with what lies before the first. With --vary and --scale each step is a band over all combinations of \
            their values: least, median and greatest in the table, deciles in --json. Points are kept and resumed as in a sweep.
            """)

    @OptionGroup var source: ScenarioArguments
    @Option(parsing: .unconditional, help: "Least relaxation, ms.")
    var from: Double?
    @Option(parsing: .unconditional, help: "Greatest relaxation, ms.")
    var to: Double?
    @Option(help: "Most relaxations; with --from and --to as many, evenly spaced.")
    var points = 200
    @Option(
        help: ArgumentHelp(
            "A further axis that sets what a path reaches, such as 'classes.*.movableShare=0.3,1'; may be repeated.",
            valueName: "path=value,value"))
    var vary: [String] = []
    @Option(
        help: ArgumentHelp(
            "A further axis that multiplies what a path reaches, such as 'classes.*.surchargeUSDPerMWh=0.5,2'; may be repeated.",
            valueName: "path=factor,factor"))
    var scale: [String] = []
    @Flag(help: "Also run every point with everything at home.")
    var baseline = false
    @OptionGroup var arguments: SweepArguments

    func validate() throws {
        guard (from == nil) == (to == nil) else { throw ValidationError("Give both --from and --to, or neither.") }
        if let from, let to, !(from < to) { throw ValidationError("--from must be less than --to.") }
        if points < 2 { throw ValidationError("--points must be at least 2.") }
    }

    func run() async throws {
        let console = arguments.output.console
        let seed = source.seed.map { ["seed=\($0)"] } ?? []
        let template = try ScenarioTemplate(
            try source.existing(), catalogue: ReferenceAgents.catalogue,
            overrides: source.overrides + seed + ["latency.relaxationMilliseconds=0"],
            checkAgent: ScenarioArguments.refusal)
        let experiment = template.scenario.experiment
        let sweep = try Sweep.frontier(
            ofScenario: source.scenario, name: "\(experiment.name)-frontier", relaxations: relaxations(of: template),
            setting: vary, scaling: scale, hasBaseline: baseline)
        let result = try await arguments.run(sweep, from: template)
        let frontier = FrontierResult(of: result, axis: Sweep.relaxationAxis)
        if arguments.output.json {
            console.print(try console.json(frontier))
        } else {
            console.print(arguments.csv ? result.csv : frontier.text, terminator: "")
        }
        try arguments.check(result)
    }

    private func relaxations(of template: ScenarioTemplate) -> [Double] {
        guard let from, let to else {
            return Sweep.staircase(of: template.scenario.experiment, count: points)
        }
        return (0..<points).map { from + (to - from) * Double($0) / Double(points - 1) }
    }
}
