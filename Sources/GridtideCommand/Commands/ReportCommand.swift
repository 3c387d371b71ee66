internal import ArgumentParser
internal import Foundation
internal import RunReport
internal import RunStore

/// `gridtide report`: what a run or a sweep did, as a page to look at.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write an HTML report of a run or a sweep: map, load, prices, relocation; frontier, bands, points.",
        discussion: """
            One file that works offline, with every figure's numbers behind it. Without a baseline beside the run it shows the run \
            alone. The library that draws figures is put in place by ./gridtide setup; so is what writes them as SVG and PNG.
            """)

    @Argument(help: ArgumentHelp("Folder of a run, or database of a sweep.", valueName: "run-or-sweep"))
    var path: String
    @Option(help: "Folder of another run of the same scenario to compare with, instead of the baseline beside the run.")
    var baseline: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "File to write; report.html in the folder of the run, or beside the database of the sweep, unless given.",
            valueName: "file"))
    var output: String?
    @Option(help: ArgumentHelp("Also write each figure as SVG and PNG into a folder.", valueName: "folder"))
    var figures: String?
    @Option(help: ArgumentHelp("Also write each figure's table as CSV into a folder.", valueName: "folder"))
    var csv: String?
    @OptionGroup var printing: OutputArguments

    func run() throws {
        let console = printing.console
        let environment = ProcessInfo.processInfo.environment
        let program = ProcessRun.executablePath
        let (report, file) = try read(console)
        let bundle = try VegaBundle.find(program: program, named: environment["GRIDTIDE_VEGA_BUNDLE"])
        let converter = try figures.map { _ in
            try FigureConverter.find(program: program, named: environment["GRIDTIDE_VL_CONVERT"])
        }
        for warning in report.warnings { console.note("note: \(warning)") }
        let page = Data(Page(of: report, with: bundle).html.utf8)
        try Self.write(page, to: file, remedy: "Choose another file with --output")
        let tables = try csv.map { try writeTables(of: report, into: $0) } ?? []
        var drawings: [String] = []
        if let figures, let converter {
            try Self.makeFolder(figures, option: "--figures")
            drawings = try converter.draw(report.figures, into: figures)
        }
        guard printing.json else {
            console.print("report  \(file)")
            if let figures { console.print("figures \(figures): \(drawings.count) files") }
            if let csv { console.print("tables  \(csv): \(tables.count) files") }
            return
        }
        console.print(
            try console.json(
                Written(
                    report: file, bytes: page.count, figures: report.figures.map(\.id), warnings: report.warnings,
                    figureFiles: figures == nil ? nil : drawings, tableFiles: csv == nil ? nil : tables)))
    }

    /// The report, and the file it goes to. Throws `CommandError`, `RunStoreError` or `RunReportError`.
    private func read(_ console: Console) throws -> (Report, file: String) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandError(
                .invalidInput,
                "There is no run or sweep at \(path). Name the folder of a run, such as runs/two-region-1, or the database of a sweep, such as sweeps/friction.sqlite."
            )
        }
        return isFolder.boolValue ? try readRun(console) : try readSweep()
    }

    private func readRun(_ console: Console) throws -> (Report, file: String) {
        if FileManager.default.fileExists(atPath: "\(path)/sweep.yaml") {
            throw CommandError(
                .invalidInput,
                "\(path) says how a sweep is run, and holds no results. Run it with 'gridtide sweep \(path)', then name its database, such as sweeps/NAME.sqlite."
            )
        }
        let run = try RunFolder.existing(path)
        let home = try baseline.map { try RunFolder.existing($0) } ?? run.baseline
        let hasBaseline = FileManager.default.fileExists(atPath: home.database)
        if !hasBaseline { console.note("note: this run has no baseline; the report shows it alone") }
        let report = try Report(
            of: try RunReader(path: run.database), with: hasBaseline ? try RunReader(path: home.database) : nil,
            machine: LaunchState(inFolder: run.url.path)?.machine)
        return (report, output ?? run.url.appendingPathComponent("report.html").path)
    }

    private func readSweep() throws -> (Report, file: String) {
        guard baseline == nil else {
            throw CommandError(
                .invalidInput, "\(path) is a sweep, whose points have baselines of their own. Leave out --baseline.")
        }
        let report = try Report(of: try StoredSweep(path: path, names: Report.sweepFigureNames))
        let url = URL(fileURLWithPath: path)
        return (report, output ?? url.deletingPathExtension().appendingPathExtension("html").path)
    }

    private func writeTables(of report: Report, into folder: String) throws -> [String] {
        try Self.makeFolder(folder, option: "--csv")
        return try report.figures.map { figure in
            let file = "\(folder)/\(figure.id).csv"
            try Self.write(Data(figure.table.csv.utf8), to: file, remedy: "Choose another folder with --csv")
            return file
        }
    }

    private static func makeFolder(_ folder: String, option: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandError(cannotMake: folder, error, remedy: "Make room, or choose another folder with \(option)")
        }
    }

    private static func write(_ data: Data, to file: String, remedy: String) throws {
        do {
            try data.write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw CommandError(.failed, "\(file) cannot be written: \(error.localizedDescription). \(remedy).")
        }
    }

    /// What was written, for programs.
    private struct Written: Encodable {
        let report: String
        let bytes: Int
        let figures: [String]
        let warnings: [String]
        let figureFiles: [String]?
        let tableFiles: [String]?
    }
}
