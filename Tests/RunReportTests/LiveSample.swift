import CoSimulation
import Foundation
import InferencePlacement
import RunStore
import TestKit

/// A run in a folder, recorded a few ticks at a time while a test watches.
final class LiveSample {
    let folder: String
    let experiment: Experiment
    private let records: [TickRecord]
    private let writer: RunWriter
    private var digest: Digest
    private var lock: Int32 = -1

    init(seed: UInt64 = 7, ticks: Int = 12, hasPlaces: Bool = true) throws {
        folder = NSTemporaryDirectory() + "gridtide-live-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var experiment = SampleExperiment.make(ticks: ticks, seed: seed)
        for index in experiment.regions.indices where hasPlaces {
            experiment.regions[index].location = Location(
                latitudeDegrees: 20 * Double(index), longitudeDegrees: 50 * Double(index) - 60)
        }
        self.experiment = experiment
        records = try SampleRun(experiment).records
        digest = experiment.digest
        writer = try RunWriter(
            creating: folder + "/run.sqlite", experiment: experiment,
            origin: RunOrigin(
                scenarioDigest: experiment.digest, baselineDigest: experiment.baseline.digest, gridtideVersion: "test"))
    }

    deinit {
        if lock >= 0 { close(lock) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Records up to a tick; agent n is waited for n milliseconds, the first 100 in every third tick.
    func record(upTo end: Int) throws {
        for record in records[writer.nextTick..<end] {
            digest = digest.chained(with: record.canonicalBytes())
            let waits = (0..<experiment.agentCount).map { agent in
                agent == 0 && record.tick.isMultiple(of: 3) ? 100_000 : 1000 * UInt32(agent)
            }
            try writer.append(
                record: record, digest: digest,
                telemetry: TickTelemetry(
                    tick: record.tick, waitMicroseconds: waits, clearingMicroseconds: 10, tickMicroseconds: 50_000))
        }
        try writer.flush()
    }

    func finish(_ status: RunStatus, text: String = "") throws { try writer.finish(status, text: text) }

    /// Holds the launcher's lock, or gives it back.
    func launch(_ isAlive: Bool) throws {
        let plan = folder + "/plan.json"
        if lock < 0 {
            try Data("{}".utf8).write(to: URL(fileURLWithPath: plan))
            lock = open(plan, O_RDWR)
        }
        flock(lock, isAlive ? LOCK_EX : LOCK_UN)
    }
}

extension RunReader {
    /// The one number of a query on sums of areas, for the tests' own reckoning.
    func totals(ticks: Range<Int>) throws -> [(loadMW: Double, emissionsKg: Double)] {
        try read { run in
            var totals = [(loadMW: Double, emissionsKg: Double)](repeating: (0, 0), count: ticks.count)
            try run.forEachArea(in: ticks) { point in
                totals[point.tick - ticks.lowerBound].loadMW += point.computeLoadMW
                totals[point.tick - ticks.lowerBound].emissionsKg += point.emissionsKg
            }
            return totals
        }
    }
}
