internal import GRDB

/// The schema of a run's database: append-only migrations, and what every column means.
public enum RunSchema {
    /// `application_id` of a run: "GRTD".
    public static let applicationID: Int32 = 0x4752_5444

    /// `user_version` this program writes: the number of migrations.
    public static var version: Int { migrations.count }

    /// A named step of the schema. A published one never changes: what comes later is appended.
    struct Migration {
        let name: String
        let tables: [Table]
        let views: [View]

        /// Everything SQLite is told, in order: what a snapshot is taken of.
        var statements: [String] { tables.map(\.sql) + views.map(\.sql) }
    }

    static let migrations = [
        Migration(
            name: "1 runs, ticks, outcomes", tables: RunTables.all + TickTables.all + OutcomeTables.all,
            views: Views.all),
        Migration(name: "2 profiles", tables: ProfileTables.all, views: []),
    ]

    /// All tables, in the order they are explained.
    static var tables: [Table] { migrations.flatMap(\.tables) }

    /// All views, in the order they are explained.
    static var views: [View] { migrations.flatMap(\.views) }

    /// Brings a database to this version, and marks it as a run.
    static func migrate(_ queue: DatabaseQueue) throws {
        var migrator = DatabaseMigrator()
        for (index, migration) in migrations.enumerated() {
            migrator.registerMigration(migration.name) { db in
                for statement in migration.statements { try db.execute(sql: statement) }
                for table in migration.tables { try describe(table.columns, of: table.name, in: db) }
                for view in migration.views { try describe(view.columns, of: view.name, in: db) }
                try db.execute(sql: "PRAGMA application_id = \(applicationID)")
                try db.execute(sql: "PRAGMA user_version = \(index + 1)")
            }
        }
        try migrator.migrate(queue)
    }

    /// Writes unit and meaning of columns to `column_info`.
    private static func describe(_ columns: [Column], of name: String, in db: Database) throws {
        for column in columns {
            try db.execute(
                sql: RunTables.columnInfo.insertSQL, arguments: [name, column.name, column.unit, column.description])
        }
    }
}
