internal import CoSimulation
internal import InferencePlacement

// How work is placed.
extension ScenarioBuilder {
    /// Settings of the mechanism that belong to one objective, with what each is.
    private static let ownKeys: [(key: String, objective: Mechanism.Objective, noun: String)] = [
        ("carbonPriceUSDPerTonne", .carbonPriced, "a carbon price"), ("weights", .weighted, "weights"),
        ("priorities", .lexicographic, "priorities"),
    ]

    /// The mechanism; nil when it is wrong.
    mutating func mechanism() -> Mechanism? {
        guard let section = root.sectionIfGiven("mechanism"), let text = section.textIfPresent("objective"),
            let objective = Mechanism.Objective(rawValue: text)
        else { return nil }
        var isComplete = true
        for (key, owner, noun) in Self.ownKeys {
            let path = "mechanism.\(key)"
            if owner == objective, section[key] == nil {
                isComplete = false
                guard !checker.isGiven(path) else { continue }
                fault(
                    .missingKey, path, "`\(key)` is missing, which \(text) needs.",
                    remedy: "Give \(noun), or take another objective.")
            } else if owner != objective, checker.isGiven(path) {
                checker.log.note(
                    at: place(path), path,
                    "\(noun) \(noun.hasPrefix("a ") ? "has" : "have") no part in the objective \(text); left out.")
            }
        }
        guard isComplete else { return nil }
        let weights = section.sectionIfGiven("weights") ?? Parameters()
        let priorities = objective == .lexicographic ? section.texts(ifList: "priorities") : []
        return Mechanism(
            objective,
            carbonPriceUSDPerKg: objective == .carbonPriced
                ? (section.numberIfGiven("carbonPriceUSDPerTonne") ?? 0) / 1000 : 0,
            weights: objective == .weighted
                ? ObjectiveWeights(
                    energy: weights.numberIfGiven("energy") ?? 0, carbon: weights.numberIfGiven("carbon") ?? 0,
                    delay: weights.numberIfGiven("delay") ?? 0,
                    waterUSDPerLitre: weights.numberIfGiven("waterUSDPerLitre") ?? 0) : ObjectiveWeights(),
            priorities: priorities.compactMap(Criterion.init(rawValue:)),
            prioritySlack: section.numberIfGiven("prioritySlack") ?? 0.001,
            horizonTicks: section.numberIfGiven("horizonTicks").map { Int($0) } ?? 1,
            waterLimitLitres: section.numberIfGiven("waterLimitLitres") ?? .infinity)
    }

    /// Whether a placement can be cleared with others ahead in mind, which no rounds of quotes can be asked about.
    mutating func checkHorizon(_ mechanism: Mechanism?, _ classes: [WorkloadClass], _ coupling: Coupling) {
        guard let mechanism, coupling.asksForQuotes else { return }
        let isLimited = classes.contains { $0.delay.limitSeconds.isFinite }
        guard mechanism.needsHorizon || isLimited else { return }
        fault(
            .conflictingKeys, "coupling.kind", value: coupling.kind.rawValue,
            "\(coupling.kind.rawValue) clears tick by tick at quoted prices, without horizons, limits of delay and water, weights or priorities.",
            remedy: "Take `coupling: {kind: sequential}`, or a mechanism and classes without them.")
    }

    /// How delay is reckoned.
    func delayRule() -> DelayRule {
        let section = root.sectionIfGiven("delay")
        return DelayRule(
            isBySlot: section?.textIfPresent("aggregation") == "slot",
            hasPublishedUnits: section?.textIfPresent("units") == "published")
    }
}
