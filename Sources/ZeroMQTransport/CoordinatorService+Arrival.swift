internal import CoSimulation

// Who comes, who is lost, and who comes in its place.
extension CoordinatorService {
    /// Waits until everyone is here. Throws `RunError`.
    func gatherEveryone() throws(RunError) {
        var deadline = hub.now + options.arrivalDeadline
        while !missing.isEmpty {
            if let (slot, message) = try nextMessage(until: deadline) {
                try takeArrival(message, slot: slot)
            } else if hub.now >= deadline {
                try giveUp(missing, after: options.arrivalDeadline) { names in
                    let all = names.prefix(5).joined(separator: ", ")
                    let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
                    return "\(all)\(rest) did not arrive within \(options.arrivalDeadline.brief)"
                }
                deadline = hub.now + options.arrivalDeadline
            }
        }
    }

    private var missing: [Int] {
        let slots = Array(0..<experiment.agentCount) + (expectsRecorder ? [recorderSlot] : [])
        return slots.filter { !present.contains($0) && !gone.contains($0) }
    }

    private func takeArrival(_ message: Message, slot: Int) throws(RunError) {
        if case .reply = message {
            noteRefused("\(describe(slot)) answered before it was asked", of: describe(slot))
        } else {
            try take(message, slot: slot)
        }
    }

    /// Takes a newcomer in, unless it came for another scenario or its place is taken.
    ///
    /// One that comes after the others is told its past, or what it has not stored, before this returns.
    func greet(_ hello: Hello, slot: Int) throws(RunError) {
        guard let slots = slots(of: hello, greetedBy: slot) else { return }
        if let refusal = refusal(of: hello, slots) { return respond(refusal, slot: slot) }
        present.formUnion(slots)
        noteGroup(slots)
        for slot in slots { ailing[slot] = nil }
        if !awaitingSuccessor.isDisjoint(with: slots) {
            awaitingSuccessor.subtract(slots)
            if awaitingSuccessor.isEmpty { try allowTakeover(false) }
        }
        if slot == recorderSlot {
            welcome(.recorder(experiment), slot: slot)
            return try sendMissing(from: hello.nextTick)
        }
        for slot in slots {
            let setup = experiment.setup(ofAgent: slot)
            let strategy = experiment.agent(slot).strategy
            welcome(.agent(number: slot, seed: experiment.seed, strategy: strategy, setup: setup), slot: slot)
        }
        if hasStarted { try rehearsePast(of: slots) }
    }

    /// Remembers which agents share a connection, to which nothing has been sent yet.
    private func noteGroup(_ slots: [Int]) {
        for slot in slots { groupLeads[slot] = slots.count > 1 ? slots[0] : nil }
        sentSignals[slots[0]] = nil
    }

    /// Why a newcomer is not taken in; nil if it is.
    private func refusal(of hello: Hello, _ slots: [Int]) -> Refusal? {
        if let scenario = hello.scenario, scenario != digest {
            let name = hub.peerNames[slots[0]]
            return Refusal(
                code: .wrongScenario,
                text: "this run has scenario \(digest.short), '\(name)' came for \(scenario.short)")
        }
        if slots == [recorderSlot], !expectsRecorder {
            return Refusal(code: .unknownName, text: "this run has no recorder")
        }
        if slots == [recorderSlot], hello.nextTick > journal.recordCount {
            return Refusal(
                code: .aheadOfJournal,
                text:
                    "the database has \(hello.nextTick) ticks and the journal \(journal.recordCount), as after a power "
                    + "failure; 'gridtide resume' of the run makes the database anew")
        }
        guard let taken = slots.first(where: { gone.contains($0) || present.contains($0) }) else { return nil }
        let name = hub.peerNames[taken]
        return Refusal(
            code: .nameTaken,
            text: gone.contains(taken) ? "the run goes on without '\(name)'" : "'\(name)' is already here")
    }

    /// Sends the recorder what the journal holds and it has not stored. Throws `RunError`.
    private func sendMissing(from nextTick: Int) throws(RunError) {
        storedTicks = nextTick
        guard nextTick < journal.recordCount else { return }
        do {
            let reader = try JournalReader(journal.path)
            while reader.recordCount < journal.recordCount, let entry = try reader.next() {
                guard entry.record.tick >= nextTick else { continue }
                try send(
                    .record(RecordedTick(bytes: entry.bytes, digest: entry.digest, telemetry: nil)), to: recorderSlot)
            }
        } catch let error as RunError {
            throw error
        } catch {
            throw RunError(.journal, "\(error)")
        }
    }

    // MARK: Orders

    /// Does what the watcher of the processes says. Throws `RunError`.
    func obey(_ order: Order) throws(RunError) {
        switch order {
        case .stop: throw RunError(.interrupted, "stopped in tick \(coordinator.tick)")
        case .awaitSuccessor(let names):
            let slots = names.compactMap { slotByName[$0] }
            for slot in slots { forget(slot) }
            awaitingSuccessor.formUnion(slots)
            try allowTakeover(true)
            askedAt = hub.now
            tellReleased(names)
        case .goOnWithout(let names):
            let slots = names.compactMap { slotByName[$0] }.filter { $0 != recorderSlot }
            for slot in slots { forget(slot) }
            gone.formUnion(slots)
            tellReleased(names)
            for slot in slots where questions[slot] != nil { try declareAbsent(slot) }
        }
    }

    private func tellReleased(_ names: [String]) {
        guard let name = names.first else { return }
        watch(.released(name: name, tick: coordinator.tick, phase: coordinator.phase))
    }

    /// Nothing is awaited from a process that is gone; what it was asked, its successor is asked again.
    private func forget(_ slot: Int) {
        present.remove(slot)
        ailing[slot] = nil
        rehearsing[slot] = nil
        held.removeAll { $0.ask.agent == slot }
        backlog.removeAll { $0.slot == slot }
    }

    private func allowTakeover(_ isAllowed: Bool) throws(RunError) {
        do {
            try hub.allowTakeover(isAllowed)
        } catch {
            throw RunError(.interrupted, "the hub failed: \(error)")
        }
    }

    // MARK: Ailments

    /// Says that a process is of no use, so that its watcher ends it; without a watcher, throws.
    func noteAilment(of slot: Int, _ error: RunError) throws(RunError) {
        guard options.isSupervised else { throw error }
        guard ailing[slot] == nil else { return }
        ailing[slot] = hub.now
        watch(.ailing(name: slot == recorderSlot ? Hello.recorderName : experiment.agent(slot).name, error))
    }

    /// Gives up processes that were awaited for so long. Without a watcher, or when giving one up helped nothing for as long
    /// again, throws.
    private func giveUp(
        _ slots: [Int], after patience: Duration, text: ([String]) -> String
    ) throws(RunError) {
        func error(_ slots: [Int]) -> RunError {
            RunError(
                slots == [recorderSlot] ? .recorder : .agentSilent,
                text(slots.map { slot in describe(slot) + (refused[slot].map { " (\($0))" } ?? "") }))
        }
        guard options.isSupervised else { throw error(slots) }
        for slot in slots {
            if let since = ailing[slot], hub.now - since >= patience { throw error([slot]) }
            try noteAilment(of: slot, error([slot]))
        }
    }

    func noteFailure(of slot: Int, _ text: String) throws(RunError) {
        try noteAilment(
            of: slot,
            RunError(
                slot == recorderSlot ? .recorder : .agentFailed,
                "tick \(coordinator.tick): \(describe(slot)): \(text.prefix(2_000))"))
    }

    /// Says that a process has lost its connection; whoever watches its process has not seen it end.
    func noteLost(_ slot: Int) throws(RunError) {
        let phase = coordinator.phase.map { ", \($0.name)" } ?? ""
        try noteAilment(
            of: slot,
            RunError(
                slot == recorderSlot ? .recorder : .agentLost,
                "tick \(coordinator.tick)\(phase): \(describe(slot)) lost its connection"))
    }

    /// Names the agents that have not answered in time: of those that are here, or of those whose successor has not come.
    func noteSilence() throws(RunError) {
        let awaited =
            rehearsing.isEmpty ? coordinator.awaited : rehearsing.keys.filter { !rehearsing[$0]!.isEmpty }.sorted()
        let phase = rehearsing.isEmpty ? coordinator.phase?.name ?? "" : "catching up"
        try giveUp(awaited, after: options.tickDeadline) { names in
            "tick \(coordinator.tick), \(phase): no answer from \(names.joined(separator: ", ")) within "
                + options.tickDeadline.brief
        }
        askedAt = hub.now
    }

    /// Names the recorder, which has not stored in time.
    func noteRecorderSilence() throws(RunError) {
        try giveUp([recorderSlot], after: options.tickDeadline) { _ in
            "the recorder stored nothing for \(options.tickDeadline.brief) after tick \(storedTicks)"
        }
    }
}
