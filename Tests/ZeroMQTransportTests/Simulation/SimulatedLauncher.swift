import CoSimulation
import ZeroMQTransport

/// The launcher of a simulated run: starts its processes, hears of their ends and of what the coordinator says, and does what
/// `RunAttempt` does.
final class SimulatedLauncher {
    /// What is known of a process.
    private struct Part {
        var process: SimulatedProcess?
        var isRunning = true
        /// Whether it is being killed.
        var isLost = false
        var restarts: Int
    }

    /// Makes a process.
    private let make: (String) -> SimulatedProcess
    /// Gives the coordinator an order.
    var give: (CoordinatorService.Order) -> Void = { _ in }
    private let world: SimulatedWorld
    private let absentees: Set<String>
    /// The agents of each process that plays several, by its name: that of the first of them.
    private let groups: [String: [String]]
    private var parts: [String: Part] = [:]
    /// Every process there ever was.
    private(set) var processes: [SimulatedProcess] = []
    /// Losses of which the coordinator has not heard yet.
    private var losses: Set<String> = []
    private var lastOrder = 0
    private var lastStatus = 0
    private var isOver = false

    init(
        world: SimulatedWorld, groups: [String: [String]], absentees: Set<String>,
        make: @escaping (String) -> SimulatedProcess
    ) {
        self.world = world
        self.groups = groups
        self.absentees = absentees
        self.make = make
    }

    /// Starts a process after a back-off; until it is there, it counts as running and may be found to be of no use.
    func launch(_ name: String, after backoff: Int) {
        world.after(backoff) { [self] in
            parts[name] = Part(restarts: parts[name]?.restarts ?? 0)
            world.after(world.delay()) { [self] in
                if !isOver { start(name) }
            }
        }
    }

    private func start(_ name: String) {
        let process = make(name)
        parts[name]?.process = process
        processes.append(process)
        world.say("\(name) is started, \(parts[name]?.restarts ?? 0) before it")
        process.ended = { [self] in noteEnd(of: name, $0) }
        if parts[name]?.isLost == true {
            world.count("ailing before its start", name)
            process.end(status: nil, because: "is killed as it is of no use")
        }
    }

    /// Ends everything.
    func endAll() {
        isOver = true
        for process in processes {
            process.end(status: nil, because: "all are ended")
            process.ended = { _ in }
        }
        processes = []
    }

    // MARK: What it hears

    /// Hears of an event of the coordinator, a little later and in order.
    func hear(_ event: CoordinatorService.Event) {
        world.soon(notBefore: &lastStatus) { [self] in
            if !isOver { take(event) }
        }
    }

    private func take(_ event: CoordinatorService.Event) {
        switch event {
        case .ailing(let agent, let error):
            let name = groups.first { $0.value.contains(agent) }?.key ?? agent
            world.count("ailing", error.description)
            // The end of one that runs no more is known already.
            guard let part = parts[name], part.isRunning, !part.isLost else { return }
            parts[name]?.isLost = true
            parts[name]?.process?.end(status: nil, because: "is killed as it is of no use")
        case .released(let name, _, _): if losses.remove(name) != nil { judge(name) }
        case .completed: isOver = true
        default: break
        }
    }

    private func noteEnd(of name: String, _ status: SimulatedProcess.Status) {
        guard !isOver, let part = parts[name] else { return }
        parts[name]?.isRunning = false
        guard status == 0, !part.isLost else { return report(name) }
        world.after(400_000) { [self] in
            if !isOver { report(name) }
        }
    }

    // MARK: What it does

    private func report(_ name: String) {
        losses.insert(name)
        let order: CoordinatorService.Order =
            absentees.contains(name)
            ? .goOnWithout(names: groups[name] ?? [name]) : .awaitSuccessor(names: groups[name] ?? [name])
        world.soon(notBefore: &lastOrder) { [self] in
            guard !isOver else { return }
            world.count("order", "\(order)")
            give(order)
        }
    }

    private func judge(_ name: String) {
        guard !absentees.contains(name) else { return world.count("absent", name) }
        let restarts = (parts[name]?.restarts ?? 0) + 1
        parts[name]?.restarts = restarts
        world.count("restart", name)
        let backoff = restarts <= 1 ? 0 : min(2_000_000, 100_000 << min(restarts - 2, 10))
        launch(name, after: backoff)
    }
}
