internal import CoSimulation
internal import Foundation
internal import RunReport
internal import Scenarios
internal import ZeroMQTransport

/// A run in separate processes, from its start or from where its journal ends, to the end: whatever is lost on the way is
/// treated as the scenario says.
///
/// When the coordinator is lost, all processes are ended and the run goes on from its journal with new ones.
struct ProcessRun {
    /// How the processes talk.
    enum Transport: String, CaseIterable {
        case ipc
        case tcp
    }

    let parts: RunParts
    let transport: Transport
    /// Where the coordinator listens; nil for a place of its own choice.
    let endpoint: String?
    /// What is struck when; nil without chaos.
    let chaos: ChaosPlan?
    let interruption: Interruption
    /// What the run says while it goes on.
    let voice: RunVoice
    /// Where those look who watch.
    let board: LiveBoard

    /// Runs to the end and returns the digest. Over tcp, keys are made for it. Throws `RunError` or `CommandError`.
    func run() async throws -> String {
        Self.shareOneArena()
        let keys = try needsKeys ? KeyFolder(for: parts.groups, at: parts.folder.keys) : nil
        defer { keys?.remove() }
        var parts = parts
        parts.keys = keys
        parts.starter = await AddressLayout.sharingWords()
        let keepers = try await HostKeepers.hold(for: parts, interruption: interruption)
        parts.keyFolders = keepers.folders
        do {
            let digest = try await run(parts)
            await keepers.end()
            return digest
        } catch {
            await keepers.end()
            throw error
        }
    }

    /// Runs to the end, with another coordinator where one is lost.
    private func run(_ parts: RunParts) async throws -> String {
        var strikes = chaos
        var restarts = 0
        while true {
            board.enter(.starting)
            let attempt = RunAttempt(
                parts: parts, chaos: strikes, interruption: interruption, voice: voice, board: board)
            do {
                return try await attempt.run(transport: transport, endpoint: endpoint)
            } catch let lost as CoordinatorLoss {
                strikes = attempt.chaos
                let line = lost.loss.line(tick: lost.tick, phase: "")
                guard parts.options.policy(of: Child.coordinatorName, isAgent: false) == .restart else {
                    throw RunError(lost.loss.code, line)
                }
                guard restarts < parts.options.restartLimit else {
                    throw RunError(lost.loss.code, "\(line); it was restarted \(restarts) times already")
                }
                restarts += 1
                voice.incident("\(line); going on from the journal, \(restarts) of \(parts.options.restartLimit)")
                try await Task.sleep(for: Backoff.delay(beforeRestart: restarts))
            }
        }
    }

    /// Keeps the memory of a launcher flat: its threads hand each other what they allocate, and with an arena for each of
    /// them fragments would grow for as long as the run goes on.
    private static func shareOneArena() {
        #if canImport(Glibc)
            // Its header is in no module; -8 is M_ARENA_MAX.
            guard let symbol = dlsym(nil, "mallopt") else { return }
            typealias Setting = @convention(c) (_ parameter: Int32, _ value: Int32) -> Int32
            _ = unsafeBitCast(symbol, to: Setting.self)(-8, 1)
        #endif
    }

    /// Whether others than this user could reach the processes.
    private var needsKeys: Bool {
        guard !parts.isInsecure else { return false }
        guard let endpoint else { return transport == .tcp }
        if case .tcp? = try? Endpoint(parsing: endpoint) { return true }
        return false
    }

    /// The program all processes of a run are: this one.
    static let executablePath: String = {
        #if os(Linux)
            if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") { return path }
        #endif
        return Bundle.main.executablePath ?? CommandLine.arguments[0]
    }()
}

/// What a run in processes says while it goes on.
struct RunVoice {
    /// Told how many ticks are finished.
    let progress: (Int) -> Void
    /// Told what was refused or dropped.
    let notice: (String) -> Void
    /// Told what was lost, and what was done about it.
    let incident: (String) -> Void
    /// Told what only who watches needs to know: how to start agents by hand, that nothing moves.
    let remark: (String) -> Void
}

/// The coordinator is gone: the run is over or begins anew from its journal.
struct CoordinatorLoss: Error {
    let loss: Loss
    let tick: Int
}

/// How long a process waits before it is started again: at once the first time, then longer and longer.
enum Backoff {
    /// The wait before the n-th restart, counted from 1; at most 2 s.
    static func delay(beforeRestart number: Int) -> Duration {
        number <= 1 ? .zero : .milliseconds(min(2_000, 100 << min(number - 2, 10)))
    }
}
