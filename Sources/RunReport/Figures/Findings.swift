internal import RunAnalysis
internal import RunStore

// The numbers a reader should take away.
extension Material {
    /// Cost, emissions, relocated energy and peak load, each with the baseline and the change.
    var findings: [Finding] {
        [
            change(
                "Energy bill of compute", of: "compute_payment", unit: "USD", lowerIsBetter: true,
                more: "Generating power cost \(words("generation_cost", "USD"))."),
            change(
                "CO2 of compute at the margin", of: "marginal_attributed_emissions", unit: "t", factor: 0.001,
                lowerIsBetter: true, more: "All grids together emitted \(words("emissions", "t", factor: 0.001))."),
            relocated,
            change(
                "Peak load of all areas", of: "load_peak", unit: "MW", lowerIsBetter: true,
                more: "In the five highest ticks it was \(words("coincident_peak_load", "MW")) on average."),
        ]
    }

    private func change(
        _ title: String, of quantity: String, unit: String, factor: Double = 1, lowerIsBetter: Bool, more: String
    ) -> Finding {
        let effect = comparison.effect(quantity)
        let (value, before) = (effect?.value.map { $0 * factor }, effect?.baseline.map { $0 * factor })
        let decimals = NumberText.decimals(for: [value, before])
        let number = "\(NumberText.text(value, decimals: decimals)) \(unit)"
        guard let before, let baselineName else {
            return Finding(title: title, number: number, change: "", sentence: more, isBetter: nil)
        }
        let difference = effect?.change.map { $0 * factor }
        let absolute = "\(NumberText.text(difference, decimals: decimals, signed: true)) \(unit)"
        let percent = effect?.changePercent.map(Self.percent)
        return Finding(
            title: title, number: number, change: percent.map { "\($0)" } ?? absolute,
            sentence:
                "\(absolute) against \(NumberText.text(before, decimals: decimals)) \(unit) with \(baselineName). \(more)",
            isBetter: difference.flatMap { $0 == 0 ? nil : ($0 < 0) == lowerIsBetter })
    }

    /// A change in per cent; more decimals where one would show nothing.
    private static func percent(_ change: Double) -> String {
        let isSmall = abs(change) < 0.1 && change != 0
        return isSmall ? "\(NumberText.text(change, decimals: 2, signed: true)) %" : NumberText.percent(change)
    }

    private var relocated: Finding {
        let relocation = comparison.run.relocation
        let share = relocation.relocatedShare.map { 100 * $0 }
        let effect = comparison.effect("relocated_energy")
        let against = baselineName.map { " With \($0) it was \(Self.text(effect?.baseline)) MWh." } ?? ""
        return Finding(
            title: "Energy of work that left home", number: "\(Self.text(relocation.relocatedMWh)) MWh",
            change: "\(Self.text(share)) % of all",
            sentence:
                "\(Self.text(relocation.placedMWh)) MWh of IT energy was placed; \(Self.text(relocation.unservedRequests)) requests were not served.\(against)",
            isBetter: nil)
    }
}
