/// What identifies a sweep and its axes in its database.
public struct SweepHead: Sendable, Equatable {
    /// A value of a point on an axis.
    public struct Choice: Sendable, Equatable {
        /// Index of the axis.
        public let axis: Int
        /// The value in words.
        public let label: String
        /// The value, where it is a number.
        public let number: Double?

        /// A choice from its parts.
        public init(axis: Int, label: String, number: Double?) {
            self.axis = axis
            self.label = label
            self.number = number
        }
    }

    /// A point before it is run.
    public struct Point: Sendable, Equatable {
        /// The point in words.
        public let label: String
        /// Its values, ascending by axis.
        public let choices: [Choice]

        /// A point from its parts.
        public init(label: String, choices: [Choice]) {
            self.label = label
            self.choices = choices
        }
    }

    /// Name of the sweep.
    public let name: String
    /// SHA-256 over the experiments of all points, hexadecimal: what "the same sweep" means.
    public let digest: String
    /// Whether points are compared with everything at home.
    public let hasBaseline: Bool
    /// Version of the program.
    public let version: String
    /// Names of the axes.
    public let axes: [String]
    /// The points by number.
    public let points: [Point]

    /// A head from its parts.
    public init(
        name: String, digest: String, hasBaseline: Bool, version: String, axes: [String], points: [Point]
    ) {
        self.name = name
        self.digest = digest
        self.hasBaseline = hasBaseline
        self.version = version
        self.axes = axes
        self.points = points
    }
}
