internal import InferencePlacement

/// The market of a run: what a tick has gathered so far, and what carries over to the next.
///
/// The coordinator calls its steps in the order of the tick; each takes the answers of a phase, checks them, and turns
/// them into questions for the next.
struct Market: Sendable {
    private var experiment: Experiment
    private var house: ClearingHouse
    /// Clears in place of the house where the mechanism needs a horizon, and from the first bid on that limits its delay.
    private var planner: HorizonHouse?
    /// Water used so far, litres.
    private var usedLitres = 0.0

    // Carried from tick to tick.
    private var standingSignals: [GridSignal]
    private var delivery = SignalDelivery()
    private var standingBids: [WorkBid?]
    private var lastDeferred: [[Double]?]
    private var regionResults: [RegionResult?]
    /// Draw of each region in the last tick without a request or cap, MW.
    private var customerBaselinesMW: [Double]
    private var serviceResults: [ServiceResult?]

    // Gathered in the tick under way.
    private var tick = 0
    private var faults: TickFaults
    private var signals: [GridSignal?] = []
    private var offers: [CapacityOffer?] = []
    private var bids: [WorkBid?] = []
    private var book = OrderBook(tickHours: 1, supplies: [], orders: [])
    private var loop: CouplingLoop
    private var quoteRounds: [[GridQuote?]] = []
    private var trial: TrialPlacement?
    private var placement: Placement?
    /// Requests that wait on, by order of the book; empty where nothing can wait.
    private var waiting: [Double] = []
    private var couplingOutcome = CouplingOutcome()
    private var dispatches: [GridDispatch?] = []
    private var absences: [Absence] = []
    private var violations: [Violation] = []
    private var reportedViolations = 0

    init(experiment: Experiment) throws(ClearingError) {
        self.experiment = experiment
        house = try Self.house(experiment)
        faults = TickFaults(experiment, tick: 0)
        loop = CouplingLoop(coupling: experiment.coupling, tickHours: experiment.clock.tickHours)
        // An operator that was never heard lets its regions draw nothing.
        let silent = BusSignal(
            priceUSDPerMWh: 0, marginalEmissionsKgPerMWh: 0, averageEmissionsKgPerMWh: 0, headroomMW: 0, capMW: 0)
        standingSignals = experiment.gridOperatorAgents.map { number in
            GridSignal(buses: experiment.regions(ofGridOperator: number).map { _ in silent })
        }
        standingBids = experiment.services.map { _ in nil }
        lastDeferred = experiment.services.map { _ in experiment.classes.map { _ in 0 } }
        regionResults = experiment.regions.map { _ in nil }
        customerBaselinesMW = experiment.regions.map { _ in 0 }
        serviceResults = experiment.services.map { _ in nil }
    }

    private static func house(_ experiment: Experiment) throws(ClearingError) -> ClearingHouse {
        do {
            return try ClearingHouse(mechanism: experiment.mechanism)
        } catch {
            throw ClearingError(unavailable: error)
        }
    }

    /// Takes up another experiment of the same agents, classes and resources between two ticks, as a branch does.
    ///
    /// Work stays where it is; what an agent with other settings holds back is not known, and not checked in the first tick.
    mutating func adopt(_ next: Experiment) throws(ClearingError) {
        if next.mechanism != experiment.mechanism {
            house = try Self.house(next)
            planner = nil
            if let placement {
                _ = try house.attempt(book)
                house.commit(placement)
            }
        }
        for service in next.services.indices
        where next.setup(ofAgent: next.serviceAgents.lowerBound + service)
            != experiment.setup(ofAgent: experiment.serviceAgents.lowerBound + service)
        {
            lastDeferred[service] = nil
        }
        experiment = next
    }

    // MARK: Questions

    func signalQuestions(tick: Int) -> [Question] {
        experiment.gridOperators.map { _ in .grid(dispatchLoadMW: nil, signalTick: tick) }
    }

    func bidQuestions() -> [Question] {
        let posted = postedSignals()
        let own = delivery.heardByRegions(posted, experiment)
        let regions = own.indices.map {
            Question.region(signal: own[$0], last: regionResults[$0], customerBaselineMW: customerBaselinesMW[$0])
        }
        let services = zip(experiment.serviceAgents, serviceResults).map { agent, last in
            Question.service(signals: delivery.behind[agent]?.signals ?? posted, last: last)
        }
        return regions + services
    }

    func dispatchQuestions(tick: Int, tickCount: Int) -> [Question] {
        let next = tick + 1 < tickCount ? tick + 1 : nil
        let out = next.map { TickFaults(experiment, tick: $0).out } ?? []
        return experiment.gridOperatorAgents.map { number in
            .grid(dispatchLoadMW: loads(ofOperator: number), signalTick: out.contains(number) ? nil : next)
        }
    }

    /// The signal of each region: its operator's, with the scenario's events.
    private func postedSignals() -> [BusSignal] {
        var next = [Int](repeating: 0, count: experiment.gridOperators.count)
        return experiment.regions.enumerated().map { index, region in
            defer { next[region.gridOperator] += 1 }
            var signal = standingSignals[region.gridOperator].buses[next[region.gridOperator]]
            if experiment.withholdsRequests { signal.request = nil }
            return experiment.events.posted(signal, region: index, tick: tick)
        }
    }

    /// Draw of an operator's regions, MW.
    private func loads(ofOperator number: Int) -> [Double] {
        experiment.regions(ofGridOperator: number).map { placement!.regions[$0].gridMWh / experiment.clock.tickHours }
    }

    // MARK: Answers

    mutating func takeSignals(_ answers: [GridSignal?], tick: Int) {
        self.tick = tick
        let check = AnswerCheck(experiment: experiment)
        signals = zip(experiment.gridOperatorAgents, answers).map { number, signal in
            accept(signal, agent: number, phase: .signalling) { check.problem(signal: $0, ofOperator: number) }
        }
        for (number, signal) in signals.enumerated() { if let signal { standingSignals[number] = signal } }
        faults = TickFaults(experiment, tick: tick)
        delivery.post(
            .init(tick: tick, signals: postedSignals()), faults, longestDelayTicks: experiment.faults.longestDelayTicks)
    }

    mutating func takeBook(offers offerAnswers: [CapacityOffer?], bids bidAnswers: [WorkBid?]) {
        let check = AnswerCheck(experiment: experiment)
        let posted = postedSignals()
        offers = offerAnswers.enumerated().map { region, offer in
            accept(offer, agent: experiment.regionAgents.lowerBound + region, phase: .bidding) {
                check.problem(offer: $0, capMW: posted[region].capMW)
            }
        }
        bids = bidAnswers.enumerated().map { service, bid in
            let last = lastDeferred[service]
            return accept(bid, agent: experiment.serviceAgents.lowerBound + service, phase: .bidding) {
                check.problem(bid: $0, lastDeferred: last)
            }
        }
        makeBook()
        sortBiddingViolations()
    }

    /// Puts the violations of the bidding phase in ascending order of agent: masks are applied after all answers were checked.
    private mutating func sortBiddingViolations() {
        let first = violations.firstIndex { $0.phase == .bidding } ?? violations.count
        let sorted = violations[first...].enumerated().sorted {
            ($0.element.agent, $0.offset) < ($1.element.agent, $1.offset)
        }
        violations.replaceSubrange(first..., with: sorted.map(\.element))
    }

    mutating func takeDispatches(_ answers: [GridDispatch?]) {
        let check = AnswerCheck(experiment: experiment)
        dispatches = zip(experiment.gridOperatorAgents, answers).map { number, dispatch in
            let loads = loads(ofOperator: number)
            return accept(dispatch, agent: number, phase: .dispatching) {
                check.problem(dispatch: $0, ofOperator: number, loadMW: loads)
            }
        }
    }

    /// An answer that keeps the rules, or nil with its absence and violation noted.
    private mutating func accept<Value>(_ value: Value?, agent: Int, phase: Phase, _ problem: (Value) -> String?)
        -> Value?
    {
        guard let value else {
            absences.append(Absence(agent: agent, phase: phase))
            return nil
        }
        guard let text = problem(value) else { return value }
        absences.append(Absence(agent: agent, phase: phase))
        violations.append(Violation(agent: agent, phase: phase, text: "\(text); the answer is discarded"))
        return nil
    }

    private mutating func makeBook() {
        let builder = BookBuilder(experiment: experiment)
        let posted = delivery.heardByRegions(postedSignals(), experiment)
        var orders: [WorkOrder] = []
        for (service, answer) in bids.enumerated() {
            let bid: WorkBid
            if let answer {
                bid = answer
                standingBids[service] = answer
                lastDeferred[service] = deferred(answer)
            } else {
                bid = standingBids[service].map { builder.homeOnly($0, service: service) } ?? WorkBid(lines: [])
                lastDeferred[service] = nil
            }
            let made = builder.orders(bid: bid, service: service)
            orders += made.orders
            let agent = experiment.serviceAgents.lowerBound + service
            if answer != nil { violations += made.struckOut.map { Violation(agent: agent, phase: .bidding, text: $0) } }
        }
        let isDelayLimited = orders.contains { $0.line.delayLimitSeconds.isFinite }
        if planner == nil, experiment.mechanism.needsHorizon || isDelayLimited {
            planner = HorizonHouse(mechanism: experiment.mechanism)
            // What the house placed in the tick before, where it did.
            if let placement { planner!.remember(placement, of: book) }
        }
        let supplies = posted.indices.map { builder.supply(offer: offers[$0], signal: posted[$0]) }
        book = OrderBook(tickHours: experiment.clock.tickHours, supplies: supplies, orders: orders)
    }

    private func deferred(_ bid: WorkBid) -> [Double] {
        var held = experiment.classes.map { _ in 0.0 }
        for line in bid.lines { held[line.workloadClass] = line.deferredRequests }
        return held
    }

    // MARK: Clearing

    /// Clears the book on the published signals; under another coupling than sequential that is the first trial.
    mutating func clear() throws(ClearingError) {
        if planner != nil { return try clearWindow() }
        let first = try house.attempt(book)
        loop = CouplingLoop(coupling: experiment.coupling, tickHours: experiment.clock.tickHours)
        quoteRounds = []
        trial = first
        if !experiment.coupling.asksForQuotes { accept(first, CouplingOutcome()) }
    }

    /// Clears the tick with those after it in mind; the coupling asks for no quotes then.
    private mutating func clearWindow() throws(ClearingError) {
        let ticks = min(experiment.mechanism.horizonTicks, experiment.clock.tickCount - tick)
        // The run's water is due tick by tick: a window may use what is allowed up to its end.
        let share = Double(tick + ticks) / Double(experiment.clock.tickCount)
        let limit = experiment.mechanism.waterLimitLitres
        let allowed = limit.isFinite ? max(0, limit * share - usedLitres) : limit
        let window = BookBuilder(experiment: experiment).window(
            book, offers: offers, posted: delivery.heardByRegions(postedSignals(), experiment), tickCount: ticks,
            waterLimitLitres: allowed)
        let result = try planner!.clear(window)
        quoteRounds = []
        trial = nil
        couplingOutcome = CouplingOutcome()
        (placement, book, waiting) = (result.placement, result.book, result.waitingRequests)
        for (region, supply) in book.supplies.enumerated() {
            for (taken, block) in zip(result.placement.blockMWh[region], supply.blocks) {
                usedLitres += taken * block.waterLitresPerMWh
            }
        }
        for (index, order) in book.orders.enumerated() where waiting[index] > 0 {
            lastDeferred[order.service]?[order.line.workloadClass] += waiting[index]
        }
    }

    /// What operators are asked about the trial; nil when a placement is taken and there is nothing to ask.
    func quoteQuestions() -> [Question]? {
        guard let trial else { return nil }
        return experiment.gridOperatorAgents.map {
            .quote(loadMW: trial.loadsMW(of: experiment.regions(ofGridOperator: $0)))
        }
    }

    /// Number of rounds of quotes so far in the tick.
    var quoteRound: Int { loop.rounds }

    /// Takes the quotes for the trial, and clears again or takes a placement.
    mutating func takeQuotes(_ answers: [GridQuote?]) throws(ClearingError) {
        let trial = trial!
        let check = AnswerCheck(experiment: experiment)
        let accepted = zip(experiment.gridOperatorAgents, answers).map { number, quote in
            let loads = trial.loadsMW(of: experiment.regions(ofGridOperator: number))
            return accept(quote, agent: number, phase: .quoting) { check.problem(quote: $0, loadMW: loads) }
        }
        quoteRounds.append(accepted)
        var quotes: [(regions: [Int], quote: GridQuote)] = []
        for (number, quote) in accepted.enumerated() {
            let regions = experiment.regions(ofGridOperator: number)
            guard !regions.isEmpty else { continue }
            guard let quote else {
                // Without a quote nothing can be tried; what the signals gave is taken.
                accept(trial, CouplingOutcome(rounds: loop.rounds + 1, hasConverged: false))
                return
            }
            let adders = regions.map { experiment.events.adderUSDPerMWh(region: $0, tick: tick) }
            quotes.append((regions, quote.adding(adders, loadMW: trial.loadsMW(of: regions))))
        }
        switch loop.take(quotes, for: trial) {
        case .take(let taken, let outcome): accept(taken, outcome)
        case .reprice(let prices, let emissions):
            self.trial = try house.attempt(trial.book.repriced(prices).withGridEmissions(emissions))
        case .cut(let cuts): self.trial = try house.attempt(book, under: cuts)
        }
    }

    /// Ends the rounds of a tick with a placement and the book it was priced at.
    private mutating func accept(_ taken: TrialPlacement, _ outcome: CouplingOutcome) {
        house.commit(taken.placement)
        placement = taken.placement
        book = taken.book
        couplingOutcome = outcome
        trial = nil
    }

    mutating func takeNewViolations() -> [Violation] {
        defer { reportedViolations = violations.count }
        return Array(violations.dropFirst(reportedViolations))
    }

    // MARK: Record

    /// Settles the tick, notes what its agents will hear of it, and returns its record.
    mutating func close(tick: Int) -> TickRecord {
        let placement = placement!
        let prices = paidPrices()
        let posted = postedSignals()
        let payments = Settlement(
            experiment: experiment, book: book, placement: placement, realisedPrices: prices,
            requests: posted.map(\.request), customerBaselinesMW: customerBaselinesMW
        ).payments()
        noteResults(placement, payments, prices)
        noteDraws(placement, posted)
        let record = TickRecord(
            tick: tick, signals: signals, offers: offers, bids: bids, quoteRounds: quoteRounds,
            clearing: ClearingRecord(placement, book: book, coupling: couplingOutcome, waiting: waiting),
            dispatches: dispatches, settlement: payments, absences: absences, violations: violations,
            faults: faults.records(behind: delivery.behind))
        absences = []
        violations = []
        reportedViolations = 0
        return record
    }

    /// What each region pays, $/MWh: the realised price and what events add to it, or the posted price where the operator
    /// did not dispatch.
    private func paidPrices() -> [Double] {
        var next = [Int](repeating: 0, count: experiment.gridOperators.count)
        let posted = postedSignals()
        return experiment.regions.indices.map { region in
            let number = experiment.regions[region].gridOperator
            defer { next[number] += 1 }
            guard let bus = dispatches[number]?.buses[next[number]] else { return posted[region].priceUSDPerMWh }
            return bus.priceUSDPerMWh + experiment.events.adderUSDPerMWh(region: region, tick: tick)
        }
    }

    /// Notes what regions draw when nobody asks them to draw less.
    private mutating func noteDraws(_ placement: Placement, _ posted: [BusSignal]) {
        for (region, signal) in posted.enumerated() where signal.request == nil && signal.capMW == .infinity {
            customerBaselinesMW[region] = placement.regions[region].gridMWh / experiment.clock.tickHours
        }
    }

    private mutating func noteResults(_ placement: Placement, _ payments: [Payment], _ prices: [Double]) {
        var paid = [Double](repeating: 0, count: experiment.agentCount)
        var received = paid
        for payment in payments {
            if case .agent(let number) = payment.payer { paid[number] += payment.amountUSD }
            if case .agent(let number) = payment.payee { received[number] += payment.amountUSD }
        }
        for (region, outcome) in placement.regions.enumerated() {
            let agent = experiment.regionAgents.lowerBound + region
            regionResults[region] =
                offers[region] == nil
                ? nil
                : RegionResult(
                    facilityMWh: outcome.facilityMWh, gridMWh: outcome.gridMWh, revenueUSD: received[agent],
                    costUSD: paid[agent],
                    realisedPriceUSDPerMWh: prices[region])
        }
        let services = ServiceResult.results(of: placement, book: book, waiting: waiting, serviceCount: bids.count)
        for service in experiment.services.indices {
            serviceResults[service] = bids[service] == nil ? nil : services[service]
            serviceResults[service]?.paidUSD = paid[experiment.serviceAgents.lowerBound + service]
        }
    }
}
