/// Why runs could not be analysed: what is wrong and what to do.
public struct RunAnalysisError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public let problem: String
    /// What to do about it.
    public let remedy: String

    init(_ problem: String, remedy: String) {
        self.problem = problem
        self.remedy = remedy
    }

    /// One line for people.
    public var description: String { "\(problem). \(remedy)." }
}
