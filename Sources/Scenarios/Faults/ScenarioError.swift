/// Everything wrong with a scenario, found in one go.
public struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The faults, ascending by file, line and column; never empty.
    public let faults: [ScenarioFault]
    /// How many more there are than the list holds.
    public let omittedCount: Int

    /// An error from its faults, sorted here.
    init(faults: [ScenarioFault], omittedCount: Int = 0) {
        precondition(!faults.isEmpty, "an error has at least one fault")
        self.faults = faults.sorted {
            ($0.place, $0.path, $0.code.rawValue, $0.problem) < ($1.place, $1.path, $1.code.rawValue, $1.problem)
        }
        self.omittedCount = omittedCount
    }

    /// One fault after another, at most two lines each, then how many there are.
    public var description: String {
        let count = faults.count + omittedCount
        let omitted = omittedCount == 0 ? [] : ["… and \(Excerpt.count(omittedCount, "more fault"))"]
        let total = count == 1 ? "1 fault; nothing was run." : "\(count) faults; nothing was run."
        return (faults.map(\.description) + omitted + [total]).joined(separator: "\n")
    }
}
