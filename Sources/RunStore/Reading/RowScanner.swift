internal import GRDB
internal import GRDBSQLite

/// A row of a result while it is read: values by column, from 0, without boxing.
struct RowValues {
    fileprivate let statement: OpaquePointer

    /// A whole number.
    func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

    /// A number.
    func double(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

    /// A number, nil for NULL.
    func optional(_ column: Int32) -> Double? { isNull(column) ? nil : double(column) }

    /// A limit, infinite for NULL.
    func limit(_ column: Int32) -> Double { isNull(column) ? .infinity : double(column) }

    /// A whole number, nil for NULL.
    func optionalInt(_ column: Int32) -> Int? { isNull(column) ? nil : int(column) }

    /// A text; empty for NULL.
    func text(_ column: Int32) -> String { sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "" }

    /// Bytes.
    func bytes(_ column: Int32) -> [UInt8] {
        let count = Int(sqlite3_column_bytes(statement, column))
        return Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, column), count: count))
    }

    private func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
}

extension Database {
    /// Reads the rows of a query one after the other; `numbers` fill its marks.
    func scan(_ sql: String, _ numbers: Int..., row: (RowValues) throws -> Void) throws {
        let owner = try cachedStatement(sql: sql)
        let statement = owner.sqliteStatement
        sqlite3_reset(statement)
        defer { sqlite3_reset(statement) }
        for (index, number) in numbers.enumerated() { sqlite3_bind_int64(statement, Int32(index + 1), Int64(number)) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: try row(RowValues(statement: statement))
            case SQLITE_DONE: return
            default:
                let connection = sqlite3_db_handle(statement)
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                    message: sqlite3_errmsg(connection).map { String(cString: $0) }, sql: sql)
            }
        }
    }
}
