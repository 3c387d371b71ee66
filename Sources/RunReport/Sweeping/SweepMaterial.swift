internal import RunAnalysis
internal import RunStore

/// What the figures of a sweep's report are made of: its points, and their spread by setting.
struct SweepMaterial {
    let sweep: StoredSweep
    let result: SweepResult
    let spread: SweepSpread
    /// The figures that differ between points, in the order of the database.
    let varying: [SweepQuantity]

    /// - Throws: `RunReportError` of code `noPoints` where no point has figures.
    init(_ sweep: StoredSweep) throws(RunReportError) {
        self.sweep = sweep
        result = SweepResult(of: sweep)
        let spread = SweepSpread(of: result)
        self.spread = spread
        guard !spread.settings.isEmpty else {
            throw RunReportError(
                .noPoints, "No point of the sweep \(sweep.name) has figures yet",
                remedy: "Run the sweep again: the same command goes on, and says why points failed")
        }
        varying = SweepSpread.figures.map(SweepQuantity.init).filter { quantity in
            guard let range = spread.range(of: quantity.name) else { return false }
            // What differs by rounding alone does not differ.
            return range.greatest - range.least > 1e-9 * max(abs(range.greatest), abs(range.least))
        }
    }

    /// The name of a figure of everything at home, where it lies near enough to that of the runs to be drawn beside it: not
    /// further from their range than twice its width.
    func home(_ quantity: SweepQuantity) -> String? {
        let name = SweepSpread.baseline(quantity.name)
        guard let home = spread.range(of: name), let runs = spread.range(of: quantity.name) else { return nil }
        let width = runs.greatest - runs.least
        return home.least >= runs.least - 2 * width && home.greatest <= runs.greatest + 2 * width ? name : nil
    }

    /// What is said of everything at home where some figure shows it; empty elsewhere.
    func homeWords(_ quantities: [SweepQuantity]) -> String {
        quantities.contains { home($0) != nil } ? " Grey: everything at home." : ""
    }

    /// What everything at home came to where it is off the scale; empty where it is not.
    func homeOffScale(_ quantities: [SweepQuantity]) -> String {
        let off = quantities.compactMap { quantity -> String? in
            guard home(quantity) == nil, let range = spread.range(of: SweepSpread.baseline(quantity.name)) else {
                return nil
            }
            let (low, high) = (quantity.text(range.least), quantity.text(range.greatest))
            return "\(quantity.title) \(low == high ? low : "\(low) to \(high)")\(quantity.unitWords)"
        }
        return off.isEmpty ? "" : "Everything at home is off the scale: \(off.joined(separator: "; "))."
    }

    /// The figures that every point has the same, in words; empty where there are none.
    var constants: String {
        let same = SweepSpread.figures.map(SweepQuantity.init).filter { !varying.contains($0) }
        let words = same.compactMap { quantity in
            spread.range(of: quantity.name).map {
                "\(quantity.title) \(quantity.text($0.median))\(quantity.unitWords)"
            }
        }
        return words.isEmpty ? "" : "The same at every point, and not drawn: \(words.joined(separator: "; "))."
    }

    /// What bands spread over, in words; empty where every sample is one point.
    func bandWords(_ pooled: [String]) -> String {
        guard !pooled.isEmpty else { return "" }
        let words = pooled.map { $0 == SweepSpread.seedAxis ? "\(spread.seeds.count) seeds" : $0 }
        return
            "Medians over \(words.joined(separator: ", ")); the dark band holds the middle 80 %, the light one all."
    }
}

/// A figure of points as people read it.
struct SweepQuantity: Equatable {
    /// Its name in the database.
    let name: String
    /// Its name for people, with the symbol of docs/model.md where it has one.
    let title: String
    /// The unit it is shown in.
    let unit: String
    /// What a value of the database is multiplied with.
    let factor: Double

    init(_ name: String) {
        self.name = name
        title = Self.titles[name] ?? name.replacing("_", with: " ")
        switch PointFigures.unit(of: name) {
        case "kg": (unit, factor) = ("t", 0.001)
        case "" where name.hasSuffix("_share"): (unit, factor) = ("%", 100)
        case let other: (unit, factor) = (other, 1)
        }
    }

    /// Name and unit.
    var heading: String { unit.isEmpty ? title : "\(title), \(unit)" }

    /// The unit behind a number, set off by a space at which no line ends.
    var unitWords: String { unit.isEmpty ? "" : "\u{a0}\(unit)" }

    /// A value of the database as words, without unit.
    func text(_ value: Double?) -> String { Material.text(value.map { $0 * factor }) }

    /// A value of the database in the unit shown.
    func shown(_ value: Double?) -> Double? { value.map { $0 * factor } }

    private static let titles = [
        "objective": "objective V", "placement_cost": "placement cost C", "placement_friction_cost": "friction",
        "placement_unserved_cost": "value lost on unserved work", "signalled_emissions": "emissions G as signalled",
        "placed_energy": "placed IT energy", "relocated_energy": "relocated IT energy",
        "compute_payment": "energy bill of compute", "generation_cost": "cost of generation",
        "emissions": "emissions of all grids", "curtailed": "curtailed energy",
    ]
}
