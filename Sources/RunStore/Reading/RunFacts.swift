public import CoSimulation
public import InferencePlacement

/// What a run is and how far it is: the row of the table `run`.
public struct RunFacts: Sendable, Equatable {
    /// Name of the scenario.
    public let name: String
    /// Seed of every random stream.
    public let seed: UInt64
    /// Digest of the experiment's canonical bytes.
    public let scenarioDigest: Digest
    /// Digest of the same experiment with everything at home; equal in all runs that may be compared.
    public let baselineDigest: Digest
    /// Time of the whole run.
    public let clock: Clock
    /// Objective of the clearing, by name.
    public let mechanism: String
    /// Internal carbon price kappa, $/kg.
    public let carbonPriceUSDPerKg: Double
    /// How relocation meets the grid (MODEL 3.4).
    public let coupling: Coupling
    /// How far the run is.
    public let status: RunStatus
    /// Why it failed; empty otherwise.
    public let statusText: String
    /// Digest of the last tick, nil until the run ends.
    public let finalDigest: Digest?
    /// Version of the program that recorded it.
    public let gridtideVersion: String
}

/// An agent of a run.
public struct RunAgent: Sendable, Equatable {
    /// Its number: its place in the list of agents, and in every table.
    public let number: Int
    /// Its name.
    public let name: String
    /// Its role.
    public let role: AgentRole
    /// Name of its strategy.
    public let strategy: String
    /// Where it is, nil without a place.
    public let location: Location?
    /// Number of the grid operator of a compute region, nil for others.
    public let gridOperator: Int?
    /// Bus of a compute region, nil for others.
    public let bus: String?
    /// Number of the home region of a service node, nil for others.
    public let homeRegion: Int?
}

/// A balancing area of a run.
public struct RunArea: Sendable, Equatable {
    /// Its number: its place in the list of areas.
    public let number: Int
    /// Number of its grid operator.
    public let gridOperator: Int
    /// Its name, unique within its operator.
    public let name: String
}
