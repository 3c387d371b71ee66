import CoSimulation
import Foundation
import ReferenceAgents
import RunStore
import Scenarios
import Support

let usage = """
    usage: recorder SCENARIO TICKS DATABASE
    Plays a scenario, then writes its records over and over, as ticks of one longer run, into a new database, and prints
    the seconds that took, from the first record to the end of the run.
    """

/// Every record of a scenario with its digest and waits.
func records(of experiment: Experiment) throws -> [(record: TickRecord, telemetry: TickTelemetry)] {
    var found: [(TickRecord, TickTelemetry)] = []
    var run = try InProcessRun(experiment: experiment, catalogue: ReferenceAgents.catalogue)
    try run.run { record, telemetry in found.append((record, telemetry)) }
    return found
}

Program.run("recorder") { words in
    guard words.count == 3, let ticks = Int(words[1]), ticks > 0 else { throw Fault(description: usage) }
    var experiment = try Scenario.load(words[0], catalogue: ReferenceAgents.catalogue).experiment
    let played = try records(of: experiment)
    experiment.clock = Clock(
        startSeconds: experiment.clock.startSeconds, tickSeconds: experiment.clock.tickSeconds, tickCount: ticks)
    let origin = RunOrigin(
        scenarioDigest: experiment.digest, baselineDigest: experiment.baseline.digest,
        gridtideVersion: Software.version)
    let digest = experiment.digest
    let start = ContinuousClock.now
    let writer = try RunWriter(creating: words[2], experiment: experiment, origin: origin)
    for tick in 0..<ticks {
        var (record, telemetry) = played[tick % played.count]
        record.tick = tick
        telemetry.tick = tick
        try writer.append(record: record, digest: digest, telemetry: telemetry)
    }
    try writer.finish(.finished)
    Program.report("recorder", [("seconds", [(ContinuousClock.now - start) / .seconds(1)])])
}
