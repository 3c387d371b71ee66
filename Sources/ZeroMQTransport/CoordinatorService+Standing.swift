internal import CoSimulation

// When a run does not move: it is held between two ticks, or waits for answers. Who watches is told.
extension CoordinatorService {
    /// How long a phase waits before it is told for whom.
    var waitToTell: Duration { .milliseconds(400) }

    /// Stands between two ticks for as long as the run is held; what comes meanwhile is heard. No agent has a question
    /// then, so no deadline passes.
    func stand(afterTicks ticks: Int) throws(RunError) {
        guard ticks < experiment.clock.tickCount, holds(ticks) else { return }
        watch(.held(ticks: ticks))
        while holds(ticks) {
            if let (slot, message) = try nextMessage(until: hub.now + .milliseconds(50)) {
                try take(message, slot: slot)
            }
        }
        meter.skipPause()
        watch(.wentOn)
    }

    /// Tells whom the phase under way waits for, unless that is nobody any more.
    func tellWait() {
        toldWaitAt = hub.now
        let asked = questions.compactMap(\.self)
        guard let first = asked.first else { return }
        watch(.waiting(tick: first.tick, phase: first.phase, agents: asked.map(\.agent)))
    }
}
