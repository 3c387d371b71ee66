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
        /// An agent answered its past otherwise than the journal says, or the program recomputed it otherwise.
        case nondeterminism
        /// The market could not be cleared.
        case clearing
        /// The journal could not be written.
        case journal
        /// The recorder was lost or could not write.
        case recorder
        /// The coordinator could not begin: its journal cannot be opened, or its endpoint not be listened at.
        case coordinator
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

    /// An agent that answers its past otherwise, in one line.
    public init(_ contradiction: Contradiction, experiment: Experiment) {
        let name = experiment.agent(contradiction.agent).name
        let role = experiment.role(ofAgent: contradiction.agent).rawValue
        let difference = contradiction.difference
        self.init(
            .nondeterminism,
            "tick \(contradiction.tick), \(contradiction.phase.name): \(role) \(name) is not deterministic: "
                + "\(difference.path) is \(difference.right) where the journal has \(difference.left). Answers may depend on "
                + "setup, questions and the agent's random numbers, and on nothing else")
    }

    /// A tick that is recomputed otherwise than it was recorded, in one line.
    public init(recomputed difference: FieldDifference, tick: Int) {
        self.init(
            .nondeterminism,
            "tick \(tick): \(difference.path) is recomputed as \(difference.right) where the journal has "
                + "\(difference.left). Go on with the version of gridtide that wrote it")
    }

    /// A violation, in one line.
    public init(_ violation: Violation, tick: Int, experiment: Experiment) {
        let name = experiment.agent(violation.agent).name
        let role = experiment.role(ofAgent: violation.agent).rawValue
        self.init(.violation, "tick \(tick), \(violation.phase.name): \(role) \(name): \(violation.text)")
    }
}
