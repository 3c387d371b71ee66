internal import GRDB

/// A sweep as its database holds it, read at one moment; also while it is being run.
public struct StoredSweep: Sendable, Equatable {
    /// A point that is done.
    public struct Point: Sendable, Equatable {
        /// Its values, ascending by axis; none on an axis where the scenario stays as it is.
        public let choices: [SweepHead.Choice]
        /// What it came to.
        public let outcome: PointOutcome
    }

    /// Name of the sweep.
    public let name: String
    /// SHA-256 over the experiments of all points, hexadecimal.
    public let digest: String
    /// Whether points are compared with everything at home.
    public let hasBaseline: Bool
    /// Version of the program that began it.
    public let version: String
    /// How many points there are, done or not.
    public let pointCount: Int
    /// Names of the axes.
    public let axes: [String]
    /// The points that are done, ascending.
    public let points: [Point]

    /// Reads the database of a sweep and changes nothing.
    ///
    /// - Parameter names: Names of figures in the order that those of a point are to have.
    /// - Throws: `RunStoreError`; `missing` where there is no file, `notARun` where it is another database.
    public init(path: String, names: [String]) throws(RunStoreError) {
        let queue = try RunFile.openForReading(path, checked: SweepSchema.check)
        self = try storing(in: path) {
            try queue.read { db in
                guard let row = try Row.fetchOne(db, sql: "SELECT * FROM sweep") else {
                    throw RunStoreError(
                        .notARun, path: path, "its writer stopped before the sweep began",
                        remedy: "Run the sweep again; it begins anew")
                }
                return try StoredSweep(row, names: names, db)
            }
        }
    }

    private init(_ row: Row, names: [String], _ db: Database) throws {
        name = row["name"]
        digest = row["digest"]
        hasBaseline = row["has_baseline"]
        version = row["gridtide_version"]
        pointCount = row["point_count"]
        axes = try String.fetchAll(db, sql: "SELECT name FROM axis ORDER BY axis")
        var choices: [Int: [SweepHead.Choice]] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM choice ORDER BY point, axis")
        while let row = try rows.next() {
            choices[row["point"], default: []].append(
                SweepHead.Choice(axis: row["axis"], label: row["label"], number: row["number"]))
        }
        points = try SweepStore.outcomes(names: names, db).map { outcome in
            Point(choices: choices[outcome.point] ?? [], outcome: outcome)
        }
    }
}
