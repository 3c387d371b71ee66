internal import GRDB

/// The schema of a sweep's database. It holds no time, host or path: the same sweep gives the same rows.
enum SweepSchema {
    /// `application_id` of a sweep: "GRTS".
    static let applicationID: Int32 = 0x4752_5453

    /// `user_version` this program writes.
    static let version = 1

    static let sweep = Table(
        "sweep", key: ["sweep"], "The sweep; one row.",
        columns: [
            Column("sweep", .integer, check: "sweep = 1", "Always 1."),
            Column("name", .text, "Name of the sweep."),
            Column("digest", .text, "SHA-256 over the experiments of all points, hexadecimal."),
            Column("point_count", .integer, "Points of the sweep, done or not."),
            Column("has_baseline", .integer, "Whether points are compared with everything at home, 0 or 1."),
            Column("gridtide_version", .text, "Version of the program that began it."),
        ])

    static let axis = Table(
        "axis", key: ["axis"], "An axis.",
        columns: [Column("axis", .integer, "Axis, from 0."), Column("name", .text, "Name of the axis.")])

    static let point = Table(
        "point", key: ["point"], "A point that is done.",
        columns: [
            Column("point", .integer, "Point, from 0."),
            Column("label", .text, "The point in words."),
            Column("scenario_digest", .text, "SHA-256 of the experiment that was run, hexadecimal."),
            Column("record_digest", .text, "SHA-256 over all records of the run; empty where it failed."),
            Column("failure", .text, isNullable: true, "Why the run failed; NULL where it did not."),
        ])

    static let choice = Table(
        "choice", key: ["point", "axis"], "The value of a point on an axis; none where the scenario stays as it is.",
        columns: [
            Column("point", .integer, references: "point", "Point."),
            Column("axis", .integer, references: "axis", "Axis."),
            Column("label", .text, "The value in words."),
            Column("number", .real, isNullable: true, "The value, where it is a number; else NULL."),
        ])

    static let figure = Table(
        "figure", key: ["point", "name"], "A figure of a point.",
        columns: [
            Column("point", .integer, references: "point", "Point."),
            Column("name", .text, "Name of the figure; those of the baseline begin with home_."),
            Column("unit", .text, "Its unit; empty for shares."),
            Column("value", .real, "Its value."),
        ])

    static let tables = [sweep, axis, point, choice, figure]

    /// The figures as people look for them: by the words of the point.
    static let view = """
        CREATE VIEW figure_by_point AS
        SELECT point.point, point.label, figure.name, figure.unit, figure.value
        FROM point JOIN figure USING (point) ORDER BY point.point, figure.name
        """

    /// Throws unless a database is that of a sweep this program understands.
    static func check(_ db: Database, path: String) throws {
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
            throw RunStoreError(
                .notARun, path: path, "it is a database, but not of a sweep",
                remedy: "Choose a file that gridtide sweep made; of a run, name its folder")
        }
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard found <= version else {
            throw RunStoreError(
                .newerVersion, path: path, "its schema has version \(found), and this program knows up to \(version)",
                remedy: "Update gridtide")
        }
    }
}
