internal import CoSimulation
internal import Foundation
internal import InferencePlacement
internal import RunStore

/// The map of the dashboard, drawn on a sheet a thousand units wide: land, regions, service nodes.
struct LiveMap {
    private static let width = 1000.0
    private let frame: MapFrame?
    private let sites: [RunAgent]

    init(of agents: [RunAgent]) {
        sites = agents.filter { $0.role != .gridOperator && $0.location != nil }
        frame = sites.contains { $0.role == .computeRegion } ? MapFrame(round: sites.compactMap(\.location)) : nil
    }

    /// Nothing where no region has a place.
    var json: JSON {
        guard let frame else { return nil }
        var labels = LabelPlacer(degreesAcross: frame.degreesAcross, width: Self.width)
        let places: [JSON] = sites.compactMap { site in
            guard let place = site.location else { return nil }
            let point = frame.point(place, width: Self.width)
            let isRegion = site.role == .computeRegion
            let side = isRegion ? labels.side(of: site.name, at: place)?.rawValue ?? "" : ""
            return [
                "agent": .number(Double(site.number)), "x": Self.tenths(point.x), "y": Self.tenths(point.y),
                "label": .text(side),
            ]
        }
        return [
            "width": .number(Self.width), "height": Self.tenths(frame.height(width: Self.width)),
            "land": .text(Self.land(frame)), "sites": .list(places),
        ]
    }

    private static func tenths(_ number: Double) -> JSON { .number((number * 10).rounded() / 10) }

    /// The outline of the land as a path of SVG.
    private static func land(_ frame: MapFrame) -> String {
        Land.rings.map { ring in
            let corners = ring.map { corner in
                let point = frame.point(corner, width: width)
                return "\((point.x * 10).rounded() / 10) \((point.y * 10).rounded() / 10)"
            }
            return "M" + corners.joined(separator: "L") + "Z"
        }.joined()
    }
}
