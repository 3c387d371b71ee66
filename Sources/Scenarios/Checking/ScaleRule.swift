/// A multiplier on every number at or below a path, whether it stands in the scenario, in a CSV file or is a default.
struct ScaleRule: Sendable {
    let path: String
    let factor: Double
    let place: SourcePlace
    private let pattern: [String]

    /// A rule; nil when the path is none.
    init?(path: String, factor: Double, at place: SourcePlace) {
        guard let pattern = SettingPath.components(path) else { return nil }
        self.path = path
        self.factor = factor
        self.place = place
        self.pattern = pattern
    }

    /// Whether the rule reaches the setting at a checked path such as `regions[2].connectionMW`, given the names of
    /// list entries by path, such as that of `regions[2]`.
    func reaches(_ path: String, names: [String: String]) -> Bool {
        matches(pattern[...], SettingPath.components(path) ?? [], at: 0, path: "", names)
    }

    /// `at` counts the parts already matched, and `path` is what they spell.
    private func matches(
        _ pattern: ArraySlice<String>, _ parts: [String], at index: Int, path: String, _ names: [String: String]
    ) -> Bool {
        guard let wanted = pattern.first else { return true }
        guard index < parts.count else { return false }
        let part = parts[index]
        let isEntry = names["\(path)[\(part)]"] != nil || Int(part) != nil
        let here = isEntry ? "\(path)[\(part)]" : path.isEmpty ? part : "\(path).\(part)"
        if wanted == SettingPath.wildcard || wanted == part {
            return matches(pattern.dropFirst(), parts, at: index + 1, path: here, names)
        }
        // The name of an entry may hold dots, so it may be several parts of the pattern.
        guard isEntry, let name = names[here].flatMap(SettingPath.components), pattern.starts(with: name) else {
            return false
        }
        return matches(pattern.dropFirst(name.count), parts, at: index + 1, path: here, names)
    }
}
