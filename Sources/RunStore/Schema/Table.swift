/// A STRICT table; one with a key of several columns has no rowid, so that its rows lie in key order.
struct Table: Sendable, Equatable {
    let name: String
    /// What a row is, one sentence.
    let description: String
    /// Names of the key columns.
    let key: [String]
    let columns: [Column]

    init(_ name: String, key: [String], _ description: String, columns: [Column]) {
        self.name = name
        self.description = description
        self.key = key
        self.columns = columns
    }

    /// Whether the key is the rowid.
    var hasIntegerKey: Bool { key.count == 1 && columns.first { $0.name == key[0] }?.storage == .integer }

    /// CREATE TABLE.
    var sql: String {
        var lines = columns.map { $0.sql(isKey: hasIntegerKey && $0.name == key[0]) }
        if !hasIntegerKey { lines.append("PRIMARY KEY (\(key.joined(separator: ", ")))") }
        let options = hasIntegerKey ? "STRICT" : "STRICT, WITHOUT ROWID"
        return "CREATE TABLE \(name) (\n    \(lines.joined(separator: ",\n    "))\n) \(options)"
    }

    /// INSERT of one row, all columns in order.
    var insertSQL: String {
        let names = columns.map(\.name).joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        return "INSERT INTO \(name) (\(names)) VALUES (\(marks))"
    }
}

/// A view for people: names instead of numbers, UTC stamps instead of ticks.
struct View: Sendable, Equatable {
    let name: String
    /// What a row is, one sentence.
    let description: String
    let columns: [Column]
    /// The SELECT behind it.
    let select: String

    init(_ name: String, _ description: String, columns: [Column], select: String) {
        self.name = name
        self.description = description
        self.columns = columns
        self.select = select
    }

    /// CREATE VIEW.
    var sql: String { "CREATE VIEW \(name) (\(columns.map(\.name).joined(separator: ", "))) AS\n\(select)" }
}
