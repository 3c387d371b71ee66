/// A clearing that could not be trusted.
public struct ClearingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// The solver failed or was refused.
        case solver
        /// The solution breaks a rule it must keep.
        case invariant
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, with the numbers.
    public let description: String

    /// A clearing that cannot begin, because its solver cannot be had.
    public init(unavailable reason: any Error) {
        self.init(.solver, "no solver can be had: \(reason)")
    }

    /// A clearing that was recorded with less than it takes.
    public init(incomplete what: String) {
        self.init(.invariant, what)
    }

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
