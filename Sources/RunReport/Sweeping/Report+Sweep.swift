internal import CoSimulation
internal import RunAnalysis
public import RunStore

extension Report {
    /// The report of a sweep, finished or not; all numbers are rows of its database, or quantiles of some.
    ///
    /// - Throws: `RunReportError` of code `noPoints` where no point has figures.
    public init(of sweep: StoredSweep) throws(RunReportError) {
        let material = try SweepMaterial(sweep)
        subject = .sweep
        title = sweep.name
        subtitle = material.subtitle
        warnings = material.warnings
        findings = material.findings
        facts = material.facts
        let heat = material.heatMap
        sections = [
            Section(
                id: "frontier", title: "Cost against emissions",
                note: material.frontiers.isEmpty ? "Cost and emissions are the same at every point." : "",
                figures: material.frontiers),
            Section(
                id: "axes", title: "Along each axis", note: material.constants, figures: material.axisFigures),
            Section(
                id: "heat", title: "Two axes at once",
                note: heat == nil ? "There is no map of two axes: no two of them were varied together." : "",
                figures: [heat].compactMap { $0 }),
            Section(id: "points", title: "Every point", note: "", figures: [material.points]),
        ]
    }

    /// The figures of a sweep's database in their order, for reading it.
    public static let sweepFigureNames = PointFigures.names
}

// What is said of a sweep in words.
extension SweepMaterial {
    fileprivate var subtitle: String {
        let axes = spread.axes.map(\.name).joined(separator: ", ")
        let seeds = spread.seeds.count > 1 ? ", \(spread.seeds.count) seeds" : ""
        let points = "\(sweep.pointCount) points"
        return (axes.isEmpty ? points : "\(points) along \(axes)") + seeds
            + (sweep.hasBaseline ? ", each beside everything at home" : "")
    }

    fileprivate var warnings: [String] {
        var warnings: [String] = []
        if sweep.points.count < sweep.pointCount {
            warnings.append(
                "\(sweep.points.count) of \(sweep.pointCount) points are done and shown; the sweep is still going on, or was stopped."
            )
        }
        if let first = result.failures.first {
            warnings.append(
                "\(result.failures.count) of \(sweep.points.count) points failed and are not drawn; the first is point \(first.point): \(first.failure ?? "")"
            )
        }
        return warnings
    }

    fileprivate var facts: [Fact] {
        var facts = [
            Fact(name: "Sweep", value: sweep.name), Fact(name: "Digest of its experiments", value: sweep.digest),
            Fact(
                name: "Points",
                value: "\(sweep.points.count) of \(sweep.pointCount) done, \(result.failures.count) failed"),
        ]
        facts += spread.axes.map { Fact(name: "Axis \($0.name)", value: Self.words($0.values)) }
        facts.append(
            Fact(
                name: "Seeds",
                value: spread.seeds.isEmpty ? "that of the scenario" : spread.seeds.joined(separator: ", ")))
        facts.append(Fact(name: "Baseline", value: sweep.hasBaseline ? "everything at home, at each point" : "none"))
        return facts + [
            Fact(name: "Run by", value: "gridtide \(sweep.version)"),
            Fact(name: "Reported by", value: "gridtide \(Software.version)"),
        ]
    }

    /// Values of an axis; many numbers by their ends.
    private static func words(_ values: [SweepSpread.Value]) -> String {
        guard values.count > 24, let first = values.first, let last = values.last else {
            return values.map(\.label).joined(separator: ", ")
        }
        return "\(values.count) values from \(first.label) to \(last.label)"
    }

    fileprivate var findings: [Finding] {
        let ranges = ["placement_cost", "signalled_emissions", "relocated_share"].map(SweepQuantity.init)
        return ranges.compactMap(range) + [frontierFinding].compactMap { $0 }
    }

    /// From where to where a figure goes, and with which settings.
    private func range(_ quantity: SweepQuantity) -> Finding? {
        let medians = spread.settings.compactMap { setting in
            setting.sample.band(quantity.name).map { (value: $0.median, setting: setting) }
        }
        guard let least = medians.min(by: { $0.value < $1.value }),
            let greatest = medians.max(by: { $0.value < $1.value })
        else { return nil }
        let (low, high) = (quantity.text(least.value), quantity.text(greatest.value))
        let isOne = low == high
        return Finding(
            title: quantity.title.prefix(1).uppercased() + quantity.title.dropFirst(),
            number: "\(isOne ? low : "\(low) to \(high)")\(quantity.unitWords)", change: "",
            sentence: isOne
                ? "The same with every setting."
                : "Least with \(spread.words(least.setting)); greatest with \(spread.words(greatest.setting))."
                    + (spread.seeds.count > 1 ? " Medians over \(spread.seeds.count) seeds." : ""),
            isBetter: nil)
    }

    private var frontierFinding: Finding? {
        let isEfficient = spread.isEfficient("placement_cost", "signalled_emissions")
        let count = isEfficient.count { $0 }
        guard count > 0 else { return nil }
        return Finding(
            title: "On the frontier", number: "\(count) of \(spread.settings.count)", change: "",
            sentence:
                "Settings than which no other has less of cost C or emissions G and not more of the other.",
            isBetter: nil)
    }
}
