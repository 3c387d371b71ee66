import Foundation
import RunAnalysis
import RunReport
import RunStore

/// A sweep with two axes, seeds and a baseline in a database that goes with it; its figures look drawn.
final class SampleSweep {
    let sweep: StoredSweep
    let report: Report
    let page: String
    private let folder: URL

    static let frictions = [0.0, 1, 10, 100]
    static let legal = ["none", "bloc"]
    static let seeds = 3

    /// Figures that differ between points, and those that do not.
    static func figures(_ point: Int) -> [PointFigure] {
        let kinds = ["objective", "placement_cost", "signalled_emissions", "relocated_share", "emissions"]
        let own = kinds.enumerated().map { place, name in
            PointFigure(name: name, value: 100 + Double((point * 7919 + place * 31) % 97))
        }
        let home = [
            PointFigure(name: "home_placement_cost", value: 150),
            PointFigure(name: "home_signalled_emissions", value: 1e6),
        ]
        return own + [PointFigure(name: "unserved_requests", value: 7)] + home
    }

    /// Runs and stores a sweep; the first points only, one of them failing, where told to.
    init(axis: String = "friction", done: Int? = nil, failing: Int? = nil, name: String = "sample") throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("gridtide-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var points: [SweepHead.Point] = []
        for friction in Self.frictions {
            for legal in Self.legal {
                for seed in 1...Self.seeds {
                    points.append(
                        SweepHead.Point(
                            label: "\(friction) \(legal) \(seed)",
                            choices: [
                                .init(axis: 0, label: "\(Int(friction))", number: friction),
                                .init(axis: 1, label: legal, number: nil),
                                .init(axis: 2, label: "\(seed)", number: Double(seed)),
                            ]))
                }
            }
        }
        let path = folder.appendingPathComponent("s.sqlite").path
        let store = try SweepStore(
            at: path,
            head: SweepHead(
                name: name, digest: "d1ge57", hasBaseline: true, version: "test", axes: [axis, "legal", "seed"],
                points: points), unit: PointFigures.unit)
        for point in 0..<(done ?? points.count) {
            let hasFailed = point == failing
            try store.append(
                PointOutcome(
                    point: point, scenarioDigest: "s\(point)", recordDigest: hasFailed ? "" : "r\(point)",
                    failure: hasFailed ? "no <way>" : nil, figures: hasFailed ? [] : Self.figures(point)))
        }
        sweep = try StoredSweep(path: path, names: Report.sweepFigureNames)
        report = try Report(of: sweep)
        page = Page(of: report, with: SampleReport.bundle).html
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The figure with a name; it must be there.
    func figure(_ id: String) throws -> Figure {
        guard let figure = report.figures.first(where: { $0.id == id }) else {
            throw CocoaError(.featureUnsupported, userInfo: [NSLocalizedDescriptionKey: "no figure \(id)"])
        }
        return figure
    }
}
