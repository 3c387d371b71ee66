public import CoSimulation
internal import Foundation
public import PowerGrid

/// A virtual-link market that was read from a file, checked in full and found right (MODEL 3.3).
public struct MarketFile: Sendable {
    /// Name of the market.
    public let name: String
    /// One line that says what it shows; empty when the file has none.
    public let title: String
    /// Its ticks, which are the periods of the market.
    public let clock: Clock
    /// The market; a link that is there in every tick is one link for each.
    public let market: VirtualLinkMarket
    /// Names of the buses.
    public let buses: [String]
    /// Names of the suppliers, or their places in the list, from 1.
    public let suppliers: [String]
    /// Names of the loads, or their places.
    public let loads: [String]
    /// Names of the lines, or their places.
    public let lines: [String]
    /// Names of the links of `market`, or their places in the list.
    public let links: [String]
    /// What its author should know, ascending by place.
    public let notices: [ScenarioNotice]

    /// Reads a market file; its CSV files lie in the same folder. Throws everything that is wrong at once.
    ///
    /// Overrides have the form `path=value`, such as `links[0].capacityMW=10`, and apply before anything is checked.
    public static func load(
        _ path: String, overrides: [String] = [], limits: ScenarioLimits = ScenarioLimits()
    ) throws(ScenarioError) -> MarketFile {
        let url = URL(fileURLWithPath: path)
        return try load(
            .directory(url.deletingLastPathComponent().path), file: url.lastPathComponent, overrides: overrides,
            limits: limits)
    }

    /// Reads a market file from the files of a folder.
    public static func load(
        _ folder: ScenarioFolder, file: String, overrides: [String] = [], limits: ScenarioLimits = ScenarioLimits()
    ) throws(ScenarioError) -> MarketFile {
        let checker = FieldChecker(files: FileCache(folder: folder, limits: limits), limits: limits)
        var builder = ScenarioBuilder(checker: checker, catalogue: AgentCatalogue([]), file: file)
        return try builder.buildMarket(overrides: overrides)
    }
}
