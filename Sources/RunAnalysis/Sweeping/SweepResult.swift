public import RunStore

/// What a sweep came to: its points with their figures, ascending.
public struct SweepResult: Sendable, Encodable {
    /// A point.
    public struct Point: Sendable, Encodable {
        /// Its number.
        public let point: Int
        /// Its values by axis, as people write them; absent where the scenario stays as it is.
        public let values: [String: String]
        /// Its figures by name.
        public let figures: [String: Double]
        /// The digest of the experiment.
        public let scenarioDigest: String
        /// The digest over all records; empty where the run failed.
        public let recordDigest: String
        /// Why the run failed; nil where it did not.
        public let failure: String?
        /// Its values as numbers, by axis, where they are.
        let numbers: [String: Double]

        private enum CodingKeys: CodingKey {
            case point, values, figures, scenarioDigest, recordDigest, failure
        }
    }

    /// Name of the sweep.
    public let name: String
    /// SHA-256 over the experiments of all points.
    public let digest: String
    /// Whether points are compared with everything at home.
    public let hasBaseline: Bool
    /// Names of the axes.
    public let axes: [String]
    /// Units of the figures by name; empty for shares.
    public let units: [String: String]
    /// The points that are done.
    public let points: [Point]

    /// The result of a sweep from its head and the points that are done.
    public init(of head: SweepHead, _ outcomes: [PointOutcome]) {
        self.init(
            name: head.name, digest: head.digest, hasBaseline: head.hasBaseline, axes: head.axes,
            points: outcomes.map { (head.points[$0.point].choices, $0) })
    }

    /// The result of a sweep from what its database holds.
    public init(of sweep: StoredSweep) {
        self.init(
            name: sweep.name, digest: sweep.digest, hasBaseline: sweep.hasBaseline, axes: sweep.axes,
            points: sweep.points.map { ($0.choices, $0.outcome) })
    }

    private init(
        name: String, digest: String, hasBaseline: Bool, axes: [String],
        points: [(choices: [SweepHead.Choice], outcome: PointOutcome)]
    ) {
        self.name = name
        self.digest = digest
        self.hasBaseline = hasBaseline
        self.axes = axes
        let names = Set(points.flatMap { $0.outcome.figures.map(\.name) })
        units = Dictionary(uniqueKeysWithValues: names.map { ($0, PointFigures.unit(of: $0)) })
        self.points = points.map { choices, outcome in
            let numbers = choices.compactMap { choice in choice.number.map { (axes[choice.axis], $0) } }
            return Point(
                point: outcome.point,
                values: Dictionary(uniqueKeysWithValues: choices.map { (axes[$0.axis], $0.label) }),
                figures: Dictionary(uniqueKeysWithValues: outcome.figures.map { ($0.name, $0.value) }),
                scenarioDigest: outcome.scenarioDigest, recordDigest: outcome.recordDigest, failure: outcome.failure,
                numbers: Dictionary(uniqueKeysWithValues: numbers))
        }
    }

    /// The points whose runs failed.
    public var failures: [Point] { points.filter { $0.failure != nil } }

    /// One row per point (RFC 4180): point, the axes, failure, then every figure with its unit at the end of its name.
    public var csv: String {
        let names = PointFigures.names.filter { units[$0] != nil }
        let columns = names.map { name in
            let unit = PointFigures.unit(of: name)
            return unit.isEmpty ? name : "\(name)_\(unit.lowercased())"
        }
        let rows = points.map { point in
            let values = axes.map { point.values[$0] ?? "" }
            let figures = names.map { CSVText.number(point.figures[$0]) }
            return ["\(point.point)"] + values + [point.failure ?? ""] + figures
        }
        return CSVText.text([["point"] + axes + ["failure"] + columns] + rows)
    }
}
