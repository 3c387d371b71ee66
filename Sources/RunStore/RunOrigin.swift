public import CoSimulation

/// What a run comes from: scenario, baseline and program, by digest and version.
public struct RunOrigin: Sendable, Equatable {
    /// Digest of the experiment's canonical bytes.
    public var scenarioDigest: Digest
    /// Digest of the canonical bytes of `Experiment.baseline`; equal in all runs that may be compared.
    public var baselineDigest: Digest
    /// Version of the program.
    public var gridtideVersion: String

    /// An origin from its parts.
    public init(scenarioDigest: Digest, baselineDigest: Digest, gridtideVersion: String) {
        self.scenarioDigest = scenarioDigest
        self.baselineDigest = baselineDigest
        self.gridtideVersion = gridtideVersion
    }
}

/// How far a run is.
public enum RunStatus: String, Sendable, CaseIterable, Codable {
    /// It is going on, or its writer died.
    case running
    /// It reached its end.
    case finished
    /// It ended before its end.
    case failed
}

/// A place in a run that is safely on disk.
public struct RunPosition: Sendable, Equatable {
    /// The last tick.
    public var tick: Int
    /// The digest of the chain up to it.
    public var digest: Digest

    /// A position from its parts.
    public init(tick: Int, digest: Digest) {
        self.tick = tick
        self.digest = digest
    }
}

/// Something a person should know about a run: a restart, a fault, a note.
public struct RunEvent: Sendable, Equatable {
    /// Tick it happened in, nil outside the ticks.
    public var tick: Int?
    /// Kind, such as restart.
    public var kind: String
    /// Agent concerned, nil for the run itself.
    public var agent: Int?
    /// What happened.
    public var text: String

    /// An event from its parts.
    public init(tick: Int? = nil, kind: String, agent: Int? = nil, text: String) {
        self.tick = tick
        self.kind = kind
        self.agent = agent
        self.text = text
    }
}
