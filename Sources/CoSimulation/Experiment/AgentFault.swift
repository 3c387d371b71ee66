/// A fault of agents or of their messages for some ticks, as data of the experiment.
///
/// The coordinator brings it about, the same in any process layout. Chance is drawn from the seed by agent and tick, once
/// for each kind: a greater probability loses what a smaller one loses, and more. Where entries overlap, the greatest
/// probability and the longest delay count.
public struct AgentFault: Sendable, Equatable {
    /// What goes wrong.
    public enum Kind: Sendable, Equatable {
        /// The agents are not asked, as if they were gone; they are back afterwards.
        case outage
        /// The grids' signals take so many ticks to reach the agents.
        case lateSignals(delayTicks: Int)
        /// The grids' signals of a tick do not reach an agent with this probability; it acts on the last ones it got.
        case lostSignals(probability: Double)
        /// The bid or offer of an agent does not reach the coordinator with this probability in each tick.
        case lostBids(probability: Double)
    }

    /// Name of the fault.
    public var name: String
    /// Numbers of the agents it befalls, ascending.
    public var agents: [Int]
    /// The ticks it lasts.
    public var ticks: Range<Int>
    /// What goes wrong.
    public var kind: Kind

    /// A fault from its parts.
    public init(name: String, agents: [Int], ticks: Range<Int>, kind: Kind) {
        self.name = name
        self.agents = agents
        self.ticks = ticks
        self.kind = kind
    }
}

extension [AgentFault] {
    /// How long a signal may be under way, ticks.
    var longestDelayTicks: Int {
        reduce(0) { longest, fault in
            guard case .lateSignals(let ticks) = fault.kind else { return longest }
            return Swift.max(longest, ticks)
        }
    }
}
