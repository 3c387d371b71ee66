internal import ArgumentParser
internal import Foundation
internal import PowerGrid
internal import Scenarios

/// `gridtide import rts-gmlc`: makes a scenario of NREL's test system.
struct ImportRTSGMLC: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rts-gmlc",
        abstract: "Make a scenario of NREL's RTS-GMLC test system with relocatable loads at some of its buses.",
        discussion: """
            The network of 73 buses in three areas becomes a grid operator `dc-opf` with load, wind, PV, rooftop PV \
            and hydro by the hour of 2020. Each bus named gets a compute region and a service node with its home \
            there; work follows the last published price. Compare with --set coupling.kind=co-optimised of `gridtide \
            run`. docs/import.md says what is assumed.

            Example:
              gridtide import rts-gmlc --from RTS-GMLC/RTS_Data --to my-rts --ticks 168

            Exit status: 0 success, 1 the folder cannot be written, 2 something is wrong with files or options.
            """)

    @Option(
        help: ArgumentHelp(
            "Folder with SourceData and timeseries_data_files (or timeseries), such as RTS_Data of NREL's repository.",
            valueName: "folder"))
    var from: String
    @Option(
        help: ArgumentHelp(
            "File with NREL's notice, which stays with all copies; README.md in or above the folder unless you say.",
            valueName: "file"))
    var notice: String?
    @Option(help: "Name of the scenario; rts-gmlc- and the date of its start unless you say.")
    var name: String?
    @Option(help: ArgumentHelp("First hour, such as 2020-07-05, by the clock of the data.", valueName: "time"))
    var start = RTSImportOptions().start
    @Option(help: ArgumentHelp("Number of ticks of an hour; the year has 8784.", valueName: "count"))
    var ticks = RTSImportOptions().ticks
    @Option(help: ArgumentHelp("Numbers of the buses with a compute region, with commas.", valueName: "buses"))
    var buses = RTSImportOptions().buses.joined(separator: ",")
    @Option(help: ArgumentHelp("Mean IT power of the requests of each service node.", valueName: "mw"))
    var scaleMw = RTSImportOptions().meanITMW
    @Option(help: ArgumentHelp("How far demand swings round its mean within a day.", valueName: "share"))
    var dailySwing = RTSImportOptions().dailySwing
    @Option(help: ArgumentHelp("Hour with the greatest demand, by the clock of the data.", valueName: "hour"))
    var peakHour = RTSImportOptions().peakHour
    @Option(help: ArgumentHelp("Share of requests that may leave home.", valueName: "share"))
    var movableShare = RTSImportOptions().movableShare
    @Option(help: ArgumentHelp("Value lost per MWh of IT energy that is not served.", valueName: "usd"))
    var valueUsdPerMwh = RTSImportOptions().valueUSDPerMWh
    @Option(
        help: ArgumentHelp(
            "Accelerators and connection of a region over the peak of its home load.", valueName: "factor"))
    var capacityFactor = RTSImportOptions().capacityFactor
    @Option(help: ArgumentHelp("Facility power over IT power of every region.", valueName: "factor"))
    var pue = RTSImportOptions().pue
    @Flag(help: "Keep PMin and no-load costs: every thermal unit is on in every hour.")
    var keepMinimum = false
    @Flag(help: "Keep ramp limits between ticks.")
    var ramps = false
    @Option(
        help: ArgumentHelp(
            "Folder to write; it must be empty or not exist yet. The scenario's name unless you say.",
            valueName: "folder"))
    var to: String?
    @OptionGroup var output: OutputArguments

    func run() throws {
        let source = try RTSSource(folder: from)
        let notice = try noticeText()
        let imported: ImportedScenario
        do {
            imported = try RTSImport.build(source, notice: notice, options)
        } catch let error as ScenarioError {
            throw Import.refusal(error)
        }
        try ImportFolder(path: to ?? imported.name).write(imported, output)
    }

    private var options: RTSImportOptions {
        var options = RTSImportOptions()
        options.name = name
        options.start = start
        options.ticks = ticks
        options.buses = buses.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        options.meanITMW = scaleMw
        options.dailySwing = dailySwing
        options.peakHour = peakHour
        options.movableShare = movableShare
        options.valueUSDPerMWh = valueUsdPerMwh
        options.capacityFactor = capacityFactor
        options.pue = pue
        options.keepsMinimum = keepMinimum
        options.keepsRamps = ramps
        return options
    }

    /// NREL's notice, from its heading in a README on; any file that `--notice` names is taken as a whole.
    private func noticeText() throws -> String {
        if let notice {
            guard let text = try? String(contentsOfFile: notice, encoding: .utf8) else {
                throw CommandError(.invalidInput, "--notice \(notice): the file cannot be read. Check its name.")
            }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        for place in ["\(from)/README.md", "\(from)/README_upstream.md", "\(from)/../README.md"] {
            guard let text = try? String(contentsOfFile: place, encoding: .utf8),
                let heading = text.range(of: "DATA USE DISCLAIMER AGREEMENT")
            else { continue }
            return text[heading.lowerBound...].trimmingCharacters(in: .whitespacesAndNewlines)
        }
        throw CommandError(
            .invalidInput,
            "No README.md in or above \(from) has NREL's DATA USE DISCLAIMER AGREEMENT, which stays with all copies of "
                + "the data. Name a file that has it with --notice.")
    }
}
