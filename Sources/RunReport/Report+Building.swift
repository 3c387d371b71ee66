internal import CoSimulation
internal import RunAnalysis
public import RunStore

extension Report {
    /// The report of a run, beside a baseline where one is given; all numbers are those of `RunComparison`, or rows of the
    /// databases.
    ///
    /// - Parameter machine: what the run was carried out on, in words; left out where it is not known.
    /// - Throws: `RunAnalysisError` where a run has no finished tick or the two cannot be compared; `RunStoreError` where a
    ///   database cannot be read.
    public init(of run: RunReader, with baseline: RunReader? = nil, machine: String? = nil) throws {
        let material = try Material(run: run, baseline: baseline)
        self.init(material, machine: machine)
    }

    private init(_ material: Material, machine: String?) {
        let summary = material.comparison.run
        subject = .run
        title = summary.name
        subtitle =
            "\(summary.mechanism)\(material.baselineName.map { " against \($0)" } ?? ""), \(summary.tickCount) ticks of \(Self.duration(summary.tickSeconds)) from \(UTC.text(summary.startSeconds)) UTC, seed \(summary.seed)"
        warnings = Self.warnings(material)
        findings = material.findings
        sections = Self.sections(material)
        facts = Self.facts(material) + [machine.map { Fact(name: "Run on", value: $0) }].compactMap(\.self)
    }

    private static func sections(_ material: Material) -> [Section] {
        let map = material.map
        let withBaseline = material.baselineName != nil
        return [
            Section(
                id: "where", title: "Where work went",
                note: map == nil
                    ? "There is no map: no compute region of this scenario has a location." : "",
                figures: [map, material.loadChange].compactMap { $0 }),
            Section(
                id: "load", title: "Load and generation",
                note: withBaseline
                    ? "" : "There is no baseline beside this run, so changes are not shown.",
                figures: [material.load, material.generation].compactMap { $0 }),
            section(
                "prices", "Prices and emissions", [material.priceDuration, material.emissionsDuration],
                without: "No grid answered with a price."),
            Section(
                id: "relocation", title: "How much moved", note: "",
                figures: [material.matrix, material.layers, material.classes]),
            section(
                "events", "Demand response", material.eventFigures,
                without: withBaseline
                    ? "There were no demand-response events in this run."
                    : "Demand response is measured against a baseline, and there is none."),
            section(
                "signals", "Whether signals held", material.fidelity,
                without: "Nothing published can be compared with what came of it."),
            section(
                "herding", "Herding", [material.herdingFigure],
                without: "No work moved at known prices, so it spoilt none."),
            section(
                "time", "Who held up the ticks", [material.waitFigure, material.profileFigure],
                without: "No waits are on record."),
        ]
    }

    private static func section(
        _ id: String, _ title: String, _ figures: [Figure?], without note: String
    ) -> Section {
        let figures = figures.compactMap { $0 }
        return Section(id: id, title: title, note: figures.isEmpty ? note : "", figures: figures)
    }

    private static func warnings(_ material: Material) -> [String] {
        let summary = material.comparison.run
        var warnings: [String] = []
        let progress = "\(summary.tickCount) of \(summary.plannedTickCount) ticks are shown"
        switch summary.status {
        case .failed:
            let reason = material.facts.statusText.isEmpty ? "" : ": \(material.facts.statusText)"
            warnings.append("This run failed\(reason). \(progress).")
        case .running:
            warnings.append("This run is not over, or its recorder died. \(progress).")
        case .finished where summary.tickCount < summary.plannedTickCount:
            warnings.append("The baseline is shorter than the run. \(progress).")
        case .finished: break
        }
        if let baseline = material.comparison.baseline, baseline.status != .finished {
            warnings.append("The baseline is \(baseline.status == .failed ? "of a run that failed" : "not over").")
        }
        if summary.absenceCount > 0 {
            warnings.append("\(summary.absenceCount) answers were missing; stand-ins counted in their place.")
        }
        if summary.violationCount > 0 { warnings.append("\(summary.violationCount) answers broke a rule.") }
        return warnings
    }

    private static func facts(_ material: Material) -> [Fact] {
        let summary = material.comparison.run
        var facts = [
            Fact(name: "Scenario", value: summary.name),
            Fact(name: "Scenario digest", value: summary.scenarioDigest),
            Fact(name: "Seed", value: "\(summary.seed)"),
            Fact(name: "Mechanism", value: summary.mechanism),
            Fact(name: "Carbon price", value: "\(Material.text(summary.carbonPriceUSDPerKg * 1000)) USD/t"),
            Fact(name: "Coupling", value: summary.coupling.kind),
            Fact(
                name: "Status",
                value: "\(summary.status.rawValue), \(summary.tickCount) of \(summary.plannedTickCount) ticks"),
            Fact(name: "Digest of the ticks", value: summary.recordDigest),
        ]
        if let baseline = material.comparison.baseline {
            facts.append(Fact(name: "Baseline", value: "\(baseline.mechanism), \(baseline.status.rawValue)"))
            facts.append(Fact(name: "Digest of its ticks", value: baseline.recordDigest))
        }
        let count = { (role: AgentRole) in material.agents.count { $0.role == role } }
        return facts + [
            Fact(
                name: "Agents",
                value:
                    "\(count(.gridOperator)) grid operators, \(count(.computeRegion)) compute regions, \(count(.serviceNode)) service nodes"
            ),
            Fact(name: "Recorded by", value: "gridtide \(material.facts.gridtideVersion)"),
            Fact(name: "Reported by", value: "gridtide \(Software.version)"),
        ]
    }

    private static func duration(_ seconds: Int64) -> String {
        switch seconds {
        case 3600: "one hour"
        case let seconds where seconds % 3600 == 0: "\(seconds / 3600) hours"
        case let seconds where seconds % 60 == 0: "\(seconds / 60) minutes"
        default: "\(seconds) s"
        }
    }
}
