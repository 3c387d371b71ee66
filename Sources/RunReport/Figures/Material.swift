internal import CoSimulation
internal import Foundation
internal import RunAnalysis
internal import RunStore

/// What the figures of a report are made of: the comparison that `gridtide compare` prints, and series read once.
struct Material {
    let facts: RunFacts
    let agents: [RunAgent]
    let comparison: RunComparison
    let run: Series
    let baseline: Series?
    let flows: [RegionFlow]
    let herding: [HerdingTick]
    let waits: [WaitPoint]
    let profile: TimeProfile?
    let thinning: Thinning

    init(run reader: RunReader, baseline baselineReader: RunReader?) throws {
        facts = try reader.read { try $0.facts() }
        agents = reader.agents
        comparison = try RunComparison(of: reader, with: baselineReader)
        let ticks = comparison.run.tickCount
        run = try Series(of: reader, ticks: ticks, withGeneration: true)
        baseline = try baselineReader.map { try Series(of: $0, ticks: ticks, withGeneration: false) }
        flows = try RegionFlow.all(of: reader, ticks: ticks)
        herding = try HerdingTick.all(of: reader, ticks: ticks)
        waits = try reader.read { try $0.waits(beforeTick: ticks) }
        profile = try TimeProfile(of: reader)
        thinning = Thinning(tickCount: ticks)
    }

    /// What the run is called beside its baseline.
    var runName: String { comparison.run.mechanism }

    /// What the baseline is called beside the run; nil without one.
    var baselineName: String? {
        comparison.baseline.map { $0.mechanism == runName ? "\($0.mechanism) (baseline)" : $0.mechanism }
    }

    /// Names of the run and, where there is one, its baseline.
    var names: [String] { [runName] + (baselineName.map { [$0] } ?? []) }

    /// Compute regions in the order of the scenario.
    var regions: [RunAgent] { agents.filter { $0.role == .computeRegion } }

    /// A figure of the system and what it was in the baseline, as words: "10 MWh (12 with home)".
    func words(_ quantity: String, _ unit: String, factor: Double = 1) -> String {
        guard let effect = comparison.effect(quantity) else { return NumberText.none }
        let (value, before) = (effect.value.map { $0 * factor }, effect.baseline.map { $0 * factor })
        let decimals = NumberText.decimals(for: [value, before])
        let text = NumberText.text(value, decimals: decimals) + (unit.isEmpty ? "" : " \(unit)")
        guard let before, let baselineName else { return text }
        return "\(text) (\(NumberText.text(before, decimals: decimals)) with \(baselineName))"
    }

    /// A number to about four digits.
    static func text(_ number: Double?, signed: Bool = false) -> String {
        NumberText.text(number, decimals: NumberText.decimals(for: [number]), signed: signed)
    }

    /// A number of a long series, to seven significant digits: enough to draw and to check, half the size.
    static func short(_ number: Double?) -> Double? {
        guard let number, number != 0, number.isFinite else { return number }
        let scale = pow(10, 6 - log10(abs(number)).rounded(.down))
        let rounded = (number * scale).rounded() / scale
        return rounded.isFinite ? rounded : number
    }
}
