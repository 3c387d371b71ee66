/// A question of the past with the answer in the journal: what an agent that starts anew is told of its past.
///
/// Quotes are no part of it: they leave no trace in an agent. Questions an agent did not answer are left out as well, but
/// not those whose answer was lost on its way: the agent remembers them.
public struct Exchange: Sendable, Equatable {
    /// What was asked.
    public var ask: Ask
    /// What was answered; nil where it was lost. A dispatch whose signal is in no record yet stands alone.
    public var answer: Answer?
    /// Whether the agent must give the same answer again: not where a branch has changed its settings since.
    public var isBinding: Bool

    /// An exchange from its parts.
    public init(ask: Ask, answer: Answer?, isBinding: Bool = true) {
        self.ask = ask
        self.answer = answer
        self.isBinding = isBinding
    }

    /// How an agent's answer of today differs from that of the journal; nil when it does not, need not be the
    /// same, or was lost.
    public func contradiction(of today: Answer) -> Contradiction? {
        guard isBinding, let answer else { return nil }
        var today = today
        if case .grid(let dispatch, let signal) = answer, case .grid(let again, let signalAgain) = today {
            // Of an operator that was absent no dispatch is known; of one that dispatched, the signal may still be open.
            today = .grid(dispatch: dispatch == nil ? nil : again, signal: signal == nil ? nil : signalAgain)
        }
        return FieldDifference(between: answer, and: today).map {
            Contradiction(agent: ask.agent, tick: ask.tick, phase: ask.phase, difference: $0)
        }
    }
}

/// An agent that answers its past otherwise than it did: it, or the program that plays it, is not deterministic.
public struct Contradiction: Sendable, Equatable {
    /// Number of the agent.
    public let agent: Int
    /// The tick it answered otherwise.
    public let tick: Int
    /// The phase it answered in.
    public let phase: Phase
    /// The first field that differs: left the journal, right the agent.
    public let difference: FieldDifference
}
