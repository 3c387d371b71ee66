/// Why runs could not be analysed: what is wrong and what to do.
public struct RunAnalysisError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable {
        /// The runs are of different scenarios or seeds.
        case notComparable
        /// A run holds no finished tick.
        case noTicks
    }

    /// What kind of failure it is.
    public let code: Code
    /// What is wrong.
    public let problem: String
    /// What to do about it.
    public let remedy: String

    init(_ code: Code, _ problem: String, remedy: String) {
        self.code = code
        self.problem = problem
        self.remedy = remedy
    }

    /// One line for people.
    public var description: String { "\(problem). \(remedy)." }
}
