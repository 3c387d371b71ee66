import CoSimulation
import Foundation
import InferencePlacement
import RunReport
import RunStore
import TestKit

/// A small run with places, an event and a baseline, recorded into a folder that goes with it.
final class SampleReport {
    let run: RunReader
    let baseline: RunReader
    let report: Report
    let page: String
    private let folder: URL

    /// What stands in a page instead of the library that draws.
    static let bundle = VegaBundle(script: "window.vegaEmbed = null // </script><!-- no library")

    /// Runs and records an experiment, its names changed where told to.
    init(
        seed: UInt64, ticks: Int = 8, name: String = "sample", agentSuffix: String = "", hasPlaces: Bool = true,
        recorded: Int? = nil, status: RunStatus = .finished, text: String = ""
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("gridtide-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var experiment = SampleExperiment.make(ticks: ticks, seed: seed)
        experiment.name = name
        for index in experiment.regions.indices {
            experiment.regions[index].agent.name += agentSuffix
            guard hasPlaces else { continue }
            experiment.regions[index].location = Location(
                latitudeDegrees: 20 * Double(index), longitudeDegrees: 50 * Double(index) - 60)
        }
        experiment.events = [
            GridEvent(
                name: "heat", region: 1, ticks: 3..<5, kind: .curtailment(reductionMW: 10, priceUSDPerMWh: 50))
        ]
        run = try Self.record(
            experiment, in: folder, as: "run", ticks: recorded ?? ticks, status: status, text: text)
        baseline = try Self.record(
            experiment.baseline, in: folder, as: "baseline", ticks: ticks, status: .finished, text: "")
        report = try Report(of: run, with: baseline)
        page = Page(of: report, with: Self.bundle).html
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static func record(
        _ experiment: Experiment, in folder: URL, as name: String, ticks: Int, status: RunStatus, text: String
    ) throws -> RunReader {
        let path = folder.appendingPathComponent("\(name).sqlite").path
        let writer = try RunWriter(
            creating: path, experiment: experiment,
            origin: RunOrigin(
                scenarioDigest: experiment.digest, baselineDigest: experiment.baseline.digest,
                gridtideVersion: "test"))
        var digest = experiment.digest
        for var record in try SampleRun(experiment).records.prefix(ticks) {
            addSupply(to: &record)
            digest = digest.chained(with: record.canonicalBytes())
            try writer.append(record: record, digest: digest, telemetry: waits(record.tick, experiment.agentCount))
        }
        if status == .running { try writer.flush() } else { try writer.finish(status, text: text) }
        return try RunReader(path: path)
    }

    /// Lets half of each area's load come from coal, the rest from wind.
    private static func addSupply(to record: inout TickRecord) {
        for index in record.dispatches.indices {
            guard let area = record.dispatches[index]?.areas.first else { continue }
            record.dispatches[index]?.areas[0].technologies = ["coal", "wind"].map {
                TechnologyOutput(technology: $0, outputMW: area.generationMW / 2)
            }
        }
    }

    /// Agent n is waited for n milliseconds, but the first one 100 in every third tick.
    private static func waits(_ tick: Int, _ agentCount: Int) -> TickTelemetry {
        TickTelemetry(
            tick: tick,
            waitMicroseconds: (0..<agentCount).map { $0 == 0 && tick.isMultiple(of: 3) ? 100_000 : 1000 * UInt32($0) },
            clearingMicroseconds: 10, tickMicroseconds: 100_000)
    }

    /// The figure with a name; it must be there.
    func figure(_ id: String) throws -> Figure {
        guard let figure = report.figures.first(where: { $0.id == id }) else {
            throw CocoaError(.featureUnsupported, userInfo: [NSLocalizedDescriptionKey: "no figure \(id)"])
        }
        return figure
    }
}

extension Table {
    /// The words of a column, by row.
    func texts(_ name: String) -> [String] {
        guard let place = columns.firstIndex(where: { $0.name == name }) else { return [] }
        return rows.map { if case .text(let text) = $0[place] { text } else { "" } }
    }
}
