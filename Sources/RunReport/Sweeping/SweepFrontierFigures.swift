internal import RunAnalysis
internal import RunStore

// Cost against emissions.
extension SweepMaterial {
    /// What a setting is on a frontier figure.
    private struct Place {
        /// The line it is on.
        let line: String
        /// Where on the line; nil where its points are not joined.
        let order: Double?
        /// What it is called beside its mark.
        let label: String
    }

    /// The most settings that a figure draws; more hide each other.
    private static let settingLimit = 2000
    /// The most settings whose names stand beside their marks.
    private static let labelLimit = 12

    /// Cost and emissions of compute at signalled prices and rates, then those of the grids as dispatched.
    var frontiers: [Figure] {
        [
            frontier(
                id: "frontier", "placement_cost", "signalled_emissions",
                caption:
                    "Cost C of placing the work and its emissions G, at the prices and marginal emissions that were signalled."
            ),
            frontier(
                id: "grid-frontier", "generation_cost", "emissions",
                caption: "What generation cost and emitted in all grids, as it was dispatched."),
        ].compactMap { $0 }
    }

    private func frontier(id: String, _ costName: String, _ emissionsName: String, caption: String) -> Figure? {
        guard varying.contains(where: { $0.name == costName || $0.name == emissionsName }) else { return nil }
        let (cost, emissions) = (SweepQuantity(costName), SweepQuantity(emissionsName))
        let isEfficient = spread.isEfficient(costName, emissionsName)
        let places = places
        let shown = shownSettings(isEfficient)
        let table = frontierTable(cost, emissions, places, isEfficient, shown)
        let count = isEfficient.count { $0 }
        let isPooled = spread.settings.contains { $0.sample.points.count > 1 }
        let settings = spread.settings.compactMap { setting in
            setting.sample.band(costName).map { ($0.median, setting) }
        }
        let costs = settings.map(\.0)
        // Everything at home has a place where both of its figures do.
        let hasHome = home(cost) != nil && home(emissions) != nil
        let thinned =
            shown.count < spread.settings.count
            ? "Thinned: \(shown.count) of \(spread.settings.count) settings are drawn, all of the frontier among them. "
            : ""
        return Figure(
            id: id,
            title:
                "\(count) of \(spread.settings.count) settings on the frontier: \(cost.title) \(cost.text(costs.min())) to \(cost.text(costs.max()))\(cost.unitWords)",
            caption:
                "\(caption) Filled: no other setting has less of one and not more of the other; the dashed line is their frontier.\(isPooled ? " \(spread.seeds.count) seeds: medians, and whiskers over the middle 80 %." : "")\(hasHome ? " Grey: everything at home." : "")",
            description: "Marks of \(cost.title) against \(emissions.title), one for each setting.",
            note: thinned + homeOffScale([cost, emissions]),
            spec: frontierSpec(table, cost, emissions, isPooled: isPooled), table: table)
    }

    /// Settings to draw: all of the frontier, others evenly spread where they are many.
    private func shownSettings(_ isEfficient: [Bool]) -> [Int] {
        let all = Array(spread.settings.indices)
        guard all.count > Self.settingLimit else { return all }
        let kept = Set((0..<Self.settingLimit).map { $0 * (all.count - 1) / (Self.settingLimit - 1) })
        return all.filter { isEfficient[$0] || kept.contains($0) }
    }

    /// Where each setting stands: joined along the axis with most numbers, apart by the others; where axes were varied one at a
    /// time, apart by axis.
    private var places: [Place] {
        let settings = spread.settings
        let names = spread.axes.map(\.name)
        let changes = settings.map { setting in setting.values.indices.filter { setting.values[$0] != nil } }
        if names.count > 1, changes.allSatisfy({ $0.count <= 1 }) {
            return zip(settings, changes).map { setting, changed in
                guard let axis = changed.first, let value = setting.values[axis] else {
                    return Place(line: "as it is", order: nil, label: "as it is")
                }
                return Place(line: names[axis], order: value.number, label: value.label)
            }
        }
        let main = spread.axes.indices.max { first, second in
            let (a, b) = (spread.axes[first], spread.axes[second])
            return (a.isNumeric ? a.values.count : 0, second) < (b.isNumeric ? b.values.count : 0, first)
        }
        guard let main else { return settings.map { _ in Place(line: "runs", order: nil, label: "") } }
        let others = names.indices.filter { $0 != main && spread.axes[$0].values.count > 1 }
        let lines = settings.map { setting in
            SweepSpread.words(others.map { names[$0] }, others.map { setting.values[$0] })
        }
        let isApart = Set(lines).count <= Palette.seriesCount
        return zip(settings, lines).map { setting, line in
            Place(
                line: isApart && !line.isEmpty ? line : "runs", order: isApart ? setting.values[main]?.number : nil,
                label: setting.values[main]?.label ?? "")
        }
    }

    private func frontierTable(
        _ cost: SweepQuantity, _ emissions: SweepQuantity, _ places: [Place], _ isEfficient: [Bool], _ shown: [Int]
    ) -> Table {
        func columns(_ name: String, _ quantity: SweepQuantity) -> [Table.Column] {
            ["median", "lower_decile", "upper_decile", "least", "greatest"].map { kind in
                .init("\(name)_\(kind)", "\(quantity.title), \(kind.replacing("_", with: " "))", quantity.unit)
            }
        }
        var table = Table(
            [.words("setting", "setting"), .words("line", "line"), .words("label", "label"), .init("order", "order")]
                + columns("cost", cost) + columns("emissions", emissions)
                + [.words("frontier", "on the frontier"), .init("points", "points")])
        func add(_ setting: SweepSpread.Setting, _ place: Place, _ names: (String, String), _ isEfficient: Bool) {
            guard let a = setting.sample.band(names.0), let b = setting.sample.band(names.1) else { return }
            func cells(_ band: Band, _ quantity: SweepQuantity) -> [Table.Cell] {
                [band.median, band.lowerDecile, band.upperDecile, band.least, band.greatest].map {
                    .number(quantity.shown($0))
                }
            }
            table.add(
                [
                    .text(spread.words(setting)), .text(place.line), .text(place.label),
                    .number(place.order),
                ] + cells(a, cost) + cells(b, emissions)
                    + [.text(isEfficient ? "yes" : "no"), .number(Double(setting.sample.points.count))])
        }
        let labels = labels(places, cost.name, emissions.name)
        for index in shown {
            let place = Place(line: places[index].line, order: places[index].order, label: labels[index])
            add(spread.settings[index], place, (cost.name, emissions.name), isEfficient[index])
        }
        guard let homeCost = home(cost), let homeEmissions = home(emissions) else { return table }
        var seen: Set<[Double]> = []
        for index in shown {
            let setting = spread.settings[index]
            let medians = [homeCost, homeEmissions].compactMap { setting.sample.band($0)?.median }
            guard seen.insert(medians).inserted else { continue }
            add(
                setting, Place(line: SweepSpec.home, order: nil, label: ""), (homeCost, homeEmissions),
                false)
        }
        return table
    }

    /// The labels that have room beside their marks, on a figure of 1000 by 380 points; others are empty.
    private func labels(_ places: [Place], _ cost: String, _ emissions: String) -> [String] {
        guard spread.settings.count <= Self.labelLimit, let x = spread.range(of: cost),
            let y = spread.range(of: emissions)
        else { return places.map { _ in "" } }
        func share(_ value: Double, _ range: Band) -> Double {
            range.greatest > range.least ? (value - range.least) / (range.greatest - range.least) : 0
        }
        var taken: [(x: Double, y: Double, width: Double)] = []
        return zip(spread.settings, places).map { setting, place in
            guard let a = setting.sample.band(cost), let b = setting.sample.band(emissions) else { return "" }
            let here = (x: 900 * share(a.median, x), y: 340 * share(b.median, y), width: 7 * Double(place.label.count))
            let isFree = taken.allSatisfy {
                abs($0.y - here.y) > 14 || here.x > $0.x + $0.width || $0.x > here.x + here.width
            }
            guard isFree else { return "" }
            taken.append(here)
            return place.label
        }
    }

    private func frontierSpec(
        _ table: Table, _ cost: SweepQuantity, _ emissions: SweepQuantity, isPooled: Bool
    ) -> JSON {
        let axis: JSON = ["scale": ["zero": false], "axis": SweepSpec.shortLabels]
        func channel(_ field: String, _ quantity: SweepQuantity) -> JSON {
            let head: JSON = ["field": .text(field), "type": "quantitative", "title": .text(quantity.heading)]
            return head.with(axis)
        }
        let lines = SweepSpec.lines(table)
        let (x, y) = (channel("cost_median", cost), channel("emissions_median", emissions))
        let place: JSON = ["x": x, "y": y]
        let isJoined = table.numbers("order").contains { $0 != nil }
        let staircase: JSON = [
            "transform": [["filter": "datum.frontier == 'yes'"]],
            "mark": [
                "type": "line", "interpolate": "step-after", "strokeDash": [4, 4], "strokeWidth": 1.2,
                "color": "var(--muted)",
            ],
            "encoding": place.with(["order": ["field": "cost_median", "type": "quantitative"]]),
        ]
        let joined: JSON = [
            "transform": [["filter": "datum.order !== null"]],
            "mark": ["type": "line", "strokeWidth": 1.4, "opacity": 0.55],
            "encoding": place.with([
                "color": lines["color"] ?? nil, "order": ["field": "order", "type": "quantitative"],
            ]),
        ]
        var layers = isJoined ? [staircase, joined] : [staircase]
        if isPooled { layers += whiskers(channel, cost, emissions, x: x, y: y, colour: lines["color"] ?? nil) }
        layers.append(frontierMarks(table, place, lines))
        if spread.settings.count <= Self.labelLimit { layers += frontierLabels(place) }
        return Spec.wide(height: 380, ["layer": .list(layers)])
    }

    private func whiskers(
        _ channel: (String, SweepQuantity) -> JSON, _ cost: SweepQuantity, _ emissions: SweepQuantity, x: JSON, y: JSON,
        colour: JSON
    ) -> [JSON] {
        let mark: JSON = ["type": "rule", "strokeWidth": 1.2, "opacity": 0.6]
        return [
            [
                "mark": mark,
                "encoding": [
                    "x": channel("cost_lower_decile", cost), "x2": ["field": "cost_upper_decile"], "y": y,
                    "color": colour,
                ],
            ],
            [
                "mark": mark,
                "encoding": [
                    "x": x, "y": channel("emissions_lower_decile", emissions),
                    "y2": ["field": "emissions_upper_decile"], "color": colour,
                ],
            ],
        ]
    }

    private func frontierMarks(_ table: Table, _ place: JSON, _ lines: JSON) -> JSON {
        let filled = (lines["color"] ?? .null).with(["test": "datum.frontier == 'yes' || datum.line == 'home'"])
        return [
            "mark": ["type": "point", "size": 70, "strokeWidth": 1.8, "opacity": 1],
            "encoding": place.with([
                "stroke": lines["color"] ?? nil, "shape": lines["shape"] ?? nil,
                "fill": ["condition": filled, "value": "var(--card)"],
                "tooltip": table.hover("setting", "line", "cost_median", "emissions_median", "frontier", "points"),
            ]),
        ]
    }

    private func frontierLabels(_ place: JSON) -> [JSON] {
        Spec.haloed(["align": "left", "dx": 9, "dy": -7, "fontSize": 11]).map { style in
            ["mark": style, "encoding": place.with(["text": ["field": "label", "type": "nominal"]])]
        }
    }
}
