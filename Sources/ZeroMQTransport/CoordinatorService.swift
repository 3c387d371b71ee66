public import CoSimulation

/// The coordinator of a run as a process: carries the coordinator's directives out over a hub.
///
/// It takes agents and recorder in, tells them their past where the journal has one, asks, gathers, appends finished ticks to
/// the journal, and hands them to the recorder. It ends by returning when the run is complete and stored, or by throwing the
/// first thing that went wrong. Under a launcher that supervises, the loss of a process is the launcher's to judge: its
/// successor is taken in and caught up, or the run goes on without.
public final class CoordinatorService {
    /// What a run may be held to; none of it can change the outcome.
    public struct Options: Sendable {
        /// Longest time for all agents to arrive.
        public var arrivalDeadline: Duration
        /// Longest time for an agent to answer, and for the recorder to store.
        public var tickDeadline: Duration
        /// Most ticks sent to the recorder and not stored yet; then the run waits for it.
        public var recorderWindow: Int
        /// Whether somebody watches the processes and gives orders when one is lost; else a loss ends the run.
        public var isSupervised: Bool
        /// Agents whose questions are held back for some ticks.
        public var slowness: [Slowness] = []
        /// Whether it is measured in detail where the time goes.
        public var isProfiled = false

        /// Options; 30 s to arrive, 30 s to answer, 64 ticks, nobody who watches, nobody slow unless given.
        public init(
            arrivalDeadline: Duration = .seconds(30), tickDeadline: Duration = .seconds(30), recorderWindow: Int = 64,
            isSupervised: Bool = false
        ) {
            self.arrivalDeadline = arrivalDeadline
            self.tickDeadline = tickDeadline
            self.recorderWindow = recorderWindow
            self.isSupervised = isSupervised
        }
    }

    /// A moment in the life of a run, for whoever watches it.
    public enum Event: Sendable {
        /// Everyone is here and knows the past.
        case started
        /// A tick is finished.
        case finished(TickRecord, TickTelemetry)
        /// So many ticks are finished, and the run stands until it is let go on.
        case held(ticks: Int)
        /// The run goes on after it was held.
        case wentOn
        /// A phase has waited for a while, and for whom.
        case waiting(tick: Int, phase: Phase, agents: [Int])
        /// The run is complete and stored; its agents are about to be dismissed.
        case completed(Digest)
        /// Something was refused or dropped, in words; the run goes on.
        case refused(String)
        /// A process is there and of no use: it hangs, or says that it cannot go on. The watcher is to end it.
        case ailing(name: String, RunError)
        /// The loss of a process is known, where the run was, and its successor may come now if one is awaited. The name is
        /// the first of the order.
        case released(name: String, tick: Int, phase: Phase?)
        /// A process that was started anew knows its past; the name is that it greeted by.
        case caughtUp(name: String, exchanges: Int)
    }

    /// What the watcher of the processes tells the service; see `orderTaker`.
    public enum Order: Sendable, Equatable {
        /// The process of agents, or of the recorder, is gone; another will come in its place.
        case awaitSuccessor(names: [String])
        /// The process of agents is gone, and the run goes on without them.
        case goOnWithout(names: [String])
        /// The run is to end.
        case stop
    }

    /// The endpoint agents connect to.
    public var endpoint: Endpoint { hub.endpoint }

    let experiment: Experiment
    let digest: Digest
    let hub: any Switchboard
    let options: Options
    let journal: JournalWriter
    let expectsRecorder: Bool
    /// The slot of each agent and of the recorder.
    let slotByName: [String: Int]
    let watch: (Event) -> Void
    /// Whether the run is to stand after so many ticks.
    let holds: (Int) -> Bool
    var coordinator: Coordinator
    var present: Set<Int> = []
    var broadcast = SignalBroadcast()
    var encoder = MessageEncoder()
    /// The signals sent last to processes that play several agents, by the slot of the name they greeted by.
    var sentSignals: [Int: SignalBroadcast.Mark] = [:]
    /// By slot, the slot its process greeted by, where that plays several agents.
    var groupLeads: [Int: Int] = [:]
    /// Slots whose process is gone and whose successor may come.
    var awaitingSuccessor: Set<Int> = []
    /// Slots the run goes on without.
    var gone: Set<Int> = []
    /// Slots that were reported as ailing and not dealt with yet, and when.
    var ailing: [Int: SuspendingClock.Instant] = [:]
    /// What was refused of an agent since its last answer that counts, to add when none comes.
    var refused: [Int: String] = [:]
    /// Questions that are held back, and until when.
    var held: [(ask: Ask, due: SuspendingClock.Instant)] = []
    /// What each agent is asked and has not answered.
    var questions: [Ask?]
    /// What each agent answered that no record holds in full yet.
    var recent: [[Exchange]]
    /// What agents that are told their past have still to answer, by slot.
    var rehearsing: [Int: [Exchange]] = [:]
    /// Messages that came while an agent was told its past.
    var backlog: [(slot: Int, message: Message)] = []
    /// Whether the message in hand is the one the hub received last, whose sender can be answered.
    var hasSender = true
    var directives: [Directive] = []
    /// When the questions of the phase under way went out.
    var askedAt: SuspendingClock.Instant
    /// First tick the recorder has not stored.
    var storedTicks = 0
    /// Where the watcher of the processes puts its orders.
    public let orderTaker: OrderBox
    var meter: TickMeter
    /// When it was last told whom the phase under way waits for; nil where it was not.
    var toldWaitAt: SuspendingClock.Instant?
    /// What was refused, by who it came from.
    var refusals = RefusalTally(oneByOne: 5)
    /// Messages taken since a deadline passed.
    var overtime = 0

    var recorderSlot: Int { experiment.agentCount }

    /// Limits of the hub: in lock-step nobody has more than a message or two under way, so a flood waits at its source.
    private static var limits: Limits {
        var limits = Limits()
        limits.receiveQueueMessages = 4
        return limits
    }

    /// A service for an experiment that listens at an endpoint, and goes on where the journal ends.
    ///
    /// Between two ticks it stands for as long as `holds` says of the ticks finished. With keys it admits their holders
    /// alone; over tcp it needs them, unless it is to be insecure. Throws `ZeroMQError` or `ClearingError`.
    public convenience init(
        experiment: Experiment, journal: JournalWriter, endpoint: Endpoint, expectsRecorder: Bool,
        options: Options = Options(), keys: HubKeys? = nil, insecure: Bool = false,
        watch: @escaping (Event) -> Void = { _ in },
        holds: @escaping (_ finishedTicks: Int) -> Bool = { _ in false }
    ) throws {
        let hub = try Hub(
            at: endpoint, peers: Self.peerNames(of: experiment), limits: Self.limits, keys: keys, insecure: insecure)
        try self.init(
            experiment: experiment, journal: journal, hub: hub, wake: { [waker = hub.waker] in waker.wake() },
            expectsRecorder: expectsRecorder, options: options, watch: watch, holds: holds)
    }

    /// A service over a world that exists already, whose peers are those of `peerNames`; `wake` is called from any thread
    /// and makes its `receive` return. Throws `ClearingError`.
    package init(
        experiment: Experiment, journal: JournalWriter, hub: any Switchboard, wake: @escaping @Sendable () -> Void,
        expectsRecorder: Bool, options: Options, watch: @escaping (Event) -> Void,
        holds: @escaping (_ finishedTicks: Int) -> Bool = { _ in false }
    ) throws {
        self.experiment = experiment
        self.journal = journal
        self.expectsRecorder = expectsRecorder
        self.options = options
        self.watch = watch
        self.holds = holds
        digest = experiment.digest
        coordinator = try Coordinator(experiment: experiment)
        meter = TickMeter(agentCount: experiment.agentCount, profiles: options.isProfiled)
        questions = Array(repeating: nil, count: experiment.agentCount)
        recent = Array(repeating: [], count: experiment.agentCount)
        slotByName = Dictionary(uniqueKeysWithValues: hub.peerNames.enumerated().map { ($1, $0) })
        self.hub = hub
        askedAt = hub.now
        orderTaker = OrderBox(wake: wake)
    }

    /// Who speaks to the coordinator of an experiment, by slot: its agents and the recorder.
    package static func peerNames(of experiment: Experiment) -> [String] {
        (0..<experiment.agentCount).map { experiment.agent($0).name } + [Hello.recorderName]
    }

    /// Runs to the end. Returns the digest of the run; throws `RunError`.
    public func run() throws(RunError) -> Digest {
        defer { try? hub.close() }
        do {
            try gatherEveryone()
            try rehearsePast()
            watch(.started)
            meter = TickMeter(agentCount: experiment.agentCount, profiles: options.isProfiled)
            while try !carryOut() { try takeNext() }
            try storeEverything()
            watch(.completed(journal.digest))
            dismiss()
            return journal.digest
        } catch {
            dismiss()
            throw error
        }
    }

    // MARK: Directives

    /// Carries out what the coordinator said. Returns whether the run is finished.
    private func carryOut() throws(RunError) -> Bool {
        while !directives.isEmpty {
            let current = directives
            directives = []
            for directive in current {
                switch directive {
                case .ask(let ask): try pose(ask)
                case .record(let record):
                    try keep(record)
                    try stand(afterTicks: record.tick + 1)
                case .report(let violation, let tick): throw RunError(violation, tick: tick, experiment: experiment)
                case .contradiction(let contradiction): throw RunError(contradiction, experiment: experiment)
                case .refuse(let agent, let text):
                    refused[agent] = text
                    noteRefused("tick \(coordinator.tick): \(describe(agent)): \(text)", of: describe(agent))
                case .finish: return true
                }
            }
            for agent in gone.sorted() where questions.indices.contains(agent) && questions[agent] != nil {
                try declareAbsent(agent)
            }
        }
        return false
    }

    /// Asks an agent, or keeps the question until it is here.
    private func pose(_ ask: Ask) throws(RunError) {
        var ask = ask
        ask.wantsEffort = options.isProfiled
        questions[ask.agent] = ask
        askedAt = hub.now
        toldWaitAt = nil
        guard present.contains(ask.agent) else { return }
        if let delay = delay(of: ask) {
            held.append((ask, askedAt + delay))
        } else {
            try send(.ask(ask), to: ask.agent)
        }
    }

    func declareAbsent(_ agent: Int) throws(RunError) {
        questions[agent] = nil
        held.removeAll { $0.ask.agent == agent }
        do {
            directives += try coordinator.declareAbsent(agent: agent)
        } catch {
            throw RunError(.clearing, "tick \(coordinator.tick): \(error)")
        }
    }

    private func keep(_ record: TickRecord) throws(RunError) {
        let telemetry: TickTelemetry
        do {
            let start = SuspendingClock.now
            let entry = try journal.append(record)
            meter.profiler?.note(.journal, since: start)
            forgetRecorded(record.tick)
            telemetry = meter.finish(tick: record.tick)
            if expectsRecorder, present.contains(recorderSlot) {
                try send(
                    .record(RecordedTick(bytes: entry.bytes, digest: entry.digest, telemetry: telemetry)),
                    to: recorderSlot)
            }
        } catch let error as RunError {
            throw error
        } catch {
            throw RunError(.journal, "tick \(record.tick): \(error)")
        }
        watch(.finished(record, telemetry))
        while expectsRecorder, journal.recordCount - storedTicks >= options.recorderWindow { try takeReceipt() }
    }

    /// Drops answers the journal now holds. Of a dispatch it lacks the signal that came with it until the next record.
    private func forgetRecorded(_ tick: Int) {
        for agent in recent.indices {
            recent[agent].removeAll { !($0.ask.phase == .dispatching && $0.ask.tick == tick) }
        }
    }

    // MARK: Answers

    /// Takes the next answer.
    private func takeNext() throws(RunError) {
        let deadline = askedAt + options.tickDeadline
        if let (slot, message) = try nextMessage(
            until: toldWaitAt == nil ? min(deadline, askedAt + waitToTell) : deadline)
        {
            try take(message, slot: slot)
            // Whom it waits for changes with every answer, and who watches looks a few times a second.
            if let toldWaitAt, hub.now >= toldWaitAt + waitToTell { tellWait() }
        } else if directives.isEmpty, hub.now >= deadline {
            try noteSilence()
        } else if hub.now >= askedAt + waitToTell, toldWaitAt == nil {
            tellWait()
        }
    }

    func take(_ message: Message, slot: Int) throws(RunError) {
        switch message {
        case .reply(let reply) where slot != recorderSlot && present.contains(slot): try take(reply)
        case .receipt(let nextTick) where slot == recorderSlot: storedTicks = nextTick
        case .failure(let text, _): try noteFailure(of: slot, text)
        case .hello(let hello): try greet(hello, slot: slot)
        default:
            noteRefused(
                "\(describe(slot)) sent a message of kind \(message.kind), which is not its to send", of: describe(slot)
            )
        }
    }

    private func take(_ reply: Reply) throws(RunError) {
        let now = hub.now
        meter.add(wait: now - askedAt, agent: reply.agent)
        meter.profiler?.note(reply, askedAt: askedAt)
        refused[reply.agent] = nil
        if let ask = questions[reply.agent], ask.isAnswered(by: reply) {
            questions[reply.agent] = nil
            if ask.phase != .quoting { recent[reply.agent].append(Exchange(ask: ask, answer: reply.answer)) }
        }
        do {
            directives += try coordinator.receive(reply)
        } catch {
            throw RunError(.clearing, "tick \(coordinator.tick): \(error)")
        }
        meter.profiler?.note(.solving, since: now)
        if reply.phase == .bidding, !directives.isEmpty { meter.clearing = hub.now - now }
    }

    /// Waits for the recorder; what agents say meanwhile is heard as well.
    private func takeReceipt() throws(RunError) {
        let deadline = hub.now + options.tickDeadline
        while let (slot, message) = try nextMessage(until: deadline) {
            try take(message, slot: slot)
            if slot == recorderSlot { return }
        }
        if hub.now >= deadline { try noteRecorderSilence() }
    }

    private func storeEverything() throws(RunError) {
        do {
            try journal.sync()
        } catch {
            throw RunError(.journal, "\(error)")
        }
        while expectsRecorder, storedTicks < journal.recordCount { try takeReceipt() }
    }

    /// Tells everyone who is here that the run is over.
    private func dismiss() {
        for slot in present.sorted() { try? hub.send(kind: Message.stop.kind, [], to: slot) }
    }
}

extension Ask {
    /// Whether a reply is to this question.
    func isAnswered(by reply: Reply) -> Bool {
        agent == reply.agent && tick == reply.tick && phase == reply.phase && round == reply.round
    }
}
