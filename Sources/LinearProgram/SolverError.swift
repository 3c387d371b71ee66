/// An expected failure to set up or run a solver: what happened and what to do about it.
public struct SolverError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kinds of failure, for programs.
    public enum Code: String, Sendable, Hashable {
        /// The HiGHS library is missing, unreadable, or of another build.
        case libraryUnavailable
        /// The chosen backend cannot solve this kind of model.
        case unsupportedModel
        /// The quadratic objective is not convex.
        case notConvex
        /// The solver refused the model, for example a coefficient beyond its range.
        case modelRejected
    }

    /// Kind of failure.
    public let code: Code
    /// What happened, for people.
    public let what: String
    /// What to do about it, for people.
    public let remedy: String

    init(_ code: Code, _ what: String, remedy: String) {
        self.code = code
        self.what = what
        self.remedy = remedy
    }

    /// What happened and the remedy in one line.
    public var description: String { "\(what). \(remedy)." }
}
