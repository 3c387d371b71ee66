public import InferencePlacement

/// A question of the coordinator to one agent.
public struct Ask: Sendable, Equatable {
    /// Number of the agent asked.
    public var agent: Int
    /// The tick it is about.
    public var tick: Int
    /// The phase it is asked in.
    public var phase: Phase
    /// The round of the phase, from 0; only quoting has more than one.
    public var round: Int
    /// What is asked.
    public var question: Question
    /// Whether the answer is to say what it took.
    public var wantsEffort = false

    /// A question from its parts.
    public init(agent: Int, tick: Int, phase: Phase, round: Int = 0, question: Question) {
        self.round = round
        self.agent = agent
        self.tick = tick
        self.phase = phase
        self.question = question
    }
}

/// What is asked of an agent: its observation without the randomness, which it draws itself.
public enum Question: Sendable, Equatable {
    /// Of a grid operator: dispatch these draws (MW per connected region) if any, and signal for a tick if any.
    case grid(dispatchLoadMW: [Double]?, signalTick: Int?)
    /// Of a grid operator: what these trial draws (MW per connected region) would cost.
    case quote(loadMW: [Double])
    /// Of a compute region: an offer.
    case region(signal: BusSignal, last: RegionResult?, customerBaselineMW: Double)
    /// Of a service node: a bid.
    case service(signals: [BusSignal], last: ServiceResult?)

    /// Whether an agent of a role can be asked this.
    public func fits(_ role: AgentRole) -> Bool {
        switch (self, role) {
        case (.grid, .gridOperator), (.quote, .gridOperator), (.region, .computeRegion), (.service, .serviceNode): true
        default: false
        }
    }
}

/// The answer of an agent.
public struct Reply: Sendable, Equatable {
    /// Number of the agent that answers.
    public var agent: Int
    /// The tick it answers about.
    public var tick: Int
    /// The phase it answers in.
    public var phase: Phase
    /// The round of the phase it answers in.
    public var round: Int
    /// What it answers.
    public var answer: Answer
    /// What the answer took, where that was asked for and is said.
    public var effort: Effort?

    /// An answer from its parts.
    public init(agent: Int, tick: Int, phase: Phase, round: Int = 0, answer: Answer) {
        self.round = round
        self.agent = agent
        self.tick = tick
        self.phase = phase
        self.answer = answer
    }
}

/// What an agent answers.
public enum Answer: Sendable, Equatable {
    /// A grid operator's: what was asked for and nothing else.
    case grid(dispatch: GridDispatch?, signal: GridSignal?)
    /// A grid operator's to trial loads; nil where it cannot say.
    case quote(GridQuote?)
    /// A compute region's.
    case offer(CapacityOffer)
    /// A service node's.
    case bid(WorkBid)
}
