internal import Foundation
internal import GRDB

/// The database of a sweep: begun or gone on with, one transaction per point, so that a kill loses nothing that was done.
///
/// Unlike that of a run it has no write-ahead log: the jobs of a cluster keep it where many hosts see it, and there a log's
/// shared memory does not work.
public final class SweepStore {
    /// The unit of each figure by name; empty for shares.
    public typealias Unit = (String) -> String

    private let path: String
    private let head: SweepHead
    private let unit: Unit
    private let queue: DatabaseQueue

    /// Opens the database of a sweep, beginning it where nothing is. Throws `RunStoreError`; `otherSweep` where the file
    /// holds another one, or the same one by another version of the program.
    public init(at path: String, head: SweepHead, unit: @escaping Unit) throws(RunStoreError) {
        self.path = path
        self.head = head
        self.unit = unit
        queue = try storing(in: path) {
            var configuration = Configuration()
            configuration.label = "gridtide.sweep"
            configuration.foreignKeysEnabled = false
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    try Self.begin(db, head, path: path)
                    return .commit
                }
            }
            return queue
        }
    }

    /// Checks what is there, or makes it. A writer killed before this was done has left an empty database.
    private static func begin(_ db: Database, _ head: SweepHead, path: String) throws {
        let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
        if isEmpty { return try create(db, head) }
        try SweepSchema.check(db, path: path)
        try checkHead(db, head, path: path)
    }

    /// Throws where a database holds another sweep than this one.
    private static func checkHead(_ db: Database, _ head: SweepHead, path: String) throws {
        let row = try Row.fetchOne(db, sql: "SELECT digest, has_baseline, gridtide_version FROM sweep")
        guard row?["digest"] == head.digest, row?["has_baseline"] == head.hasBaseline,
            row?["gridtide_version"] == head.version
        else {
            throw RunStoreError(
                .otherSweep, path: path, "it holds another sweep, or the same one by another version of the program",
                remedy: "Choose another file, or begin anew")
        }
    }

    private static func create(_ db: Database, _ head: SweepHead) throws {
        for table in SweepSchema.tables { try db.execute(sql: table.sql) }
        try db.execute(sql: SweepSchema.view)
        try db.execute(
            sql: SweepSchema.sweep.insertSQL,
            arguments: [1, head.name, head.digest, head.points.count, head.hasBaseline, head.version])
        for (index, name) in head.axes.enumerated() {
            try db.execute(sql: SweepSchema.axis.insertSQL, arguments: [index, name])
        }
        try db.execute(sql: "PRAGMA application_id = \(SweepSchema.applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(SweepSchema.version)")
    }

    /// Stores a point with all that belongs to it, at once or not at all. A point that is there already stays as it is:
    /// another program came to the same.
    public func append(_ outcome: PointOutcome) throws(RunStoreError) {
        let point = head.points[outcome.point]
        try storing(in: path) {
            try queue.write { db in
                let sql = "SELECT 1 FROM point WHERE point = ?"
                guard try Int.fetchOne(db, sql: sql, arguments: [outcome.point]) == nil else { return }
                try Self.insert(
                    into: SweepSchema.point,
                    [outcome.point, point.label, outcome.scenarioDigest, outcome.recordDigest, outcome.failure], db)
                for choice in point.choices {
                    try Self.insert(
                        into: SweepSchema.choice, [outcome.point, choice.axis, choice.label, choice.number], db)
                }
                for figure in outcome.figures {
                    try Self.insert(
                        into: SweepSchema.figure, [outcome.point, figure.name, unit(figure.name), figure.value], db)
                }
            }
        }
    }

    private static func insert(into table: Table, _ values: StatementArguments, _ db: Database) throws {
        try db.cachedStatement(sql: table.insertSQL).execute(arguments: values)
    }

    /// Takes over the points that another database of the same sweep holds, all at once or none; returns how many were new.
    ///
    /// Points that are here already stay as they are, and must be the same there. Throws `RunStoreError`; `missing` where there
    /// is no file, `otherSweep` where it holds another sweep, `contradiction` where a point came to something else.
    public func merge(_ other: String) throws(RunStoreError) -> Int {
        guard FileManager.default.fileExists(atPath: other) else {
            throw RunStoreError(.missing, path: other, "there is no such file", remedy: "Check its name")
        }
        let isBegun = try storing(in: other) {
            // Opened by itself first: that says what it is, and what a killed writer left half done is rolled back.
            try DatabaseQueue(path: other).read { db in
                guard try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") != 0 else { return false }
                try SweepSchema.check(db, path: other)
                try Self.checkHead(db, head, path: other)
                return true
            }
        }
        guard isBegun else { return 0 }
        return try storing(in: path) {
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "ATTACH DATABASE ? AS part", arguments: [other])
                defer { try? db.execute(sql: "DETACH DATABASE part") }
                var count = 0
                try db.inTransaction(.immediate) {
                    count = try Self.takeOver(db, from: other)
                    return .commit
                }
                return count
            }
        }
    }

    /// Copies the rows of points that are not here from the database attached as `part`.
    private static func takeOver(_ db: Database, from path: String) throws -> Int {
        let differing = try Int.fetchOne(
            db,
            sql: """
                SELECT here.point FROM main.point AS here JOIN part.point AS there USING (point)
                WHERE here.scenario_digest <> there.scenario_digest OR here.record_digest <> there.record_digest
                    OR here.failure IS NOT there.failure ORDER BY here.point LIMIT 1
                """)
        if let differing {
            throw RunStoreError(
                .contradiction, path: path, "point \(differing) came to something else there",
                remedy: "One of the two is not deterministic or was made by another build: run the sweep anew")
        }
        try db.execute(
            sql: "CREATE TEMP TABLE fresh AS SELECT point FROM part.point EXCEPT SELECT point FROM main.point")
        defer { try? db.execute(sql: "DROP TABLE temp.fresh") }
        for table in [SweepSchema.point, SweepSchema.choice, SweepSchema.figure] {
            try db.execute(
                sql: """
                    INSERT INTO main.\(table.name) SELECT * FROM part.\(table.name)
                    WHERE point IN (SELECT point FROM temp.fresh) ORDER BY point
                    """)
        }
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM temp.fresh") ?? 0
    }

    /// The numbers of the points that are done.
    public func donePoints() throws(RunStoreError) -> Set<Int> {
        try storing(in: path) {
            try queue.read { db in try Int.fetchSet(db, sql: "SELECT point FROM point") }
        }
    }

    /// The points that are done, ascending, their figures in the order of `names`.
    public func outcomes(names: [String]) throws(RunStoreError) -> [PointOutcome] {
        try storing(in: path) { try queue.read { db in try Self.outcomes(names: names, db) } }
    }

    /// The points that are done, as they stand in a database.
    static func outcomes(names: [String], _ db: Database) throws -> [PointOutcome] {
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var figures: [Int: [PointFigure]] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT point, name, value FROM figure ORDER BY point, name")
        while let row = try rows.next() {
            figures[row["point"], default: []].append(PointFigure(name: row["name"], value: row["value"]))
        }
        return try Row.fetchAll(db, sql: "SELECT * FROM point ORDER BY point").map { row in
            let point: Int = row["point"]
            let ordered = (figures[point] ?? []).sorted {
                (places[$0.name, default: .max], $0.name) < (places[$1.name, default: .max], $1.name)
            }
            return PointOutcome(
                point: point, scenarioDigest: row["scenario_digest"], recordDigest: row["record_digest"],
                failure: row["failure"], figures: ordered)
        }
    }

    /// Removes the database of a sweep with what SQLite keeps beside it; nothing where there is none.
    public static func remove(at path: String) throws(RunStoreError) { try RunFile.discard(path) }
}
