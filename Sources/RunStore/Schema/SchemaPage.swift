extension RunSchema {
    /// The page docs/database.md: every table, view and column with unit and meaning.
    public static var page: String {
        ([introduction] + tables.map(section) + ["# Views\n\nNames instead of numbers, for reading."]
            + views.map(section))
            .joined(separator: "\n\n") + "\n"
    }

    private static let introduction = """
        # The database of a run

        One SQLite file per run, written by `RunStore` while the run goes on (WAL: read it at any time). This page is made from the
        schema in Sources/RunStore/Schema; `GRIDTIDE_UPDATE_DOCS=1 swift test --filter SchemaPage` writes it again.

        Units stand last in the name of a column and in the table `column_info`. Agents have one number everywhere: grid operators
        first, then compute regions, then service nodes. Energy is MWh per tick, money USD per tick, CO2 kg per tick, power the mean
        over the tick. Marginal and average emissions are different quantities and never added. Tables are STRICT; a key of several
        columns begins with the tick, and rows lie in key order. `application_id` is 0x47525444 ("GRTD"), `user_version` the
        version of the schema.

        ```python
        import sqlite3, pandas
        run = sqlite3.connect("file:run.sqlite?mode=ro", uri=True)
        load = pandas.read_sql("SELECT * FROM load_by_area", run, parse_dates=["utc"])
        units = pandas.read_sql("SELECT * FROM column_info", run).set_index(["table_name", "column_name"]).unit
        ```

        # Tables
        """

    private static func section(_ table: Table) -> String {
        section(
            name: table.name, text: "\(table.description) Key: \(table.key.joined(separator: ", ")).",
            columns: table.columns)
    }

    private static func section(_ view: View) -> String {
        section(name: view.name, text: view.description, columns: view.columns)
    }

    private static func section(name: String, text: String, columns: [Column]) -> String {
        let rows = columns.map {
            "| \($0.name) | \($0.storage.rawValue.lowercased()) | \($0.unit ?? "") | \($0.description) |"
        }
        return (["## \(name)", "", text, "", "| column | type | unit | meaning |", "|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }
}
