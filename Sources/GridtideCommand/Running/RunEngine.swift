internal import CoSimulation
internal import Foundation
internal import ReferenceAgents
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
        let folder: RunFolder
    }

    let layout: Layout
    /// Where the coordinator of a run in processes listens; nil for a place of its own choice.
    var endpoint: String?
    let options: RunOptions
    /// The folder foreign agents are started in.
    let scenarioFolder: URL
    let interruption: Interruption
    let console: Console

    /// Runs to the end. Throws `RunError`, `JournalError`, `RunStoreError` or `CommandError`.
    func run(_ experiment: Experiment, in folder: RunFolder, label: String) async throws -> Outcome {
        let start = ContinuousClock.now
        let bar = ProgressBar(label: label, total: experiment.clock.tickCount, isQuiet: console.isQuiet)
        defer { bar.finish() }
        let digest: String
        switch layout {
        case .inProcess: digest = try runHere(experiment, in: folder, bar: bar)
        case .processes(let transport):
            digest = try await launch(experiment, in: folder, transport: transport, bar: bar)
        }
        return Outcome(digest: digest, seconds: (ContinuousClock.now - start) / .seconds(1), folder: folder)
    }

    private func runHere(_ experiment: Experiment, in folder: RunFolder, bar: ProgressBar) throws -> String {
        var bar = bar
        let journal = try JournalWriter(creating: folder.journal, experiment: experiment)
        let recorder = try RunWriter(
            creating: folder.database, experiment: experiment, origin: RunOrigin(of: experiment))
        var run = try InProcessRun(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        do {
            try run.run { record, telemetry in
                if interruption.isRaised { throw RunError(.interrupted, "interrupted in tick \(record.tick)") }
                let entry = try journal.append(record)
                try recorder.append(record: record, digest: entry.digest, telemetry: telemetry)
                bar.show(record.tick + 1)
            }
            try journal.sync()
            try recorder.finish(.finished)
        } catch let error as RunError {
            try recorder.finish(.failed, text: error.description)
            throw error
        }
        return journal.digest.description
    }

    private func launch(
        _ experiment: Experiment, in folder: RunFolder, transport: ProcessRun.Transport, bar: ProgressBar
    ) async throws -> String {
        var bar = bar
        var notices: [String] = []
        try folder.makeLogs()
        // The head of the journal tells coordinator and recorder what to run; both go on from wherever it ends.
        _ = try JournalWriter(creating: folder.journal, experiment: experiment)
        _ = try RunWriter(creating: folder.database, experiment: experiment, origin: RunOrigin(of: experiment))
        let run = ProcessRun(
            experiment: experiment, folder: folder, transport: transport, endpoint: endpoint, options: options,
            scenarioFolder: scenarioFolder, interruption: interruption, progress: { bar.show($0) },
            notice: { text in
                console.note(text)
                notices.append(text)
            }, invitation: { console.note($0) })
        do {
            let digest = try await run.run()
            if !notices.isEmpty { try close(experiment, folder, notices: notices).finish(.finished) }
            return digest
        } catch {
            // Whatever becomes of the database, the user hears why the run failed.
            do {
                try close(experiment, folder, notices: notices).finish(.failed, text: "\(error)")
            } catch let second {
                console.note("note: the database of the run is not complete: \(second)")
            }
            throw error
        }
    }

    /// Brings the database of a run whose processes are gone up to its journal, and adds what was refused or dropped.
    private func close(_ experiment: Experiment, _ folder: RunFolder, notices: [String]) throws -> RunWriter {
        let writer = try RunWriter(
            continuing: folder.database, experiment: experiment, origin: RunOrigin(of: experiment))
        let journal = try JournalReader(folder.journal)
        while let entry = try journal.next() {
            if entry.record.tick >= writer.nextTick { try writer.append(record: entry.record, digest: entry.digest) }
        }
        for text in notices { writer.append(event: RunEvent(kind: "refused", text: text)) }
        return writer
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
