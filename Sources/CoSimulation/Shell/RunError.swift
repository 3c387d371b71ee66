/// Why a run ended before its end.
public struct RunError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// An agent exited, crashed or lost its connection.
        case agentLost = "agent-lost"
        /// An agent did not answer in time.
        case agentSilent = "agent-silent"
        /// An agent broke a rule of the protocol or the market.
        case violation
        /// An agent reported that it cannot go on.
        case agentFailed = "agent-failed"
        /// The market could not be cleared.
        case clearing
        /// The journal could not be written.
        case journal
        /// The recorder was lost or could not write.
        case recorder
        /// The user asked the run to stop.
        case interrupted
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, in one line that names tick and agent where there is one.
    public let description: String

    /// A failure from its parts.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// A violation, in one line.
    public init(_ violation: Violation, tick: Int, experiment: Experiment) {
        let name = experiment.agent(violation.agent).name
        let role = experiment.role(ofAgent: violation.agent).rawValue
        self.init(.violation, "tick \(tick), \(violation.phase.name): \(role) \(name): \(violation.text)")
    }
}
