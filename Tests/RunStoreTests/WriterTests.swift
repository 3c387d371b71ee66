import CoSimulation
import Foundation
import GRDB
import InferencePlacement
import Testing

@testable import RunStore

/// Number of rows of a table.
func count(_ table: String, in path: String) throws -> Int {
    try DatabaseQueue(path: path).read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0 }
}

@Suite("Writing a run")
struct WriterTests {
    @Test("A writer that dies inside a batch leaves all earlier batches and nothing else; another goes on")
    func crash() throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 11)
        let entries = (0..<20).map { tick in (run.record(tick), run.nextDigest(tick)) }
        let detail = RecordingDetail(ticksPerBatch: 4)
        do {
            let writer = try RunWriter(
                creating: folder.path(), experiment: run.experiment, origin: run.origin, detail: detail)
            for (record, digest) in entries[..<11] { try writer.append(record: record, digest: digest) }
            #expect(writer.lastCommitted == RunPosition(tick: 7, digest: entries[7].1))
        }
        for table in ["award", "bid", "region_outcome", "payment", "area_outcome"] {
            let last = try DatabaseQueue(path: folder.path()).read {
                try Int.fetchOne($0, sql: "SELECT max(tick) FROM \(table)")
            }
            #expect(last == 7, "\(table)")
        }
        let writer = try RunWriter(
            continuing: folder.path(), experiment: run.experiment, origin: run.origin, detail: detail)
        #expect(writer.lastCommitted == RunPosition(tick: 7, digest: entries[7].1))
        #expect(writer.nextTick == 8)
        for (record, digest) in entries[8...] { try writer.append(record: record, digest: digest) }
        try writer.finish(.finished)
        let reader = try RunReader(path: folder.path())
        for (record, _) in entries { #expect(try reader.record(atTick: record.tick) == record) }
        #expect(reader.facts.status == .finished)
        #expect(reader.facts.finalDigest == entries[19].1)
        #expect(!FileManager.default.fileExists(atPath: folder.path() + "-wal"))
    }

    @Test("A process killed in the middle of a batch leaves whole batches, and its log is taken up")
    func kill() async throws {
        let folder = try TemporaryFolder()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path() as String] in
            var run = RandomRun(seed: 12)
            let writer = try RunWriter(
                creating: path, experiment: run.experiment, origin: run.origin,
                detail: RecordingDetail(ticksPerBatch: 4))
            for tick in 0..<11 { try writer.append(record: run.record(tick), digest: run.nextDigest(tick)) }
            raise(SIGKILL)
        }
        #expect(FileManager.default.fileExists(atPath: folder.path() + "-wal"))
        var run = RandomRun(seed: 12)
        let entries = (0..<11).map { tick in (run.record(tick), run.nextDigest(tick)) }
        let reader = try RunReader(path: folder.path())
        #expect(try reader.position() == RunPosition(tick: 7, digest: entries[7].1))
        let writer = try RunWriter(continuing: folder.path(), experiment: run.experiment, origin: run.origin)
        for (record, digest) in entries[8...] { try writer.append(record: record, digest: digest) }
        try writer.finish(.finished)
        for (record, _) in entries { #expect(try reader.record(atTick: record.tick) == record) }
    }

    @Test("A run is never overwritten, nor is a log left over from one")
    func neverOverwrites() throws {
        let folder = try TemporaryFolder()
        let run = RandomRun(seed: 1)
        for name in ["run.sqlite", "run.sqlite-wal"] {
            let bytes = Data("precious".utf8)
            try bytes.write(to: folder.url.appendingPathComponent(name))
            let error = #expect(throws: RunStoreError.self) {
                try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
            }
            #expect(error?.code == .exists)
            #expect(
                error?.description.contains("never overwritten. Choose another name, or move the file away.") == true)
            #expect(try Data(contentsOf: folder.url.appendingPathComponent(name)) == bytes)
            try FileManager.default.removeItem(at: folder.url.appendingPathComponent(name))
        }
    }

    @Test("A full disk keeps the batch for another try, and says what to do")
    func diskFull() throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 2)
        let writer = try RunWriter(
            creating: folder.path(), experiment: run.experiment, origin: run.origin,
            detail: RecordingDetail(ticksPerBatch: 1000))
        let records = (0..<40).map { run.record($0) }
        for record in records { try writer.append(record: record, digest: run.nextDigest(record.tick)) }
        let pages = try writer.queue.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
        try writer.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages + 2)") }
        let error = #expect(throws: RunStoreError.self) { try writer.flush() }
        #expect(error?.code == .diskFull)
        #expect(error?.table != nil)
        #expect(error?.sql?.hasPrefix("INSERT INTO") == true)
        #expect(try count("tick", in: folder.path()) == 0)
        try writer.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        try writer.finish(.finished)
        let reader = try RunReader(path: folder.path())
        for record in records { #expect(try reader.record(atTick: record.tick) == record) }
    }

    @Test("A locked database, a missing folder and a folder as file give clear errors")
    func notWritable() throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 2)
        let writer = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        try writer.append(record: run.record(0), digest: run.nextDigest(0))
        let other = try DatabaseQueue(path: folder.path())
        try writer.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA busy_timeout = 0") }
        try other.inTransaction(.immediate) { _ in
            let error = #expect(throws: RunStoreError.self) { try writer.flush() }
            #expect(error?.code == .locked)
            return .rollback
        }
        try writer.flush()
        for (path, code) in [(folder.path("no/run.sqlite"), RunStoreError.Code.missing), (folder.url.path, .exists)] {
            let error = #expect(throws: RunStoreError.self) {
                try RunWriter(creating: path, experiment: run.experiment, origin: run.origin)
            }
            #expect(error?.code == code)
        }
    }

    @Test("Records out of order, of another shape or not finite are refused by name")
    func wrongRecords() throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 4)
        let writer = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        let record = run.record(0)
        var early = record
        early.tick = 1
        var small = record
        small.offers.removeLast()
        for wrong in [early, small] {
            let error = #expect(throws: RunStoreError.self) {
                try writer.append(record: wrong, digest: run.nextDigest(0))
            }
            #expect(error?.code == .wrongRecord)
        }
        var infinite = record
        infinite.clearing.regions[1].energyPriceUSDPerMWh = .nan
        try writer.append(record: infinite, digest: run.nextDigest(0))
        let error = #expect(throws: RunStoreError.self) { try writer.flush() }
        #expect(error?.table == "region_outcome")
        #expect(error?.problem == "energy_price_usd_per_mwh is nan, not a finite number")
        #expect(try count("tick", in: folder.path()) == 0)
    }

    @Test("A run goes on with its own scenario only")
    func otherScenario() throws {
        let folder = try TemporaryFolder()
        let run = RandomRun(seed: 4)
        _ = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        let other = RandomRun(seed: 5)
        let error = #expect(throws: RunStoreError.self) {
            try RunWriter(continuing: folder.path(), experiment: other.experiment, origin: other.origin)
        }
        #expect(error?.code == .otherScenario)
    }

    @Test("A reader sees whole batches while the run is being written")
    func readWhileWriting() throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 6)
        let writer = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        let reader = try RunReader(path: folder.path())
        #expect(try reader.position() == nil)
        for tick in 0..<9 {
            try writer.append(record: run.record(tick), digest: run.nextDigest(tick), telemetry: nil)
            try writer.flush()
            #expect(try reader.position()?.tick == tick)
        }
        try reader.read { snapshot in
            try writer.append(record: run.record(9), digest: run.nextDigest(9))
            try writer.flush()
            #expect(try snapshot.position()?.tick == 8)
        }
        try writer.finish(.finished)
        #expect(try reader.position()?.tick == 9)
    }

    @Test("Telemetry is kept beside the ticks")
    func telemetry() throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 6)
        let writer = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        let waits = (0..<run.experiment.agentCount).map { UInt32($0 * 10) }
        for tick in 0..<2 {
            let telemetry = TickTelemetry(
                tick: tick, waitMicroseconds: waits, clearingMicroseconds: 7, tickMicroseconds: 900)
            try writer.append(record: run.record(tick), digest: run.nextDigest(tick), telemetry: telemetry)
        }
        try writer.finish(.finished)
        let slowest = try DatabaseQueue(path: folder.path()).read {
            try Row.fetchOne(
                $0, sql: "SELECT agent, waited_ticks, longest_microseconds FROM wait_by_agent ORDER BY 3 DESC")
        }
        #expect(slowest == ["agent": "service-3", "waited_ticks": 2, "longest_microseconds": 110])
    }
}
