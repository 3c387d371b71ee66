internal import RunAnalysis

// What figures come to over two axes.
extension SweepMaterial {
    /// The figures that a map of two axes shows, where they differ between points.
    private static let mapped = [
        "placement_cost", "signalled_emissions", "relocated_share", "generation_cost", "emissions",
    ]

    /// Two axes that were varied together, the first ones; the one with more values runs down.
    private var pair: (across: Int, down: Int)? {
        let places = spread.axes.indices
        for first in places {
            for second in places where second > first {
                let cells = spread.cells(first, second)
                guard Set(cells.map(\.across)).count > 1, Set(cells.map(\.down)).count > 1 else { continue }
                return spread.axes[first].values.count > spread.axes[second].values.count
                    ? (second, first) : (first, second)
            }
        }
        return nil
    }

    /// Diagrams of cells over two axes, coloured from the least to the greatest of each figure; nil without two such axes.
    var heatMap: Figure? {
        let quantities = varying.filter { Self.mapped.contains($0.name) }
        guard let pair, !quantities.isEmpty else { return nil }
        let (across, down) = (spread.axes[pair.across], spread.axes[pair.down])
        let cells = spread.cells(pair.across, pair.down)
        let table = heatTable(quantities, cells, across: across.name, down: down.name)
        let most = cells.map(\.sample.points.count).max() ?? 1
        let others = spread.axes.indices.filter { $0 != pair.across && $0 != pair.down }.map { spread.axes[$0].name }
        let pooled =
            most > 1
            ? " Medians over \((others + (spread.seeds.count > 1 ? ["\(spread.seeds.count) seeds"] : [])).joined(separator: ", "))."
            : ""
        let lead = quantities[0]
        let medians = cells.compactMap { $0.sample.band(lead.name)?.median }
        return Figure(
            id: "heat",
            title:
                "Over \(down.name) and \(across.name): \(lead.title) \(lead.text(medians.min())) to \(lead.text(medians.max()))\(lead.unitWords)",
            caption:
                "Each diagram is coloured from its least, light, to its greatest, dark.\(pooled)",
            description: "Cells of \(down.name), down, and \(across.name), across, one diagram for each figure.",
            layout: .facets, spec: heatSpec(table, across: across, down: down), table: table)
    }

    private func heatTable(
        _ quantities: [SweepQuantity],
        _ cells: [(across: SweepSpread.Value, down: SweepSpread.Value, sample: SweepSpread.Sample)],
        across: String, down: String
    ) -> Table {
        var table = Table([
            .words("figure", "figure"), .words("down", down), .words("across", across), .init("median", "median"),
            .init("least", "least"), .init("greatest", "greatest"), .init("points", "points"),
            .init("place_percent", "from least to greatest", "%"),
        ])
        for quantity in quantities {
            let medians = cells.compactMap { $0.sample.band(quantity.name)?.median }
            guard let low = medians.min(), let high = medians.max() else { continue }
            for cell in cells {
                guard let band = cell.sample.band(quantity.name) else { continue }
                table.add([
                    .text(quantity.heading), .text(cell.down.label), .text(cell.across.label),
                    .number(quantity.shown(band.median)), .number(quantity.shown(band.least)),
                    .number(quantity.shown(band.greatest)), .number(Double(cell.sample.points.count)),
                    .number(high > low ? 100 * (band.median - low) / (high - low) : 0),
                ])
            }
        }
        return table
    }

    private func heatSpec(_ table: Table, across: SweepSpread.Axis, down: SweepSpread.Axis) -> JSON {
        func channel(_ field: String, _ axis: SweepSpread.Axis, _ more: JSON) -> JSON {
            let values = JSON.list(axis.values.map { .text($0.label) })
            return table.words(field).setting("sort", to: values).with(["scale": ["domain": values], "axis": more])
        }
        let isWordy = across.values.contains { $0.label.count > 8 }
        let cell: JSON = [
            "y": channel("down", down, ["domain": false, "ticks": false, "labelLimit": 110]),
            "x": channel(
                "across", across,
                ["labelAngle": isWordy ? -30 : 0, "domain": false, "ticks": false, "labelLimit": 110]),
        ]
        return Spec.facets(
            by: "figure", of: table, height: max(60, 22 * Double(down.values.count)),
            room: SweepSpec.room(for: down) + 20,
            [
                "encoding": cell,
                "layer": [
                    [
                        "mark": ["type": "rect", "cornerRadius": 2, "stroke": "var(--card)", "strokeWidth": 2],
                        "encoding": [
                            "color": table.quantity(
                                "place_percent",
                                [
                                    "scale": ["range": Spec.Colour.amount, "domain": [0, 100]],
                                    "legend": ["gradientLength": 120],
                                ]),
                            "tooltip": table.hover("figure", "down", "across", "median", "least", "greatest", "points"),
                        ],
                    ],
                    [
                        "mark": [
                            "type": "text", "fontSize": 10, "opacity": ["expr": "bandwidth('x') < 34 ? 0 : 1"],
                        ],
                        "encoding": [
                            "text": ["field": "median", "type": "quantitative", "format": ".4~s"],
                            "color": [
                                "condition": ["test": "datum.place_percent > 40", "value": "#ffffff"],
                                "value": "#10243a",
                            ],
                        ],
                    ],
                ],
            ])
    }
}
