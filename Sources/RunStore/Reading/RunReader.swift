public import CoSimulation
internal import GRDB

/// Reads the database of a run, also while it is being written; never changes it.
public final class RunReader: Sendable {
    /// The file.
    public let path: String
    /// What the run is, as it was when the reader opened it.
    public let facts: RunFacts
    /// The agents; an agent's number is its place.
    public let agents: [RunAgent]

    private let queue: DatabaseQueue

    /// Opens the database of a run.
    public init(path: String) throws(RunStoreError) {
        self.path = path
        let queue = try RunFile.openForReading(path)
        self.queue = queue
        (facts, agents) = try storing(in: path) {
            try queue.read { db in
                let snapshot = RunSnapshot(db, path: path)
                return (try snapshot.facts(), try snapshot.agents())
            }
        }
    }

    /// Reads the run as it is at one moment, however much is written meanwhile.
    public func read<Result>(_ work: (RunSnapshot) throws -> Result) throws -> Result {
        do {
            return try queue.read { db in
                try db.scan("SELECT run FROM run") { _ in }  // the moment is that of the first read
                return try work(RunSnapshot(db, path: path))
            }
        } catch let error as DatabaseError {
            throw RunStoreError(error, path: path)
        }
    }

    /// The last tick on disk, nil if there is none.
    public func position() throws -> RunPosition? {
        try read { run in try run.position() }
    }

    /// Whether SQLite finds every page and every index sound.
    public func isIntact() throws(RunStoreError) -> Bool {
        try storing(in: path) {
            try queue.read { db in try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") == "ok" }
        }
    }

    /// The record of a tick as it was written, nil if it is not on disk.
    ///
    /// Equal to what was recorded, but for what the writer was told to leave out and the order of areas and technologies,
    /// which is ascending by number and by name.
    public func record(atTick tick: Int) throws -> TickRecord? {
        try read { run in try run.record(atTick: tick) }
    }
}
