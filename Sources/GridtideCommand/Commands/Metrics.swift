internal import ArgumentParser
internal import CoSimulation
internal import RunAnalysis

/// `gridtide metrics`: how much of a run's work could move, and what latency is worth.
struct Metrics: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report the metrics of relocatable demand of a run: potentials, frontier, elasticities, break-even.",
        discussion: """
            Clears every tick of a run again from its journal, at the prices that were posted, with latency budgets as they were and \
            relaxed (MODEL 1.7 to 1.11). Nothing is written.
            """)

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String
    @Option(
        help: ArgumentHelp(
            "Relaxations of the latency budgets beyond the run's own, ms, separated by commas; may be negative, as in --relaxations=-60,0,40.",
            valueName: "ms,ms"))
    var relaxations: String?
    @Flag(help: "Print every metric as CSV, one row each.")
    var csv = false
    @OptionGroup var output: OutputArguments

    /// Most relaxations: each is a clearing of every tick for the system and for each class and origin.
    private static let relaxationLimit = 1000

    func validate() throws {
        if csv, output.json { throw ValidationError("Choose one of --csv and --json.") }
        _ = try relaxationsMilliseconds()
    }

    func run() throws {
        let console = output.console
        let path = try RunFolder.existing(folder).journal
        let experiment = try JournalReader(path).experiment
        var bar = ProgressBar(label: "metrics", total: experiment.clock.tickCount, isQuiet: console.isQuiet)
        let metrics = try RunMetrics(
            of: experiment, relaxationsMilliseconds: try relaxationsMilliseconds(),
            reading: {
                let journal = try JournalReader(path)
                return {
                    let record = try journal.next()?.record
                    if let record { bar.show(record.tick) }
                    return record
                }
            })
        bar.finish()
        if output.json {
            console.print(try console.json(metrics))
        } else {
            console.print(csv ? metrics.csv : metrics.text, terminator: "")
        }
    }

    private func relaxationsMilliseconds() throws -> [Double] {
        guard let relaxations else { return RunMetrics.usualRelaxationsMilliseconds }
        let values = relaxations.split(separator: ",", omittingEmptySubsequences: false).map {
            Double($0.trimmingPrefix(" "))
        }
        guard !values.isEmpty, values.count <= Self.relaxationLimit, values.allSatisfy({ $0?.isFinite ?? false }) else {
            throw ValidationError(
                "--relaxations takes up to \(Self.relaxationLimit) numbers of ms separated by commas, not '\(relaxations)'."
            )
        }
        return values.compactMap { $0 }
    }
}
