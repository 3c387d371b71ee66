/// A fault that befell an agent in a tick.
public struct FaultRecord: Sendable, Equatable {
    /// What befell it.
    public enum Kind: Sendable, Equatable {
        /// It was not asked.
        case outage
        /// It acted on the grids' signals of an earlier tick, this one.
        case staleSignals(ofTick: Int)
        /// Its bid or offer did not arrive.
        case lostBid
    }

    /// Number of the agent.
    public var agent: Int
    /// What befell it.
    public var kind: Kind

    /// A fault from its parts.
    public init(agent: Int, kind: Kind) {
        self.agent = agent
        self.kind = kind
    }
}
