internal import CoSimulation
internal import Foundation
internal import ReferenceAgents
internal import RunReport
internal import RunStore
internal import Scenarios

/// Runs an experiment into a folder, in one process or in many; journal and database come out the same.
struct RunEngine {
    /// Where the agents live.
    enum Layout: Equatable {
        /// All in this process.
        case inProcess
        /// Each in a process of its own.
        case processes(ProcessRun.Transport)
    }

    /// What a run came to.
    struct Outcome {
        let digest: String
        let seconds: Double
        /// Ticks that were run, those found in the journal left out.
        let ticks: Int
    }

    /// What is said where agents are to be slow and have no process to be slow in.
    static let nobodyIsSlow = "note: in one process nobody is slow: faults of kind slow are left out"

    let layout: Layout
    /// Where the coordinator of a run in processes listens; nil for a place of its own choice.
    var endpoint: String?
    let options: RunOptions
    /// The folder foreign agents are started in.
    let scenarioFolder: URL
    /// Whether the journal is synced after every tick.
    var isDurable = false
    /// Whether it is measured where the time goes.
    var isProfiled = false
    /// Whether processes may talk over tcp without keys.
    var isInsecure = false
    /// How agents are spread over hosts; nil for this one alone.
    var spread: Spread?
    /// What is struck when; nil without chaos.
    var chaos: ChaosPlan?
    let interruption: Interruption
    let console: Console

    /// Runs from the first tick to the end. Throws `RunError`, `JournalError`, `RunStoreError` or `CommandError`.
    func run(_ experiment: Experiment, in folder: RunFolder, label: String) async throws -> Outcome {
        try folder.begin(experiment)
        return try await proceed(experiment, in: folder, label: label, past: 0)
    }

    /// Goes on from where the journal ends to the end, and makes the database anew from it; one of a run that is complete stays
    /// where it is complete too, since waits, times and events are in it alone.
    ///
    /// Throws `RunError`, `JournalError`, `RunStoreError` or `CommandError`; nothing is changed then before the journal has
    /// been found good.
    func resume(in folder: RunFolder, label: String) async throws -> Outcome {
        let (past, digest) = try await mend(folder)
        try folder.hold.release()
        let experiment = try JournalReader(folder.journal).experiment
        if past < experiment.clock.tickCount || !isWhole(folder.database, digest: digest) {
            try rebuildDatabase(experiment, folder)
        }
        return try await proceed(experiment, in: folder, label: label, past: past)
    }

    private func proceed(_ experiment: Experiment, in folder: RunFolder, label: String, past: Int) async throws
        -> Outcome
    {
        let start = SuspendingClock.now
        let bar = ProgressBar(label: label, total: experiment.clock.tickCount, isQuiet: console.isQuiet)
        defer { bar.finish() }
        let digest: String
        switch layout {
        // A run that is complete needs no agents any more.
        case .processes(let transport) where past < experiment.clock.tickCount:
            digest = try await launch(experiment, in: folder, transport: transport, bar: bar)
        default: digest = try runHere(experiment, in: folder, bar: bar)
        }
        return Outcome(
            digest: digest, seconds: (SuspendingClock.now - start) / .seconds(1),
            ticks: experiment.clock.tickCount - past)
    }

    /// Whether a database holds a run to its end, undamaged.
    private func isWhole(_ database: String, digest: Digest) -> Bool {
        // Whatever cannot be read is made anew.
        guard let reader = try? RunReader(path: database) else { return false }
        return reader.facts.status == .finished && reader.facts.finalDigest == digest
            && (try? reader.isIntact()) == true
    }

    /// Checks the journal, cuts off an end that was not written whole, and returns how many ticks it holds, and the last
    /// digest.
    private func mend(_ folder: RunFolder) async throws -> (ticks: Int, digest: Digest) {
        let journal = try await openJournal(folder)
        if journal.cutBytes > 0 {
            console.note("note: the journal ended within a tick; \(journal.cutBytes) bytes were cut off")
        }
        return (journal.recordCount, journal.digest)
    }

    /// Opens the journal. Processes of a launcher that was killed hold it for the moment until they notice.
    private func openJournal(_ folder: RunFolder) async throws -> JournalWriter {
        let deadline = SuspendingClock.now + .seconds(3)
        while true {
            do {
                return try JournalWriter(continuing: folder.journal)
            } catch {
                guard error.code == .locked else { throw error }
                guard SuspendingClock.now < deadline else {
                    throw CommandError(
                        .inUse, "\(folder.url.relativePath) is being run. Wait for its end, or stop it.")
                }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func rebuildDatabase(_ experiment: Experiment, _ folder: RunFolder) throws {
        let writer = try RunWriter(
            replacing: folder.database, experiment: experiment, origin: RunOrigin(of: experiment))
        let journal = try JournalReader(folder.journal)
        while let entry = try journal.next() { try writer.append(record: entry.record, digest: entry.digest) }
        try writer.flush()
    }

    private func runHere(_ experiment: Experiment, in folder: RunFolder, bar: ProgressBar) throws -> String {
        var bar = bar
        let journal = try JournalWriter(
            continuing: folder.journal, pace: SyncPace(interval: isDurable ? .zero : .seconds(1)))
        let recorder = try RunWriter(
            continuing: folder.database, experiment: experiment, origin: RunOrigin(of: experiment))
        guard journal.recordCount < experiment.clock.tickCount else {
            try recorder.finish(.finished)
            return journal.digest.description
        }
        if !options.slowness.isEmpty { console.note(Self.nobodyIsSlow) }
        let board = LiveBoard(of: folder, complain: console.note)
        defer { board.enter(.ended) }
        var replay = try RunReplay(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        do {
            let past = try JournalReader(folder.journal)
            while past.recordCount < journal.recordCount, let entry = try past.next() {
                try stopIfInterrupted(inTick: entry.record.tick)
                try replay.redo(entry.record)
            }
            board.enter(.running)
            let hold = HoldWatch(folder: folder.url.path)
            var pace = SyncPace(interval: .milliseconds(250))
            var run = InProcessRun(after: replay)
            try run.run(profiles: isProfiled) { record, telemetry in
                try stopIfInterrupted(inTick: record.tick)
                var telemetry = telemetry
                let start = SuspendingClock.now
                let entry = try journal.append(record)
                telemetry.profile?.note(journal: SuspendingClock.now - start)
                try recorder.append(record: record, digest: entry.digest, telemetry: telemetry)
                bar.show(record.tick + 1)
                let ticks = record.tick + 1
                let isHeld = ticks < experiment.clock.tickCount && hold.holds(ticks)
                if isHeld || pace.isDue() { try recorder.flush() }
                if isHeld {
                    console.note(folder.heldNote(afterTicks: ticks))
                    try stand(afterTicks: ticks, hold, board)
                }
            }
            try journal.sync()
            try recorder.finish(.finished)
        } catch {
            // The journal has every finished tick; the database may lack the last, and resuming makes it anew.
            try? recorder.finish(.failed, text: "\(error)")
            throw error
        }
        return journal.digest.description
    }

    /// Stands between two ticks for as long as the run is held.
    private func stand(afterTicks ticks: Int, _ hold: HoldWatch, _ board: LiveBoard) throws(RunError) {
        board.enter(.held)
        while hold.holds(ticks) {
            try stopIfInterrupted(inTick: ticks)
            Thread.sleep(forTimeInterval: 0.05)
        }
        board.enter(.running)
    }

    private func stopIfInterrupted(inTick tick: Int) throws(RunError) {
        if interruption.isRaised { throw RunError(.interrupted, "interrupted in tick \(tick)") }
    }

    private func launch(
        _ experiment: Experiment, in folder: RunFolder, transport: ProcessRun.Transport, bar: ProgressBar
    ) async throws -> String {
        var bar = bar
        var events: [RunEvent] = []
        var ticks = 0
        try folder.makeLogs()
        let board = LiveBoard(of: folder, complain: console.note)
        defer { board.enter(.ended) }
        let note = { (kind: String, text: String) in
            console.note(text)
            events.append(RunEvent(kind: kind, text: text))
            board.change { $0.note(text, ticks: ticks) }
        }
        let voice = RunVoice(
            progress: {
                ticks = $0
                bar.show($0)
            }, notice: { note("refused", $0) }, incident: { note("loss", $0) }, remark: { console.note($0) })
        let site = try spread?.site(of: experiment)
        let parts = RunParts(
            experiment: experiment, folder: folder, options: options, scenarioFolder: scenarioFolder,
            isDurable: isDurable, isInsecure: isInsecure, isProfiled: isProfiled, seating: site?.seating,
            tellsEveryTick: chaos != nil)
        let run = ProcessRun(
            parts: parts, transport: transport, endpoint: site?.endpoint ?? endpoint, chaos: chaos,
            interruption: interruption,
            voice: voice, board: board)
        do {
            let digest = try await run.run()
            try close(experiment, folder, events: events)
            return digest
        } catch {
            // Whatever becomes of the database, the user hears why the run failed.
            do {
                try close(experiment, folder, events: events, failure: "\(error)")
            } catch let second {
                console.note("note: the database of the run is not complete: \(second)")
            }
            throw error
        }
    }

    /// Brings the database of a run whose processes are gone up to its journal, and adds what happened beside the ticks.
    private func close(
        _ experiment: Experiment, _ folder: RunFolder, events: [RunEvent], failure: String? = nil
    ) throws {
        if events.isEmpty, failure == nil, try RunReader(path: folder.database).facts.status == .finished { return }
        let writer = try RunWriter(
            continuing: folder.database, experiment: experiment, origin: RunOrigin(of: experiment))
        let journal = try JournalReader(folder.journal)
        while let entry = try journal.next() {
            if entry.record.tick >= writer.nextTick { try writer.append(record: entry.record, digest: entry.digest) }
        }
        for event in events { writer.append(event: event) }
        try writer.finish(failure == nil ? .finished : .failed, text: failure ?? "")
    }
}

extension RunFolder {
    /// Makes journal and database of a run that is about to begin. Throws `JournalError` or `RunStoreError`.
    ///
    /// The head of the journal says what to run; coordinator and recorder go on from wherever it ends.
    func begin(_ experiment: Experiment) throws {
        _ = try JournalWriter(creating: journal, experiment: experiment)
        _ = try RunWriter(creating: database, experiment: experiment, origin: RunOrigin(of: experiment))
    }
}

extension RunOrigin {
    /// The origin of a run by this program.
    init(of experiment: Experiment) {
        self.init(
            scenarioDigest: experiment.digest, baselineDigest: experiment.baseline.digest,
            gridtideVersion: Software.version)
    }
}
