import Foundation
import GRDB
import RunStore
import Testing

@Suite("A writer killed while it ends a run")
struct HotJournalTests {
    /// Records a run to its end, then leaves it as a kill in the middle of a transaction would: pages half changed in the
    /// file, and a rollback journal beside it that holds what they were.
    private func killed(_ run: inout RandomRun, in folder: TemporaryFolder) throws -> String {
        let writer = try RunWriter(
            creating: folder.path("whole.sqlite"), experiment: run.experiment, origin: run.origin)
        for tick in 0..<5 { try writer.append(record: run.record(tick), digest: run.nextDigest(tick)) }
        try writer.finish(.failed, text: "region-1 went away")
        let whole = try DatabaseQueue(path: folder.path("whole.sqlite"))
        try whole.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 2")
            try db.inTransaction(.immediate) {
                try db.execute(
                    sql: "UPDATE award SET requests = 7; UPDATE bid SET requests = 7; UPDATE run SET name = 'x'")
                for suffix in ["", "-journal"] {
                    try FileManager.default.copyItem(
                        atPath: folder.path("whole.sqlite") + suffix, toPath: folder.path() + suffix)
                }
                return .rollback
            }
        }
        return folder.path()
    }

    @Test("A connection that only reads cannot open it: the defect the others prevent")
    func control() throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 21)
        let path = try killed(&run, in: folder)
        var configuration = Configuration()
        configuration.readonly = true
        let error = #expect(throws: DatabaseError.self) {
            try DatabaseQueue(path: path, configuration: configuration).read {
                try Int.fetchOne($0, sql: "SELECT count(*) FROM run")
            }
        }
        #expect(error?.extendedResultCode.rawValue == 776)
    }

    @Test("Another writer rolls back and goes on; a reader does too", arguments: [true, false])
    func recovers(writing: Bool) throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 21)
        let path = try killed(&run, in: folder)
        if writing {
            let writer = try RunWriter(continuing: path, experiment: run.experiment, origin: run.origin)
            #expect(writer.nextTick == 5)
            try writer.finish(.failed, text: "said again")
        }
        let reader = try RunReader(path: path)
        #expect(reader.facts.statusText == (writing ? "said again" : "region-1 went away"))
        #expect(reader.facts.name == "random 21")
        var again = RandomRun(seed: 21)
        for tick in 0..<5 { #expect(try reader.record(atTick: tick) == again.record(tick)) }
    }
}
