import LinearProgram

/// An expected failure to pose or solve an optimal power flow: what happened and what to do about it.
///
/// A problem without a solution is no failure but an answer, see `DispatchOutcome`.
public struct PowerFlowError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kinds of failure, for programs.
    public enum Code: String, Sendable, Hashable {
        /// A cost curve bends downwards or has too few points.
        case costNotConvex
        /// The solver cannot be set up or refuses the model.
        case solverUnavailable
        /// The solver ended without an answer.
        case notSolved
        /// The answer fails the check of balance, limits, flow law or gap.
        case notConfirmed
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

    init(_ error: SolverError) {
        self.init(.solverUnavailable, error.what, remedy: error.remedy)
    }

    /// What happened and the remedy in one line.
    public var description: String { "\(what). \(remedy)." }
}
