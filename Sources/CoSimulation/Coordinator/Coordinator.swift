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
/// round trips; only in the first tick, and after an outage, are they asked to signal alone.
///
/// Agents in an outage of the scenario are asked nothing; a phase in which nobody is asked is over at once.
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
    /// What operators were asked last in a replayed tick, and how they dispatched; their signal is in the next record.
    private var lastDispatches: [Exchange?]
    /// Signals for the tick under way that came with a dispatch, by grid operator.
    private var earlySignals: [GridSignal?] = []
    /// Whether the phase under way repeats the last dispatching of a replayed tick, for the signals that came with it.
    private var isReopened = false

    /// A coordinator before the first tick. Throws `ClearingError` when no solver can be had.
    public init(experiment: Experiment) throws(ClearingError) {
        self.experiment = experiment
        market = try Market(experiment: experiment.inForce(atTick: 0))
        answers = Array(repeating: nil, count: experiment.agentCount)
        isAwaited = Array(repeating: false, count: experiment.agentCount)
        lastDispatches = Array(repeating: nil, count: experiment.gridOperators.count)
    }

    /// Begins the run: asks the grid operators for their signals.
    ///
    /// Throws `ClearingError` when nobody is there to be asked and the market cannot be cleared.
    public mutating func start() throws(ClearingError) -> [Directive] {
        precondition(phase == nil && tick == 0, "a run starts once; \(self.state)")
        return try goOn(after: begin(earlySignals: experiment.gridOperators.map { _ in nil }))
    }

    /// Goes on after replayed ticks, or begins where there are none.
    ///
    /// Operators are asked again to dispatch the last recorded tick, since their signal for the next one came in that
    /// answer and is in no record yet. The dispatch of the record stands. Throws `ClearingError` when no solver can be had.
    public mutating func resume() throws(ClearingError) -> [Directive] {
        guard tick > 0 else { return try start() }
        precondition(phase == nil, "a run is resumed before it goes on; \(self.state)")
        guard tick < experiment.clock.tickCount else { return [.finish] }
        try enter(tick)
        tick -= 1
        isReopened = true
        return try goOn(after: open(.dispatching, lastDispatches.compactMap { $0?.ask }))
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
        if isReopened, let past = lastDispatches[reply.agent], let contradiction = past.contradiction(of: reply.answer)
        {
            return [.contradiction(contradiction)]
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

    /// Redoes a recorded tick from its answers alone. Returns the record that comes out, for comparison, and what agents
    /// were asked and answered.
    ///
    /// Answers that were discarded are not in a record, so its violations are taken over rather than found again.
    public mutating func replay(_ record: TickRecord) throws(ClearingError) -> ReplayedTick {
        precondition(phase == nil && record.tick == tick, "replay goes tick by tick, before the start; \(self.state)")
        try enter(tick)
        var exchanges = signalExchanges(record)
        market.takeSignals(record.signals, tick: tick)
        exchanges += bidExchanges(record)
        market.takeBook(offers: record.offers, bids: record.bids)
        try market.clear()
        for quotes in record.quoteRounds where market.quoteQuestions() != nil { try market.takeQuotes(quotes) }
        guard market.quoteQuestions() == nil else {
            throw ClearingError(
                incomplete: "tick \(tick) was recorded with \(record.quoteRounds.count) rounds of quotes and needs more"
            )
        }
        let questions = market.dispatchQuestions(tick: tick, tickCount: experiment.clock.tickCount)
        lastDispatches = record.dispatches.map { _ in nil }
        for ask in asks(.dispatching, questions) {
            lastDispatches[ask.agent] = exchange(ask, .grid(dispatch: record.dispatches[ask.agent], signal: nil))
        }
        market.takeDispatches(record.dispatches)
        var result = market.close(tick: tick)
        result.violations = record.violations
        tick += 1
        return ReplayedTick(record: result, exchanges: exchanges)
    }

    /// How the signals of a record came: with the dispatch of the tick before, or alone.
    private func signalExchanges(_ record: TickRecord) -> [Exchange] {
        let early = lastDispatches.enumerated().compactMap { number, past -> Exchange? in
            guard var past, case .grid(let dispatch, _) = past.answer else { return nil }
            let isEarly = experiment.signalsEarly(gridOperator: number, forTick: tick)
            let signal = isEarly ? record.signals[number] : nil
            guard dispatch != nil || signal != nil else { return nil }
            past.answer = .grid(dispatch: dispatch, signal: signal)
            return past
        }
        let alone = loneSignalAsks().compactMap { ask in
            record.signals[ask.agent].map { exchange(ask, .grid(dispatch: nil, signal: $0)) }
        }
        return early + alone
    }

    /// What was bid and offered, and what was and did not arrive.
    private func bidExchanges(_ record: TickRecord) -> [Exchange] {
        let lost = experiment.faults(inTick: tick).losingBids
        let answers = record.offers.map { $0.map(Answer.offer) } + record.bids.map { $0.map(Answer.bid) }
        return asks(.bidding, market.bidQuestions()).compactMap { ask in
            if lost.contains(ask.agent) { return exchange(ask, nil) }
            return answers[ask.agent - experiment.regionAgents.lowerBound].map { exchange(ask, $0) }
        }
    }

    private func exchange(_ ask: Ask, _ answer: Answer?) -> Exchange {
        Exchange(ask: ask, answer: answer, isBinding: experiment.isBound(agent: ask.agent, atTick: ask.tick))
    }

    /// Takes up the experiment that is in force from a tick on, where a branch begins.
    private mutating func enter(_ tick: Int) throws(ClearingError) {
        guard experiment.begins(atTick: tick) else { return }
        try market.adopt(experiment.inForce(atTick: tick))
    }

    /// The questions of a phase to its audience, without those in an outage.
    private func asks(_ phase: Phase, _ questions: [Question], round: Int = 0) -> [Ask] {
        let audience = experiment.audience(of: phase)
        precondition(questions.count == audience.count, "one question for each of \(audience); \(self.state)")
        let out = experiment.faults(inTick: tick).out
        return zip(audience, questions).filter { !out.contains($0.0) }.map {
            Ask(agent: $0, tick: tick, phase: phase, round: round, question: $1)
        }
    }

    /// Questions to operators whose signal for the tick under way did not come with a dispatch.
    private func loneSignalAsks() -> [Ask] {
        asks(.signalling, market.signalQuestions(tick: tick)).filter {
            !experiment.signalsEarly(gridOperator: $0.agent, forTick: tick)
        }
    }

    private mutating func open(_ phase: Phase, _ asks: [Ask], round: Int = 0) -> [Directive] {
        self.phase = phase
        self.round = round
        awaitedCount = asks.count
        for agent in experiment.audience(of: phase) { answers[agent] = nil }
        for ask in asks { isAwaited[ask.agent] = true }
        return asks.map { .ask($0) }
    }

    /// Begins the tick with the signals that came with the last dispatch; those that did not are asked for.
    private mutating func begin(earlySignals signals: [GridSignal?]) -> [Directive] {
        let out = experiment.faults(inTick: tick).out
        earlySignals = signals.enumerated().map { number, signal in out.contains(number) ? nil : signal }
        return open(.signalling, loneSignalAsks())
    }

    /// Marks a slot as filled and goes on when it was the last.
    private mutating func fill(_ agent: Int) throws(ClearingError) -> [Directive] {
        isAwaited[agent] = false
        awaitedCount -= 1
        return try goOn(after: [])
    }

    /// Goes on for as long as nobody is awaited.
    private mutating func goOn(after directives: [Directive]) throws(ClearingError) -> [Directive] {
        var directives = directives
        while awaitedCount == 0, let phase { directives += try close(phase) }
        return directives
    }

    /// Takes the answers of a phase and opens the next.
    private mutating func close(_ phase: Phase) throws(ClearingError) -> [Directive] {
        switch phase {
        case .signalling:
            let signals = zip(earlySignals, experiment.gridOperatorAgents).map { $0 ?? answers[$1]?.signal }
            market.takeSignals(signals, tick: tick)
            return reports() + open(.bidding, asks(.bidding, market.bidQuestions()))
        case .bidding:
            let lost = experiment.faults(inTick: tick).losingBids
            market.takeBook(
                offers: experiment.regionAgents.map { lost.contains($0) ? nil : answers[$0]?.offer },
                bids: experiment.serviceAgents.map { lost.contains($0) ? nil : answers[$0]?.bid })
            try market.clear()
            return reports() + afterClearing()
        case .quoting:
            try market.takeQuotes(experiment.gridOperatorAgents.map { answers[$0]?.quote })
            return reports() + afterClearing()
        case .dispatching where isReopened:
            isReopened = false
            tick += 1
            return begin(earlySignals: experiment.gridOperatorAgents.map { answers[$0]?.signal })
        case .dispatching:
            market.takeDispatches(experiment.gridOperatorAgents.map { answers[$0]?.dispatch })
            return reports() + closeTick(nextSignals: experiment.gridOperatorAgents.map { answers[$0]?.signal })
        }
    }

    /// Asks about a trial where there is one, and else for dispatch.
    private mutating func afterClearing() -> [Directive] {
        if let questions = market.quoteQuestions() {
            let round = market.quoteRound
            return open(.quoting, asks(.quoting, questions, round: round), round: round)
        }
        let questions = market.dispatchQuestions(tick: tick, tickCount: experiment.clock.tickCount)
        return open(.dispatching, asks(.dispatching, questions))
    }

    private mutating func closeTick(nextSignals: [GridSignal?]) -> [Directive] {
        let record = market.close(tick: tick)
        tick += 1
        guard tick < experiment.clock.tickCount else {
            phase = nil
            return [.record(record), .finish]
        }
        return [.record(record)] + begin(earlySignals: nextSignals)
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
    /// An agent answered its past otherwise than the journal says: the run cannot go on as it began.
    case contradiction(Contradiction)
    /// The run is over.
    case finish
}

/// A tick redone from its record.
public struct ReplayedTick: Sendable {
    /// The record that came out; equal to the one that went in if all is well.
    public let record: TickRecord
    /// What agents were asked and answered since the last replayed tick, quotes left out, in the order of the phases.
    public let exchanges: [Exchange]
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
