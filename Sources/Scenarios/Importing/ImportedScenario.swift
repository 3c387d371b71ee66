/// A scenario that was made from files: its texts, and what the user should know.
public struct ImportedScenario: Sendable {
    /// A text file of the scenario folder.
    public struct File: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// What it holds.
        public let text: String
    }

    /// Name of the scenario.
    public let name: String
    /// The zones or buses with a compute region, in the order of the scenario.
    public let zones: [String]
    /// The workload classes, in the order of the scenario.
    public let classes: [String]
    /// Number of ticks.
    public let ticks: Int
    /// Mean IT power of the requests of all service nodes together, MW.
    public let meanITMW: Double
    /// The files, `scenario.yaml` last, so that a folder that was written in part is no scenario.
    public let files: [File]
    /// What was met in the sources and done about it, a sentence each.
    public let notices: [String]

    /// The files as a folder in memory.
    public var folder: ScenarioFolder {
        .memory(Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.text) }))
    }
}
