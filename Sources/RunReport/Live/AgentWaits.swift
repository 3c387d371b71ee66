internal import RunStore

/// Who holds up time: waits of every agent, summed tick by tick.
struct AgentWaits {
    /// What the coordinator waited for an agent.
    struct Tally: Equatable {
        /// In the last tick, microseconds.
        var last = 0
        /// In the longest tick, microseconds.
        var longest = 0
        /// Over all ticks, microseconds.
        var total = 0
        /// Ticks with a wait recorded.
        var tickCount = 0
        /// Ticks in which no other agent was waited for longer; of equal waits that of the lowest number counts.
        var slowestCount = 0
    }

    /// Tallies by agent number.
    private(set) var tallies: [Tally]
    private var tick = -1
    private var slowest: (agent: Int, microseconds: Int)?

    init(agentCount: Int) {
        tallies = Array(repeating: Tally(), count: agentCount)
    }

    /// Adds a wait; they come ascending by tick, then agent.
    mutating func add(_ wait: AgentWait) {
        if wait.tick != tick {
            closeTick()
            tick = wait.tick
        }
        tallies[wait.agent].last = wait.microseconds
        tallies[wait.agent].longest = max(tallies[wait.agent].longest, wait.microseconds)
        tallies[wait.agent].total += wait.microseconds
        tallies[wait.agent].tickCount += 1
        if slowest.map({ wait.microseconds > $0.microseconds }) ?? true { slowest = (wait.agent, wait.microseconds) }
    }

    /// Ends the tick whose waits were added last.
    mutating func closeTick() {
        if let slowest { tallies[slowest.agent].slowestCount += 1 }
        slowest = nil
    }
}
