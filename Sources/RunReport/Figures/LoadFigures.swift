internal import RunAnalysis
internal import RunStore

// Who draws how much when, and what generates it.
extension Material {
    private var areas: [(figures: AreaFigures, key: Series.AreaKey)] {
        comparison.run.areas.map { ($0, Series.AreaKey(gridOperator: $0.gridOperator, area: $0.area)) }
    }

    /// Load by area against the baseline.
    var load: Figure {
        var table = Table(
            [.words("area", "area"), .time, .init("load_mw", "load, \(runName)", "MW")]
                + (baselineName.map { [.init("baseline_load_mw", "load, \($0)", "MW")] } ?? []))
        for area in areas {
            let values = run.load[area.key] ?? []
            let before = baseline.map { $0.load[area.key] ?? [] }
            for tick in thinning.ticks(of: [values, before].compactMap { $0 }.filter { !$0.isEmpty }) {
                table.add(
                    [
                        .text(area.figures.name), .time(run.seconds(tick)),
                        .number(Self.short(values.isEmpty ? nil : values[tick])),
                    ] + (before.map { [.number(Self.short($0.isEmpty ? nil : $0[tick]))] } ?? []))
            }
        }
        return Figure(
            id: "load", title: "Load by area: peak of all together \(words("load_peak", "MW"))",
            caption:
                "Demand and compute together, mean of each tick. Each area has a scale of its own. Drag to move in time, shift and wheel to zoom; all areas follow.",
            description: "Lines of load over time, one diagram for each balancing area.",
            note: thinning.note(of: "the load of an area"), layout: .facets,
            spec: comparisonLines(
                table, facet: "area", x: table.time(), y: ("load_mw", "baseline_load_mw"), hover: "utc"),
            table: table)
    }

    /// Lines of run and baseline in small diagrams, with one hover for both.
    func comparisonLines(
        _ table: Table, facet: String, x: JSON, y: (run: String, baseline: String), hover: String,
        interpolate: String = "linear", title short: String? = nil
    ) -> JSON {
        let axis: JSON = ["scale": ["zero": false], "axis": ["tickCount": 4]]
        let title = short ?? (baselineName == nil ? table.column(y.run).heading : Self.common(table.column(y.run)))
        func line(_ field: String, _ name: String, _ mark: JSON) -> JSON {
            let style: JSON = ["type": "line", "interpolate": .text(interpolate), "clip": true]
            return [
                "mark": style.with(mark),
                "encoding": [
                    "y": JSON.object([]).with([
                        "field": .text(field), "type": "quantitative", "title": .text(title),
                    ]).with(axis),
                    "color": Spec.colour(name, among: names),
                ],
            ]
        }
        var layers: [JSON] = []
        if let baselineName { layers.append(line(y.baseline, baselineName, ["strokeWidth": 1.4])) }
        layers.append(line(y.run, runName, ["strokeWidth": 1.8]))
        let columns =
            baselineName == nil ? table.hover(facet, hover, y.run) : table.hover(facet, hover, y.run, y.baseline)
        layers.append([
            "params": [
                [
                    "name": Spec.hoverParameter,
                    "select": ["type": "point", "on": "pointerover", "clear": "pointerout"],
                ],
                [
                    "name": "window",
                    "select": ["type": "interval", "encodings": ["x"], "zoom": "wheel![event.shiftKey]"],
                    "bind": "scales",
                ],
            ],
            "mark": ["type": "rule", "strokeWidth": 4, "color": Spec.Colour.run, "clip": true],
            "encoding": [
                "opacity": ["condition": ["param": Spec.hoverParameter, "empty": false, "value": 0.35], "value": 0],
                "tooltip": columns,
            ],
        ])
        return Spec.facets(by: facet, of: table, ["encoding": ["x": x], "layer": .list(layers)])
    }

    /// Title of an axis that run and baseline share: without the name of either.
    private static func common(_ column: Table.Column) -> String {
        let title = column.title.split(separator: ",").first.map(String.init) ?? column.title
        return "\(title), \(column.unit)"
    }

    /// Change of mean compute load by area; nil without a baseline.
    var loadChange: Figure? {
        guard let baselineName else { return nil }
        var table = Table([
            .words("area", "area"), .init("compute_load_mean_mw", "mean compute load, \(runName)", "MW"),
            .init("baseline_mw", "mean compute load, \(baselineName)", "MW"),
            .init("change_mw", "change of mean compute load", "MW"),
        ])
        for area in comparison.run.areas {
            guard let effect = comparison.effect("compute_load_mean", scope: .area, name: area.name) else { continue }
            table.add([
                .text(area.name), .number(effect.value), .number(effect.baseline), .number(effect.change),
            ])
        }
        let moved = table.numbers("change_mw").compactMap { $0 }.filter { $0 > 0 }.reduce(0, +)
        return Figure(
            id: "load-change", title: "\(Self.text(moved)) MW of mean compute load moved between areas",
            caption: "Mean draw of the compute regions of each area less that with \(baselineName).",
            description: "Bars of the change of mean compute load, one for each balancing area.",
            spec: Spec.wide(
                height: max(60, 22 * Double(table.rows.count)),
                [
                    "mark": ["type": "bar", "cornerRadius": 2, "height": ["band": 0.7]],
                    "encoding": [
                        "y": table.words("area", ["axis": ["title": nil]]), "x": table.quantity("change_mw"),
                        "color": [
                            "condition": ["test": "datum.change_mw < 0", "value": "var(--fall)"],
                            "value": "var(--rise)",
                        ],
                        "tooltip": table.hover("area", "compute_load_mean_mw", "baseline_mw", "change_mw"),
                    ],
                ]), table: table)
    }

    /// Generation by technology and area; nil where no technology is on record.
    var generation: Figure? {
        var table = Table([
            .words("area", "area"), .time, .words("technology", "technology"), .init("output_mw", "generation", "MW"),
        ])
        var used: [String] = []
        for area in areas {
            guard let technologies = run.generation[area.key], !technologies.isEmpty else { continue }
            let load = run.load[area.key] ?? []
            for technology in technologies {
                if !used.contains(technology.technology) { used.append(technology.technology) }
                for tick in thinning.ticks(of: [load]) {
                    table.add([
                        .text(area.figures.name), .time(run.seconds(tick)), .text(technology.technology),
                        .number(Self.short(technology.outputMW[tick] ?? 0)),
                    ])
                }
            }
        }
        guard !table.rows.isEmpty else { return nil }
        let total = comparison.run.grid.generationMWh
        let order = Technology.ordered(used)
        return Figure(
            id: "generation", title: "Generation by technology: \(Self.text(total)) MWh in all areas",
            caption: "Stacked output with \(runName). Click a technology in the legend to see it alone.",
            description: "Stacked areas of generation over time by technology, one diagram for each balancing area.",
            note: thinning.note(of: "the load of an area"), layout: .facets,
            spec: Spec.facets(
                by: "area", of: table,
                [
                    "params": [
                        [
                            "name": "chosen", "select": ["type": "point", "fields": ["technology"]], "bind": "legend",
                        ]
                    ],
                    "mark": ["type": "area", "line": false],
                    "encoding": [
                        "x": table.time(),
                        "y": table.quantity("output_mw", ["stack": "zero", "axis": ["tickCount": 4]]),
                        "color": [
                            "field": "technology", "type": "nominal", "title": "technology",
                            "scale": [
                                "domain": .list(order.map { .text($0) }),
                                "range": .list(order.map { .text(Technology.colour($0, among: order)) }),
                            ],
                        ],
                        "order": ["field": "technology_order", "type": "quantitative"],
                        "opacity": ["condition": ["param": "chosen", "value": 0.95], "value": 0.12],
                        "tooltip": table.hover("area", "utc", "technology", "output_mw"),
                    ],
                    "transform": [
                        [
                            "calculate": .text(
                                "indexof([\(order.map(Self.quoted).joined(separator: ","))], datum.technology)"),
                            "as": "technology_order",
                        ]
                    ],
                ]), table: table)
    }

    /// A word as a literal of Vega's expressions.
    private static func quoted(_ word: String) -> String { JSON.text(word).text }
}

/// Colours and order of generation technologies: what runs always at the bottom, what the weather brings at the top.
enum Technology {
    private static let known: [(words: [String], colour: String)] = [
        (["nuclear"], "#8c6bb1"), (["lignite"], "#6b4a34"), (["coal"], "#55524f"), (["oil", "diesel"], "#a6611a"),
        (["biomass", "waste", "geothermal"], "#7a8b3c"), (["hydro", "water"], "#2b7bba"),
        (["gas", "steam"], "#d98c5f"), (["storage", "battery"], "#c994c7"), (["wind"], "#4fb3a5"),
        (["solar", "pv"], "#e6b422"),
    ]
    /// For technologies without a colour of their own.
    private static let others = ["#7f7f7f", "#9ebcda", "#b5a36a", "#a3a3c2", "#c49c94", "#8fae8b"]

    private static func rank(_ name: String) -> Int {
        let name = name.lowercased()
        return known.firstIndex { $0.words.contains { name.contains($0) } } ?? known.count
    }

    /// Names from the bottom of a stack to its top.
    static func ordered(_ names: [String]) -> [String] {
        names.enumerated().sorted { (rank($0.element), $0.element) < (rank($1.element), $1.element) }.map(\.element)
    }

    /// Colour of a technology; those of one kind are tints of one colour.
    static func colour(_ name: String, among names: [String]) -> String {
        let rank = rank(name)
        let place = names.filter { self.rank($0) == rank }.firstIndex(of: name) ?? 0
        guard rank < known.count else { return others[place % others.count] }
        return tint(known[rank].colour, share: [0, 0.35, 0.6][place % 3])
    }

    /// A colour `#rrggbb` mixed with white.
    private static func tint(_ colour: String, share: Double) -> String {
        let value = Int(colour.dropFirst(), radix: 16) ?? 0
        let parts = [16, 8, 0].map { shift in
            let part = Double(value >> shift & 255)
            return Int((part + (255 - part) * share).rounded())
        }
        return "#" + parts.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
