public import CoSimulation

/// The coordinator of a run as a process: carries the coordinator's directives out over a hub.
///
/// It takes agents and recorder in, asks, gathers, appends finished ticks to the journal, and hands them to the recorder.
/// It ends by returning when the run is complete and stored, or by throwing the first thing that went wrong.
public final class CoordinatorService {
    /// What a run may be held to; none of it can change the outcome.
    public struct Options: Sendable {
        /// Longest time for all agents to arrive.
        public var arrivalDeadline: Duration
        /// Longest time for an agent to answer, and for the recorder to store.
        public var tickDeadline: Duration
        /// Most ticks sent to the recorder and not stored yet; then the run waits for it.
        public var recorderWindow: Int
        /// Time between syncs of the journal.
        public var syncInterval: Duration

        /// Options; 30 s to arrive, 30 s to answer, 64 ticks, 1 s unless given.
        public init(
            arrivalDeadline: Duration = .seconds(30), tickDeadline: Duration = .seconds(30), recorderWindow: Int = 64,
            syncInterval: Duration = .seconds(1)
        ) {
            self.arrivalDeadline = arrivalDeadline
            self.tickDeadline = tickDeadline
            self.recorderWindow = recorderWindow
            self.syncInterval = syncInterval
        }
    }

    /// A moment in the life of a run, for whoever watches it.
    public enum Event: Sendable {
        /// Everyone is here.
        case started
        /// A tick is finished.
        case finished(TickRecord, TickTelemetry)
        /// The run is complete and stored; its agents are about to be dismissed.
        case completed(Digest)
        /// Something was refused or dropped, in words; the run goes on.
        case refused(String)
    }

    /// The endpoint agents connect to.
    public var endpoint: Endpoint { hub.endpoint }
    /// Wakes and stops the service from another thread.
    public var waker: Waker { hub.waker }

    private let experiment: Experiment
    private let digest: Digest
    private let hub: Hub
    private let options: Options
    private let journal: JournalWriter
    private let expectsRecorder: Bool
    private let watch: (Event) -> Void
    private var coordinator: Coordinator
    private var meter: TickMeter
    private var present: Set<Int> = []
    /// What was refused of an agent since its last answer that counts, to add when none comes.
    private var refused: [Int: String] = [:]
    /// When the questions of the phase under way went out.
    private var askedAt = ContinuousClock.now
    private var directives: [Directive] = []
    private var lastSync = ContinuousClock.now
    /// First tick the recorder has not stored.
    private var storedTicks = 0

    private var recorderSlot: Int { experiment.agentCount }

    /// A service for an experiment that listens at an endpoint. Throws `ZeroMQError` or `ClearingError`.
    public init(
        experiment: Experiment, journal: JournalWriter, endpoint: Endpoint, expectsRecorder: Bool,
        options: Options = Options(),
        watch: @escaping (Event) -> Void = { _ in }
    ) throws {
        self.experiment = experiment
        self.journal = journal
        self.expectsRecorder = expectsRecorder
        self.options = options
        self.watch = watch
        digest = experiment.digest
        coordinator = try Coordinator(experiment: experiment)
        meter = TickMeter(agentCount: experiment.agentCount)
        let names = (0..<experiment.agentCount).map { experiment.agent($0).name }
        hub = try Hub(at: endpoint, peers: names + [Hello.recorderName])
    }

    /// Runs to the end. Returns the digest of the run; throws `RunError`.
    public func run() throws(RunError) -> Digest {
        defer { try? hub.close() }
        do {
            try gatherEveryone()
            watch(.started)
            meter = TickMeter(agentCount: experiment.agentCount)
            directives = coordinator.start()
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

    // MARK: Arrival

    private func gatherEveryone() throws(RunError) {
        let deadline = ContinuousClock.now + options.arrivalDeadline
        let expected = experiment.agentCount + (expectsRecorder ? 1 : 0)
        while present.count < expected {
            switch try event(until: deadline) {
            case .message(let slot, let kind): try takeArrival(try message(kind, slot), slot: slot)
            case .violation(let violation): refuse(violation)
            case .timedOut:
                throw RunError(.agentSilent, "\(missing()) did not arrive within \(options.arrivalDeadline.brief)")
            case .woken, .closed: throw RunError(.interrupted, "stopped before everyone had arrived")
            }
        }
    }

    private func takeArrival(_ message: Message, slot: Int) throws(RunError) {
        switch message {
        case .hello(let hello): greet(hello, slot: slot)
        case .failure(let text, _): throw failed(slot, text)
        default: respond(Refusal(code: .notGreeted, text: "say hello first"))
        }
    }

    private func greet(_ hello: Hello, slot: Int) {
        if let scenario = hello.scenario, scenario != digest {
            respond(
                Refusal(
                    code: .wrongScenario,
                    text: "this run has scenario \(digest.short), '\(hello.name)' came for \(scenario.short)"))
            return
        }
        guard present.insert(slot).inserted else {
            respond(Refusal(code: .nameTaken, text: "'\(hello.name)' is already here"))
            return
        }
        if slot == recorderSlot {
            storedTicks = hello.nextTick
            respond(.welcome(.recorder(experiment)))
        } else {
            let site = experiment.agent(slot)
            respond(
                .welcome(
                    .agent(
                        number: slot, seed: experiment.seed, strategy: site.strategy,
                        setup: experiment.setup(ofAgent: slot))))
        }
    }

    private func missing() -> String {
        let agents = (0..<experiment.agentCount).filter { !present.contains($0) }.map { describe($0) }
        let all = agents + (expectsRecorder && !present.contains(recorderSlot) ? ["the recorder"] : [])
        return all.prefix(5).joined(separator: ", ") + (all.count > 5 ? " and \(all.count - 5) more" : "")
    }

    // MARK: Directives

    /// Carries out what the coordinator said. Returns whether the run is finished.
    private func carryOut() throws(RunError) -> Bool {
        let current = directives
        directives = []
        if !current.isEmpty { askedAt = .now }
        for directive in current {
            switch directive {
            case .ask(let ask): try send(.ask(ask), to: ask.agent)
            case .record(let record): try keep(record)
            case .report(let violation, let tick): throw RunError(violation, tick: tick, experiment: experiment)
            case .refuse(let agent, let text):
                refused[agent] = text
                watch(.refused("tick \(coordinator.tick): \(describe(agent)): \(text)"))
            case .finish: return true
            }
        }
        return false
    }

    private func keep(_ record: TickRecord) throws(RunError) {
        let telemetry = meter.finish(tick: record.tick)
        do {
            let entry = try journal.append(record)
            if ContinuousClock.now - lastSync > options.syncInterval {
                try journal.sync()
                lastSync = .now
            }
            if expectsRecorder {
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

    // MARK: Answers

    /// Takes the next answer.
    private func takeNext() throws(RunError) {
        switch try event(until: askedAt + options.tickDeadline) {
        case .message(let slot, let kind): try take(try message(kind, slot), slot: slot)
        case .violation(let violation): refuse(violation)
        case .timedOut: throw silent()
        case .woken, .closed: throw RunError(.interrupted, "stopped in tick \(coordinator.tick)")
        }
    }

    private func take(_ message: Message, slot: Int) throws(RunError) {
        switch message {
        case .reply(let reply) where slot != recorderSlot:
            let now = ContinuousClock.now
            meter.add(wait: now - askedAt, agent: slot)
            refused[slot] = nil
            do {
                directives = try coordinator.receive(reply)
            } catch {
                throw RunError(.clearing, "tick \(coordinator.tick): \(error)")
            }
            if reply.phase == .bidding, !directives.isEmpty { meter.clearing = .now - now }
        case .receipt(let nextTick) where slot == recorderSlot: storedTicks = nextTick
        case .failure(let text, _): throw failed(slot, text)
        case .hello(let hello): respond(Refusal(code: .nameTaken, text: "'\(hello.name)' is already here"))
        default: watch(.refused("\(describe(slot)) sent a message of kind \(message.kind), which is not its to send"))
        }
    }

    /// Waits for the recorder alone; answers of agents cannot come, since nothing is asked before a tick is kept.
    private func takeReceipt() throws(RunError) {
        switch try event(until: .now + options.tickDeadline) {
        case .message(let slot, let kind): try take(try message(kind, slot), slot: slot)
        case .violation(let violation): refuse(violation)
        case .timedOut:
            throw RunError(
                .recorder, "the recorder stored nothing for \(options.tickDeadline.brief) after tick \(storedTicks)")
        case .woken, .closed: throw RunError(.interrupted, "stopped in tick \(coordinator.tick)")
        }
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

    // MARK: Wire

    private func event(until deadline: ContinuousClock.Instant) throws(RunError) -> HubEvent {
        let left = deadline - .now
        do {
            return try hub.receive(timeoutMilliseconds: max(0, Int(left / .milliseconds(1))))
        } catch {
            throw RunError(.interrupted, "the hub failed: \(error)")
        }
    }

    private func message(_ kind: UInt8, _ slot: Int) throws(RunError) -> Message {
        do {
            return try hub.withBody { (bytes) throws(WireError) in try Message(kind: kind, body: bytes, agent: slot) }
        } catch {
            throw RunError(
                .violation, "tick \(coordinator.tick): \(describe(slot)) sent a message that cannot be read: \(error)")
        }
    }

    private func send(_ message: Message, to slot: Int) throws(RunError) {
        do {
            try hub.send(kind: message.kind, message.body(), to: slot)
        } catch {
            throw RunError(
                slot == recorderSlot ? .recorder : .agentLost, "tick \(coordinator.tick): \(describe(slot)): \(error)")
        }
    }

    private func respond(_ refusal: Refusal) {
        watch(.refused(refusal.text))
        respond(.refusal(refusal))
    }

    private func respond(_ message: Message) {
        // A newcomer that is gone again needs no answer.
        try? hub.respond(kind: message.kind, message.body())
    }

    private func refuse(_ violation: TransportViolation) {
        watch(.refused("\(violation)"))
        switch violation.reason {
        case .unknownPeer, .duplicateName:
            try? hub.respond(
                kind: 3,
                Message.refusal(Refusal(code: .unknownName, text: "the scenario has no agent of that name")).body())
        case .notAFrame(.wrongVersion(let version)):
            let text = "the coordinator speaks protocol version \(Frame.version), this is \(version)"
            try? hub.respond(kind: 3, Message.refusal(Refusal(code: .wrongVersion, text: text)).body())
        default: break
        }
    }

    private func describe(_ slot: Int) -> String {
        slot == recorderSlot
            ? "the recorder" : "\(experiment.role(ofAgent: slot).rawValue) \(experiment.agent(slot).name)"
    }

    private func failed(_ slot: Int, _ text: String) -> RunError {
        RunError(
            slot == recorderSlot ? .recorder : .agentFailed, "tick \(coordinator.tick): \(describe(slot)): \(text)")
    }

    private func silent() -> RunError {
        let names = coordinator.awaited.map { agent in
            describe(agent) + (refused[agent].map { " (\($0))" } ?? "")
        }.joined(separator: ", ")
        return RunError(
            .agentSilent,
            "tick \(coordinator.tick), \(coordinator.phase?.name ?? ""): no answer from \(names) within \(options.tickDeadline.brief)"
        )
    }
}

extension Duration {
    /// Seconds with as many decimals as matter in a message.
    var brief: String {
        let seconds = self / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}
