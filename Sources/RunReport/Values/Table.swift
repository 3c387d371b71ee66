internal import RunAnalysis

/// The numbers behind a figure: columns with units, and rows.
public struct Table: Sendable, Equatable {
    /// A column.
    public struct Column: Sendable, Equatable {
        /// What its cells are.
        public enum Kind: Sendable, Equatable {
            /// Words.
            case text
            /// Numbers; nothing where a figure is not known.
            case number
            /// Moments, UTC.
            case time
        }

        /// Name in CSV and in the specification of the figure.
        public let name: String
        /// Name for people.
        public let title: String
        /// Unit; empty for words, counts and shares.
        public let unit: String
        /// What its cells are.
        public let kind: Kind

        /// A column of numbers unless said otherwise.
        init(_ name: String, _ title: String, _ unit: String = "", kind: Kind = .number) {
            self.name = name
            self.title = title
            self.unit = unit
            self.kind = kind
        }

        /// A column of words.
        static func words(_ name: String, _ title: String) -> Column { Column(name, title, kind: .text) }

        /// The time of a tick.
        static let time = Column("utc", "time", "UTC", kind: .time)

        /// The heading: title and unit.
        public var heading: String { unit.isEmpty ? title : "\(title), \(unit)" }
    }

    /// A cell.
    public enum Cell: Sendable, Equatable {
        /// Words.
        case text(String)
        /// A number; nil where it is not known.
        case number(Double?)
        /// A moment, seconds since 1970-01-01T00:00Z.
        case time(Int64)
    }

    /// The columns.
    public let columns: [Column]
    /// The rows; each has a cell for every column.
    public private(set) var rows: [[Cell]] = []

    /// A table without rows.
    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row.
    mutating func add(_ row: [Cell]) {
        precondition(row.count == columns.count, "a row has a cell for every column")
        rows.append(row)
    }

    /// The column with a name. It must be there: figures name columns of their own tables.
    func column(_ name: String) -> Column {
        guard let column = columns.first(where: { $0.name == name }) else { preconditionFailure("no column \(name)") }
        return column
    }

    /// The words of a column, each once, in the order of the rows.
    func words(in name: String) -> [String] {
        guard let place = columns.firstIndex(where: { $0.name == name }) else { return [] }
        var seen: Set<String> = []
        return rows.compactMap { row in
            guard case .text(let text) = row[place], seen.insert(text).inserted else { return nil }
            return text
        }
    }

    /// The numbers of a column, by row.
    public func numbers(_ name: String) -> [Double?] {
        guard let place = columns.firstIndex(where: { $0.name == name }) else { return [] }
        return rows.map { if case .number(let number) = $0[place] { number } else { nil } }
    }
}

extension Table {
    /// The table by columns, as the page's script reads it. Words and times are written once and then numbered, since they
    /// repeat.
    var json: JSON {
        .list(
            columns.enumerated().map { place, column in
                let head: JSON = [
                    "name": .text(column.name), "heading": .text(column.heading), "kind": .text("\(column.kind)"),
                ]
                let cells = rows.map { $0[place] }
                guard column.kind != .number else { return head.with(["values": .list(cells.map(\.json))]) }
                var places: [JSON: Int] = [:]
                var values: [JSON] = []
                let at = cells.map { cell -> JSON in
                    let value = cell.json
                    if let place = places[value] { return .number(Double(place)) }
                    places[value] = values.count
                    values.append(value)
                    return .number(Double(values.count - 1))
                }
                return head.with(["values": .list(values), "at": .list(at)])
            })
    }
}

extension Table {
    /// The table row by row, as Vega-Lite reads it.
    var records: JSON {
        .list(
            rows.map { row in
                .object(zip(columns, row).map { JSON.Member(name: $0.name, value: $1.json) })
            })
    }

    /// The table as CSV (RFC 4180): a row of names, then the rows; full precision, moments in ISO 8601, nothing where a figure
    /// is not known. The page's download has the same cells.
    public var csv: String {
        CSVText.text([columns.map(\.name)] + rows.map { $0.map(\.csv) })
    }
}

extension Table.Cell {
    /// The cell for CSV.
    fileprivate var csv: String {
        switch self {
        case .text(let text): text
        case .number(let number): CSVText.number(number)
        case .time(let seconds): UTC.iso(seconds)
        }
    }

    /// The cell for the page's script; times in milliseconds.
    var json: JSON {
        switch self {
        case .text(let text): .text(text)
        case .number(let number): number.map(JSON.number) ?? .null
        case .time(let seconds): .number(Double(seconds) * 1000)
        }
    }
}
