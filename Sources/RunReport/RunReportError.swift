/// Why a report could not be made: what is wrong and what to do.
public struct RunReportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable {
        /// The library that draws figures is not there.
        case noBundle
        /// A sweep has no point with figures.
        case noPoints
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
