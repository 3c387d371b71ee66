internal import ArgumentParser
internal import Foundation
internal import PowerGrid
internal import Scenarios

/// `gridtide virtual-links`: clears a power market in which the relocation of load is bid.
struct VirtualLinks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "virtual-links", abstract: "Clear a power market in which the relocation of load is bid.",
        discussion: """
            Reads buses, suppliers, loads, lines, data centres and virtual links from a YAML file, clears the market with the greatest \
            welfare, and prints prices, flows, shifts, and who pays and who earns. docs/virtual-links.md has the problem and the format. \
            The published cases: gridtide virtual-links Scenarios/virtual-links/seven-bus.yaml

            Exit status 2 when the file is wrong, with all its faults at once.
            """)

    @Argument(help: "YAML file of the market.")
    var file: String
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Change a setting, such as links.west.capacityMW=10 or links=[]; may be repeated.", valueName: "path=value")
    )
    var overrides: [String] = []
    @Flag(help: "Also find the range of every price that supports the same trades.")
    var intervals = false
    @OptionGroup var output: OutputArguments

    func run() throws {
        let console = output.console
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory), !isDirectory.boolValue else {
            throw CommandError(.invalidInput, "There is no market at \(file). Name a YAML file.")
        }
        let market = try MarketFile.load(file, overrides: overrides)
        for notice in market.notices { console.note("note: \(notice)") }
        let report = MarketReport(market, try market.market.clear())
        let shown = intervals ? try report.withIntervals() : report
        console.print(output.json ? try console.json(shown) : shown.text)
    }
}
