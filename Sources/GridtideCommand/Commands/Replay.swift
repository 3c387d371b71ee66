internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import ReferenceAgents

/// `gridtide replay`: plays a run again from its journal, agents and all.
struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play a run again from its journal, agents and all, and say whether it comes out the same.",
        discussion: """
            Reads the journal, checks every digest, asks every agent of this program again what it was asked, and recomputes every tick. \
            'verify' does the same without the agents. Of agents that are programs of their own the recorded answers are taken. \
            Exit status 3 when something differs, 65 when the journal is damaged.
            """)

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String
    @OptionGroup var output: OutputArguments

    func run() throws {
        let console = output.console
        let journal = try JournalReader(try RunFolder.existing(folder).journal)
        let experiment = journal.experiment
        let bar = ProgressBar(label: "replay", total: experiment.clock.tickCount, isQuiet: console.isQuiet)
        var shown = bar
        defer { bar.finish() }
        var replay = try RunReplay(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        while let entry = try journal.next() {
            do {
                try replay.redo(entry.record)
            } catch {
                guard error.code == .nondeterminism else { throw error }
                try say(Verdict(same: false, text: "different: \(error)"))
                throw CommandError(.different, "")
            }
            shown.show(entry.record.tick + 1)
        }
        let ticks = "\(journal.recordCount) of \(experiment.clock.tickCount) ticks"
        let answers = "\(replay.answerCount) answers\(note(replay.foreign))"
        try say(Verdict(same: true, text: "replayed: \(ticks) and \(answers) are the same; digest \(journal.digest)"))
    }

    private func say(_ verdict: Verdict) throws {
        let console = output.console
        console.print(output.json ? try console.json(verdict) : verdict.text)
    }

    private func note(_ foreign: [String]) -> String {
        guard !foreign.isEmpty else { return "" }
        return " (none of \(foreign.joined(separator: ", ")), programs of their own)"
    }

    private struct Verdict: Encodable {
        let same: Bool
        let text: String
    }
}
