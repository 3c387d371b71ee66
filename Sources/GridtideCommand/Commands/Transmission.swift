internal import ArgumentParser
internal import CoSimulation
internal import RunAnalysis

/// `gridtide transmission`: how much transmission would save as much as relocation did.
struct Transmission: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the tie between two places that would save as much as relocation did.",
        discussion: """
            Takes what a run saved of system generation cost against its baseline, and searches by bisection for the net transfer \
            capacity between two buses or areas with which the baseline alone, everything at home, would have saved the same (MODEL 4). \
            Each trial runs the baseline anew in this process; nothing is written.
            """)

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String
    @Option(help: "Bus or area where the tie leaves.")
    var from: String
    @Option(help: "Bus or area where it arrives.")
    var to: String
    @Option(help: "Grid operator that gets the tie; may be left out where only one takes ties.")
    var gridOperator: String?
    @Option(help: "Share of what is sent that is lost, from 0 to 0.5.")
    var lossShare = 0.0
    @Option(name: .customLong("tolerance-mw"), help: "How close the capacity must be, MW.")
    var toleranceMW = 0.1
    @OptionGroup var output: OutputArguments

    /// Most runs of the baseline: enough for a billion times the tolerance.
    private static let trialLimit = 40

    func validate() throws {
        guard (0...0.5).contains(lossShare) else { throw ValidationError("--loss-share goes from 0 to 0.5.") }
        guard toleranceMW > 0, toleranceMW.isFinite else { throw ValidationError("--tolerance-mw must be positive.") }
    }

    func run() throws {
        let console = output.console
        let journal = try JournalReader(try RunFolder.existing(folder).journal)
        let experiment = journal.experiment
        let gridOperator = try self.gridOperator(of: experiment)
        var total = TieTrials.RunningTotal()
        var tickCount = 0
        while let entry = try journal.next() {
            try total.add(entry.record)
            tickCount += 1
        }
        guard tickCount > 0 else { throw CommandError(.invalidInput, "\(folder) holds no finished tick.") }
        let trials = TieTrials(
            baseline: experiment.baseline, gridOperator: gridOperator, ends: (from, to), lossShare: lossShare,
            tickCount: tickCount, interruption: Interruption())
        let home = try trials.run(capacityMW: nil)
        // A tie cannot carry more than everybody draws, and what it loses on the way.
        let greatestMW = max(1, home.peakLoadMW / (1 - lossShare))
        let result = try EquivalentTransmission(
            saving: home.costUSD - total.outcome.costUSD, upTo: greatestMW, toleranceMW: toleranceMW,
            trialLimit: Self.trialLimit
        ) { capacityMW in
            let saving = home.costUSD - (try trials.run(capacityMW: capacityMW)).costUSD
            console.note("\(number(capacityMW, 2)) MW saves \(number(saving, 0)) $")
            return saving
        }
        let report = TransmissionReport(
            gridOperator: experiment.gridOperators[gridOperator].agent.name, from: from, to: to, lossShare: lossShare,
            ticks: tickCount, homeCostUSD: home.costUSD, runCostUSD: total.outcome.costUSD, equivalent: result)
        console.print(output.json ? try console.json(report) : report.text)
    }

    /// The grid operator that gets the tie, by index. Throws `CommandError` when it takes none.
    private func gridOperator(of experiment: Experiment) throws -> Int {
        let able = TieTrials.operators(of: experiment)
        let names = experiment.gridOperators.map(\.agent.name)
        let known = able.isEmpty ? "none" : able.map { names[$0] }.joined(separator: ", ")
        guard let gridOperator else {
            if able.count == 1 { return able[0] }
            throw CommandError(
                .invalidInput,
                "Say with --grid-operator which one gets the tie; those of this run that take ties: \(known).")
        }
        guard let index = names.firstIndex(of: gridOperator), able.contains(index) else {
            let problem =
                names.contains(gridOperator)
                ? "'\(gridOperator)' takes no ties" : "there is no grid operator '\(gridOperator)'"
            throw CommandError(.invalidInput, "The tie has no place: \(problem). Those that take ties: \(known).")
        }
        return index
    }
}

private func number(_ value: Double, _ decimals: Int) -> String { NumberText.text(value, decimals: decimals) }

/// What `gridtide transmission --json` prints.
private struct TransmissionReport: Encodable {
    let gridOperator: String
    let from: String
    let to: String
    let lossShare: Double
    /// Ticks compared.
    let ticks: Int
    /// System generation cost of the baseline, $.
    let homeCostUSD: Double
    /// System generation cost of the run, $.
    let runCostUSD: Double
    let equivalent: EquivalentTransmission

    /// The report for people.
    var text: String {
        let saving = equivalent.targetUSD
        let change =
            saving >= 0 ? "saved \(number(saving, 0)) $ of" : "added \(number(-saving, 0)) $ to"
        return """
            relocation \(change) generation cost in \(ticks) ticks: \(number(homeCostUSD, 0)) $ at home, \
            \(number(runCostUSD, 0)) $ in the run
            \(finding)
            """
    }

    private var finding: String {
        let tie = "between \(from) and \(to) of \(gridOperator)"
        switch (equivalent.finding, equivalent.enough, equivalent.tooLittle) {
        case (.found, let enough?, _):
            return
                "a tie of \(number(enough.capacityMW, 1)) MW \(tie) would save as much: \(number(enough.savingUSD, 0)) $ "
                + "(within \(number(equivalent.toleranceMW, 2)) MW, \(equivalent.trials.count) runs of the baseline)"
        case (.notSettled, let enough?, let tooLittle?):
            return
                "a tie of more than \(number(tooLittle.capacityMW, 1)) and at most \(number(enough.capacityMW, 1)) MW "
                + "\(tie) would save as much; the search ended after \(equivalent.trials.count) runs of the baseline"
        case (.notEnough, _, let tooLittle?):
            return "no tie \(tie) would save as much: without any limit it saves \(number(tooLittle.savingUSD, 0)) $"
        default:
            return "no tie is needed to save as much"
        }
    }
}
