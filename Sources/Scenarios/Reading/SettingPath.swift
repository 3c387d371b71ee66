/// Paths of settings, such as `regions.north-1.connectionMW` or `classes.*.movableShare`.
enum SettingPath {
    /// Stands for every entry of a list or section.
    static let wildcard = "*"

    /// The parts of a path, where `[0]` is one as well; nil when a part is empty or there are more than 64.
    static func components(_ path: String) -> [String]? {
        let components = path.replacing("[", with: ".").replacing("]", with: "")
            .split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return components.count <= 64 && components.allSatisfy { !$0.isEmpty } ? components : nil
    }
}
