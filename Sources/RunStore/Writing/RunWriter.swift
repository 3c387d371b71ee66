public import CoSimulation
internal import GRDB
internal import InferencePlacement

/// Records a run in an SQLite database while it goes on.
///
/// Ticks are collected and committed in batches, one transaction each: whenever the writer dies, the database holds every
/// tick up to some point and nothing after it. Its memory holds one batch and does not grow with the run. Not for use from
/// several threads at once.
public final class RunWriter {
    /// The file.
    public let path: String
    /// The last tick on disk, nil if there is none.
    public private(set) var lastCommitted: RunPosition?

    let queue: DatabaseQueue
    private let layout: RunLayout
    private let detail: RecordingDetail
    private var numbering: Numbering
    private var entries: [Entry] = []
    private var events: [RunEvent] = []
    private var rowCount = 0

    private struct Entry {
        let record: TickRecord
        let digest: Digest
        let telemetry: TickTelemetry?
    }

    /// Creates the database of a new run; a file that exists is never touched.
    public init(
        creating path: String, experiment: Experiment, origin: RunOrigin, detail: RecordingDetail = RecordingDetail()
    ) throws(RunStoreError) {
        self.path = path
        self.detail = detail
        layout = RunLayout(of: experiment)
        numbering = Numbering()
        queue = try RunFile.create(at: path, head: RunHead(experiment: experiment, origin: origin))
    }

    /// Creates the database of a run anew, in place of one that may be damaged or lack ticks: the journal holds all of it.
    public convenience init(
        replacing path: String, experiment: Experiment, origin: RunOrigin, detail: RecordingDetail = RecordingDetail()
    ) throws(RunStoreError) {
        try RunFile.discard(path)
        try self.init(creating: path, experiment: experiment, origin: origin, detail: detail)
    }

    /// Opens the database of a run to go on with it, after a crash for example; `lastCommitted` says where.
    public init(
        continuing path: String, experiment: Experiment, origin: RunOrigin, detail: RecordingDetail = RecordingDetail()
    ) throws(RunStoreError) {
        let queue = try RunFile.openForContinuing(path)
        let facts = try storing(in: path) { try queue.read { db in try RunSnapshot(db, path: path).facts() } }
        guard facts.scenarioDigest == origin.scenarioDigest else {
            throw RunStoreError(
                .otherScenario, path: path,
                "it holds scenario \(facts.scenarioDigest.short) (\(facts.name)), not \(origin.scenarioDigest.short)",
                remedy: "Go on with the scenario and seed the run began with, or start a new run")
        }
        self.path = path
        self.detail = detail
        layout = RunLayout(of: experiment)
        self.queue = queue
        let layout = layout
        numbering = try storing(in: path) { try queue.read { db in try Numbering(continuing: db, layout: layout) } }
        lastCommitted = try storing(in: path) { try queue.read { db in try RunSnapshot(db, path: path).position() } }
    }

    /// The tick that must come next.
    public var nextTick: Int { (entries.last?.record.tick ?? lastCommitted?.tick ?? -1) + 1 }

    /// Adds a finished tick; commits when a batch is full.
    public func append(record: TickRecord, digest: Digest, telemetry: TickTelemetry? = nil) throws(RunStoreError) {
        guard record.tick == nextTick, record.tick < layout.clock.tickCount else {
            throw RunStoreError(
                .wrongRecord, path: path,
                "tick \(record.tick) of \(layout.clock.tickCount) was given, and tick \(nextTick) comes next",
                remedy: "Go on after the last tick on disk")
        }
        if let misfit = layout.misfit(of: record) {
            throw RunStoreError(
                .wrongRecord, path: path, "the record of tick \(record.tick) does not fit the experiment: \(misfit)",
                remedy: "Open the run with the experiment the record was made for")
        }
        entries.append(Entry(record: record, digest: digest, telemetry: telemetry))
        rowCount +=
            Self.rowCount(of: record) + (telemetry?.waitMicroseconds.count ?? 0)
            + (telemetry?.profile?.exchanges.count ?? 0)
        if entries.count >= detail.ticksPerBatch || rowCount >= detail.rowsPerBatch { try flush() }
    }

    /// Adds an event; it reaches the disk with the next batch.
    public func append(event: RunEvent) {
        events.append(event)
    }

    /// Commits everything added so far. After a failure nothing is lost: mend its cause and call again.
    public func flush() throws(RunStoreError) {
        guard !entries.isEmpty || !events.isEmpty else { return }
        var numbering = numbering
        try storing(in: path) { try queue.write { db in try insertBatch(in: db, numbering: &numbering) } }
        self.numbering = numbering
        if let last = entries.last { lastCommitted = RunPosition(tick: last.record.tick, digest: last.digest) }
        entries.removeAll(keepingCapacity: true)
        events.removeAll()
        rowCount = 0
    }

    /// Commits everything, writes how the run ended, and leaves one file that can be copied and read anywhere.
    ///
    /// - Parameter text: Why it failed; empty if it did not.
    public func finish(_ status: RunStatus, text: String = "") throws(RunStoreError) {
        precondition(status != .running, "an end is a success or a failure")
        try flush()
        try storing(in: path) {
            try queue.write { db in try setStatus(status, text: text, digest: lastCommitted?.digest, in: db) }
            try queue.writeWithoutTransaction { db in try Self.leaveWriteAheadLog(db) }
        }
    }

    private func insertBatch(in db: Database, numbering: inout Numbering) throws {
        if lastCommitted != nil || !entries.isEmpty { try setStatus(.running, text: "", digest: nil, in: db) }
        var inserter = try TickInserter(layout: layout, detail: detail, db: db, path: path)
        for entry in entries {
            let start = SuspendingClock.now
            try inserter.insert(entry.record, digest: entry.digest, numbering: &numbering)
            guard let telemetry = entry.telemetry else { continue }
            try inserter.insert(telemetry)
            if let profile = telemetry.profile {
                try inserter.insert(profile, ofTick: telemetry.tick, begunAt: start)
            }
        }
        for event in events { try inserter.insert(event) }
    }

    private func setStatus(_ status: RunStatus, text: String, digest: Digest?, in db: Database) throws {
        try db.execute(
            sql: "UPDATE run SET status = ?, status_text = ?, final_digest = ?",
            arguments: [status.rawValue, text, digest?.description])
    }

    /// Folds the write-ahead log into the file. Not possible while somebody reads; the last reader then does it.
    private static func leaveWriteAheadLog(_ db: Database) throws {
        try db.execute(sql: "PRAGMA busy_timeout = 0")
        do {
            try db.execute(sql: "PRAGMA journal_mode = DELETE")
        } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
            try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
        }
    }

    /// About how many rows a record becomes: the large tables.
    private static func rowCount(of record: TickRecord) -> Int {
        let clearing = record.clearing
        let bids = record.bids.reduce(0) { sum, bid in
            sum + (bid?.lines.reduce(0) { $0 + 2 + $1.options.count } ?? 0)
        }
        let signals = record.signals.reduce(0) { sum, signal in
            sum + (signal?.buses.reduce(0) { $0 + 1 + $1.forecastPriceUSDPerMWh.count } ?? 0)
        }
        let quotes = record.quoteRounds.count * (record.dispatches.count + record.offers.count)
        return signals + quotes + 4 * record.offers.count + bids + clearing.awards.count + clearing.unserved.count
            + clearing.regions.count
            + record.settlement.count + 1
    }
}
