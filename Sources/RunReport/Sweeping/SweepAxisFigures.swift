internal import RunAnalysis
internal import RunStore

// What figures come to along an axis.
extension SweepMaterial {
    /// One figure for each axis with more than one value, or that was varied alone.
    var axisFigures: [Figure] {
        let ids = Self.identifiers(spread.axes.map(\.name))
        return spread.axes.indices.compactMap { place in
            let hasChange = spread.axes[place].values.count > 1 || spread.asItIs != nil
            return hasChange && !varying.isEmpty ? axisFigure(place, id: "axis-\(ids[place])") : nil
        }
    }

    /// Names as parts of file names, each once: small letters, digits and hyphens.
    static func identifiers(_ names: [String]) -> [String] {
        var taken: Set<String> = []
        return names.enumerated().map { place, name in
            let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
            let plain = words.joined(separator: "-")
            var id = plain.isEmpty ? "\(place + 1)" : plain
            while !taken.insert(id).inserted { id += "-\(place + 1)" }
            return id
        }
    }

    private func axisFigure(_ place: Int, id: String) -> Figure {
        let curve = spread.curve(along: place)
        let shown = Set(Thinning.places(count: curve.axis.values.count).map { curve.axis.values[$0] })
        let table = axisTable(curve, shown)
        let lead = varying.first { $0.name == "placement_cost" } ?? varying[0]
        let medians = curve.lines.flatMap(\.steps).compactMap { $0.sample.band(lead.name)?.median }
        let range = "\(lead.text(medians.min())) to \(lead.text(medians.max()))\(lead.unitWords)"
        let asItIs = spread.asItIs == nil ? "" : " Dotted: the scenario as it is."
        let thinned =
            shown.count < curve.axis.values.count
            ? "Thinned: \(shown.count) of \(curve.axis.values.count) values of the axis are shown, evenly spread. " : ""
        return Figure(
            id: id, title: "Along \(curve.axis.name): \(lead.title) \(range)",
            caption:
                "Every figure that the sweep changed, each with a scale of its own. \(bandWords(curve.pooled))\(asItIs)\(homeWords(varying))",
            description: "Lines of each figure over \(curve.axis.name), one diagram for each figure.",
            note: thinned + homeOffScale(varying),
            layout: .facets,
            spec: axisSpec(table, curve),
            table: table)
    }

    private func axisSpec(_ table: Table, _ curve: SweepSpread.Curve) -> JSON {
        let isBanded = !curve.pooled.isEmpty
        guard !curve.axis.isNumeric else {
            return Spec.facets(
                by: "figure", of: table, height: 130, SweepSpec.curves(table, curve, isBanded: isBanded))
        }
        return Spec.facets(
            by: "figure", of: table, height: SweepSpec.rungHeight(table, curve), sharesX: false, sharesY: true,
            room: SweepSpec.room(for: curve.axis),
            SweepSpec.rungs(table, curve, isBanded: isBanded))
    }

    private func axisTable(_ curve: SweepSpread.Curve, _ shown: Set<SweepSpread.Value>) -> Table {
        var table = Table([
            .words("figure", "figure"), .words("line", "line"), .words("value", curve.axis.name),
            .init("number", "\(curve.axis.name) as a number"), .init("median", "median"), .init("least", "least"),
            .init("lower_decile", "lower decile"), .init("upper_decile", "upper decile"),
            .init("greatest", "greatest"), .init("points", "points"), .init("as_it_is", "the scenario as it is"),
        ])
        for quantity in varying {
            let asItIs = quantity.shown(spread.asItIs?.band(quantity.name)?.median)
            func add(_ line: SweepSpread.Curve.Line, as label: String, _ figure: String, asItIs: Double?) {
                for step in line.steps where shown.contains(step.value) {
                    guard let band = step.sample.band(figure) else { continue }
                    let values = [band.median, band.least, band.lowerDecile, band.upperDecile, band.greatest]
                    table.add(
                        [
                            .text(quantity.heading), .text(label), .text(step.value.label),
                            .number(step.value.number),
                        ] + values.map { .number(quantity.shown($0)) }
                            + [.number(Double(step.sample.points.count)), .number(asItIs)])
                }
            }
            for line in curve.lines { add(line, as: SweepSpec.label(line), quantity.name, asItIs: asItIs) }
            if let home = home(quantity) { add(curve.all, as: SweepSpec.home, home, asItIs: nil) }
        }
        return table
    }
}
