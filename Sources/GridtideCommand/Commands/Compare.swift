internal import ArgumentParser
internal import Foundation
internal import RunAnalysis
internal import RunStore

/// `gridtide compare`: what a run did against its baseline.
struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare a run with its baseline: cost, carbon, load by area, relocation.")

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String
    @Option(help: "Folder of another run of the same scenario to compare with, instead of the baseline beside the run.")
    var baseline: String?
    @Flag(help: "Print every figure as CSV, one row each.")
    var csv = false
    @OptionGroup var output: OutputArguments

    func validate() throws {
        if csv, output.json { throw ValidationError("Choose one of --csv and --json.") }
    }

    func run() throws {
        let console = output.console
        let run = try RunFolder.existing(folder)
        let home = try baseline.map { try RunFolder.existing($0) } ?? run.baseline
        let hasBaseline = FileManager.default.fileExists(atPath: home.database)
        if !hasBaseline { console.note("note: this run has no baseline; its own totals are shown") }
        let comparison = try RunComparison(
            of: try RunReader(path: run.database), with: hasBaseline ? try RunReader(path: home.database) : nil)
        if output.json {
            console.print(try console.json(comparison))
        } else {
            console.print(csv ? comparison.csv : comparison.text, terminator: "")
        }
    }
}
