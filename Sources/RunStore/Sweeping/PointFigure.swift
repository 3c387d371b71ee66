/// A figure of a point of a sweep, as it is stored and printed.
public struct PointFigure: Sendable, Equatable {
    /// Name, such as `placement_cost`; those of the baseline begin with `home_`.
    public let name: String
    /// Value in the unit of `PointFigures.unit(of:)`.
    public let value: Double

    /// A figure from its parts.
    public init(name: String, value: Double) {
        self.name = name
        self.value = value
    }
}

/// What a point of a sweep came to.
public struct PointOutcome: Sendable, Equatable {
    /// The number of the point.
    public let point: Int
    /// The digest of the experiment that was run.
    public let scenarioDigest: String
    /// The digest over all records of the run; empty where the run failed.
    public let recordDigest: String
    /// Why the run failed, in one line; nil where it did not.
    public let failure: String?
    /// The figures of the run and its baseline, in their fixed order; empty where the run failed.
    public let figures: [PointFigure]

    /// An outcome from its parts.
    public init(
        point: Int, scenarioDigest: String, recordDigest: String, failure: String? = nil, figures: [PointFigure]
    ) {
        self.point = point
        self.scenarioDigest = scenarioDigest
        self.recordDigest = recordDigest
        self.failure = failure
        self.figures = figures
    }

    /// The value of a figure; nil where the point has none of that name.
    public func value(_ name: String) -> Double? { figures.first { $0.name == name }?.value }
}
