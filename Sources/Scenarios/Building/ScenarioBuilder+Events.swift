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
            let ticks = ticks(section, path, clock, "event")
            guard let kind = eventKind(section, path), let region, let ticks, let name = section.textIfPresent("name")
            else { return nil }
            return GridEvent(name: name, region: region, ticks: ticks, kind: kind)
        }
    }

    /// The ticks of an event or a fault; one whose ends are left out lasts from the first tick, or to the last.
    mutating func ticks(_ section: Parameters, _ path: String, _ clock: Clock?, _ noun: String) -> Range<Int>? {
        guard let from = section.numberIfGiven("fromTick").map({ Int($0) }) else { return nil }
        let to = section.numberIfGiven("toTick").map { Int($0) }
        guard to != nil || !checker.isGiven(path + ".toTick") else { return nil }
        guard from < to ?? .max else {
            fault(
                .outOfRange, path + ".toTick", value: to.map { "\($0)" },
                "the \(noun) ends before it begins, in tick \(from).",
                remedy: "State the first tick after the \(noun).")
            return nil
        }
        if let clock, from >= clock.tickCount {
            fault(
                .noEffect, path + ".fromTick", value: "\(from)",
                "the \(noun) begins after the run, which has \(clock.tickCount) ticks.",
                remedy: "Count ticks from 0, or remove the \(noun).")
        }
        return from..<max(from + 1, to ?? clock?.tickCount ?? 0)
    }

    /// Checks that an entry has the keys of its kind and no others.
    mutating func checkKeys(of kind: String, _ keysOfKind: [String: [String]], _ path: String, _ noun: String) {
        let own = keysOfKind[kind] ?? []
        for key in Set(keysOfKind.values.joined()).sorted() {
            let isGiven = checker.isGiven("\(path).\(key)")
            if own.contains(key), !isGiven {
                fault(
                    .missingKey, "\(path).\(key)", "`\(key)` is missing, which \(noun) of kind \(kind) has.",
                    remedy: "Add `\(key):` with a number.")
            } else if !own.contains(key), isGiven {
                let taken = own.isEmpty ? "no such setting" : own.joined(separator: " and ")
                fault(
                    .conflictingKeys, "\(path).\(key)", "\(noun) of kind \(kind) has no `\(key)`.",
                    remedy: "Remove it; this kind takes \(taken).")
            }
        }
    }

    private mutating func eventKind(_ section: Parameters, _ path: String) -> GridEvent.Kind? {
        guard let kind = section.textIfPresent("kind"), Self.keysOfKind[kind] != nil else { return nil }
        checkKeys(of: kind, Self.keysOfKind, path, "an event")
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
