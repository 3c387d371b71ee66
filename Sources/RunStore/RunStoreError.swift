internal import GRDB

/// Why a run could not be stored or read: where, what, the statement at fault, and what to do.
public struct RunStoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable {
        /// There is a file already; runs are never overwritten.
        case exists
        /// There is no such file or folder.
        case missing
        /// The file is not an SQLite database, or is damaged.
        case notADatabase
        /// The file is a database, but not of a run.
        case notARun
        /// The database of a run that has not begun: its writer is at it, or stopped before.
        case notBegun
        /// A newer program wrote the file.
        case newerVersion
        /// The database belongs to another scenario or seed.
        case otherScenario
        /// The database belongs to another sweep.
        case otherSweep
        /// Two databases of a sweep hold different results of a point.
        case contradiction
        /// The file or its folder may not be written.
        case readOnly
        /// The disk is full.
        case diskFull
        /// The disk failed, or the greatest size of a file is reached.
        case disk
        /// Another program holds the database.
        case locked
        /// A record does not come next, or does not fit the experiment.
        case wrongRecord
        /// A failure of another kind, in SQLite's words.
        case other
    }

    /// What kind of failure it is.
    public let code: Code
    /// The file.
    public let path: String
    /// What went wrong.
    public let problem: String
    /// The table at fault, where there is one.
    public let table: String?
    /// The statement at fault, where there is one.
    public let sql: String?
    /// What to do about it.
    public let remedy: String

    init(_ code: Code, path: String, _ problem: String, table: String? = nil, sql: String? = nil, remedy: String) {
        self.code = code
        self.path = path
        self.problem = problem
        self.table = table
        self.sql = sql
        self.remedy = remedy
    }

    /// One line for people: file, table, problem and remedy; then the statement, where it may have to do with it.
    public var description: String {
        let place = table.map { "\(path), table \($0)" } ?? path
        let statement = [.wrongRecord, .other].contains(code) ? sql : nil
        return "\(place): \(problem). \(remedy)." + (statement.map { " SQL: \($0)" } ?? "")
    }
}

extension RunStoreError {
    /// SQLite's failure in the words of this module.
    init(_ error: DatabaseError, path: String, table: String? = nil) {
        self.init(sqlite: error.extendedResultCode, message: error.message, path: path, table: table, sql: error.sql)
    }

    /// SQLite's failure from its code and message.
    init(sqlite code: ResultCode, message: String?, path: String, table: String?, sql: String?) {
        // The shared memory of the log is the first to find no room on a full disk.
        let isFull = code == .SQLITE_IOERR_SHMSIZE
        let (kind, remedy) = Self.meaning(of: isFull ? .SQLITE_FULL : code.primaryResultCode)
        self.init(
            kind, path: path, "SQLite says \"\(message ?? "\(code)")\" (code \(code.rawValue))", table: table, sql: sql,
            remedy: remedy)
    }

    private static func meaning(of code: ResultCode) -> (Code, remedy: String) {
        switch code {
        case .SQLITE_IOERR:
            (.disk, "Check that the disk has room and works, then go on: all complete batches are kept")
        case .SQLITE_FULL: (.diskFull, "Make room on the disk, then go on: all complete batches are kept")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            (.locked, "Close the program that holds it, such as a reader with an open transaction, then go on")
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            (
                .readOnly,
                "Check that the folder exists and that you may write to it; a run not yet finished needs that to be read too"
            )
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            (.notADatabase, "Choose another file, or record the run again from its journal")
        case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH:
            (.wrongRecord, "Check that one program writes the run, and what the agents sent")
        default: (.other, "Check the disk; the run can be recorded again from its journal")
        }
    }
}

/// Runs work on a database, its failures put in this module's words.
func storing<Result>(in path: String, _ work: () throws -> Result) throws(RunStoreError) -> Result {
    do {
        return try work()
    } catch let error as RunStoreError {
        throw error
    } catch let error as DatabaseError {
        throw RunStoreError(error, path: path)
    } catch {
        throw RunStoreError(.other, path: path, "\(error)", remedy: "Check the file and its folder")
    }
}
