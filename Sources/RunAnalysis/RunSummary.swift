public import RunStore

/// What a run came to: every figure a sum, mean or extreme over all rows of its first ticks.
public struct RunSummary: Sendable, Equatable, Codable {
    /// Name of the scenario.
    public var name: String
    /// Objective of the clearing, by name.
    public var mechanism: String
    /// Internal carbon price kappa, $/kg.
    public var carbonPriceUSDPerKg: Double
    /// Seed of every random stream.
    public var seed: UInt64
    /// SHA-256 of the scenario, hexadecimal.
    public var scenarioDigest: String
    /// SHA-256 of the records of the ticks summed, hexadecimal.
    public var recordDigest: String
    /// How far the run is.
    public var status: RunStatus
    /// Start of the first tick, seconds since 1970-01-01T00:00Z.
    public var startSeconds: Int64
    /// Length of a tick (h), seconds.
    public var tickSeconds: Int64
    /// Ticks summed.
    public var tickCount: Int
    /// Ticks of the whole run.
    public var plannedTickCount: Int
    /// Agents that did not answer, counted once for each tick and phase.
    public var absenceCount: Int
    /// Answers that broke a rule.
    public var violationCount: Int
    /// All balancing areas together; loads over the ticks in which all reported.
    public var grid: GridFigures
    /// All regions together.
    public var compute: ComputeFigures
    /// What placement cost at signalled prices.
    public var cost: CostFigures
    /// How placement and grid came together.
    public var coupling: CouplingFigures
    /// Whether relocated work spoils the prices it runs after.
    public var herding: HerdingFigures
    /// What was paid.
    public var settlement: SettlementFigures
    /// What ran away from home.
    public var relocation: RelocationFigures
    /// Ticks of coincident peak, highest load first (MODEL 4).
    public var peaks: [PeakFigures]
    /// Balancing areas, ascending by grid operator, then as they first appear.
    public var areas: [AreaFigures]
    /// Compute regions, in the order of the scenario.
    public var regions: [RegionFigures]
}

extension RunSummary {
    /// Sums the first ticks of a run: as many as are on disk unless given.
    public init(of reader: RunReader, ticks: Int? = nil) throws {
        try self.init(of: reader, ticks: ticks, baselinePeaks: [])
    }

    /// The same beside the ticks of coincident peak of a baseline.
    init(of reader: RunReader, ticks: Int?, baselinePeaks: Set<Int>) throws {
        self = try reader.read { run in
            try SummaryPass(run, ticks: ticks, baselinePeaks: baselinePeaks).summary()
        }
    }
}

/// What happened in a balancing area.
public struct AreaFigures: Sendable, Equatable, Codable {
    /// Name for people: that of the grid operator where it has one area; else that of the area, as operator/area where
    /// another one is called the same.
    public var name: String
    /// Name of the grid operator.
    public var gridOperator: String
    /// Name of the area.
    public var area: String
    /// What the grid did.
    public var grid: GridFigures
    /// The compute of the regions whose buses are in the area; nothing where there are none.
    public var compute: ComputeFigures
}

/// What happened in a compute region.
public struct RegionFigures: Sendable, Equatable, Codable {
    /// Name.
    public var name: String
    /// Name of its grid operator.
    public var gridOperator: String
    /// Name of its area's figures; that of the grid operator where it named no area.
    public var area: String
    /// Facility power (load change of MODEL 1 is the difference between two runs).
    public var load: LoadFigures
    /// What it used and paid.
    public var compute: ComputeFigures
    /// IT energy run for other homes, MWh.
    public var receivedMWh: Double
    /// IT energy of its own services run elsewhere, MWh.
    public var sentMWh: Double
    /// Requests of its own services that were not served anywhere.
    public var unservedRequests: Double
}
