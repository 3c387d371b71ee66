internal import CoSimulation
internal import Foundation
internal import RunAnalysis
internal import RunStore
internal import Scenarios

/// A run with its baseline, from the first tick or from where it was left, and the report of what came out.
struct RunSession {
    let plan: RunPlan
    let folder: RunFolder
    let interruption: Interruption
    let output: OutputArguments
    /// Seed of what is struck while the run goes on; nil without chaos.
    var chaosSeed: UInt64?
    /// Whether a dashboard is served.
    var isWatched = false

    private var console: Console { output.console }
    private var isBaselinePossible: Bool { !plan.options.launches.values.contains(.byHand) }

    /// Runs an experiment from the first tick. Throws `RunError`, `JournalError`, `RunStoreError` or `CommandError`.
    func begin(_ experiment: Experiment) async throws {
        try plan.keep(in: folder)
        let lock = try RunLock(of: folder)
        defer { withExtendedLifetime(lock) {} }
        var engine = engine
        engine.chaos = try chaosSeed.map {
            ChaosPlan(seed: $0, agents: try groups(of: experiment).map(\.name), tickCount: experiment.clock.tickCount)
        }
        let page = isWatched ? try DashboardProcess(of: folder, console: console) : nil
        do {
            let outcome = try await engine.run(experiment, in: folder, label: experiment.name)
            try await finish(outcome, experiment)
        } catch {
            await linger(with: page, "the run failed, as the dashboard says, which stays until Ctrl-C")
            throw error
        }
        await linger(with: page, "the dashboard stays until Ctrl-C")
    }

    /// At a terminal a dashboard outlives its run until Ctrl-C, since somebody may be looking at it.
    private func linger(with page: DashboardProcess?, _ note: String) async {
        guard let page, isatty(STDERR_FILENO) == 1, !interruption.isRaised else { return }
        console.note(note)
        let raised = AsyncStream<Void> { stream in interruption.onRaise { stream.finish() } }
        for await _ in raised {}
        withExtendedLifetime(page) {}
    }

    /// Goes on with a run that was left. Throws `RunError`, `JournalError`, `RunStoreError` or `CommandError`.
    func resume() async throws {
        let lock = try RunLock(of: folder)
        defer { withExtendedLifetime(lock) {} }
        let experiment = try JournalReader(folder.journal).experiment
        let outcome = try await engine.resume(in: folder, label: experiment.name)
        try await finish(outcome, experiment)
    }

    private func finish(_ outcome: RunEngine.Outcome, _ experiment: Experiment) async throws {
        let hasBaseline = plan.hasBaseline && isBaselinePossible
        if hasBaseline {
            try await runBaseline(experiment.baseline)
        } else if plan.hasBaseline {
            console.note("no baseline: agents that were started by hand have left with the run.")
        }
        try report(outcome, experiment, hasBaseline: hasBaseline)
    }

    private var engine: RunEngine {
        var engine = engine(isInProcess: plan.isInProcess, endpoint: plan.endpoint, plan.options)
        engine.isProfiled = plan.isProfiled ?? false
        return engine
    }

    private func engine(isInProcess: Bool, endpoint: String?, _ options: RunOptions) -> RunEngine {
        RunEngine(
            layout: isInProcess ? .inProcess : .processes(plan.options.transport == .tcp ? .tcp : .ipc),
            endpoint: endpoint, options: options, scenarioFolder: URL(fileURLWithPath: plan.scenarioFolder),
            isDurable: plan.isDurable, isInsecure: plan.isInsecure, spread: plan.spread, interruption: interruption,
            console: console)
    }

    /// Everything at home comes out the same in one process or many, and with slow agents or without; the quicker is done
    /// where it is possible.
    private func runBaseline(_ experiment: Experiment) async throws {
        var options = plan.options
        options.slowness = []
        let home = engine(isInProcess: options.launches.isEmpty, endpoint: nil, options)
        if FileManager.default.fileExists(atPath: folder.baseline.journal) {
            _ = try await home.resume(in: folder.baseline, label: "at home")
        } else {
            try folder.makeBaseline()
            _ = try await home.run(experiment, in: folder.baseline, label: "at home")
        }
    }

    private func report(_ outcome: RunEngine.Outcome, _ experiment: Experiment, hasBaseline: Bool) throws {
        let run = try RunReader(path: folder.database)
        let home = hasBaseline ? try RunReader(path: folder.baseline.database) : nil
        let comparison = try RunComparison(of: run, with: home)
        let profile = try TimeProfile(of: run)
        if profile != nil { try Profile.writeTrace(of: run, ticks: nil, to: folder.trace, console) }
        if output.json {
            console.print(
                try console.json(
                    RunReport(
                        folder: folder.url.path, digest: outcome.digest, ticks: experiment.clock.tickCount,
                        seconds: outcome.seconds, comparison: comparison)))
            return
        }
        console.print(comparison.text)
        if let profile { console.print(profile.text) }
        console.print("run     \(folder.url.relativePath)")
        console.print("digest  \(outcome.digest)")
        console.note(
            String(
                format: "%d agents, %d ticks in %.1f s (%.0f ticks/s), %@", experiment.agentCount, outcome.ticks,
                outcome.seconds, Double(outcome.ticks) / max(outcome.seconds, 1e-9),
                plan.isInProcess ? "in one process" : (try? processes(of: experiment)) ?? "in processes"))
    }

    private func processes(of experiment: Experiment) throws -> String {
        let groups = try groups(of: experiment)
        let hosts = Set(groups.compactMap(\.place.name)).count
        let spread = hosts == 0 ? "" : " on \(hosts) \(hosts == 1 ? "host" : "hosts")"
        return groups.count == experiment.agentCount
            ? "each agent in a process of its own\(spread)"
            : "all agents in \(groups.count == 1 ? "one process" : "\(groups.count) processes")\(spread)"
    }

    private func groups(of experiment: Experiment) throws -> [AgentGroup] {
        AgentGroup.all(
            of: experiment, options: plan.options, seating: try plan.spread?.site(of: experiment).seating)
    }
}

/// What `gridtide run --json` prints.
private struct RunReport: Encodable {
    let folder: String
    let digest: String
    let ticks: Int
    let seconds: Double
    let comparison: RunComparison
}
