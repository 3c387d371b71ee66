/// A market that could not be cleared: what happened and what to do about it.
///
/// Every market has a solution (nobody trades) and a finite welfare, so this points to data beyond the solver's range.
public struct VirtualLinkMarketError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kinds of failure, for programs.
    public enum Code: String, Sendable, Hashable {
        /// The solver found no optimum.
        case notSolved
        /// The optimum breaks an identity of the settlement.
        case identityBroken
    }

    /// Kind of failure.
    public let code: Code
    /// What happened, for people.
    public let what: String
    /// What to do about it, for people.
    public let remedy: String

    init(_ code: Code, _ what: String) {
        self.code = code
        self.what = what
        remedy = "Bring bids, capacities and susceptances to within six orders of magnitude of each other"
    }

    /// What happened and the remedy in one line.
    public var description: String { "\(what). \(remedy)." }
}
