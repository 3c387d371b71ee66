internal import RunAnalysis

/// A figure as HTML: title, place for the diagram, downloads, table, and its data for the script.
struct FigureMarkup {
    let figure: Figure

    /// The most rows of a table that stand in the page; a download has all.
    static let rowLimit = 60

    var html: String {
        let id = escaped(figure.id)
        let note = figure.note.isEmpty ? "" : "<p class=\"note\">\(escaped(figure.note))</p>"
        return """
            <figure id="figure-\(id)" aria-labelledby="title-\(id)">
            <figcaption><h3 id="title-\(id)">\(escaped(figure.title))</h3><p>\(escaped(figure.caption))</p></figcaption>
            \(plot)\(note)
            <div class="tools"><details\(isDrawn ? "" : " open")><summary>Table, \(figure.table.rows.count) rows</summary>\(table)</details>
            \(buttons)</div>
            <script type="application/json" id="data-\(id)">\(data.text)</script>
            </figure>
            """
    }

    private var isDrawn: Bool { figure.layout != .table }

    private var plot: String {
        guard isDrawn else { return "" }
        return """
            <div class="plot \(figure.layout.rawValue)" id="\(escaped(figure.id))" role="group" aria-label="\(escaped(figure.description))"></div>

            """
    }

    private var buttons: String {
        let kinds = [("svg", "SVG", "Save the figure as SVG"), ("csv", "CSV", "Save the table as CSV")]
        return kinds.filter { isDrawn || $0.0 != "svg" }.map { kind, words, label in
            "<button type=\"button\" data-save=\"\(kind)\" data-figure=\"\(escaped(figure.id))\" aria-label=\"\(label): \(escaped(figure.title))\">\(words)</button>"
        }.joined(separator: "\n")
    }

    /// What the script needs: specification, table by columns, shapes.
    private var data: JSON {
        let table: JSON = ["layout": .text(figure.layout.rawValue), "table": figure.table.json]
        guard isDrawn else { return table }
        return table.with([
            "spec": figure.spec.with(["description": .text(figure.description)]), "shapes": .object(figure.shapes),
        ])
    }

    private var table: String {
        let columns = figure.table.columns
        let decimals = columns.map { column in
            column.kind == .number ? Self.decimals(for: figure.table.numbers(column.name)) : 0
        }
        let head = columns.map { "<th scope=\"col\"\(align($0))>\(escaped($0.heading))</th>" }.joined()
        let rows = figure.table.rows.prefix(Self.rowLimit).map { row in
            let cells = row.enumerated().map { place, cell in
                "<td\(align(columns[place]))>\(escaped(words(cell, decimals: decimals[place])))</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        let rest =
            figure.table.rows.count > Self.rowLimit
            ? "<p class=\"note\">The first \(Self.rowLimit) rows; the CSV has all \(figure.table.rows.count).</p>" : ""
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="Table: \(escaped(figure.title))"><table><thead><tr>\(head)</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>\(rest)
            """
    }

    /// None where all numbers are whole, as counts are.
    private static func decimals(for numbers: [Double?]) -> Int {
        numbers.allSatisfy { $0.map { $0 == $0.rounded() } ?? true } ? 0 : NumberText.decimals(for: numbers)
    }

    private func align(_ column: Table.Column) -> String { column.kind == .number ? " class=\"n\"" : "" }

    private func words(_ cell: Table.Cell, decimals: Int) -> String {
        switch cell {
        case .text(let text): text
        case .number(let number): NumberText.text(number, decimals: decimals)
        case .time(let seconds): UTC.text(seconds)
        }
    }
}
