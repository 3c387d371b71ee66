internal import ArgumentParser
internal import Foundation
internal import RunAnalysis
internal import RunStore

/// `gridtide compare`: what a run did against its baseline.
struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare a run with its baseline: cost, carbon, load by area, relocation.")

    @Argument(help: "Folder of a run.")
    var run: String
    @Option(help: "Folder of another run of the same scenario to compare with, instead of the baseline beside the run.")
    var baseline: String?
    @Option(help: ArgumentHelp("Write the tables as CSV files into this folder.", valueName: "folder"))
    var csv: String?
    @OptionGroup var output: OutputArguments

    func run() throws {
        let console = output.console
        let folder = try RunFolder.existing(run)
        let home = try baseline.map { try RunFolder.existing($0) } ?? folder.baseline
        let hasBaseline = FileManager.default.fileExists(atPath: home.database)
        if !hasBaseline { console.note("note: this run has no baseline; its own totals are shown") }
        let comparison = try RunComparison(
            of: try RunReader(path: folder.database), against: hasBaseline ? try RunReader(path: home.database) : nil)
        if let csv { try write(comparison, to: csv) }
        console.print(output.json ? try console.json(comparison) : comparison.table())
    }

    private func write(_ comparison: RunComparison, to path: String) throws {
        let folder = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for table in comparison.csvTables() {
                try table.text.write(to: folder.appendingPathComponent("\(table.name).csv"), atomically: true, encoding: .utf8)
            }
        } catch {
            throw CommandError(.failed, "The tables cannot be written to \(path): \(error.localizedDescription)")
        }
    }
}
