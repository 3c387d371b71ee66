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
    private let experiment: Experiment
    private let options: RunOptions
    /// The agents that a process plays together with an agent, by its name.
    private let companions: [String: [String]]
    /// Which agent of a process showed that it was lost, by the first of its agents: the others tell of the same loss.
    private var witnesses: [String: String] = [:]
    private let lock: RunLock
    private let board: LiveBoard
    private var restarts: [String: Int] = [:]
    private var ticks = 0
    private var orders: OrderBox?
    private var loss: RunError?

    /// Takes over the run in a folder; nil where nothing says how it is carried out. Throws `CommandError`; `inUse` where
    /// another process has the right to it.
    init?(of experiment: Experiment, in folder: RunFolder) throws {
        guard FileManager.default.fileExists(atPath: folder.plan) else { return nil }
        self.experiment = experiment
        let options = try RunPlan(of: folder).options
        self.options = options
        let groups = AgentGroup.all(of: experiment, options: options).map(\.agents)
        companions = Dictionary(uniqueKeysWithValues: groups.flatMap { group in group.map { ($0, group) } })
        lock = try RunLock(of: folder)
        board = LiveBoard(of: folder, complain: Self.say)
        board.enter(.starting)
    }

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
            let names = agents.map { experiment.agent($0).name }
            board.change { $0.waiting = LaunchState.Waiting(tick: tick, phase: phase.name, agents: names) }
        case .refused(let text): note(text)
        case .ailing(let name, let error): judge(error, of: name)
        case .caughtUp(let name, _):
            witnesses[names(besides: name)[0]] = nil
            mark(name, as: .running)
            note("\(name) is back and knows its past")
        case .released, .completed: break
        }
        board.publish()
    }

    /// Decides what becomes of a run that has lost a process.
    private func judge(_ error: RunError, of name: String) {
        let names = names(besides: name)
        let witness = witnesses[names[0], default: name]
        guard witness == name else { return }
        witnesses[names[0]] = witness
        switch options.policy(of: name, isAgent: name != Hello.recorderName) {
        case .fail: end(error)
        case .absent:
            mark(name, as: .gone)
            note("\(error.description); going on without it")
            orders?.give(.goOnWithout(names: names))
        case .restart:
            let number = restarts[name, default: 0] + 1
            guard number <= options.restartLimit else {
                return end(RunError(error.code, "\(error.description); it was lost \(number - 1) times already"))
            }
            restarts[name] = number
            mark(name, as: .restarting)
            note("\(error.description); its successor is awaited, \(number) of \(options.restartLimit)")
            orders?.give(.awaitSuccessor(names: names))
        }
    }

    /// All whom the process of an agent speaks for, or the recorder itself.
    private func names(besides name: String) -> [String] { companions[name] ?? [name] }

    /// Ends the run with a loss.
    private func end(_ error: RunError) {
        loss = error
        orders?.give(.stop)
    }

    /// Shows a process in another state; of those that were never lost nothing is said.
    private func mark(_ name: String, as state: LaunchState.Process.State) {
        let process = LaunchState.Process(name: name, state: state, pid: nil, restarts: restarts[name, default: 0])
        board.change { launch in
            launch.processes.removeAll { $0.name == name }
            launch.processes.append(process)
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
