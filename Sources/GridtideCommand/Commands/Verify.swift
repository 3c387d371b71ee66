internal import ArgumentParser
internal import CoSimulation
internal import Foundation

/// `gridtide verify`: checks a run against itself, or against another.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check that a run is what it says, or the same as another.",
        discussion: """
            With one run: reads its journal, checks every digest, and recomputes every tick from the answers of its agents. With two: \
            says that they are the same, or names the first tick and field in which they differ. Exit status 3 when something differs, 65 when a \
            journal is damaged.
            """)

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String
    @Argument(help: "Folder of another run.")
    var other: String?
    @OptionGroup var output: OutputArguments

    func run() throws {
        let console = output.console
        let verdict = try other.map { try compare(try reader(folder), try reader($0)) } ?? recompute(try reader(folder))
        if output.json {
            console.print(try console.json(verdict))
        } else {
            console.print(verdict.text)
        }
        if !verdict.same { throw CommandError(.different, "") }
    }

    private func reader(_ path: String) throws -> JournalReader {
        try JournalReader(try RunFolder.existing(path).journal)
    }

    /// Recomputes every tick from its recorded answers.
    private func recompute(_ journal: JournalReader) throws -> Verdict {
        var coordinator = try Coordinator(experiment: journal.experiment)
        while let entry = try journal.next() {
            let again = try coordinator.replay(entry.record).record
            if let difference = FieldDifference(between: entry.record, and: again) {
                return Verdict(tick: entry.record.tick, difference, sides: ("recorded", "recomputed"))
            }
        }
        let total = journal.experiment.clock.tickCount
        let state =
            coordinator.tick == total
            ? "complete"
            : "ends after \(coordinator.tick) of \(total) ticks\(journal.isTorn ? ", in the middle of a record" : "")"
        return Verdict(
            same: true, text: "verified: \(coordinator.tick) ticks recomputed, \(state); digest \(journal.digest)")
    }

    private func compare(_ left: JournalReader, _ right: JournalReader) throws -> Verdict {
        if let difference = FieldDifference(between: left.experiment, and: right.experiment) {
            return Verdict(
                same: false,
                text:
                    "other scenario: \(difference.path) is \(difference.left) in the first and \(difference.right) in the second"
            )
        }
        while true {
            let (a, b) = (try left.next(), try right.next())
            switch (a, b) {
            case (nil, nil): return Verdict(same: true, text: "same: digest \(left.digest)")
            case (let a?, let b?):
                guard a.digest != b.digest, let difference = FieldDifference(between: a.record, and: b.record) else {
                    continue
                }
                return Verdict(tick: a.record.tick, difference, sides: ("first", "second"))
            default:
                let shorter = a == nil ? "first" : "second"
                return Verdict(
                    same: false,
                    text:
                        "different: the \(shorter) run ends before tick \((a ?? b)!.record.tick); up to there they are the same"
                )
            }
        }
    }

    private struct Verdict: Encodable {
        let same: Bool
        var tick: Int?
        var field: String?
        let text: String

        init(same: Bool, text: String) {
            self.same = same
            self.text = text
        }

        init(tick: Int, _ difference: FieldDifference, sides: (String, String)) {
            same = false
            self.tick = tick
            field = difference.path
            text =
                "different: tick \(tick), \(difference.path): \(difference.left) \(sides.0), \(difference.right) \(sides.1)"
        }
    }
}
