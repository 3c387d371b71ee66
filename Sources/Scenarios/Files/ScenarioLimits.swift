/// Limits on everything a scenario is read from; beyond one of them loading ends with a fault, never with exhaustion.
public struct ScenarioLimits: Sendable {
    /// Greatest size of the YAML text, bytes.
    public var yamlBytes = 8 << 20
    /// Deepest nesting of the YAML text.
    public var yamlDepth = 64
    /// Longest name of the scenario, an agent, a class or a resource, bytes.
    public var nameBytes = 64
    /// Greatest size of a CSV file, bytes.
    public var csvBytes = 256 << 20
    /// Most rows of a CSV file.
    public var csvRows = 2_000_000
    /// Most cells of a CSV file.
    public var csvCells = 50_000_000
    /// Greatest size of all CSV files together, bytes.
    public var totalBytes = 1 << 30
    /// Most agents.
    public var agents = 10_000
    /// Most workload classes, and most resources.
    public var classes = 1_000
    /// Most ticks.
    public var ticks = 1_000_000
    /// Most values in all series together.
    public var seriesValues = 100_000_000
    /// Most combinations of service node, region and class.
    public var placements = 20_000_000
    /// Most quantities of a virtual-link market: what each participant trades in each tick, and the flow of each link.
    public var marketQuantities = 500_000
    /// Most entries of `masks.deny`.
    public var denials = 10_000
    /// Most entries of `events`.
    public var events = 1_000
    /// Most entries of `faults`.
    public var faults = 1_000

    /// The limits that docs/limits.md states.
    public init() {}
}
