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
            <div class="plot \(figure.layout.rawValue)" id="\(id)" role="group" aria-label="\(escaped(figure.description))"></div>
            \(note)
            <div class="tools"><details><summary>Table, \(figure.table.rows.count) rows</summary>\(table)</details>
            <button type="button" data-save="svg" data-figure="\(id)" aria-label="Save the figure as SVG">SVG</button>
            <button type="button" data-save="csv" data-figure="\(id)" aria-label="Save the table as CSV">CSV</button></div>
            <script type="application/json" id="data-\(id)">\(data.text)</script>
            </figure>
            """
    }

    /// What the script needs: specification, table by columns, shapes.
    private var data: JSON {
        [
            "layout": .text(figure.layout.rawValue),
            "spec": figure.spec.with(["description": .text(figure.description)]), "table": figure.table.json,
            "shapes": .object(figure.shapes),
        ]
    }

    private var table: String {
        let columns = figure.table.columns
        let decimals = columns.map { column in
            column.kind == .number ? NumberText.decimals(for: figure.table.numbers(column.name)) : 0
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
            <div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr>\(head)</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>\(rest)
            """
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
