internal import GRDB
internal import GRDBSQLite

/// Inserts rows into one table: values in the order of its columns, bound without boxing.
struct RowInserter {
    private let table: Table
    private let path: String
    private let sql: String
    private let owner: Statement
    private let statement: OpaquePointer
    private var column: Int32 = 0
    private var result: Int32 = SQLITE_OK

    /// SQLite copies the text before the bind returns.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    init(_ table: Table, in db: Database, path: String) throws {
        self.table = table
        self.path = path
        sql = table.insertSQL
        owner = try db.cachedStatement(sql: sql)
        statement = owner.sqliteStatement
    }

    /// Adds a whole number.
    mutating func add(_ value: Int) {
        column += 1
        result |= sqlite3_bind_int64(statement, column, Int64(value))
    }

    /// Adds a whole number or NULL.
    mutating func add(_ value: Int?) {
        if let value { add(value) } else { addNull() }
    }

    /// Adds a finite number.
    mutating func add(_ value: Double) throws {
        guard value.isFinite else { throw notFinite(value) }
        column += 1
        result |= sqlite3_bind_double(statement, column, value)
    }

    /// Adds a finite number or NULL.
    mutating func add(_ value: Double?) throws {
        if let value { try add(value) } else { addNull() }
    }

    /// Adds a limit; infinity, which is none, becomes NULL.
    mutating func add(limit value: Double) throws {
        if value == .infinity { addNull() } else { try add(value) }
    }

    /// Adds a word known at compile time.
    mutating func add(_ word: StaticString) {
        column += 1
        word.withUTF8Buffer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                result |= sqlite3_bind_text(statement, column, text.baseAddress, Int32(text.count), nil)
            }
        }
    }

    /// Adds a text.
    mutating func add(_ text: String) {
        column += 1
        result |= sqlite3_bind_text(statement, column, text, Int32(text.utf8.count), Self.copied)
    }

    /// Adds a text or NULL.
    mutating func add(_ text: String?) {
        if let text { add(text) } else { addNull() }
    }

    /// Adds bytes.
    mutating func add(bytes: [UInt8]) {
        column += 1
        result |= sqlite3_bind_blob(statement, column, bytes, Int32(bytes.count), Self.copied)
    }

    /// Adds NULL.
    mutating func addNull() {
        column += 1
        result |= sqlite3_bind_null(statement, column)
    }

    /// Writes the row.
    mutating func insert() throws {
        precondition(
            Int(column) == table.columns.count,
            "\(column) values for the \(table.columns.count) columns of \(table.name)")
        column = 0
        guard result == SQLITE_OK else { throw failure() }
        guard sqlite3_step(statement) == SQLITE_DONE else { throw failure() }
        sqlite3_reset(statement)
    }

    /// The failure SQLite reports, the statement made ready again.
    private mutating func failure() -> RunStoreError {
        let connection = sqlite3_db_handle(statement)
        let message = sqlite3_errmsg(connection).map { String(cString: $0) }
        let extended = sqlite3_extended_errcode(connection)
        sqlite3_reset(statement)
        result = SQLITE_OK
        return RunStoreError(
            sqlite: ResultCode(rawValue: extended), message: message, path: path, table: table.name, sql: sql)
    }

    private func notFinite(_ value: Double) -> RunStoreError {
        RunStoreError(
            .wrongRecord, path: path, "\(table.columns[Int(column)].name) is \(value), not a finite number",
            table: table.name,
            sql: sql, remedy: "Find the agent or mechanism that made it; a run must not hold it")
    }
}
