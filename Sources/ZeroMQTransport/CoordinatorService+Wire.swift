internal import CoSimulation

// Messages in and out.
extension CoordinatorService {
    /// The next message; nil when none came in time, or orders were obeyed first. Throws `RunError`.
    func nextMessage(until deadline: SuspendingClock.Instant) throws(RunError) -> (slot: Int, message: Message)? {
        hasSender = backlog.isEmpty
        return hasSender ? try nextArrival(until: deadline) : backlog.removeFirst()
    }

    /// The same, past the messages that wait.
    func nextArrival(until deadline: SuspendingClock.Instant) throws(RunError) -> (slot: Int, message: Message)? {
        while true {
            // What waits when a deadline passes is heard, each peer in turn; what a flood adds to it is not waited out.
            overtime = hub.now < deadline ? 0 : overtime + 1
            if overtime > longestOvertime { return nil }
            switch try event(until: min(deadline, try sendHeld() ?? deadline)) {
            case .message(let slot, let kind):
                if let message = try message(kind, slot), isHeard(message, slot: slot) { return (slot, message) }
            case .violation(let violation): refuse(violation)
            case .lost(let slot): if present.contains(slot) { try noteLost(slot) }
            case .timedOut: return nil
            case .woken:
                for text in hub.takeRefusals() { watch(.refused(text)) }
                for order in orderTaker.take() { try obey(order) }
                return nil
            case .closed: throw RunError(.interrupted, "stopped in tick \(coordinator.tick)")
            }
        }
    }

    private var longestOvertime: Int { 1_000 + 10 * experiment.agentCount }

    private func event(until deadline: SuspendingClock.Instant) throws(RunError) -> HubEvent {
        let start = hub.now
        defer { meter.profiler?.note(.waiting, since: start) }
        do {
            return try hub.receive(timeoutMilliseconds: max(0, Int((deadline - start) / .milliseconds(1))))
        } catch {
            throw RunError(.interrupted, "the hub failed: \(error)")
        }
    }

    /// Whether a message counts: of those that are no part of the run yet, or no more, only a greeting does; of a process
    /// that is part of it, what comes by the connection it greeted by.
    private func isHeard(_ message: Message, slot: Int) -> Bool {
        if case .hello(let hello) = message { return isHeard(hello, slot: slot) }
        guard present.contains(slot) else {
            respond(Refusal(code: .notGreeted, text: "say hello first"), slot: slot)
            return false
        }
        guard hub.isRecognised(slot) else {
            let text =
                "the connection \(describe(slot)) greeted by is another; it was lost, or there are two of the name"
            respond(Refusal(code: .notGreeted, text: text), slot: slot)
            return false
        }
        return true
    }

    /// Whether who greets may play whom it names; then its connection speaks for them from now on.
    private func isHeard(_ hello: Hello, slot: Int) -> Bool {
        guard let slots = slots(of: hello, greetedBy: slot) else {
            let text = "its greeting names others than agents of the scenario, each once"
            respond(Refusal(code: .unknownName, text: text), slot: slot)
            return false
        }
        guard hub.isEntitled(to: slots) else {
            let text = "the key of \(describe(slot)) gives no right to the other names of its greeting"
            respond(Refusal(code: .wrongKey, text: text), slot: slot)
            return false
        }
        if present.isDisjoint(with: slots) { hub.recognise(slot, speakingFor: Array(slots.dropFirst())) }
        return true
    }

    /// Whom a greeting is for: the slot it came by, and those of the further agents that it names; nil if they are no agents.
    func slots(of hello: Hello, greetedBy slot: Int) -> [Int]? {
        guard !hello.others.isEmpty else { return [slot] }
        let slots = [slot] + hello.others.compactMap { slotByName[$0] }
        let areAgents = slots.count == hello.others.count + 1 && !slots.contains(recorderSlot)
        return areAgents && Set(slots).count == slots.count ? slots : nil
    }

    /// The message that came; nil when it cannot be read. One that is part of the run and sends such is of no use.
    private func message(_ kind: UInt8, _ slot: Int) throws(RunError) -> Message? {
        let start = SuspendingClock.now
        defer { meter.profiler?.note(.coding, since: start) }
        do {
            return try hub.withBody { (bytes) throws(WireError) in try Message(kind: kind, body: bytes, agent: slot) }
        } catch {
            let text = "tick \(coordinator.tick): \(describe(slot)) sent a message that cannot be read: \(error)"
            noteRefused(text, of: describe(slot))
            if present.contains(slot), hub.isRecognised(slot) {
                try noteAilment(of: slot, RunError(.violation, text))
            }
            return nil
        }
    }

    /// Sends a message. To a process that is gone nothing can be sent; under a watcher, its word is awaited.
    func send(_ message: Message, to slot: Int) throws(RunError) {
        do {
            try hub.send(kind: message.kind, body(of: message, to: slot), to: slot)
        } catch  where error.code == .peerUnreachable && options.isSupervised {
            return
        } catch {
            throw RunError(
                slot == recorderSlot ? .recorder : .agentLost, "tick \(coordinator.tick): \(describe(slot)): \(error)")
        }
    }

    /// The body of a message; signals that the process in question was sent last are left out.
    private func body(of message: Message, to slot: Int) -> [UInt8] {
        let start = SuspendingClock.now
        defer { meter.profiler?.note(.coding, since: start) }
        guard case .ask(let ask) = message else { return encoder.body(of: message) }
        guard let lead = groupLeads[slot] else { return broadcast.body(of: ask) }
        return broadcast.body(of: ask, after: &sentSignals[lead, default: SignalBroadcast.Mark()])
    }

    /// Sends a newcomer away. To one whose greeting waited while others spoke no answer can be sent any more; it gives up.
    func respond(_ refusal: Refusal, slot: Int) {
        noteRefused(refusal.text, of: describe(slot))
        // A newcomer that is gone again needs no answer.
        if hasSender { turnAway(refusal) }
    }

    /// Answers who was heard last, which needs no place in the run.
    private func turnAway(_ refusal: Refusal) {
        let message = Message.refusal(refusal)
        try? hub.respond(kind: message.kind, message.body())
    }

    /// Tells of something refused or dropped, unless its sender has been told of often enough.
    func noteRefused(_ text: String, of sender: String) {
        if let line = refusals.note(text, kind: sender) { watch(.refused(line)) }
    }

    /// Takes a newcomer in. One that is gone again needs no answer.
    func welcome(_ welcome: Welcome, slot: Int) {
        let message = Message.welcome(welcome)
        try? hub.send(kind: message.kind, message.body(), to: slot)
    }

    private func refuse(_ violation: TransportViolation) {
        switch violation.sender {
        case .slot(let slot): noteRefused(violation.description(of: describe(slot)), of: describe(slot))
        default: noteRefused("\(violation)", of: "")
        }
        switch violation.reason {
        case .unknownPeer, .duplicateName:
            turnAway(Refusal(code: .unknownName, text: "the scenario has no agent of that name"))
        case .foreignName(let holder, let name):
            let text = "the key of '\(holder)' gives no right to the name '\(name)'"
            turnAway(Refusal(code: .wrongKey, text: text))
        case .notAFrame(.wrongVersion(let version)):
            let text = "the coordinator speaks protocol version \(Frame.version), this is \(version)"
            turnAway(Refusal(code: .wrongVersion, text: text))
        default: break
        }
    }

    func describe(_ slot: Int) -> String {
        slot == recorderSlot
            ? "the recorder" : "\(experiment.role(ofAgent: slot).rawValue) \(experiment.agent(slot).name)"
    }
}

extension Duration {
    /// Seconds with as many decimals as matter in a message.
    var brief: String {
        let seconds = self / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}
