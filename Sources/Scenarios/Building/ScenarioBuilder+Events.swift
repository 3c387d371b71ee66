internal import CoSimulation

// Demand-response events of the scenario (MODEL 4).
extension ScenarioBuilder {
    /// The keys each kind of event has beside those of all.
    private static let keysOfKind = [
        "curtailment": ["reductionMW", "priceUSDPerMWh"], "cap": ["capMW"], "price-spike": ["adderUSDPerMWh"],
    ]

    /// The events, in the order of the scenario.
    mutating func events(_ clock: Clock?) -> [GridEvent] {
        let regions = names(in: "regions")
        let sections = root.sectionsIfGiven("events")
        guard sections.count <= checker.limits.events else {
            fault(.tooLarge, "events", "there are more than \(checker.limits.events) entries.", remedy: "Use fewer.")
            return []
        }
        return sections.enumerated().compactMap { index, section in
            let path = "events[\(index)]"
            let region = reference(section.textIfPresent("region"), regions, path + ".region", "region")
            let ticks = eventTicks(section, path, clock)
            guard let kind = eventKind(section, path), let region, let ticks, let name = section.textIfPresent("name")
            else { return nil }
            return GridEvent(name: name, region: region, ticks: ticks, kind: kind)
        }
    }

    private mutating func eventTicks(_ section: Parameters, _ path: String, _ clock: Clock?) -> Range<Int>? {
        guard let from = section.numberIfGiven("fromTick").map({ Int($0) }),
            let to = section.numberIfGiven("toTick").map({ Int($0) })
        else { return nil }
        guard from < to else {
            fault(
                .outOfRange, path + ".toTick", value: "\(to)", "the event ends before it begins, in tick \(from).",
                remedy: "State the first tick after the event.")
            return nil
        }
        if let clock, from >= clock.tickCount {
            fault(
                .noEffect, path + ".fromTick", value: "\(from)",
                "the event begins after the run, which has \(clock.tickCount) ticks.",
                remedy: "Count ticks from 0, or remove the event.")
        }
        return from..<to
    }

    private mutating func eventKind(_ section: Parameters, _ path: String) -> GridEvent.Kind? {
        guard let kind = section.textIfPresent("kind"), let own = Self.keysOfKind[kind] else { return nil }
        for key in Self.keysOfKind.values.joined().sorted() {
            let isGiven = checker.isGiven("\(path).\(key)")
            if own.contains(key), !isGiven {
                fault(
                    .missingKey, "\(path).\(key)", "`\(key)` is missing, which an event of kind \(kind) has.",
                    remedy: "Add `\(key):` with a number.")
            } else if !own.contains(key), isGiven {
                fault(
                    .conflictingKeys, "\(path).\(key)", "an event of kind \(kind) has no `\(key)`.",
                    remedy: "Remove it; this kind takes \(own.joined(separator: " and ")).")
            }
        }
        switch kind {
        case "curtailment":
            guard let reduction = section.numberIfGiven("reductionMW"),
                let price = section.numberIfGiven("priceUSDPerMWh")
            else { return nil }
            return .curtailment(reductionMW: reduction, priceUSDPerMWh: price)
        case "cap": return section.numberIfGiven("capMW").map { .cap(capMW: $0) }
        default: return section.numberIfGiven("adderUSDPerMWh").map { .priceSpike(adderUSDPerMWh: $0) }
        }
    }
}
