internal import Foundation
internal import GRDB

/// Opening the database of a run, and telling it from any other file.
enum RunFile {
    /// Creates the database of a new run where nothing is, and opens it for writing.
    static func create(at path: String, head: RunHead) throws(RunStoreError) -> DatabaseQueue {
        try claim(path)
        do {
            return try storing(in: path) {
                let queue = try openForWriting(path)
                try queue.write { db in try head.insert(into: db, path: path) }
                return queue
            }
        } catch {
            for name in [path, path + "-wal", path + "-shm"] { try? FileManager.default.removeItem(atPath: name) }
            throw error
        }
    }

    /// Removes a database with what belongs to it; the logs first, so that none is ever taken for that of a new file.
    static func discard(_ path: String) throws(RunStoreError) {
        for name in [path + "-wal", path + "-shm", path + "-journal", path] {
            guard FileManager.default.fileExists(atPath: name) else { continue }
            do {
                try FileManager.default.removeItem(atPath: name)
            } catch {
                throw RunStoreError(
                    .readOnly, path: name, "it cannot be removed: \(error.localizedDescription)",
                    remedy: "Check that you may write to the folder")
            }
        }
    }

    /// Makes an empty file of our own; never touches one that exists.
    private static func claim(_ path: String) throws(RunStoreError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        for name in [path, path + "-wal"] where FileManager.default.fileExists(atPath: name) {
            throw RunStoreError(
                .exists, path: name, "there is a file already, and runs are never overwritten",
                remedy: "Choose another name, or move the file away")
        }
        guard FileManager.default.fileExists(atPath: folder) else {
            throw RunStoreError(
                .missing, path: path, "the folder \(folder) does not exist", remedy: "Create it, or choose another")
        }
        do {
            try Data().write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch CocoaError.fileWriteFileExists {
            throw RunStoreError(
                .exists, path: path, "another program has just created it", remedy: "Choose another name")
        } catch {
            throw RunStoreError(
                .readOnly, path: path, "it cannot be created: \(error.localizedDescription)",
                remedy: "Check that you may write to the folder and that the disk has room")
        }
    }

    /// Opens the database of a run to go on with it. What a killed writer left half done is rolled back first; a file
    /// that is not of a run is left as it is.
    static func openForContinuing(_ path: String) throws(RunStoreError) -> DatabaseQueue {
        try requireFile(path)
        return try storing(in: path) {
            let queue = try writableQueue(path)
            try queue.read { db in try check(db, path: path) }
            try prepareForWriting(queue)
            return queue
        }
    }

    /// Opens an empty file of our own for writing.
    private static func openForWriting(_ path: String) throws -> DatabaseQueue {
        let queue = try writableQueue(path)
        try prepareForWriting(queue)
        return queue
    }

    /// A connection that may write, and so may recover what a killed writer left; it changes nothing else by itself.
    private static func writableQueue(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "gridtide.run.writer"
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Brings a database to this version, with a write-ahead log.
    private static func prepareForWriting(_ queue: DatabaseQueue) throws {
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        }
        try RunSchema.migrate(queue)
    }

    private static func requireFile(_ path: String) throws(RunStoreError) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw RunStoreError(.missing, path: path, "there is no such file", remedy: "Check its name")
        }
    }

    /// Opens the database of a run for reading, also while it is being written; that of a sweep where its check is given.
    static func openForReading(
        _ path: String, checked by: (Database, String) throws -> Void = check
    ) throws(RunStoreError) -> DatabaseQueue {
        try requireFile(path)
        recover(path)
        var configuration = Configuration()
        configuration.label = "gridtide.run.reader"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return try storing(in: path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { db in try by(db, path) }
            return queue
        }
    }

    /// Rolls back what a writer killed in the middle of a transaction left in a rollback journal, since a connection that
    /// only reads may not. Where that is not possible, reading says why.
    private static func recover(_ path: String) {
        guard FileManager.default.fileExists(atPath: path + "-journal") else { return }
        _ = try? storing(in: path) {
            try writableQueue(path).read { db in try Int.fetchOne(db, sql: "PRAGMA schema_version") }
        }
    }

    /// Throws unless a database is that of a run this program understands.
    private static func check(_ db: Database, path: String) throws {
        let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard id == RunSchema.applicationID else {
            if id == 0, try isUnborn(db) { throw unborn(path) }
            throw RunStoreError(
                .notARun, path: path, "it is a database, but not of a Gridtide run",
                remedy: "Choose the database of a run")
        }
        guard version <= RunSchema.version else {
            throw RunStoreError(
                .newerVersion, path: path,
                "its schema has version \(version), and this program knows up to \(RunSchema.version)",
                remedy: "Update gridtide")
        }
        guard try db.tableExists("run"), try Int.fetchOne(db, sql: "SELECT count(*) FROM run") == 1 else {
            throw unborn(path)
        }
    }

    /// Whether a database holds nothing, but for what the first migration begins with.
    private static func isUnborn(_ db: Database) throws -> Bool {
        let sql = "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'"
        return try Int.fetchOne(db, sql: sql) == 0
    }

    private static func unborn(_ path: String) -> RunStoreError {
        RunStoreError(
            .notBegun, path: path, "the run has not begun, or its writer stopped before it did",
            remedy: "Wait a moment; if nobody runs it, delete the file and record the run again")
    }
}
