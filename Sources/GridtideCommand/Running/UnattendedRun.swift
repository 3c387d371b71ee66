internal import CoSimulation
internal import Foundation
internal import RunReport
internal import Scenarios
internal import ZeroMQTransport

/// What looks after a run whose coordinator has no launcher: whoever started its processes is to start those again that are
/// lost, such as the engine that runs containers.
///
/// It has the sole right to the run, deals with losses as the run's plan says, says what happened in words, and lets those
/// know who watch.
final class UnattendedRun {
    private let parts: RunParts
    private let lock: RunLock
    private let board: LiveBoard
    private var restarts: [String: Int] = [:]
    /// Processes whose loss is known and not dealt with yet: of one that plays several agents each of them tells.
    private var losing: Set<String> = []
    private var ticks = 0
    private var orders: OrderBox?
    private var loss: RunError?

    /// Takes over the run in a folder; nil where nothing says how it is carried out. Throws `CommandError`; `inUse` where
    /// another process has the right to it.
    init?(of experiment: Experiment, in folder: RunFolder) throws {
        guard FileManager.default.fileExists(atPath: folder.plan) else { return nil }
        let plan = try RunPlan(of: folder)
        parts = RunParts(
            experiment: experiment, folder: folder, options: plan.options,
            scenarioFolder: URL(fileURLWithPath: plan.scenarioFolder), isDurable: plan.isDurable,
            isInsecure: plan.isInsecure, isProfiled: plan.isProfiled ?? false, tellsEveryTick: false)
        lock = try RunLock(of: folder)
        board = LiveBoard(of: folder, complain: Self.say)
        board.enter(.starting)
    }

    /// How the run is carried out.
    var options: RunOptions { parts.options }
    /// Whether its journal is synced after every tick.
    var isDurable: Bool { parts.isDurable }
    /// Whether it is measured where the time goes.
    var isProfiled: Bool { parts.isProfiled }

    /// Coordinates the run to its end. Throws `RunError`.
    func carryOut(_ service: CoordinatorService) throws {
        orders = service.orderTaker
        defer {
            board.enter(.ended)
            withExtendedLifetime(lock) {}
        }
        do {
            _ = try service.run()
        } catch {
            guard let loss, error.code == .interrupted else { throw error }
            throw loss
        }
    }

    /// Hears of what happens in the coordinator's service.
    func tell(_ event: CoordinatorService.Event) {
        switch event {
        case .started, .wentOn: board.enter(.running)
        case .finished(let record, _):
            ticks = record.tick + 1
            board.change { $0.waiting = nil }
        case .held: board.enter(.held)
        case .waiting(let tick, let phase, let agents):
            let names = agents.map { parts.experiment.agent($0).name }
            board.change { $0.waiting = LaunchState.Waiting(tick: tick, phase: phase.name, agents: names) }
        case .refused(let text): note(text)
        case .ailing(let name, let error): judge(error, of: parts.process(of: name))
        case .released(let name, _, _): losing.remove(parts.process(of: name))
        case .caughtUp(let name, _):
            mark(parts.process(of: name), as: .running)
            note("\(name) is back and knows its past")
        case .completed: break
        }
        board.publish()
    }

    /// Decides what becomes of a run that has lost a process.
    private func judge(_ error: RunError, of process: String) {
        guard losing.insert(process).inserted else { return }
        let agents = parts.speakers(of: process)
        switch parts.policy(of: process) {
        case .fail: end(error)
        case .absent:
            mark(process, as: .gone)
            note("\(error.description); going on without it")
            orders?.give(.goOnWithout(names: agents))
        case .restart:
            let (number, limit) = (restarts[process, default: 0] + 1, parts.options.restartLimit)
            guard number <= limit else {
                let text = "\(error.description); its successor was awaited \(number - 1) times already"
                return end(RunError(error.code, text))
            }
            restarts[process] = number
            mark(process, as: .restarting)
            note("\(error.description); its successor is awaited, \(number) of \(limit)")
            orders?.give(.awaitSuccessor(names: agents))
        }
    }

    /// Ends the run with a loss.
    private func end(_ error: RunError) {
        loss = error
        orders?.give(.stop)
    }

    /// Shows a process in another state, under the names of its agents; of those that were never lost nothing is said.
    private func mark(_ process: String, as state: LaunchState.Process.State) {
        let names = parts.speakers(of: process)
        let restarts = restarts[process, default: 0]
        board.change { launch in
            launch.processes.removeAll { names.contains($0.name) }
            launch.processes += names.map { LaunchState.Process(name: $0, state: state, pid: nil, restarts: restarts) }
        }
    }

    /// Notes what happened, for who watches and then in words: who has read them finds it in the other place, too.
    private func note(_ text: String) {
        board.change { $0.note(text, ticks: ticks) }
        board.publish()
        Self.say(text)
    }

    private static func say(_ text: String) {
        Console.write(text + "\n", to: .error)
    }
}
