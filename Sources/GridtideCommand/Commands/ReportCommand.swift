internal import ArgumentParser
internal import Foundation
internal import RunReport
internal import RunStore

/// `gridtide report`: what a run did, as a page to look at.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write an HTML report of a run: map, load, prices, relocation, events, signals.",
        discussion: """
            One file that works offline, with every figure's numbers behind it. Without a baseline beside the run it shows the run \
            alone. The library that draws figures is put in place by ./gridtide setup.
            """)

    @Argument(help: ArgumentHelp("Folder of a run.", valueName: "run"))
    var folder: String
    @Option(help: "Folder of another run of the same scenario to compare with, instead of the baseline beside the run.")
    var baseline: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("File to write; report.html in the folder of the run unless given.", valueName: "file"))
    var output: String?
    @OptionGroup var printing: OutputArguments

    func run() throws {
        let console = printing.console
        let run = try RunFolder.existing(folder)
        let home = try baseline.map { try RunFolder.existing($0) } ?? run.baseline
        let hasBaseline = FileManager.default.fileExists(atPath: home.database)
        if !hasBaseline { console.note("note: this run has no baseline; the report shows it alone") }
        let bundle = try VegaBundle.find(
            program: ProcessRun.executablePath, named: ProcessInfo.processInfo.environment["GRIDTIDE_VEGA_BUNDLE"])
        let report = try Report(
            of: try RunReader(path: run.database), with: hasBaseline ? try RunReader(path: home.database) : nil)
        for warning in report.warnings { console.note("note: \(warning)") }
        let file = output ?? run.url.appendingPathComponent("report.html").path
        let page = Data(Page(of: report, with: bundle).html.utf8)
        do {
            try page.write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw CommandError(
                .failed, "\(file) cannot be written: \(error.localizedDescription). Choose another file with --output.")
        }
        guard printing.json else { return console.print("report  \(file)") }
        console.print(
            try console.json(
                Written(report: file, bytes: page.count, figures: report.figures.map(\.id), warnings: report.warnings)))
    }

    /// What was written, for programs.
    private struct Written: Encodable {
        let report: String
        let bytes: Int
        let figures: [String]
        let warnings: [String]
    }
}
