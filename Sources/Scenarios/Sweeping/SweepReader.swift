internal import CoSimulation
internal import Foundation

extension Sweep {
    /// Reads the sweep of a folder that holds `sweep.yaml`, or of a YAML file. Throws everything that is wrong at once.
    public static func load(
        _ path: String, limits: ScenarioLimits = ScenarioLimits()
    ) throws(ScenarioError) -> Sweep {
        let url = URL(fileURLWithPath: path)
        var isDirectory: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
        return try load(
            .directory(isDirectory.boolValue ? url.path : url.deletingLastPathComponent().path),
            file: isDirectory.boolValue ? "sweep.yaml" : url.lastPathComponent, limits: limits)
    }

    /// Reads a sweep from a file of a folder.
    public static func load(
        _ folder: ScenarioFolder, file: String = "sweep.yaml", limits: ScenarioLimits = ScenarioLimits()
    ) throws(ScenarioError) -> Sweep {
        let checker = FieldChecker(files: FileCache(folder: folder, limits: limits), limits: limits)
        var reader = SweepReader(
            builder: ScenarioBuilder(checker: checker, catalogue: AgentCatalogue([]), file: file))
        return try reader.read()
    }
}

/// Reads a sweep file. Like a scenario's, its reading goes on with what is there, so that all faults show at once.
struct SweepReader {
    private var builder: ScenarioBuilder
    /// What each axis reaches, for points that bring their own values.
    private var axisTargets: [String: [Target]] = [:]
    /// Where the values of the axes stand on them, by name and label.
    private var valueIndices: [String: Int] = [:]

    /// A setting an axis reaches.
    private struct Target {
        let path: String
        let isScale: Bool
    }

    init(builder: ScenarioBuilder) { self.builder = builder }

    mutating func read() throws(ScenarioError) -> Sweep {
        let node = try builder.tree(overrides: [])
        try builder.checkVersion(node)
        let root = builder.checker.section(
            node.without(ScenarioSchema.sweepValueKeys), ScenarioSchema.sweep, "")
        if let name = root.textIfPresent("name") { builder.checkName(name, "name") }
        let design = root.textIfPresent("design").flatMap(Sweep.Design.init(rawValue:)) ?? .cartesian
        var axes = list(node["axes"], "axes").enumerated().compactMap { axis($1, "axes[\($0)]", design) }
        if let seeds = node["seeds"] { axes += [ownAxis("seed", seeds, "seeds") { $0 }].compactMap { $0 } }
        if let mechanisms = node["mechanisms"] {
            axes += [ownAxis("mechanism", mechanisms, "mechanisms", Self.mechanism)].compactMap { $0 }
        }
        checkAxisNames(axes)
        let settings = settings(node["settings"])
        let points = points(design, node["points"], &axes)
        try builder.checker.log.throwIfFaulty()
        return Sweep(
            name: root.text("name"), title: root.textIfPresent("title") ?? "",
            description: root.textIfPresent("description") ?? "", scenario: root.text("scenario"),
            hasBaseline: root["baseline"] == .boolean(true), settings: settings, axes: axes, points: points)
    }

    private mutating func settings(_ node: ScenarioNode?) -> [SettingChange] {
        guard let node else { return [] }
        guard case .map(let entries) = node.content else {
            builder.checker.fault(
                .wrongKind, node, "settings", "\(node.phrase) stands where a section belongs.",
                remedy: "Write one `path: value` below it for each setting that is changed.")
            return []
        }
        return entries.map { entry in
            SettingChange(
                path: entry.key, effect: .set(entry.value.isNull ? nil : entry.value), place: entry.keyPlace)
        }
    }

    /// A mechanism by its objective alone.
    private static func mechanism(_ node: ScenarioNode) -> ScenarioNode {
        guard case .scalar = node.content else { return node }
        let entry = ScenarioNode.Entry(key: "objective", keyPlace: node.place, value: node)
        return ScenarioNode(content: .map([entry]), place: node.place)
    }

    // MARK: Axes

    private mutating func axis(_ node: ScenarioNode, _ path: String, _ design: Sweep.Design) -> SweepAxis? {
        let section = builder.checker.section(
            node.without(ScenarioSchema.axisValueKeys), ScenarioSchema.sweepAxis, path)
        let targets = targets(node, "set", path) + targets(node, "scale", path)
        if targets.isEmpty, builder.checker.log.isClean {
            builder.checker.fault(
                .missingKey, node, "\(path).set", "the axis changes nothing.",
                remedy: "Give `set` or `scale` with the path of a setting, such as `latency.relaxationMilliseconds`.")
        }
        guard let name = section.textIfPresent("name") else { return nil }
        var axis = SweepAxis(name: name, values: [])
        for value in valueNodes(node, section, path, design) { _ = add(value, targets, path, to: &axis) }
        axisTargets[name] = targets
        return axis
    }

    private mutating func targets(_ node: ScenarioNode, _ key: String, _ path: String) -> [Target] {
        guard let value = node[key] else { return [] }
        let nodes: [ScenarioNode] = if case .list(let values) = value.content { values } else { [value] }
        return nodes.compactMap { node in
            guard let text = node.text, SettingPath.components(text) != nil else {
                builder.checker.fault(
                    .wrongKind, node, "\(path).\(key)", "\(node.phrase) is no path of a setting.",
                    remedy: "Write a path such as `classes.*.surchargeUSDPerMWh`, or a list of them.")
                return nil
            }
            return Target(path: text, isScale: key == "scale")
        }
    }

    /// Seeds or mechanisms: an axis with a setting of its own.
    private mutating func ownAxis(
        _ setting: String, _ node: ScenarioNode, _ path: String, _ value: (ScenarioNode) -> ScenarioNode
    ) -> SweepAxis? {
        let targets = [Target(path: setting, isScale: false)]
        var axis = SweepAxis(name: setting, values: [])
        for node in list(node, path) { _ = add(value(node), targets, path, to: &axis) }
        axisTargets[setting] = targets
        return axis
    }

    /// Adds a value to an axis; its index, or that of the same value there already where `isShared`.
    private mutating func add(
        _ node: ScenarioNode, _ targets: [Target], _ path: String, to axis: inout SweepAxis, isShared: Bool = false
    ) -> Int? {
        let label = node.leaves
        if let index = valueIndices["\(axis.name)\u{0}\(label)"] {
            guard !isShared else { return index }
            builder.checker.fault(
                .duplicateName, node, path, "the value \(Excerpt.brief(label)) occurs twice on the axis.",
                remedy: "Keep one of them.")
            return nil
        }
        var changes: [SettingChange] = []
        for target in targets {
            guard target.isScale else {
                let value = node.isNull ? nil : node
                changes.append(SettingChange(path: target.path, effect: .set(value), place: node.place))
                continue
            }
            switch ScalarReading.number(node) {
            case .value(let factor):
                changes.append(SettingChange(path: target.path, effect: .scale(factor), place: node.place))
            case .problem(let problem, let remedy):
                builder.checker.fault(.wrongKind, node, path, problem, remedy: remedy)
                return nil
            }
        }
        var number: Double?
        if case .scalar(let text, let style) = node.content, style != .quoted { number = DecimalText.value(text) }
        valueIndices["\(axis.name)\u{0}\(label)"] = axis.values.count
        axis.values.append(SweepValue(label: label, number: number, changes: changes))
        return axis.values.count - 1
    }

    private mutating func valueNodes(
        _ node: ScenarioNode, _ section: Parameters, _ path: String, _ design: Sweep.Design
    ) -> [ScenarioNode] {
        if node["values"] != nil, node["range"] != nil {
            builder.checker.fault(
                .conflictingKeys, node, "\(path).range", "`values` and `range` exclude each other.",
                remedy: "Keep one of them.")
        }
        if let values = node["values"] { return list(values, "\(path).values") }
        if let range = node["range"] {
            return section.sectionIfGiven("range").map { numbers($0, range, "\(path).range") } ?? []
        }
        if design != .listed {
            builder.checker.fault(
                .missingKey, node, "\(path).values", "the axis has no values.", remedy: "Give `values` or `range`.")
        }
        return []
    }

    /// The numbers of a range, each rounded to twelve digits so that 0.1 times 3 is 0.3.
    private mutating func numbers(_ section: Parameters, _ node: ScenarioNode, _ path: String) -> [ScenarioNode] {
        guard let from = section.numberIfGiven("from"), let to = section.numberIfGiven("to") else { return [] }
        let isLogarithmic = section.textIfPresent("spacing") == "logarithmic"
        let count: Int
        switch (section.numberIfGiven("step"), section.numberIfGiven("count")) {
        case (let step?, nil) where !isLogarithmic && to >= from && (to - from) / step < Double(Sweep.pointLimit):
            count = Int(((to - from) / step + 1e-9).rounded(.down)) + 1
            return (0..<count).map { .number(from + Double($0) * step, at: node.place) }
        case (nil, let given?) where !isLogarithmic || from * to > 0: count = Int(given)
        default:
            builder.checker.fault(
                .conflictingKeys, node, path, "the range does not say which values it holds.",
                remedy:
                    "Give `from`, `to` and either a `step` or a `count`; logarithmic spacing takes a `count` and ends of one sign, none zero."
            )
            return []
        }
        return (0..<count).map { index in
            let share = Double(index) / Double(count - 1)
            return .number(
                isLogarithmic ? from * pow(to / from, share) : from + (to - from) * share, at: node.place)
        }
    }

    private mutating func checkAxisNames(_ axes: [SweepAxis]) {
        var seen: [String: String] = [:]
        for (index, axis) in axes.enumerated() { builder.checkUnique(axis.name, "axes[\(index)].name", &seen) }
    }

    // MARK: Points

    private mutating func points(_ design: Sweep.Design, _ node: ScenarioNode?, _ axes: inout [SweepAxis])
        -> [SweepPoint]
    {
        guard design == .listed else {
            if let node {
                builder.checker.fault(
                    .conflictingKeys, node, "points", "`points` belongs to the design listed.",
                    remedy: "Write `design: listed`, or remove the list.")
            }
            if let points = Sweep.points(design, axes) { return points }
            builder.fault(
                .tooLarge, "axes", "the sweep has more than \(Sweep.pointLimit) points.",
                remedy: "Give the axes fewer values, or vary one at a time.")
            return []
        }
        guard let node else {
            builder.fault(
                .missingKey, "points", "`points` is missing, which the design listed needs.",
                remedy: "List the points, such as `- {friction: 4, pinned: 0.3}`.")
            return []
        }
        return list(node, "points").enumerated().map { index, node in
            SweepPoint(number: index, choices: choices(node, "points[\(index)]", &axes))
        }
    }

    private mutating func choices(_ node: ScenarioNode, _ path: String, _ axes: inout [SweepAxis]) -> [Int?] {
        var choices = [Int?](repeating: nil, count: axes.count)
        guard case .map(let entries) = node.content else {
            builder.checker.fault(
                .wrongKind, node, path, "\(node.phrase) stands where a point belongs.",
                remedy: "Write a value for each axis that is changed, such as `{friction: 4}`.")
            return choices
        }
        for entry in entries {
            guard let index = axes.firstIndex(where: { $0.name == entry.key }) else {
                let names = axes.map(\.name)
                builder.checker.log.add(
                    .unknownReference, at: entry.keyPlace, path, value: entry.key,
                    "there is no axis `\(Excerpt.brief(entry.key))`.",
                    remedy: Suggestion.question(entry.key, among: names) ?? "There are \(Excerpt.list(names)).")
                continue
            }
            let value = entry.key == "mechanism" ? Self.mechanism(entry.value) : entry.value
            choices[index] = add(
                value, axisTargets[entry.key] ?? [], "\(path).\(entry.key)", to: &axes[index], isShared: true)
        }
        return choices
    }

    /// The entries of a list; a fault where it is none, or empty.
    private mutating func list(_ node: ScenarioNode?, _ path: String) -> [ScenarioNode] {
        guard let node else { return [] }
        guard case .list(let values) = node.content, !values.isEmpty else {
            builder.checker.fault(
                .wrongKind, node, path, "\(node.phrase) stands where a list with at least one entry belongs.",
                remedy: "Write `[…]`, or one `- ` per entry.")
            return []
        }
        return values
    }
}

extension ScenarioNode {
    /// The map without some keys; anything else as it is.
    func without(_ keys: Set<String>) -> ScenarioNode {
        guard case .map(let entries) = content else { return self }
        return ScenarioNode(content: .map(entries.filter { !keys.contains($0.key) }), place: place)
    }

    /// A number as if it were written, to twelve digits.
    static func number(_ value: Double, at place: SourcePlace) -> ScenarioNode {
        let rounded = Double(String(format: "%.12g", value)) ?? value
        return ScenarioNode(content: .scalar(Excerpt.number(rounded), .plain), place: place)
    }

    /// What the value says on one line: its texts, without the keys.
    var leaves: String {
        switch content {
        case .scalar where isNull: "none"
        case .scalar(let text, _): Excerpt.brief(text)
        case .list(let values): values.map(\.leaves).joined(separator: " ")
        case .map(let entries): entries.map(\.value.leaves).joined(separator: " ")
        }
    }
}
