internal import RunAnalysis

/// Pieces of specifications that the figures of sweeps share.
enum SweepSpec {
    /// What everything at home is called in legends and tables.
    static let home = "home"

    /// What a line is called in legends and tables.
    static func label(_ line: SweepSpread.Curve.Line) -> String { line.label.isEmpty ? "runs" : line.label }

    /// The channels that tell lines apart: colour and shape.
    static func lines(_ table: Table) -> JSON {
        let names = table.words(in: "line")
        let runs = names.filter { $0 != home }
        let colours: [JSON] = names.map { name in
            if name == home { return Spec.Colour.baseline }
            guard runs.count > 1, let place = runs.firstIndex(of: name) else { return Spec.Colour.run }
            return .text("var(--series-\(place % Palette.seriesCount + 1))")
        }
        let forms: [JSON] = ["circle", "square", "diamond", "triangle-up", "cross", "triangle-right"]
        let shapes = names.map { name in
            runs.firstIndex(of: name).map { forms[$0 % forms.count] } ?? "triangle-down"
        }
        let domain = JSON.list(names.map(JSON.text))
        let legend: JSON = names.count > 1 ? ["symbolStrokeWidth": 2, "symbolOpacity": 1] : nil
        return [
            "color": [
                "field": "line", "type": "nominal", "title": nil, "legend": legend,
                "scale": ["domain": domain, "range": .list(colours)],
            ],
            "shape": [
                "field": "line", "type": "nominal", "title": nil, "legend": legend,
                "scale": ["domain": domain, "range": .list(shapes)],
            ],
        ]
    }

    /// Long numbers shortened on axes, such as 4.4M.
    static let shortLabels: JSON = [
        "tickCount": 4, "labelOverlap": "greedy", "labelSeparation": 6,
        "labelExpr": "abs(datum.value) >= 1e6 ? format(datum.value, '.6~s') : format(datum.value, ',~r')",
    ]

    private static func value(_ field: String, padding: Double = 0) -> JSON {
        let scale: JSON = padding > 0 ? ["zero": false, "padding": .number(padding)] : ["zero": false]
        return [
            "field": .text(field), "type": "quantitative", "title": nil, "scale": scale, "axis": shortLabels,
        ]
    }

    private static func hover(_ table: Table) -> JSON {
        table.hover("figure", "value", "line", "median", "least", "greatest", "points")
    }

    /// The scenario as it is, as a dotted line; none where no point is.
    private static func asItIs(_ table: Table, on channel: String) -> [JSON] {
        guard table.numbers("as_it_is").contains(where: { $0 != nil }) else { return [] }
        let rule: JSON = [
            "transform": [["filter": "datum.as_it_is !== null"]],
            "mark": ["type": "rule", "strokeDash": [1.5, 3], "strokeWidth": 1.4],
            "encoding": .object([JSON.Member(name: channel, value: value("as_it_is", padding: channel == "x" ? 8 : 0))]
            ),
        ]
        return [rule]
    }

    /// Lines with bands over a numeric axis.
    static func curves(_ table: Table, _ curve: SweepSpread.Curve, isBanded: Bool) -> JSON {
        let lines = lines(table)
        let x: JSON = [
            "field": "number", "type": "quantitative", "title": .text(curve.axis.name),
            "scale": scale(curve.axis), "axis": ticks(curve.axis),
        ]
        // Placement changes in steps where budgets reach one more region (MODEL 1.7).
        let interpolate: JSON = curve.axis.name == FrontierResult.relaxationAxis ? "step-after" : "linear"
        // Bands of several lines lie on each other: the more there are, the lighter they are.
        let shade = 1 / Double(max(1, curve.lines.count)).squareRoot()
        func band(_ low: String, _ high: String, _ opacity: Double) -> JSON {
            [
                "mark": ["type": "area", "opacity": .number(opacity * shade), "interpolate": interpolate],
                "encoding": [
                    "x": x, "y": value(low), "y2": ["field": .text(high)], "color": lines["color"] ?? nil,
                ],
            ]
        }
        let bands =
            isBanded ? [band("least", "greatest", 0.14), band("lower_decile", "upper_decile", 0.26)] : []
        let median: [JSON] = [
            [
                "mark": ["type": "line", "strokeWidth": 1.8, "interpolate": interpolate],
                "encoding": ["x": x, "y": value("median"), "color": lines["color"] ?? nil],
            ],
            [
                "mark": ["type": "point", "filled": true, "size": 26, "opacity": 1],
                "encoding": lines.with(["x": x, "y": value("median"), "tooltip": hover(table)]),
            ],
        ]
        return ["layer": .list(bands + asItIs(table, on: "y") + median)]
    }

    /// Marks with whiskers beside the words of an axis; lines stand below each other.
    static func rungs(_ table: Table, _ curve: SweepSpread.Curve, isBanded: Bool) -> JSON {
        let lines = lines(table)
        let values = JSON.list(curve.axis.values.map { .text($0.label) })
        let y: JSON = [
            "field": "value", "type": "nominal", "title": nil, "sort": values, "scale": ["domain": values],
            "axis": ["labelLimit": 130, "grid": true, "domain": false, "ticks": false],
        ]
        let names = table.words(in: "line").map(JSON.text)
        let offset: JSON =
            names.count > 1
            ? [
                "yOffset": [
                    "field": "line", "type": "nominal", "scale": ["domain": .list(names), "paddingOuter": 0.5],
                ]
            ]
            : [:]
        func whisker(_ low: String, _ high: String, _ width: Double) -> JSON {
            let channels: JSON = [
                "y": y, "x": value(low, padding: 8), "x2": ["field": .text(high)], "color": lines["color"] ?? nil,
            ]
            return [
                "mark": ["type": "rule", "strokeWidth": .number(width), "opacity": 0.7],
                "encoding": channels.with(offset),
            ]
        }
        // Room at both ends keeps marks off the words.
        let bands = isBanded ? [whisker("least", "greatest", 1.2), whisker("lower_decile", "upper_decile", 3)] : []
        let channels: JSON = ["y": y, "x": value("median", padding: 8), "tooltip": hover(table)]
        let marks: JSON = [
            "mark": ["type": "point", "filled": true, "size": 46, "opacity": 1],
            "encoding": lines.with(channels).with(offset),
        ]
        return ["layer": .list(bands + asItIs(table, on: "x") + [marks])]
    }

    /// What the words of an axis need beside a diagram, pixels.
    static func room(for axis: SweepSpread.Axis) -> Double {
        45 + min(130, 6.5 * Double(axis.values.map(\.label.count).max() ?? 0))
    }

    /// Height of such a diagram, pixels.
    static func rungHeight(_ table: Table, _ curve: SweepSpread.Curve) -> Double {
        let lineCount = table.words(in: "line").count
        return Double(curve.axis.values.count) * max(20, 11 * Double(lineCount))
    }

    /// Values far apart on a logarithmic scale, one that has room for zero where it is among them.
    private static func scale(_ axis: SweepSpread.Axis) -> JSON {
        let numbers = axis.values.compactMap(\.number)
        let positive = numbers.filter { $0 > 0 }
        guard let least = positive.min(), let greatest = positive.max(), numbers.allSatisfy({ $0 >= 0 }),
            greatest / least >= 50
        else { return ["zero": false, "nice": false] }
        return positive.count == numbers.count
            ? ["type": "log", "nice": false] : ["type": "symlog", "constant": .number(least), "nice": false]
    }

    /// A tick at each value where they are few.
    private static func ticks(_ axis: SweepSpread.Axis) -> JSON {
        let plain: JSON = [
            "grid": false, "labelOverlap": "greedy", "labelSeparation": 4, "labelExpr": "format(datum.value, ',.6~g')",
        ]
        guard axis.values.count <= 24 else { return plain.with(["tickCount": 5]) }
        return plain.with(["values": .list(axis.values.compactMap(\.number).map(JSON.number))])
    }
}
