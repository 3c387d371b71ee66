import Foundation
import GRDB
import RunStore
import Testing

@Suite("Files that are not runs")
struct WrongFileTests {
    private func error(reading path: String) -> RunStoreError? {
        #expect(throws: RunStoreError.self) { try RunReader(path: path) }
    }

    @Test("No file")
    func missing() throws {
        #expect(error(reading: "/nowhere/run.sqlite")?.code == .missing)
    }

    @Test("Not a database")
    func text() throws {
        let folder = try TemporaryFolder()
        try Data(String(repeating: "This is a letter. ", count: 100).utf8).write(
            to: folder.url.appendingPathComponent("run.sqlite"))
        #expect(error(reading: folder.path())?.code == .notADatabase)
    }

    @Test("An empty file, and a database of another program, are left as they are")
    func otherProgram() throws {
        let folder = try TemporaryFolder()
        try Data().write(to: folder.url.appendingPathComponent("empty.sqlite"))
        #expect(error(reading: folder.path("empty.sqlite"))?.code == .notBegun)
        #expect(
            error(reading: folder.path("empty.sqlite"))?.problem
                == "the run has not begun, or its writer stopped before it did")
        let other = try DatabaseQueue(path: folder.path())
        try other.write { try $0.execute(sql: "CREATE TABLE run (x); PRAGMA application_id = 7") }
        let run = RandomRun(seed: 1)
        let refused = #expect(throws: RunStoreError.self) {
            try RunWriter(continuing: folder.path(), experiment: run.experiment, origin: run.origin)
        }
        #expect(refused?.code == .notARun)
        #expect(refused?.description.hasSuffix("not of a Gridtide run. Choose the database of a run.") == true)
        #expect(try other.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_master") } == ["run"])
        #expect(try other.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "delete")
    }

    @Test("A newer version says so")
    func newer() throws {
        let folder = try TemporaryFolder()
        let run = RandomRun(seed: 1)
        _ = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        try DatabaseQueue(path: folder.path()).write { try $0.execute(sql: "PRAGMA user_version = 99") }
        let newer = error(reading: folder.path())
        #expect(newer?.code == .newerVersion)
        #expect(newer?.problem == "its schema has version 99, and this program knows up to 2")
    }

    @Test("A run whose writer died before its first row says so")
    func unborn() throws {
        let folder = try TemporaryFolder()
        try DatabaseQueue(path: folder.path()).write {
            try $0.execute(sql: "PRAGMA application_id = \(RunSchema.applicationID); PRAGMA user_version = 1")
        }
        #expect(error(reading: folder.path())?.problem == "the run has not begun, or its writer stopped before it did")
        try DatabaseQueue(path: folder.path("migrating.sqlite")).write {
            try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        let run = RandomRun(seed: 1)
        for path in [folder.path(), folder.path("migrating.sqlite")] {
            let refused = #expect(throws: RunStoreError.self) {
                try RunWriter(continuing: path, experiment: run.experiment, origin: run.origin)
            }
            #expect(
                refused?.description
                    == "\(path): the run has not begun, or its writer stopped before it did. Wait a moment; if nobody runs it, delete the file and record the run again."
            )
        }
        let missing = #expect(throws: RunStoreError.self) {
            try RunWriter(continuing: folder.path("no.sqlite"), experiment: run.experiment, origin: run.origin)
        }
        #expect(missing?.code == .missing)
        #expect(!FileManager.default.fileExists(atPath: folder.path("no.sqlite")))
    }

    @Test(
        "A row edited to nonsense is an error, not a crash",
        arguments: [
            "UPDATE award SET region = region + 900", "UPDATE award SET service = service - 100",
            "UPDATE bid SET service = service - 100",
            "UPDATE region_outcome SET region = region + 50",
            "UPDATE agent SET home_region = 77 WHERE home_region IS NOT NULL",
            "UPDATE offer SET region = region + 50", "UPDATE capacity_price SET resource = 9",
            "UPDATE area SET grid_operator = 99", "UPDATE run SET seed = 'x'",
        ])
    func edited(sql: String) throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 1)
        let writer = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        try writer.append(record: run.record(0, quiet: true), digest: run.nextDigest(0))
        try writer.finish(.finished)
        try DatabaseQueue(path: folder.path(), configuration: unchecked).write { try $0.execute(sql: sql) }
        let error = #expect(throws: RunStoreError.self) {
            let reader = try RunReader(path: folder.path())
            _ = try reader.record(atTick: 0)
            try reader.read { snapshot in
                _ = try snapshot.areas()
                try snapshot.forEachPlacement(before: 1) { _ in }
            }
        }
        #expect(error?.table == sql.split(separator: " ").dropFirst().first.map(String.init))
    }

    private var unchecked: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        return configuration
    }
}
