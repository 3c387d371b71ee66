internal import CoSimulation
internal import InferencePlacement

// How the placement meets the grid.
extension ScenarioBuilder {
    /// The coupling; sequential where the scenario says nothing.
    mutating func coupling(_ mechanism: Mechanism?) -> Coupling {
        guard let section = root.sectionIfGiven("coupling"), let text = section.textIfPresent("kind"),
            let kind = Coupling.Kind(rawValue: text)
        else { return Coupling() }
        var coupling = Coupling(kind)
        coupling.damping = section.numberIfGiven("damping") ?? coupling.damping
        coupling.toleranceMW = section.numberIfGiven("toleranceMW") ?? coupling.toleranceMW
        coupling.roundLimit = section.numberIfGiven("roundLimit").map { Int($0) } ?? coupling.roundLimit
        coupling.gap = section.numberIfGiven("gap") ?? coupling.gap
        if kind == .coOptimised, let mechanism, ![.leastCost, .home].contains(mechanism.objective) {
            fault(
                .conflictingKeys, "coupling.kind", value: text,
                "co-optimised minimises the cost of placement and grid together; the objective is \(mechanism.objective.rawValue).",
                remedy: "Take `mechanism: {objective: least-cost}`, or another coupling.")
        }
        return coupling
    }

    /// Operators must be of the kind the coupling works with.
    mutating func checkOperators(_ operators: [GridOperatorSite], _ coupling: Coupling) {
        for (index, site) in operators.enumerated() where !site.agent.isForeign {
            guard let entry = catalogue.entry(.gridOperator, site.agent.strategy) else { continue }
            if coupling.asksForQuotes, !entry.quotes {
                let others = catalogue.entries.filter(\.quotes).map(\.name).joined(separator: ", ")
                fault(
                    .conflictingKeys, "gridOperators[\(index)].strategy", value: site.agent.strategy,
                    "\(site.agent.strategy) cannot quote, which \(coupling.kind.rawValue) coupling asks for.",
                    remedy: "Take one of \(others), or `coupling: {kind: sequential}`.")
            }
            if coupling.kind == .priceTaker, !entry.hasGivenPrices {
                fault(
                    .conflictingKeys, "gridOperators[\(index)].strategy", value: site.agent.strategy,
                    "the prices of \(site.agent.strategy) answer the load; price-taker coupling takes given ones.",
                    remedy: "Take a strategy with given prices, such as series, or `coupling: {kind: sequential}`.")
            }
        }
    }
}
