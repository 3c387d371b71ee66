/// Everything wrong with a scenario, found in one go.
public struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The faults, ascending by file, line and column; never empty.
    public let faults: [ScenarioFault]
    /// Whether there are so many that checking stopped before it was through.
    public let isCutShort: Bool

    /// An error from its faults, sorted here.
    init(faults: [ScenarioFault], isCutShort: Bool = false) {
        precondition(!faults.isEmpty, "an error has at least one fault")
        self.faults = faults.sorted {
            ($0.place, $0.path, $0.code.rawValue, $0.problem) < ($1.place, $1.path, $1.code.rawValue, $1.problem)
        }
        self.isCutShort = isCutShort
    }

    /// One fault after another, at most two lines each, then how many there are.
    public var description: String {
        let more = isCutShort ? " and more, which show once these are gone" : ""
        let total = "\(Excerpt.count(faults.count, "fault"))\(more); nothing was run."
        return (faults.map(\.description) + [total]).joined(separator: "\n")
    }
}
