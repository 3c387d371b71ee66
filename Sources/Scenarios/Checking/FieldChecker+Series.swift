internal import CoSimulation

// Series: one number, or a column of a CSV file.
extension FieldChecker {
    /// Keys of a series from a file.
    static let seriesFields: [Field] = [
        .required("file", .text, "The name of a CSV file in the scenario folder."),
        .required("column", .text, "The name of the column, with its unit at the end."),
        .optional(
            "timeZone", .text,
            "The zone of a `local` time column: an IANA name or a distance such as +05:30; else that of the clock."),
        .optional(
            "missing", .choice(SeriesSampler.MissingRule.allCases.map(\.rawValue)), default: .text("error"),
            "What to do about missing rows and empty cells: error, hold the last value, or interpolate."),
    ]

    /// The value of a series: a number when it is constant, else one value per tick.
    mutating func series(_ node: ScenarioNode, _ range: NumberRange, _ use: Use) -> ParameterValue? {
        if takesListsAsSeries, case .list(let nodes) = node.content { return listed(nodes, node, range, use) }
        guard case .map = node.content else {
            return number(node, range, use, isWhole: false).map(ParameterValue.number)
        }
        let faultCount = log.faults.count
        let source = section(node, FieldChecker.seriesFields, use.path)
        guard log.faults.count == faultCount, let fileNode = node["file"], let columnNode = node["column"] else {
            return nil
        }
        let zone = timeZone(node["timeZone"], use)
        guard let table = table(fileNode, use.path), let zone else { return nil }
        guard let column = column(columnNode, table, use), let scale = scale(columnNode, use) else { return nil }
        guard let clock else { return nil }
        guard admitSeries(clock.tickCount, node, use.path) else { return nil }

        let timeline: Timeline
        switch files.timeline(of: table, clock: clock, zone: zone) {
        case .timeline(let known): timeline = known
        case .problems(let problems):
            faults(problems, named: fileNode, use.path)
            return nil
        }
        let missing = SeriesSampler.MissingRule(rawValue: source.textIfPresent("missing") ?? "") ?? .error
        let sampler = SeriesSampler(
            table: table, column: column, timeline: timeline, clock: clock, factor: scale.factor * factor(at: use.path),
            isCount: scale.isCount, range: range,
            missing: missing)
        switch sampler.sample() {
        case .success(let sampled):
            note(sampled, missing, fileNode, use)
            return .series(sampled.values)
        case .failure(let failure):
            faults(failure.problems, named: fileNode, use.path)
            return nil
        }
    }

    /// A series written out, one number per tick.
    private mutating func listed(
        _ nodes: [ScenarioNode], _ node: ScenarioNode, _ range: NumberRange, _ use: Use
    ) -> ParameterValue? {
        let values = nodes.enumerated().compactMap { index, node in
            number(node, range, use.below("\(use.path)[\(index)]"), isWhole: false)
        }
        guard values.count == nodes.count, let clock else { return nil }
        guard values.count == clock.tickCount else {
            fault(
                .outOfRange, node, use.path,
                "it has \(Excerpt.count(values.count, "value")); it must have one for each of "
                    + "\(Excerpt.count(clock.tickCount, "tick")).",
                remedy: "Give as many values as `clock.ticks`, or one number for all ticks.")
            return nil
        }
        guard admitSeries(values.count, node, use.path) else { return nil }
        return .series(values)
    }

    private mutating func timeZone(_ node: ScenarioNode?, _ use: Use) -> TimeZoneRule? {
        guard let node, let name = node.text else { return localZone }
        if let rule = TimeZoneRule(name) { return rule }
        invalidZone(node, FieldChecker.join(use.path, "timeZone"))
        return nil
    }

    /// A fault about a time zone that is none.
    mutating func invalidZone(_ node: ScenarioNode, _ path: String) {
        fault(
            .invalidTime, node, path, "\(node.phrase) is no time zone.",
            remedy: "Give an IANA name such as Europe/Stockholm, or a distance from UTC such as +05:30.")
    }

    /// A table by the node that names its file; nil, with faults logged, when it cannot be used.
    mutating func table(_ fileNode: ScenarioNode, _ path: String) -> CSVTable? {
        do {
            return try files.table(fileNode.text ?? "")
        } catch {
            faults(error.problems, named: fileNode, path)
            return nil
        }
    }

    private mutating func column(_ node: ScenarioNode, _ table: CSVTable, _ use: Use) -> Int? {
        let name = node.text ?? ""
        if let column = table.column(name) { return column }
        let hint = Suggestion.question(name, among: table.columns) ?? "It has \(Excerpt.list(table.columns))."
        fault(
            .unknownColumn, node, use.path, "`\(table.file)` has no column `\(Excerpt.brief(name, limit: 40))`.",
            remedy: hint)
        return nil
    }

    private mutating func scale(_ node: ScenarioNode, _ use: Use) -> (factor: Double, isCount: Bool)? {
        guard let unit = use.field.unit else { return (1, false) }
        let name = node.text ?? ""
        if let match = unit.factor(ofColumn: name) { return (match.factor, unit.isCount(suffix: match.suffix)) }
        let foreign = unit.foreignSuffix(ofColumn: name)
        let problem =
            foreign.map { "ends in the unit _\($0), which is no \(unit.rawValue)" } ?? "does not end in its unit"
        fault(
            .unitSuffix, node, use.path, "the column `\(Excerpt.brief(name, limit: 40))` \(problem).",
            remedy: "Name it with \(unit.suffixList) at the end.")
        return nil
    }

    private mutating func note(
        _ sampled: SeriesSampler.Sampled, _ missing: SeriesSampler.MissingRule, _ node: ScenarioNode, _ use: Use
    ) {
        if sampled.filledCount > 0 {
            let place = SourcePlace(file: node.text ?? "", line: sampled.firstFilledLine)
            let way = missing == .hold ? "by holding the last value" : "by interpolation"
            log.note(
                at: place, use.path,
                "\(Excerpt.count(sampled.filledCount, "missing value")) filled \(way), the first here.")
        }
        if sampled.countFactor != 1 {
            log.note(
                at: node.place, use.path,
                "the column counts per row and rows are not as long as ticks; values were multiplied by "
                    + "\(Excerpt.number(sampled.countFactor)) and then averaged over each tick.")
        }
    }
}

// Settings that may be absent or faulty, for checks that go on whatever is wrong elsewhere.
extension Parameters {
    /// The text of a name, nil unless it is one.
    func textIfPresent(_ name: String) -> String? {
        guard case .text(let text)? = self[name] else { return nil }
        return text
    }

    /// The number of a name, nil unless it is one.
    func numberIfGiven(_ name: String) -> Double? {
        guard case .number(let value)? = self[name] else { return nil }
        return value
    }

    /// The series of a name, nil unless it is one.
    func seriesIfGiven(_ name: String) -> Series? {
        switch self[name] {
        case .number(let value)?: Series(constant: value)
        case .series(let values)?: Series(values)
        default: nil
        }
    }

    /// The section of a name, nil unless it is one.
    func sectionIfGiven(_ name: String) -> Parameters? {
        guard case .section(let section)? = self[name] else { return nil }
        return section
    }

    /// The sections of a list, empty unless it is one.
    func sectionsIfGiven(_ name: String) -> [Parameters] {
        guard case .list(let values)? = self[name] else { return [] }
        return values.map { if case .section(let section) = $0 { section } else { Parameters() } }
    }
}
