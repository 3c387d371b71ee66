/// A column of a table or view: name, type, unit and meaning. DDL, inserts, `column_info` and the page come from it.
struct Column: Sendable, Equatable {
    /// Storage class of a column of a STRICT table.
    enum Storage: String, Sendable {
        case integer = "INTEGER"
        case real = "REAL"
        case text = "TEXT"
        case blob = "BLOB"
    }

    /// Name; ends in the unit, where there is one.
    let name: String
    let storage: Storage
    /// Unit as people write it, nil for names, indices, shares and ratios.
    let unit: String?
    /// Meaning, one sentence.
    let description: String
    /// Whether NULL has a meaning, which the description then says.
    let isNullable: Bool
    /// Table whose key the column holds.
    let references: String?
    /// Condition on the value, in SQL.
    let check: String?

    init(
        _ name: String, _ storage: Storage, unit: String? = nil, isNullable: Bool = false, references: String? = nil,
        check: String? = nil, _ description: String
    ) {
        self.name = name
        self.storage = storage
        self.unit = unit
        self.description = description
        self.isNullable = isNullable
        self.references = references
        self.check = check
    }

    /// The column within CREATE TABLE; `isKey` for the single integer key of a rowid table.
    func sql(isKey: Bool) -> String {
        var words = [name, storage.rawValue]
        if isKey { words.append("PRIMARY KEY") }
        if !isNullable { words.append("NOT NULL") }
        if let references { words.append("REFERENCES \(references)") }
        if let check { words.append("CHECK (\(check))") }
        return words.joined(separator: " ")
    }

    /// The end a name must have for its unit: `USD/MWh` gives `usd_per_mwh`.
    static func suffix(forUnit unit: String) -> String {
        unit.lowercased().replacing("/", with: "_per_").replacing("-", with: "_").replacing(" ", with: "_")
    }
}

extension Column {
    /// The tick of a row.
    static let tick = Column("tick", .integer, references: "tick", "Tick, from 0.")

    /// A column with the number of an agent.
    static func agent(_ name: String, isNullable: Bool = false, _ description: String) -> Column {
        Column(name, .integer, isNullable: isNullable, references: "agent", description)
    }

    /// The number of a compute region.
    static let region = agent("region", "Compute region, an agent number.")

    /// The number of a service node.
    static let service = agent("service", "Service node, an agent number.")

    /// The number of a workload class.
    static let workloadClass = Column(
        "workload_class", .integer, references: "workload_class", "Workload class, from 0.")

    /// The number of a compute resource.
    static let resource = Column("resource", .integer, references: "resource", "Compute resource, from 0.")

    /// A phase by name.
    static let phase = Column(
        "phase", .text, check: "phase IN ('signalling', 'bidding', 'dispatching')",
        "Phase: signalling, bidding or dispatching.")
}
