internal import CoSimulation
internal import ZeroMQTransport

/// Tells the launcher what happens in a coordinator's service, a line each; of ticks a few a second are enough.
final class StatusTeller {
    private let experiment: Experiment
    private let tellsEveryTick: Bool
    private var lastProgress = SuspendingClock.now

    init(of experiment: Experiment, tellsEveryTick: Bool) {
        self.experiment = experiment
        self.tellsEveryTick = tellsEveryTick
    }

    /// Tells of an event.
    func tell(_ event: CoordinatorService.Event) {
        switch event {
        case .finished(let record, _): tellProgress(ticks: record.tick + 1)
        default: status(of: event)?.emit()
        }
    }

    private func tellProgress(ticks: Int) {
        let now = SuspendingClock.now
        guard tellsEveryTick || now - lastProgress > .milliseconds(40) else { return }
        lastProgress = now
        StatusLine.progress(ticks: ticks).emit()
    }

    private func status(of event: CoordinatorService.Event) -> StatusLine? {
        switch event {
        case .started: .started
        case .finished: nil
        case .held(let ticks): .held(ticks: ticks)
        case .wentOn: .wentOn
        case .waiting(let tick, let phase, let agents):
            .waiting(tick: tick, phase: phase.name, agents: agents.map { experiment.agent($0).name })
        case .completed(let digest): .finished(digest: digest.description, ticks: experiment.clock.tickCount)
        case .refused(let text): .notice(text)
        case .ailing(let name, let error): .ailing(name: name, code: error.code.rawValue, text: error.description)
        case .released(let name, let tick, let phase): .released(name: name, tick: tick, phase: phase?.name ?? "")
        case .caughtUp(let name, let exchanges): .caughtUp(name: name, exchanges: exchanges)
        }
    }
}
