internal import CoSimulation
internal import Foundation
internal import RunReport
internal import Scenarios
internal import Subprocess
internal import ZeroMQTransport

/// The processes of a run under one coordinator: started, watched, started again, ended. Nothing is left when it returns.
final class RunAttempt {
    /// What the watcher of the processes learns.
    private enum Event: Sendable {
        case status(StatusLine)
        case started(name: String, pid: Int32)
        case ended(name: String, Child.Fate)
        /// Of a process that ended before its time, nothing came that explains it.
        case unexplained(Loss)
        /// The coordinator has not said where the run was when a process was lost.
        case unplaced(name: String)
        case due(Child)
        case look
        case interrupted
    }

    /// A process and what is known of it.
    private struct Part {
        var child: Child
        var pid: Int32?
        var isRunning = false
        var restarts = 0
        /// Whether it was started again and has not told its past.
        var isCatchingUp = false
        /// Why it is being killed.
        var loss: Loss?
        var wasStopped = false
    }

    private(set) var chaos: ChaosPlan?
    private let parts: RunParts
    private let interruption: Interruption
    private let voice: RunVoice
    private let board: LiveBoard
    private var processes: [String: Part] = [:]
    /// Losses of which the coordinator has not heard yet.
    private var losses: [String: Loss] = [:]
    private var ticks = 0
    private var digest: String?
    private var patience: SuspendingClock.Instant?
    /// When the run last moved; nil before everyone is here, and once it was said that it does not.
    private var lastMove: SuspendingClock.Instant?
    /// Whether the run is held between two ticks.
    private var isHeld = false
    private var orders: Int32 = -1
    /// Where processes learn that their launcher is gone: the coordinator from its orders, the others from the lifeline. Those
    /// elsewhere have one of their own: ssh sets its input to return at once, which would hold for all who share it.
    private var inputs: (lifeline: Int32, farLifeline: Int32, orders: Int32) = (-1, -1, -1)
    private var tasks: [Task<Void, Never>] = []
    private let events: AsyncStream<Event>
    private let sink: AsyncStream<Event>.Continuation

    init(parts: RunParts, chaos: ChaosPlan?, interruption: Interruption, voice: RunVoice, board: LiveBoard) {
        self.parts = parts
        self.chaos = chaos
        self.interruption = interruption
        self.voice = voice
        self.board = board
        (events, sink) = AsyncStream.makeStream(of: Event.self)
    }

    /// Runs to the end and returns the digest. Throws `RunError`, `CommandError`, or `CoordinatorLoss`.
    func run(transport: ProcessRun.Transport, endpoint: String?) async throws -> String {
        let sockets = transport == .ipc && endpoint == nil ? try SocketFolder() : nil
        defer { sockets?.remove() }
        let place = endpoint ?? sockets?.endpoint ?? Endpoint.tcp(host: "127.0.0.1", port: 0).description
        let lifeline = try Lifeline.make()
        let farLifeline = try Lifeline.make()
        let orderLine = try Lifeline.make()
        orders = orderLine.write
        defer {
            for pipe in [lifeline, farLifeline, orderLine] {
                close(pipe.read)
                close(pipe.write)
            }
        }
        inputs = (lifeline.read, farLifeline.read, orderLine.read)
        interruption.onRaise { [sink] in sink.yield(.interrupted) }
        do {
            let digest = try await watch(coordinator: parts.coordinator(endpoint: place))
            await endEverything()
            return digest
        } catch {
            await endEverything()
            throw error
        }
    }

    private func watch(coordinator: Child) async throws -> String {
        launch(coordinator)
        later(.zero, .look)
        for await event in events {
            try take(event)
            if let digest, isEverybodyGone { return digest }
        }
        throw RunError(.interrupted, "interrupted in tick \(ticks)")
    }

    /// Ends what still runs, groups and all, and waits for it.
    private func endEverything() async {
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        tasks = []
    }

    private var isEverybodyGone: Bool {
        !processes.values.contains(where: \.isRunning) || patience.map { $0 < .now } ?? false
    }

    private func launch(_ child: Child) {
        let restarts = processes[child.name]?.restarts ?? 0
        processes[child.name] = Part(
            child: child, isRunning: true, restarts: restarts,
            isCatchingUp: restarts > 0 && child.name != Hello.recorderName)
        let lifeline = child.place == .here ? inputs.lifeline : inputs.farLifeline
        let input = child.name == Child.coordinatorName ? inputs.orders : lifeline
        tasks.append(
            Task { [sink] in
                let fate = await child.run(
                    input: input, started: { sink.yield(.started(name: child.name, pid: $0)) },
                    line: { if let status = StatusLine(line: $0) { sink.yield(.status(status)) } })
                if let fate { sink.yield(.ended(name: child.name, fate)) }
            })
    }

    /// Hears of an event after a while.
    private func later(_ delay: Duration, _ event: Event) {
        Task { [sink] in
            try await Task.sleep(for: delay)
            sink.yield(event)
        }
    }

    // MARK: Events

    private func take(_ event: Event) throws {
        switch event {
        case .status(let status): try take(status)
        case .started(let name, let pid):
            processes[name]?.pid = pid
            // One that is of no use by then: somebody else has spoken in its name.
            if processes[name]?.loss != nil { kill(-pid, SIGKILL) }
        case .ended(let name, .unlaunchable(let reason)):
            throw RunError(.agentLost, "\(parts.title(of: name)) cannot be started: \(reason)")
        case .ended(let name, .ended(let status)): try noteEnd(of: name, status)
        case .unexplained(let loss): if digest == nil { try take(loss) }
        case .unplaced(let name): if let loss = losses[name] { try judge(loss, tick: ticks, phase: "") }
        case .due(let child): launch(child)
        case .look: look()
        case .interrupted: throw RunError(.interrupted, "interrupted in tick \(ticks)")
        }
    }

    private func take(_ status: StatusLine) throws {
        switch status {
        case .listening(let endpoint):
            invite(to: endpoint)
            for child in parts.participants(endpoint: endpoint) { launch(child) }
        case .started: noteMove(.running)
        case .caughtUp(let name, _):
            lastMove = .now
            processes[parts.process(of: name)]?.isCatchingUp = false
        case .progress(let count):
            lastMove = .now
            ticks = count
            voice.progress(count)
            board.change { $0.waiting = nil }
            strike()
        case .held(let count):
            isHeld = true
            voice.progress(count)
            voice.remark(parts.folder.heldNote(afterTicks: count))
            board.enter(.held)
        case .wentOn:
            isHeld = false
            noteMove(.running)
        case .waiting(let tick, let phase, let agents):
            board.change { $0.waiting = LaunchState.Waiting(tick: tick, phase: phase, agents: agents) }
        case .notice(let text): voice.notice(text)
        case .ailing(let agent, let code, let text):
            let name = parts.process(of: agent)
            let error = RunError.Code(rawValue: code) ?? .agentFailed
            let loss = Loss(name: name, title: parts.title(of: name), code: error, text: parts.locate(text, name))
            // The end of a child that runs no more is known already; of a program started by hand, nothing else is.
            guard let part = processes[name] else { return report(loss) }
            if part.isRunning, part.loss == nil { end(name, loss) }
        case .released(let name, let tick, let phase):
            if let loss = losses[parts.process(of: name)] { try judge(loss, tick: tick, phase: phase) }
        case .finished(let digest, let count):
            voice.progress(count)
            self.digest = digest
            patience = .now + .seconds(5)
        case .failed(let code, let text): throw RunError(RunError.Code(rawValue: code) ?? .agentFailed, text)
        }
    }

    private func noteMove(_ phase: LaunchState.Phase) {
        lastMove = .now
        board.enter(phase)
    }

    private func noteEnd(of name: String, _ status: TerminationStatus) throws {
        guard let part = processes[name] else { return }
        processes[name]?.isRunning = false
        guard digest == nil else { return }
        let loss = part.loss ?? Loss(of: part.child, status)
        if part.loss == nil, Self.isOrderly(status, of: name) { return later(.milliseconds(400), .unexplained(loss)) }
        try take(loss)
    }

    /// Whether an end may be one in order, of which more is heard at once: at the end of a run processes leave before the
    /// coordinator's word that it ended comes, and who stops a service or a job tells all its processes at once, us among them.
    private static func isOrderly(_ status: TerminationStatus, of name: String) -> Bool {
        switch status {
        case .exited(0): name != Child.coordinatorName
        case .signaled(SIGTERM), .exited(128 + SIGTERM): true
        default: false
        }
    }

    private func take(_ loss: Loss) throws {
        if loss.name == Child.coordinatorName { throw CoordinatorLoss(loss: loss, tick: ticks) }
        report(loss)
    }

    // MARK: Losses

    /// Tells the coordinator of a loss. It answers where the run is, and then the loss is judged.
    private func report(_ loss: Loss) {
        losses[loss.name] = loss
        let policy = parts.policy(of: loss.name)
        let names = parts.speakers(of: loss.name)
        (policy == .absent ? OrderLine.goOnWithout(names: names) : .awaitSuccessor(names: names)).send(to: orders)
        if policy == .fail { later(.milliseconds(500), .unplaced(name: loss.name)) }
    }

    private func judge(_ loss: Loss, tick: Int, phase: String) throws {
        losses[loss.name] = nil
        switch parts.policy(of: loss.name) {
        case .fail: throw RunError(loss.code, loss.line(tick: tick, phase: phase))
        case .absent: voice.incident(loss.line(tick: tick, phase: phase, "going on without it"))
        case .restart:
            guard let part = processes[loss.name] else {
                return voice.incident(loss.line(tick: tick, phase: phase, "start its program again"))
            }
            let limit = parts.options.restartLimit
            guard part.restarts < limit else {
                throw RunError(
                    loss.code, loss.line(tick: tick, phase: phase, "it was restarted \(part.restarts) times already"))
            }
            let number = part.restarts + 1
            processes[loss.name]?.restarts = number
            voice.incident(loss.line(tick: tick, phase: phase, "restarting, \(number) of \(limit)"))
            later(Backoff.delay(beforeRestart: number), .due(part.child))
        }
    }

    /// Ends a process that is there and of no use.
    private func end(_ name: String, _ loss: Loss) {
        processes[name]?.loss = loss
        if let pid = processes[name]?.pid { kill(-pid, SIGKILL) }
    }

    /// Looks for processes that are stopped. One that is only delayed goes on before it is seen twice.
    private func look() {
        for (name, part) in processes.sorted(by: { $0.key < $1.key }) where part.isRunning && part.loss == nil {
            let isStopped = part.pid.map(ProcessState.isStopped) ?? false
            processes[name]?.wasStopped = isStopped
            if isStopped, part.wasStopped { end(name, Loss(stopped: part.child)) }
        }
        remarkStandstill()
        board.change { $0.processes = processList }
        board.publish()
        later(.milliseconds(300), .look)
    }

    /// The processes for who watches, by name; one that plays several agents under the name of each.
    private var processList: [LaunchState.Process] {
        processes.flatMap { name, part in parts.speakers(of: name).map { (name: $0, process: name, part: part) } }
            .sorted { $0.name < $1.name }.map { name, process, part in
                let state: LaunchState.Process.State =
                    switch (part.isRunning, part.wasStopped) {
                    case (true, true): .stopped
                    case (true, false): part.isCatchingUp ? .restarting : .running
                    case (false, _): parts.policy(of: process) == .restart ? .restarting : .gone
                    }
                return LaunchState.Process(
                    name: name, state: state, pid: part.isRunning ? part.pid : nil, restarts: part.restarts)
            }
    }

    /// Says once when a tick takes longer than agents may. The coordinator then computes or is stuck, which cannot be told
    /// apart from outside: a great market takes its time to clear. So nothing is killed.
    private func remarkStandstill() {
        let seconds = 2 * parts.options.tickDeadlineSeconds
        guard digest == nil, !isHeld, let lastMove, lastMove + .seconds(seconds) < .now else { return }
        self.lastMove = nil
        voice.remark(
            "tick \(ticks) has taken \(String(format: "%g", seconds)) s: the coordinator is computing, or stuck. "
                + "Ctrl-C ends the run, and 'gridtide resume' goes on with it")
    }

    // MARK: Chaos

    /// Strikes whom chaos wants struck by now; who is not there yet is struck later.
    private func strike() {
        for strike in chaos?.due(finishedTicks: ticks) ?? [] {
            guard let part = processes[strike.name], part.isRunning, part.loss == nil, let pid = part.pid else {
                chaos?.putBack(strike)
                continue
            }
            voice.incident("tick \(ticks): chaos: \(strike.blow.rawValue) \(part.child.title)")
            kill(-pid, strike.blow == .kill ? SIGKILL : SIGSTOP)
            guard strike.blow == .delay else { continue }
            Task.detached {
                try await Task.sleep(for: .milliseconds(120))
                kill(-pid, SIGCONT)
            }
        }
    }

    /// Says where agents that are started by hand may join.
    private func invite(to endpoint: String) {
        for name in parts.invited {
            let call = parts.call(name, endpoint: endpoint)
            voice.remark("waiting for \(name): start its program with \(call.text)")
        }
    }
}
