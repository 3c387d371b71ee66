internal import ArgumentParser
internal import Foundation
internal import RunAnalysis
internal import RunReport
internal import RunStore

/// `gridtide profile`: where the time of a run went.
struct Profile: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show where the time of a run went, by coordinator, recorder and agent.",
        discussion: """
            The run must have been made with 'gridtide run --profile'. --trace writes its course for a trace viewer such as \
            ui.perfetto.dev or chrome://tracing.
            """)

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String
    @Option(help: ArgumentHelp("Write the course of the run as trace events.", valueName: "file"))
    var trace: String?
    @Option(help: ArgumentHelp("First tick of the trace.", valueName: "tick"))
    var from: Int?
    @Option(help: ArgumentHelp("First tick after the trace.", valueName: "tick"))
    var to: Int?
    @OptionGroup var output: OutputArguments

    func validate() throws {
        if trace == nil, from != nil || to != nil { throw ValidationError("--from and --to are ticks of a --trace.") }
        if let from, from < 0 { throw ValidationError("--from \(from): ticks are counted from 0.") }
        if let to, to <= from ?? 0 { throw ValidationError("--to \(to) is not after the first tick of the trace.") }
    }

    func run() throws {
        let console = output.console
        let run = try RunReader(path: try RunFolder.existing(folder).database)
        guard let profile = try TimeProfile(of: run) else {
            throw CommandError(
                .invalidInput,
                "\(folder) was not profiled: run the scenario again with 'gridtide run --profile'.")
        }
        if let trace {
            let isChosen = from != nil || to != nil
            try Self.writeTrace(of: run, ticks: isChosen ? (from ?? 0)..<(to ?? .max) : nil, to: trace, console)
        }
        console.print(output.json ? try console.json(profile) : profile.text, terminator: output.json ? "\n" : "")
    }

    /// Writes a trace, and says what it leaves out. Throws `CommandError` or `RunStoreError`.
    static func writeTrace(of run: RunReader, ticks: Range<Int>?, to path: String, _ console: Console) throws {
        let trace = try TraceFile(of: run, ticks: ticks)
        guard !trace.ticks.isEmpty else {
            throw CommandError(
                .invalidInput,
                "The run has none of these ticks: it has \(try run.position().map { $0.tick + 1 } ?? 0), from 0 on.")
        }
        do {
            try trace.write(to: path)
        } catch let error as RunStoreError {
            throw error
        } catch {
            throw CommandError(cannotMake: path, error)
        }
        let all = try run.position().map { $0.tick + 1 } ?? 0
        let part =
            trace.ticks.count < all
            ? " (ticks \(trace.ticks.lowerBound) to \(trace.ticks.upperBound - 1) of \(all))" : ""
        console.note("trace   \(path)\(part): open it at ui.perfetto.dev or chrome://tracing")
    }
}
