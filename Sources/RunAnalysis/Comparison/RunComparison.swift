public import RunStore

/// A run beside its baseline: same scenario and seed, everything at home, dispatched again (MODEL 4).
///
/// Without a baseline it holds the figures of the run alone. `Codable` for `--json`.
public struct RunComparison: Sendable, Equatable, Codable {
    /// The run.
    public let run: RunSummary
    /// What it is compared with, nil if it stands alone.
    public let baseline: RunSummary?
    /// Every figure of both with its change.
    public let effects: [Effect]
    /// How relocated load answered prices, emissions and requests; nil without a baseline.
    public let response: ResponseFigures?
    /// The course of draw by area; nil where summaries are compared.
    public let history: DrawHistory?

    /// Compares two runs over the ticks both have on disk, or sums one alone.
    ///
    /// - Parameter baseline: Usually the run with everything at home; any run of the same scenario and seed will do.
    public init(of run: RunReader, with baseline: RunReader? = nil) throws {
        guard let baseline else {
            let summary = try RunSummary(of: run)
            let history = try DrawHistory(of: run, with: nil, ticks: summary.tickCount)
            self.init(run: summary, baseline: nil, history: history)
            return
        }
        guard run.facts.baselineDigest == baseline.facts.baselineDigest else {
            throw RunAnalysisError(
                .notComparable,
                "\(run.path) and \(baseline.path) are runs of different scenarios or seeds",
                remedy: "Compare runs that differ in their mechanism only")
        }
        // The sum of a run without ticks is an error that says whose fault it is.
        for reader in [run, baseline] where try reader.position() == nil { _ = try RunSummary(of: reader) }
        let ticks = min(try run.position()?.tick ?? -1, try baseline.position()?.tick ?? -1) + 1
        let pass = try ResponsePass(of: run, with: baseline, ticks: ticks)
        let peaks = try baseline.read { try PeakMeter(of: $0, before: ticks).highest }
        let peakTicks = Set(peaks.map(\.tick))
        let ours = try RunSummary(of: run, ticks: ticks, baselinePeaks: peakTicks)
        let theirs = try RunSummary(of: baseline, ticks: ticks, baselinePeaks: peakTicks)
        self.init(
            run: ours, baseline: theirs, response: pass.figures(run: ours, baseline: theirs),
            history: try DrawHistory(of: run, with: baseline, ticks: ticks))
    }

    /// A comparison of summaries over the same ticks.
    public init(
        run: RunSummary, baseline: RunSummary?, response: ResponseFigures? = nil, history: DrawHistory? = nil
    ) {
        precondition(baseline == nil || baseline?.tickCount == run.tickCount, "runs are compared over the same ticks")
        self.run = run
        self.baseline = baseline
        self.response = response
        self.history = history
        effects = EffectList(run: run, baseline: baseline, response: response).effects
    }

    /// The effect on one quantity, nil if there is none.
    public func effect(_ quantity: String, scope: Effect.Scope = .system, name: String = "system") -> Effect? {
        effects.first { $0.scope == scope && $0.name == name && $0.quantity == quantity }
    }
}

/// Pairs the figures of two runs by name.
private struct EffectList {
    private(set) var effects: [Effect] = []

    init(run: RunSummary, baseline: RunSummary?, response: ResponseFigures?) {
        add(.system, Quantity.system, [run], baseline.map { [$0] }) { _ in "system" }
        add(.area, Quantity.area, run.areas, baseline?.areas, name: \.name)
        add(.region, Quantity.region, run.regions, baseline?.regions, name: \.name)
        add(.layer, Quantity.layer, run.relocation.layers, baseline?.relocation.layers, name: \.layer)
        add(.workloadClass, Quantity.workloadClass, run.relocation.classes, baseline?.relocation.classes, name: \.name)
        add(.flow, Quantity.flow, run.relocation.flows, baseline?.relocation.flows, missing: 0) {
            "\($0.home) > \($0.executing)"
        }
        add(.peak, Quantity.peak, run.peaks, baseline?.peaks) { String($0.rank) }
        if let response {
            add(.system, Quantity.foretold, [response.system], nil, name: \.name)
            add(.area, Quantity.foretold, response.areas, nil, name: \.name)
            add(.region, Quantity.foretold, response.regions, nil, name: \.name)
            add(.system, Quantity.response, [response], nil) { _ in "system" }
        }
        add(.event, Quantity.event, response?.events ?? [], nil) { "\($0.name) \($0.region)" }
    }

    /// Adds the figures of things in the order of the run, then of those only the baseline has; `missing` is the figure
    /// of a thing that one of two runs does not have.
    private mutating func add<Figures>(
        _ scope: Effect.Scope, _ quantities: [Quantity<Figures>], _ run: [Figures], _ baseline: [Figures]?,
        missing: Double? = nil, name: (Figures) -> String
    ) {
        let names = run.map(name)
        let others = (baseline ?? []).map(name)
        let missingBaseline = baseline == nil ? nil : missing
        for label in names + others.filter({ !names.contains($0) }) {
            let ours = names.firstIndex(of: label).map { run[$0] }
            let theirs = others.firstIndex(of: label).flatMap { baseline?[$0] }
            for quantity in quantities {
                effects.append(
                    Effect(
                        scope: scope, name: label, quantity: quantity.name, unit: quantity.unit,
                        baseline: theirs.map(quantity.value) ?? missingBaseline,
                        value: ours.map(quantity.value) ?? missing))
            }
        }
    }
}
