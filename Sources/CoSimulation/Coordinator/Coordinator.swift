public import InferencePlacement

/// The coordinator of a run: a value that is told answers and tells what to do next.
///
/// It asks a fixed audience in each phase, keeps answers by agent number, and goes on only when every slot is filled or
/// declared absent; the order of arrival cannot matter. It does no I/O and knows no wall clock. A tick is:
///
///     signalling ─► bidding ─► clearing ─► dispatching ─► settlement ─► TickRecord ─► next tick
///                                 ▲ │
///                                 │ ▼
///                               quoting
///
/// Under sequential coupling nothing is quoted. Grid operators signal for the next tick in the answer that dispatches this one, so that a steady tick takes two
/// round trips; only the first tick has a signalling phase of its own.
public struct Coordinator: Sendable {
    /// What is run.
    public let experiment: Experiment
    /// The tick under way, or the number of ticks when the run is over.
    public private(set) var tick = 0
    /// The phase under way; nil before the start and after the end.
    public private(set) var phase: Phase?

    private var market: Market
    private var round = 0
    private var isAwaited: [Bool]
    private var awaitedCount = 0
    private var answers: [Answer?]

    /// A coordinator before the first tick. Throws `ClearingError` when no solver can be had.
    public init(experiment: Experiment) throws(ClearingError) {
        self.experiment = experiment
        market = try Market(experiment: experiment)
        answers = Array(repeating: nil, count: experiment.agentCount)
        isAwaited = Array(repeating: false, count: experiment.agentCount)
    }

    /// Begins the run, or goes on after replayed ticks: asks the grid operators for their signals.
    public mutating func start() -> [Directive] {
        precondition(phase == nil && tick < experiment.clock.tickCount, "a run starts once; \(self.state)")
        return open(.signalling, market.signalQuestions(tick: tick))
    }

    /// Takes an answer. One that was not asked for is refused by a directive and changes nothing.
    ///
    /// Throws `ClearingError` when the market cannot be cleared, which ends the run.
    public mutating func receive(_ reply: Reply) throws(ClearingError) -> [Directive] {
        guard let phase, reply.tick == tick, reply.phase == phase, reply.round == round, isAwaited(reply.agent) else {
            let asked = isAwaited(reply.agent) ? "tick \(tick), \(phase?.name ?? "nothing")" : "nothing now"
            return [
                .refuse(
                    agent: reply.agent,
                    text: "it answered tick \(reply.tick), \(reply.phase.name), and was asked \(asked)")
            ]
        }
        guard reply.answer.fits(experiment.role(ofAgent: reply.agent)) else {
            return [
                .refuse(
                    agent: reply.agent,
                    text: "it answered as another role than its own, \(experiment.role(ofAgent: reply.agent).rawValue)")
            ]
        }
        answers[reply.agent] = reply.answer
        return try fill(reply.agent)
    }

    /// Goes on without an agent in the phase under way; nothing if its slot is already filled.
    public mutating func declareAbsent(agent: Int) throws(ClearingError) -> [Directive] {
        guard isAwaited(agent) else { return [] }
        answers[agent] = nil
        return try fill(agent)
    }

    /// The agents whose answers the phase under way still lacks, ascending.
    public var awaited: [Int] { isAwaited.indices.filter { isAwaited[$0] } }

    private func isAwaited(_ agent: Int) -> Bool { isAwaited.indices.contains(agent) && isAwaited[agent] }

    /// Redoes a recorded tick from its answers alone. Returns the record that comes out, for comparison.
    ///
    /// Answers that were discarded are not in a record, so its violations are taken over rather than found again.
    public mutating func replay(_ record: TickRecord) throws(ClearingError) -> TickRecord {
        precondition(phase == nil && record.tick == tick, "replay goes tick by tick, before the start; \(self.state)")
        market.takeSignals(record.signals, tick: tick)
        market.takeBook(offers: record.offers, bids: record.bids)
        try market.clear()
        for quotes in record.quoteRounds where market.quoteQuestions() != nil { try market.takeQuotes(quotes) }
        guard market.quoteQuestions() == nil else {
            throw ClearingError(
                incomplete: "tick \(tick) was recorded with \(record.quoteRounds.count) rounds of quotes and needs more"
            )
        }
        market.takeDispatches(record.dispatches)
        var result = market.close(tick: tick)
        result.violations = record.violations
        tick += 1
        return result
    }

    private mutating func open(_ phase: Phase, _ questions: [Question], round: Int = 0) -> [Directive] {
        let audience = experiment.audience(of: phase)
        precondition(questions.count == audience.count, "one question for each of \(audience); \(self.state)")
        precondition(
            !audience.isEmpty, "an experiment has a grid operator, and a region or service node; \(self.state)")
        self.phase = phase
        self.round = round
        awaitedCount = audience.count
        for agent in audience {
            answers[agent] = nil
            isAwaited[agent] = true
        }
        return zip(audience, questions).map {
            .ask(Ask(agent: $0, tick: tick, phase: phase, round: round, question: $1))
        }
    }

    /// Marks a slot as filled and goes on when it was the last.
    private mutating func fill(_ agent: Int) throws(ClearingError) -> [Directive] {
        isAwaited[agent] = false
        awaitedCount -= 1
        guard awaitedCount == 0, let phase else { return [] }
        switch phase {
        case .signalling:
            market.takeSignals(experiment.gridOperatorAgents.map { answers[$0]?.signal }, tick: tick)
            return reports() + open(.bidding, market.bidQuestions())
        case .bidding:
            market.takeBook(
                offers: experiment.regionAgents.map { answers[$0]?.offer },
                bids: experiment.serviceAgents.map { answers[$0]?.bid })
            try market.clear()
            return reports() + afterClearing()
        case .quoting:
            try market.takeQuotes(experiment.gridOperatorAgents.map { answers[$0]?.quote })
            return reports() + afterClearing()
        case .dispatching:
            market.takeDispatches(experiment.gridOperatorAgents.map { answers[$0]?.dispatch })
            return reports() + closeTick(nextSignals: experiment.gridOperatorAgents.map { answers[$0]?.signal })
        }
    }

    /// Asks about a trial where there is one, and else for dispatch.
    private mutating func afterClearing() -> [Directive] {
        if let questions = market.quoteQuestions() { return open(.quoting, questions, round: market.quoteRound) }
        return open(.dispatching, market.dispatchQuestions(tick: tick, tickCount: experiment.clock.tickCount))
    }

    private mutating func closeTick(nextSignals: [GridSignal?]) -> [Directive] {
        let record = market.close(tick: tick)
        tick += 1
        guard tick < experiment.clock.tickCount else {
            phase = nil
            return [.record(record), .finish]
        }
        market.takeSignals(nextSignals, tick: tick)
        return [.record(record)] + reports() + open(.bidding, market.bidQuestions())
    }

    private mutating func reports() -> [Directive] {
        market.takeNewViolations().map { .report($0, tick: tick) }
    }

    private var state: String { "tick \(tick), phase \(phase?.name ?? "none"), waiting for \(awaited)" }
}

/// What a shell is to do.
public enum Directive: Sendable, Equatable {
    /// Ask an agent.
    case ask(Ask)
    /// Append a finished tick to the journal.
    case record(TickRecord)
    /// An answer about a tick broke a rule and was discarded in whole or in part; it will be in that tick's record.
    case report(Violation, tick: Int)
    /// An answer came that nobody asked for; it was dropped and will be in no record, since it depends on chance.
    case refuse(agent: Int, text: String)
    /// The run is over.
    case finish
}

extension Answer {
    func fits(_ role: AgentRole) -> Bool {
        switch (self, role) {
        case (.grid, .gridOperator), (.quote, .gridOperator), (.offer, .computeRegion), (.bid, .serviceNode): true
        default: false
        }
    }

    var signal: GridSignal? {
        guard case .grid(_, let signal) = self else { return nil }
        return signal
    }

    var dispatch: GridDispatch? {
        guard case .grid(let dispatch, _) = self else { return nil }
        return dispatch
    }

    var quote: GridQuote? {
        guard case .quote(let quote) = self else { return nil }
        return quote
    }

    var offer: CapacityOffer? {
        guard case .offer(let offer) = self else { return nil }
        return offer
    }

    var bid: WorkBid? {
        guard case .bid(let bid) = self else { return nil }
        return bid
    }
}
