/// Pieces of Vega-Lite specifications that all figures share, so that they look alike and every axis has its unit.
enum Spec {
    /// Colours by meaning, as variables of the page's style: they follow light, dark and print.
    enum Colour {
        /// The run.
        static let run: JSON = "var(--run)"
        /// Its baseline.
        static let baseline: JSON = "var(--baseline)"
        /// What a grid asked for.
        static let asked: JSON = "var(--asked)"
        /// From a fall through nothing to a rise; blue and orange, which the colour-blind tell apart.
        static let change: JSON = ["#1f77b4", "#9aa0a6", "#d95f02"]
        /// From little to much.
        static let amount: JSON = ["#dbe9f6", "#2171b5", "#08306b"]
    }

    /// The selection of the mark under the pointer; a layer that has it is there for hovers alone.
    static let hoverParameter: JSON = "under"

    /// Data of the figure's table.
    static let rows: JSON = ["name": "rows"]

    /// A specification of one diagram over the whole width.
    static func wide(height: Double, _ parts: JSON) -> JSON {
        let head: JSON = ["data": rows, "width": "container", "height": .number(height)]
        return head.with(parts)
    }

    /// A specification of one small diagram for each value of a column of words; the page says how many stand in a row. With
    /// `room`, that many pixels beside each are left for long labels; else all have the same room round them.
    static func facets(
        by column: String, of table: Table, height: Double = 110, sharesX: Bool = true, sharesY: Bool = false,
        room: Double? = nil,
        _ parts: JSON
    ) -> JSON {
        let cell: JSON = ["width": 240, "height": .number(height)]
        let layout: JSON =
            room.map { ["usermeta": ["room": .number($0)]] }
            ?? ["bounds": "flush", "spacing": ["row": 74, "column": 72]]
        return layout.with([
            "data": rows,
            "facet": [
                "field": .text(column), "type": "nominal", "title": nil,
                "sort": .list(table.words(in: column).map(JSON.text)),
                "header": ["labelFontWeight": "bold", "labelAnchor": "start", "labelFontSize": 12],
            ],
            "columns": 3, "spec": cell.with(parts),
            "resolve": [
                "scale": ["y": sharesY ? "shared" : "independent", "x": sharesX ? "shared" : "independent"],
                "axis": ["x": "independent", "y": "independent"],
            ],
        ])
    }

    /// Marks of text on top of other marks: first its halo, then the text, since not all that draws knows the order of paint.
    static func haloed(_ style: JSON) -> [JSON] {
        let halo: JSON = [
            "type": "text", "fill": "var(--halo)", "stroke": "var(--halo)", "strokeWidth": 3, "strokeJoin": "round",
            "aria": false,
        ]
        return [halo.with(style), JSON.object([]).with(["type": "text", "fill": "var(--text)"]).with(style)]
    }

    /// A scale with two colours for the run and its baseline, under their names.
    static func colours(_ names: [String]) -> JSON {
        [
            "domain": .list(names.map(JSON.text)),
            "range": .list([Colour.run, Colour.baseline, Colour.asked].prefix(names.count).map { $0 }),
        ]
    }

    /// A colour for a line that has one name in the legend.
    static func colour(_ name: String, among names: [String]) -> JSON {
        ["datum": .text(name), "type": "nominal", "scale": colours(names), "title": nil]
    }
}

extension Table {
    /// A channel with numbers; its title is the column's, with unit.
    func quantity(_ name: String, _ more: JSON = [:]) -> JSON {
        let head: JSON = [
            "field": .text(name), "type": "quantitative", "title": .text(column(name).heading),
        ]
        return head.with(more)
    }

    /// A channel with words, in the order of the rows.
    func words(_ name: String, _ more: JSON = [:]) -> JSON {
        let head: JSON = ["field": .text(name), "type": "nominal", "title": .text(column(name).heading), "sort": nil]
        return head.with(more)
    }

    /// A channel with time, UTC.
    func time(_ more: JSON = [:]) -> JSON {
        let head: JSON = [
            "field": "utc", "type": "temporal", "title": "time, UTC", "scale": ["type": "utc"],
            "axis": [
                "grid": false, "tickCount": 4, "labelOverlap": "greedy", "labelSeparation": 8,
                "format": [
                    "year": "%Y", "quarter": "%b %Y", "month": "%b %Y", "week": "%d %b", "date": "%a %d",
                    "day": "%a %d",
                    "hours": "%H:%M", "minutes": "%H:%M", "seconds": "%H:%M:%S",
                ],
            ],
        ]
        return head.with(more)
    }

    /// What is shown under the pointer: columns with their headings.
    func hover(_ names: String...) -> JSON {
        .list(
            names.map { name in
                let column = column(name)
                let head: JSON = ["field": .text(name), "title": .text(column.heading)]
                return switch column.kind {
                case .text: head.with(["type": "nominal"])
                case .number: head.with(["type": "quantitative", "format": ",.5~r"])
                case .time: head.with(["type": "temporal", "format": "%a %d %b %H:%M"])
                }
            })
    }
}
