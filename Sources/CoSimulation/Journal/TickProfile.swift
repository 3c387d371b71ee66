/// Where the time of a tick went. Wall-clock facts: they go to the recorder and never into a record.
public struct TickProfile: Sendable, Equatable {
    /// When the tick began, microseconds since the first tick of the process did.
    public var startMicroseconds: UInt64
    /// Of the coordinator: the market, with its linear programs, settlement and checks, microseconds.
    public var solvingMicroseconds: UInt32
    /// Of the coordinator: questions into bytes and bytes into answers, microseconds.
    public var codingMicroseconds: UInt32
    /// Of the coordinator: appending to the journal, microseconds.
    public var journalMicroseconds: UInt32
    /// Of the coordinator: waiting for answers, microseconds.
    public var waitingMicroseconds: UInt32
    /// Every question that was answered, in the order of the answers.
    public var exchanges: [ExchangeTiming]

    /// A profile from its parts.
    public init(
        startMicroseconds: UInt64, solvingMicroseconds: UInt32, codingMicroseconds: UInt32,
        journalMicroseconds: UInt32, waitingMicroseconds: UInt32, exchanges: [ExchangeTiming]
    ) {
        self.startMicroseconds = startMicroseconds
        self.solvingMicroseconds = solvingMicroseconds
        self.codingMicroseconds = codingMicroseconds
        self.journalMicroseconds = journalMicroseconds
        self.waitingMicroseconds = waitingMicroseconds
        self.exchanges = exchanges
    }

    /// Notes what the journal took, where that is known only afterwards.
    public mutating func note(journal duration: Duration) { journalMicroseconds = duration.wholeMicroseconds }
}

/// When a question was asked and answered, and what the answer took.
public struct ExchangeTiming: Sendable, Equatable {
    /// Number of the agent.
    public var agent: Int
    /// The phase it was asked in.
    public var phase: Phase
    /// The round of the phase.
    public var round: Int
    /// From the start of the tick to the question, microseconds.
    public var askedMicroseconds: UInt32
    /// From the question to the answer, microseconds.
    public var waitMicroseconds: UInt32
    /// What the agent says of its part of that; nil where it says nothing.
    public var effort: Effort?

    /// A timing from its parts.
    public init(
        agent: Int, phase: Phase, round: Int, askedMicroseconds: UInt32, waitMicroseconds: UInt32, effort: Effort?
    ) {
        self.agent = agent
        self.phase = phase
        self.round = round
        self.askedMicroseconds = askedMicroseconds
        self.waitMicroseconds = waitMicroseconds
        self.effort = effort
    }
}

/// What an answer took where it was made.
public struct Effort: Sendable, Equatable {
    /// The strategy, microseconds.
    public var computingMicroseconds: UInt32
    /// Bytes into the question and the answer into bytes, microseconds.
    public var codingMicroseconds: UInt32

    /// An effort from its parts.
    public init(computingMicroseconds: UInt32, codingMicroseconds: UInt32) {
        self.computingMicroseconds = computingMicroseconds
        self.codingMicroseconds = codingMicroseconds
    }

    /// An effort from what the parts took.
    public init(computing: Duration, coding: Duration) {
        self.init(
            computingMicroseconds: computing.wholeMicroseconds, codingMicroseconds: coding.wholeMicroseconds)
    }
}
