internal import CoSimulation
internal import InferencePlacement

// Clock, mechanism, layers and names.
extension ScenarioBuilder {
    /// Sets the checker's clock and zone from the section `clock`, as far as it is right.
    mutating func setClock() {
        guard let section = root.sectionIfGiven("clock") else { return }
        var zone: TimeZoneRule? = .utc
        if let name = section.textIfPresent("timeZone") {
            zone = TimeZoneRule(name)
            if zone == nil {
                let node = ScenarioNode(content: .scalar(name, .plain), place: place("clock.timeZone"))
                checker.invalidZone(node, "clock.timeZone")
            }
        }
        checker.localZone = zone ?? .utc
        let start = section.textIfPresent("start").flatMap { startSeconds($0, zone) }
        let tick = section.numberIfGiven("tickMinutes").flatMap { tickSeconds($0) }
        guard zone != nil, let start, let tick, let count = section.numberIfGiven("ticks") else { return }
        guard Int(count) <= checker.limits.ticks else {
            return fault(
                .outOfRange, "clock.ticks", value: Excerpt.number(count),
                "\(Excerpt.number(count)) is not accepted; it must be at most \(checker.limits.ticks).",
                remedy: "Use fewer or longer ticks.")
        }
        checker.clock = Clock(startSeconds: start, tickSeconds: tick, tickCount: Int(count))
    }

    private mutating func startSeconds(_ text: String, _ zone: TimeZoneRule?) -> Int64? {
        guard let stamp = TimeStamp(text) else {
            fault(
                .invalidTime, "clock.start", value: text, "`\(Excerpt.brief(text, limit: 40))` is no time.",
                remedy: "Write ISO 8601, such as 2024-07-08T00:00Z.")
            return nil
        }
        if let offset = stamp.offsetSeconds { return stamp.wallSeconds - offset }
        guard let zone else { return nil }
        switch zone.instant(wallSeconds: stamp.wallSeconds) {
        case .unique(let seconds): return seconds
        case .ambiguous(let first, _):
            checker.log.note(
                at: place("clock.start"), "clock.start",
                "the local time occurs twice, when clocks are set back; the run starts at the first, \(CalendarDate.text(first))."
            )
            return first
        case .skipped:
            fault(
                .skippedHour, "clock.start", value: text, "`\(text)` does not exist; clocks were set forward over it.",
                remedy: "Give another start, or give it in UTC with Z at the end.")
            return nil
        }
    }

    private mutating func tickSeconds(_ minutes: Double) -> Int64? {
        let seconds = minutes * 60
        guard seconds >= 1, (seconds - seconds.rounded()).magnitude < 1e-6 else {
            fault(
                .outOfRange, "clock.tickMinutes", value: Excerpt.number(minutes),
                "\(Excerpt.number(minutes)) minutes are no whole number of seconds.",
                remedy: "Give minutes such as 60, 15, 5 or 0.5.")
            return nil
        }
        return Int64(seconds.rounded())
    }

    /// The limits of the layers.
    mutating func layerLimits() -> LayerLimits {
        guard let section = root.sectionIfGiven("latency"), let local = section.numberIfGiven("localMilliseconds"),
            let regional = section.numberIfGiven("regionalMilliseconds")
        else { return LayerLimits() }
        if regional < local {
            fault(
                .conflictingKeys, "latency.regionalMilliseconds", value: Excerpt.number(regional),
                "\(Excerpt.number(regional)) is less than `localMilliseconds`, \(Excerpt.number(local)).",
                remedy: "Give a regional limit at least as great as the local one.")
        }
        return LayerLimits(localMilliseconds: local, regionalMilliseconds: regional)
    }

    // MARK: Names

    /// Checks the names of the scenario, its classes, resources and agents.
    mutating func checkNames() {
        if let name = root.textIfPresent("name") { checkName(name, "name") }
        var seen: [String: String] = [:]
        for (index, name) in names(in: "classes").enumerated() { checkUnique(name, "classes[\(index)].name", &seen) }
        seen = [:]
        for (index, name) in resources().enumerated() { checkUnique(name, "resources[\(index)]", &seen) }
        seen = [:]
        for role in AgentRole.allCases {
            let key = ScenarioSchema.listKey(role)
            for (index, name) in names(in: key).enumerated() {
                let path = "\(key)[\(index)].name"
                checkUnique(name, path, &seen)
                if let name, Self.takenNames.contains(name) {
                    fault(
                        .invalidName, path, value: name, "`\(name)` is a process of every run.",
                        remedy: "Choose another one.")
                }
            }
        }
        let limits = checker.limits
        checkCount(
            AgentRole.allCases.reduce(0) { $0 + names(in: ScenarioSchema.listKey($1)).count }, limits.agents,
            "services", "agents")
        checkCount(names(in: "classes").count, limits.classes, "classes", "classes")
        checkCount(resources().count, limits.classes, "resources", "resources")
    }

    /// Names that no agent can have, since a process of the run has it.
    private static let takenNames = ["coordinator", Hello.recorderName]

    /// The names in a list of sections; nil where one is wrong or missing.
    func names(in key: String) -> [String?] {
        root.sectionsIfGiven(key).map { $0.textIfPresent("name") }
    }

    private mutating func checkCount(_ count: Int, _ limit: Int, _ path: String, _ noun: String) {
        guard count > limit else { return }
        fault(
            .tooLarge, path, value: String(count), "there are \(count) \(noun); at most \(limit) are accepted.",
            remedy: "Use fewer.")
    }

    /// Checks a name, which must not have been seen.
    mutating func checkUnique(_ name: String?, _ path: String, _ seen: inout [String: String]) {
        guard let name else { return }
        checkName(name, path)
        if let first = seen[name] {
            fault(
                .duplicateName, path, value: name,
                "the name `\(Excerpt.brief(name, limit: 64))` is taken already, at \(place(first)).",
                remedy: "Choose another one.")
        } else {
            seen[name] = path
        }
    }

    /// Checks that a text can be a name.
    mutating func checkName(_ name: String, _ path: String) {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_.".utf8.contains(byte)
            }
        }
        let startsPlain = name.utf8.first.map { !"-_.".utf8.contains($0) } ?? false
        guard !isPlain || !startsPlain || name.utf8.count > checker.limits.nameBytes else { return }
        fault(
            .invalidName, path, value: name, "`\(Excerpt.brief(name, limit: 70))` is no name.",
            remedy:
                "Use 1 to \(checker.limits.nameBytes) letters a to z, digits, hyphens, underscores and points; begin with a letter or digit."
        )
    }
}
