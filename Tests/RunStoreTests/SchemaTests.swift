import CoSimulation
import Foundation
import GRDB
import Testing

@testable import RunStore

@Suite("Schema")
struct SchemaTests {
    @Test("The published schema is what it was: a change is a new migration, appended")
    func snapshot() {
        let digests = RunSchema.migrations.map { migration in
            Digest(of: Array(migration.statements.joined(separator: "\n").utf8)).short
        }
        #expect(digests == ["66bc7de4681e", "93bd4008aa5a"], "the tables or views of a migration have changed")
        #expect(RunSchema.migrations.map(\.name) == ["1 runs, ticks, outcomes", "2 profiles"])
    }

    @Test("Every column of every table and view is described, with the unit its name ends in")
    func columnInfo() throws {
        let folder = try TemporaryFolder()
        let run = RandomRun(seed: 1)
        _ = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        try DatabaseQueue(path: folder.path()).read { db in
            let names = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*'")
            #expect(names.count > 35)
            for name in names where name != "grdb_migrations" {
                let columns = try db.columns(in: name).map(\.name)
                let described = try String.fetchAll(
                    db, sql: "SELECT column_name FROM column_info WHERE table_name = ?", arguments: [name])
                #expect(Set(columns) == Set(described), "\(name)")
            }
            for row in try Row.fetchAll(db, sql: "SELECT * FROM column_info") {
                let name: String = row["column_name"]
                let text: String = row["description"]
                #expect(text.hasSuffix("."), "\(name)")
                guard let unit: String = row["unit"] else { continue }
                let suffix = Column.suffix(forUnit: unit)
                #expect(name == suffix || name.hasSuffix("_\(suffix)"), "\(name) is in \(unit)")
            }
        }
    }

    @Test("A number without a unit is an index, a share or a ratio, and on this list")
    func unitless() {
        let unitless: Set = [
            "movable_share", "objective", "relative_gap", "pue", "coupling_damping", "coupling_gap",
        ]
        for column in (RunSchema.tables.flatMap(\.columns) + RunSchema.views.flatMap(\.columns))
        where column.storage == .real {
            #expect(column.unit != nil || unitless.contains(column.name), "\(column.name)")
        }
    }

    @Test("Tables are STRICT and all references hold")
    func strict() throws {
        let folder = try TemporaryFolder()
        var run = RandomRun(seed: 1)
        let writer = try RunWriter(creating: folder.path(), experiment: run.experiment, origin: run.origin)
        for tick in 0..<5 { try writer.append(record: run.record(tick), digest: run.nextDigest(tick)) }
        try writer.finish(.finished)
        try DatabaseQueue(path: folder.path()).read { db in
            for table in RunSchema.tables {
                let strict = try Int.fetchOne(
                    db, sql: "SELECT strict FROM pragma_table_list WHERE name = ?", arguments: [table.name])
                #expect(strict == 1, "\(table.name)")
            }
            #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
            #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
            for view in RunSchema.views { _ = try Row.fetchAll(db, sql: "SELECT * FROM \(view.name)") }
            let moved = try Double.fetchOne(db, sql: "SELECT sum(it_energy_mwh) FROM relocation") ?? 0
            #expect(moved > 0)
        }
    }
}

@Suite("SchemaPage")
struct SchemaPageTests {
    @Test("docs/database.md is what the schema says")
    func page() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let url = root.appendingPathComponent("docs/database.md")
        if ProcessInfo.processInfo.environment["GRIDTIDE_UPDATE_DOCS"] != nil {
            try Data(RunSchema.page.utf8).write(to: url)
        }
        let current = try String(contentsOf: url, encoding: .utf8) == RunSchema.page
        #expect(current, "run GRIDTIDE_UPDATE_DOCS=1 swift test --filter SchemaPage")
    }
}
