internal import CoSimulation

/// Checks nodes against the descriptions of fields: keys, kinds, ranges, choices, series and tables.
///
/// It never stops at a fault: what is wrong is logged, what is right is returned, and what is absent gets its default.
struct FieldChecker {
    let limits: ScenarioLimits
    var files: FileCache
    var log = FaultLog()
    /// Time of the run; nil until it is known, and then series are read but not laid out over the ticks.
    var clock: Clock?
    /// The zone of stamps that state none.
    var localZone: TimeZoneRule = .utc
    /// The first resource, which a number in place of a map of resources belongs to.
    var firstResource = "accelerator"
    /// Whether a series may be written out as a list with one number per tick, which suits a market of a few ticks.
    var takesListsAsSeries = false
    /// Who takes the place of agents.
    var replacements: [Replacement] = []
    /// Names of the agents read so far, where some are replaced.
    var replaceableAgents: [String] = []
    /// Whether what is absent gets its default; not where a program takes settings over, which has defaults of its own.
    var fillsDefaults = true
    /// Multipliers on what is read.
    var scales: [ScaleRule] = []
    /// Indices of the multipliers that reached a number.
    private var usedScales: Set<Int> = []
    /// Names of the entries of lists by path, for the paths of multipliers.
    private var entryNames: [String: String] = [:]
    /// Where each path stands, for faults that are found later.
    private(set) var places: [String: SourcePlace] = [:]
    private var seriesValueCount = 0

    init(files: FileCache, limits: ScenarioLimits) {
        self.files = files
        self.limits = limits
    }

    /// A field at a path, while its value is checked.
    struct Use {
        let field: Field
        let path: String

        /// What to do about a wrong value, from the field's own text.
        var remedy: String { "Give \(Use.lowered(field.text))" }

        /// A field of the same text and unit at a path below.
        func below(_ path: String) -> Use { Use(field: field, path: path) }

        private static func lowered(_ text: String) -> String {
            let letters = Array(text.prefix(2))
            let isAcronym = letters.count == 2 && letters[1].isUppercase
            let sentence = isAcronym ? text : text.prefix(1).lowercased() + text.dropFirst()
            return sentence.hasSuffix(".") || sentence.hasSuffix("?") ? sentence : sentence + "."
        }
    }

    // MARK: Multipliers

    /// What the number at a path is multiplied by.
    mutating func factor(at path: String) -> Double {
        var factor = 1.0
        for (index, rule) in scales.enumerated() where rule.reaches(path, names: entryNames) {
            factor *= rule.factor
            usedScales.insert(index)
        }
        return factor
    }

    /// Remembers the names of the entries of a list, where a multiplier may go by them.
    mutating func rememberNames(_ nodes: [ScenarioNode], _ path: String) {
        guard !scales.isEmpty else { return }
        for (index, node) in nodes.enumerated() {
            if let name = node["name"]?.text { entryNames["\(path)[\(index)]"] = name }
        }
    }

    /// Logs the multipliers that reached nothing, once everything has been read.
    mutating func checkScales() {
        for (index, rule) in scales.enumerated() where !usedScales.contains(index) {
            log.add(
                .noEffect, at: rule.place, rule.path, value: rule.path,
                "`\(Excerpt.brief(rule.path))` multiplies nothing: there is no number at or below it.",
                remedy: "Name a setting of the scenario; entries of lists go by name, by number from 0, or all by `*`.")
        }
    }

    // MARK: Places

    /// Remembers where a path stands.
    mutating func remember(_ path: String, _ place: SourcePlace) { places[path] = place }

    /// Whether a scenario states a path, right or wrong.
    func isGiven(_ path: String) -> Bool { places[path] != nil }

    /// Where a path stands, or the nearest path above it that stands anywhere.
    func place(of path: String, else fallback: SourcePlace) -> SourcePlace {
        var path = path[...]
        while !path.isEmpty {
            if let place = places[String(path)] { return place }
            guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
            path = path[..<cut]
        }
        return fallback
    }

    /// Logs a fault at a node.
    mutating func fault(
        _ code: ScenarioFault.Code, _ node: ScenarioNode, _ path: String, _ problem: String, remedy: String
    ) {
        log.add(code, at: node.place, path, value: node.text, problem, remedy: remedy)
    }

    /// Logs what is wrong with a file as faults of the setting that names it.
    mutating func faults(_ problems: [CSVParser.Problem], named node: ScenarioNode, _ path: String) {
        for problem in problems {
            // A file that cannot be read at all has no line; then the place is where the scenario names it.
            let place = problem.place.line == nil ? node.place : problem.place
            log.add(problem.code, at: place, path, value: node.text, problem.problem, remedy: problem.remedy)
        }
    }

    /// Counts series values against their limit; false beyond it.
    mutating func admitSeries(_ count: Int, _ node: ScenarioNode, _ path: String) -> Bool {
        seriesValueCount += count
        guard seriesValueCount > limits.seriesValues else { return true }
        fault(
            .tooLarge, node, path, "all series together have more than \(limits.seriesValues) values.",
            remedy: "Use fewer ticks or fewer series.")
        return false
    }

    // MARK: Sections

    /// The values of a section's fields. Keys no field has are faults unless `isOpen`.
    mutating func section(_ node: ScenarioNode, _ fields: [Field], _ path: String, isOpen: Bool = false) -> Parameters {
        guard !log.isFull else { return Parameters() }
        remember(path, node.place)
        guard case .map(let entries) = node.content else {
            let remedy = "Write its keys below it: \(Excerpt.list(fields.map(\.name), limit: 6))."
            if node.isNull {
                fault(.noValue, node, path, "the section is empty.", remedy: remedy)
            } else {
                fault(.wrongKind, node, path, "\(node.phrase) stands where a section belongs.", remedy: remedy)
            }
            return Parameters()
        }
        var result = Parameters()
        for entry in entries where !log.isFull {
            let entryPath = FieldChecker.join(path, entry.key)
            guard let field = fields.first(where: { $0.name == entry.key }) else {
                if !isOpen { unknownKey(entry, entryPath, fields) }
                continue
            }
            if let checked = value(entry.value, field.kind, Use(field: field, path: entryPath)) {
                result[field.name] = checked
            }
        }
        let given = Set(entries.map(\.key))
        for field in fields where !given.contains(field.name) { absent(field, node, path, &result) }
        return result
    }

    private mutating func unknownKey(_ entry: ScenarioNode.Entry, _ path: String, _ fields: [Field]) {
        let names = fields.map(\.name)
        let remedy =
            Suggestion.question(entry.key, among: names) ?? "Known here: \(Excerpt.list(names.sorted(), limit: 20))."
        log.add(
            .unknownKey, at: entry.keyPlace, Excerpt.brief(path), value: entry.key,
            "there is no setting `\(Excerpt.brief(entry.key, limit: 40))` here.", remedy: remedy)
    }

    private mutating func absent(_ field: Field, _ node: ScenarioNode, _ path: String, _ result: inout Parameters) {
        if field.isRequired {
            let entryPath = FieldChecker.join(path, field.name)
            fault(
                .missingKey, node, entryPath, "`\(field.name)` is missing.",
                remedy: Use(field: field, path: entryPath).remedy)
        } else if fillsDefaults, let value = field.defaultValue {
            result[field.name] = scaled(value, FieldChecker.join(path, field.name))
        }
    }

    /// A default, multiplied where it is a number.
    private mutating func scaled(_ value: ParameterValue, _ path: String) -> ParameterValue {
        guard case .number(let number) = value, !scales.isEmpty else { return value }
        return .number(number * factor(at: path))
    }

    /// A path with one more key.
    static func join(_ path: String, _ key: String) -> String {
        let key = Excerpt.brief(key, limit: 64)
        return path.isEmpty ? key : path + "." + key
    }
}
