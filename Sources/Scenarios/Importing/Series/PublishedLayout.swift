/// The columns of a table that Electricity Maps publishes: `Datetime (UTC),Country,Zone name,Zone id,Carbon intensity
/// gCO₂eq/kWh (direct),Carbon intensity gCO₂eq/kWh (Life cycle),…,Data estimated,…`. Capitals and the name of the
/// life-cycle column (once `LCA`) differ between years.
struct PublishedLayout {
    let zone: Int
    /// Column of the emissions wanted, g/kWh; nil when it is absent.
    let value: Int?
    let isEstimated: Int?

    /// The layout of a table, nil when it is another's.
    init?(_ table: CSVTable, accounting: ImportOptions.Accounting) {
        guard let zone = table.column(anyOf: ["zone id"]) else { return nil }
        self.zone = zone
        let names = table.columns.map { $0.lowercased() }
        let endings = accounting == .direct ? ["(direct)"] : ["(life cycle)", "(lca)"]
        value = names.firstIndex { name in name.hasPrefix("carbon intensity") && endings.contains { name.hasSuffix($0) }
        }
        isEstimated = names.firstIndex(of: "data estimated")
    }
}
