internal import CoSimulation

// Who comes, who is lost, and who comes in its place.
extension CoordinatorService {
    /// Waits until everyone is here. Throws `RunError`.
    func gatherEveryone() throws(RunError) {
        var deadline = ContinuousClock.now + options.arrivalDeadline
        while let missing = missing.first {
            if let (slot, message) = try nextMessage(until: deadline) {
                try takeArrival(message, slot: slot)
            } else if .now >= deadline {
                let text = "\(missingText) did not arrive within \(options.arrivalDeadline.brief)"
                try noteAilment(of: missing, RunError(.agentSilent, text))
                deadline = .now + options.arrivalDeadline
            }
        }
    }

    private var missing: [Int] {
        let slots = Array(0..<experiment.agentCount) + (expectsRecorder ? [recorderSlot] : [])
        return slots.filter { !present.contains($0) && !gone.contains($0) }
    }

    private var missingText: String {
        let all = missing.map { describe($0) }
        return all.prefix(5).joined(separator: ", ") + (all.count > 5 ? " and \(all.count - 5) more" : "")
    }

    private func takeArrival(_ message: Message, slot: Int) throws(RunError) {
        switch message {
        case .hello(let hello): try greet(hello, slot: slot)
        case .failure(let text, _): try noteFailure(of: slot, text)
        default: respond(Refusal(code: .notGreeted, text: "say hello first"), slot: slot)
        }
    }

    /// Takes a newcomer in, unless it came for another scenario or its place is taken.
    ///
    /// One that comes after the others is told its past, or what it has not stored, before this returns.
    func greet(_ hello: Hello, slot: Int) throws(RunError) {
        if let scenario = hello.scenario, scenario != digest {
            let text = "this run has scenario \(digest.short), '\(hub.peerNames[slot])' came for \(scenario.short)"
            respond(Refusal(code: .wrongScenario, text: text), slot: slot)
            return
        }
        guard slot != recorderSlot || expectsRecorder else {
            respond(Refusal(code: .unknownName, text: "this run has no recorder"), slot: slot)
            return
        }
        guard !gone.contains(slot), present.insert(slot).inserted else {
            let name = hub.peerNames[slot]
            let fate = gone.contains(slot) ? "the run goes on without '\(name)'" : "'\(name)' is already here"
            respond(Refusal(code: .nameTaken, text: fate), slot: slot)
            return
        }
        let isSuccessor = awaitingSuccessor.remove(slot) != nil
        if isSuccessor, awaitingSuccessor.isEmpty { try allowTakeover(false) }
        if slot == recorderSlot {
            welcome(.recorder(experiment), slot: slot)
            try sendMissing(from: hello.nextTick)
        } else {
            let site = experiment.agent(slot)
            let setup = experiment.setup(ofAgent: slot)
            welcome(
                .agent(number: slot, seed: experiment.seed, strategy: site.strategy, setup: setup), slot: slot)
            if hasStarted { try rehearsePast(of: slot) }
        }
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
        case .awaitSuccessor(let name):
            guard let slot = slot(of: name) else { return }
            forget(slot)
            awaitingSuccessor.insert(slot)
            try allowTakeover(true)
            askedAt = .now
            watch(.released(name: name, tick: coordinator.tick, phase: coordinator.phase))
        case .goOnWithout(let name):
            guard let slot = slot(of: name), slot != recorderSlot else { return }
            forget(slot)
            gone.insert(slot)
            watch(.released(name: name, tick: coordinator.tick, phase: coordinator.phase))
            if questions[slot] != nil { try declareAbsent(slot) }
        }
    }

    /// Nothing is awaited from a process that is gone; what it was asked, its successor is asked again.
    private func forget(_ slot: Int) {
        present.remove(slot)
        ailing.remove(slot)
        rehearsing[slot] = nil
        held.removeAll { $0.ask.agent == slot }
        backlog.removeAll { $0.slot == slot }
    }

    private func slot(of name: String) -> Int? {
        name == Hello.recorderName ? recorderSlot : experiment.agent(named: name)
    }

    private func allowTakeover(_ isAllowed: Bool) throws(RunError) {
        do {
            try hub.allowTakeover(isAllowed)
        } catch {
            throw RunError(.interrupted, "the hub failed: \(error)")
        }
    }

    // MARK: Ailments

    /// Says that a process is of no use, so that its watcher ends it; without a watcher, or when that helped nothing, throws.
    func noteAilment(of slot: Int, _ error: RunError) throws(RunError) {
        guard options.isSupervised, ailing.insert(slot).inserted else { throw error }
        watch(.ailing(name: slot == recorderSlot ? Hello.recorderName : experiment.agent(slot).name, error))
    }

    func noteFailure(of slot: Int, _ text: String) throws(RunError) {
        try noteAilment(
            of: slot,
            RunError(
                slot == recorderSlot ? .recorder : .agentFailed,
                "tick \(coordinator.tick): \(describe(slot)): \(text.prefix(2_000))"))
    }

    /// Names the agents that have not answered in time: of those that are here, or of those whose successor has not come.
    func noteSilence() throws(RunError) {
        let awaited =
            rehearsing.isEmpty ? coordinator.awaited : rehearsing.keys.filter { !rehearsing[$0]!.isEmpty }.sorted()
        let phase = rehearsing.isEmpty ? coordinator.phase?.name ?? "" : "catching up"
        func error(_ slots: [Int]) -> RunError {
            let names = slots.map { slot in describe(slot) + (refused[slot].map { " (\($0))" } ?? "") }
                .joined(separator: ", ")
            return RunError(
                .agentSilent,
                "tick \(coordinator.tick), \(phase): no answer from \(names) within \(options.tickDeadline.brief)")
        }
        guard options.isSupervised else { throw error(awaited) }
        for slot in awaited { try noteAilment(of: slot, error([slot])) }
        askedAt = .now
    }
}
