internal import CoSimulation

// How agents that start anew are told their past: they are asked again what they were asked, and must answer the same.
extension CoordinatorService {
    /// Most questions of the past an agent has before it at a time.
    private static let window = 64

    /// Whether the run goes on from where its journal ended.
    var hasStarted: Bool { coordinator.phase != nil || coordinator.tick > 0 }

    /// Recomputes the ticks of the journal, tells all agents their past, and goes on from there. Throws `RunError`.
    func rehearsePast() throws(RunError) {
        for slot in present where slot != recorderSlot { rehearsing[slot] = [] }
        try replayJournal { try coordinator.replay($0) }
        try awaitRehearsal()
        do {
            directives = try coordinator.resume()
        } catch {
            throw RunError(.clearing, "tick \(coordinator.tick): \(error)")
        }
    }

    /// Tells the agents of one process their past while the others wait, and asks them what is open. Throws `RunError`.
    func rehearsePast(of slots: [Int]) throws(RunError) {
        // Recomputing the ticks gives the questions, which are in no record.
        var past: Coordinator
        do {
            past = try Coordinator(experiment: experiment)
        } catch {
            throw RunError(.clearing, "\(error)")
        }
        for slot in slots { rehearsing[slot] = [] }
        var count = try replayJournal { try past.replay($0) }
        for exchange in slots.flatMap({ recent[$0] }) {
            try tell(exchange)
            count += 1
        }
        try awaitRehearsal()
        guard present.isSuperset(of: slots) else { return }
        watch(.caughtUp(name: experiment.agent(slots[0]).name, exchanges: count))
        for slot in slots { if let ask = questions[slot] { try send(.ask(ask), to: slot) } }
        askedAt = hub.now
    }

    /// Redoes the ticks of the journal and tells what was asked in them; returns how many exchanges were told.
    ///
    /// Between two ticks nobody holds the coordinator: what comes in while the past is told looks at it.
    @discardableResult private func replayJournal(
        redoing redo: (TickRecord) throws -> ReplayedTick
    ) throws(RunError) -> Int {
        var count = 0
        var tick = 0
        do {
            let reader = try JournalReader(journal.path)
            while tick < journal.recordCount, let entry = try reader.next() {
                tick = entry.record.tick
                let redone = try redo(entry.record)
                if let difference = FieldDifference(between: entry.record, and: redone.record) {
                    throw RunError(recomputed: difference, tick: tick)
                }
                for exchange in redone.exchanges where rehearsing[exchange.ask.agent] != nil {
                    try tell(exchange)
                    count += 1
                }
                tick += 1
            }
        } catch let error as RunError {
            throw error
        } catch let error as JournalError {
            throw RunError(.journal, "\(error)")
        } catch {
            throw RunError(.clearing, "tick \(tick): \(error)")
        }
        return count
    }

    /// Asks a question of the past, as soon as few enough wait to be answered.
    private func tell(_ exchange: Exchange) throws(RunError) {
        let slot = exchange.ask.agent
        guard rehearsing[slot] != nil else { return }
        try send(.ask(exchange.ask), to: slot)
        rehearsing[slot]?.append(exchange)
        while let waiting = rehearsing[slot], waiting.count >= Self.window { try takeRehearsed() }
    }

    private func awaitRehearsal() throws(RunError) {
        while rehearsing.values.contains(where: { !$0.isEmpty }) { try takeRehearsed() }
        rehearsing = [:]
    }

    /// Takes one answer to the past; what others say waits.
    private func takeRehearsed() throws(RunError) {
        let deadline = hub.now + options.tickDeadline
        while let (slot, message) = try nextArrival(until: deadline) {
            if try takeRehearsed(message, slot: slot) { return }
        }
        if hub.now >= deadline { try noteSilence() }
    }

    /// Returns whether the message was an answer to the past, or one that changes what is awaited.
    private func takeRehearsed(_ message: Message, slot: Int) throws(RunError) -> Bool {
        switch message {
        case .reply(let reply) where rehearsing[slot]?.isEmpty == false:
            let exchange = rehearsing[slot]![0]
            guard exchange.ask.isAnswered(by: reply) else {
                // A question was lost with a connection, or it makes answers up: what it knows of its past is not known.
                try noteAilment(
                    of: slot,
                    RunError(
                        .violation,
                        "tick \(exchange.ask.tick), \(exchange.ask.phase.name): \(describe(slot)) was asked its past and "
                            + "answered tick \(reply.tick), \(reply.phase.name)"))
                return true
            }
            rehearsing[slot]!.removeFirst()
            if let contradiction = exchange.contradiction(of: reply.answer) {
                throw RunError(contradiction, experiment: experiment)
            }
        case .failure(let text, _): try noteFailure(of: slot, text)
        case .receipt:
            try take(message, slot: slot)
            return false
        default:
            // Whoever waits for the one that is told its past has an answer under way, and little else to say.
            guard backlog.count(where: { $0.slot == slot }) < 8 else {
                noteRefused("\(describe(slot)) sends more than it is asked for", of: describe(slot))
                return false
            }
            backlog.append((slot, message))
            return false
        }
        return true
    }
}
