/// Chooses the zones of a scenario: those asked for, or all that have both prices and emissions.
struct ZoneChoice {
    let prices: ZoneTable
    let emissions: ZoneTable
    let options: ImportOptions

    /// The zones, in the order asked for or that of the prices; what is wrong is logged.
    func zones(_ log: inout FaultLog) -> [String] {
        let emissionZones = Set(emissions.zones)
        let shared = prices.zones.filter { emissionZones.contains($0) }
        let known = Set(shared)
        for (option, zone) in options.regionNames.keys.map({ ("--map", $0) })
            + options.locations.keys.map({ ("--location", $0) })
        where !known.contains(zone) && !shared.isEmpty {
            logUnknown(zone, option, shared, &log)
        }
        if shared.isEmpty {
            // Files without any zone have faults of their own.
            guard !prices.zones.isEmpty, !emissions.zones.isEmpty else { return [] }
            log.add(
                .noRows, at: SourcePlace(file: prices.files.first ?? ""), "",
                "no zone has both prices (\(Excerpt.list(prices.zones))) and emissions "
                    + "(\(Excerpt.list(emissions.zones))).",
                remedy: "Give both files the same names of zones.")
            return []
        }
        for zone in options.zones where !known.contains(zone) { logUnknown(zone, "--zones", shared, &log) }
        let result = options.zones.isEmpty ? shared : options.zones.filter(known.contains)
        for zone in result where !ZoneChoice.isName(zone) {
            log.add(
                .invalidName, at: SourcePlace(file: prices.files.first ?? ""), "",
                "the zone `\(Excerpt.brief(zone))` cannot name an agent.",
                remedy:
                    "Use 1 to 50 letters a to z, digits, hyphens, underscores and points; begin with a letter or digit."
            )
        }
        return result.filter(ZoneChoice.isName)
    }

    /// What is left out because only one of the two files has it.
    func sentences() -> [String] {
        guard options.zones.isEmpty else { return [] }
        return [(prices, emissions), (emissions, prices)].compactMap { table, other in
            let present = Set(other.zones)
            let alone = table.zones.filter { !present.contains($0) }
            return alone.isEmpty
                ? nil : "zones: left out for want of \(other.quantity.noun): \(Excerpt.list(alone, limit: 30))."
        }
    }

    /// Whether a text can be part of the name of an agent.
    static func isName(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_.".utf8.contains(byte)
            }
        }
        return isPlain && text.utf8.count <= 50 && text.utf8.first.map { !"-_.".utf8.contains($0) } ?? false
    }

    private func logUnknown(_ zone: String, _ option: String, _ shared: [String], _ log: inout FaultLog) {
        let file =
            prices.zones.contains(zone)
            ? "emissions" : emissions.zones.contains(zone) ? "prices" : "prices and emissions"
        log.add(
            .unknownReference, at: SourcePlace(file: "\(option) \(Excerpt.brief(zone))"), "", value: zone,
            "there are no \(file) of the zone `\(Excerpt.brief(zone))`.",
            remedy: Suggestion.question(zone, among: shared) ?? "There are \(Excerpt.list(shared, limit: 30)).")
    }
}
