internal import CoSimulation

// Agents that are slow by the scenario: their questions are held back, which the rest of a run cannot tell from an agent
// that takes its time. It works for agents in any language, and the deadline runs meanwhile. An agent that is started
// anew is asked at once, so that a restart helps.
extension CoordinatorService {
    /// An agent whose questions are held back for some ticks.
    public struct Slowness: Sendable {
        /// Number of the agent.
        public var agent: Int
        /// The ticks it lasts.
        public var ticks: Range<Int>
        /// How long each question is held back.
        public var delay: Duration

        /// A slowness from its parts.
        public init(agent: Int, ticks: Range<Int>, delay: Duration) {
            self.agent = agent
            self.ticks = ticks
            self.delay = delay
        }
    }

    /// How long a question is held back: the longest of what the scenario says; nil where it says nothing.
    func delay(of ask: Ask) -> Duration? {
        options.slowness.filter { $0.agent == ask.agent && $0.ticks.contains(ask.tick) }.map(\.delay).max()
    }

    /// Sends the questions that were held back long enough. Returns when the next is due, nil if none is held.
    func sendHeld() throws(RunError) -> SuspendingClock.Instant? {
        let now = hub.now
        let due = held.filter { $0.due <= now }
        held.removeAll { $0.due <= now }
        for (ask, _) in due { try send(.ask(ask), to: ask.agent) }
        return held.map(\.due).min()
    }
}
