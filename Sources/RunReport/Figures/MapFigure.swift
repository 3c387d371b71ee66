internal import CoSimulation
internal import Foundation
internal import InferencePlacement
internal import RunAnalysis
internal import RunStore

// Where work went.
extension Material {
    /// The most arcs a map shows; more hide each other.
    static let arcLimit = 80

    /// Flows of relocated work, largest first.
    private var moves: [RegionFlow] {
        flows.filter { $0.home != $0.executing }.sorted {
            ($1.itEnergyMWh, $0.home, $0.executing) < ($0.itEnergyMWh, $1.home, $1.executing)
        }
    }

    /// Flows between regions, largest first, as a table.
    private var moveTable: Table {
        var table = Table([
            .words("home", "home region"), .words("executing", "region that ran it"),
            .init("it_energy_mwh", "relocated IT energy", "MWh"),
            .init("emissions_change_kg", "change of emissions at the margin", "kg"),
            .init("known_mwh", "IT energy for which that is known", "MWh"),
        ])
        for flow in moves {
            table.add([
                .text(agents[flow.home].name), .text(agents[flow.executing].name), .number(flow.itEnergyMWh),
                .number(flow.emissionsChangeKg), .number(flow.knownMWh),
            ])
        }
        return table
    }

    /// The map; nil where no region has a place.
    var map: Figure? {
        let sites = agents.filter { $0.role != .gridOperator && $0.location != nil }
        guard sites.contains(where: { $0.role == .computeRegion }) else { return nil }
        let located = moves.filter { agents[$0.home].location != nil && agents[$0.executing].location != nil }
        let shown = located.prefix(Self.arcLimit)
        let change = moves.reduce(0) { $0 + $1.emissionsChangeKg } / 1000
        let effect = change <= 0 ? "avoided \(Self.text(-change))" : "added \(Self.text(change))"
        var notes: [String] = []
        if shown.count < located.count {
            notes.append("The \(shown.count) largest of \(located.count) flows are drawn; the table has all.")
        }
        if located.count < moves.count { notes.append("Flows of regions without a place are in the table only.") }
        let known = moves.reduce(0) { $0 + $1.knownMWh }
        if known < 0.999 * comparison.run.relocation.relocatedMWh {
            notes.append("Emissions are known of \(Self.text(known)) MWh, where grids and homes answered.")
        }
        return Figure(
            id: "map",
            title:
                "\(Self.text(comparison.run.relocation.relocatedMWh)) MWh ran away from home and \(effect) t of CO2 at the margin",
            caption:
                "An arc grows darker from the home of the work to the region that ran it, as wide as its energy. Blue avoided emissions, orange added them: facility energy at the marginal emissions of the place it ran, less the same at home. Filled rings are regions, as large as the energy they received; small diamonds are service nodes.",
            description: "World map with compute regions, service nodes and arcs of relocated work.",
            note: notes.joined(separator: " "),
            spec: MapSpec.text(largestMWh: shown.first?.itEnergyMWh ?? 1), table: moveTable,
            shapes: [
                .init(name: "land", value: Land.json),
                .init(name: "arcs", value: .list(shown.reversed().flatMap(arc))),
                .init(name: "sites", value: .list(siteList(sites))),
                .init(name: "frame", value: MapFrame(round: sites.compactMap(\.location)).json),
            ])
    }

    /// Service nodes and regions; names of regions stand where they hide none of a region that received more.
    private func siteList(_ sites: [RunAgent]) -> [JSON] {
        let frame = MapFrame(round: sites.compactMap(\.location))
        // A page with much room, and a phone.
        var wide = LabelPlacer(degreesAcross: frame.degreesAcross, width: 1000)
        var narrow = LabelPlacer(degreesAcross: frame.degreesAcross, width: 300)
        let figures = Dictionary(uniqueKeysWithValues: comparison.run.regions.map { ($0.name, $0) })
        let drawn = sites.map { (agent: $0, figures: $0.role == .computeRegion ? figures[$0.name] : nil) }
        return drawn.sorted {
            ($1.figures?.receivedMWh ?? -1, $0.agent.number) < ($0.figures?.receivedMWh ?? -1, $1.agent.number)
        }
        .enumerated().compactMap { rank, site in
            guard let place = site.agent.location else { return nil }
            let isRegion = site.agent.role == .computeRegion
            return [
                "name": .text(site.agent.name), "role": .text(site.agent.role.rawValue),
                "longitude": .number(place.longitudeDegrees), "latitude": .number(place.latitudeDegrees),
                "received": .number(site.figures?.receivedMWh ?? 0), "sent": .number(site.figures?.sentMWh ?? 0),
                "label": .text(isRegion ? wide.side(of: site.agent.name, at: place)?.rawValue ?? "" : ""),
                "narrowLabel": .text(
                    isRegion && rank < 5 ? narrow.side(of: site.agent.name, at: place)?.rawValue ?? "" : ""),
            ]
        }
    }
}

extension Material {
    /// Pieces of an arc, each shaded a little darker than the one before.
    private func arc(_ flow: RegionFlow) -> [JSON] {
        guard let from = agents[flow.home].location, let to = agents[flow.executing].location else { return [] }
        let (pieces, steps) = (8, 3)
        let path = Arc(from: from, to: to)
        return (0..<pieces).map { piece in
            let points = (0...steps).map { path.point(Double(piece * steps + $0) / Double(pieces * steps)) }
            return [
                "type": "Feature",
                "geometry": ["type": "LineString", "coordinates": .list(points.map { .list($0.map(JSON.number)) })],
                "properties": [
                    "home": .text(agents[flow.home].name), "executing": .text(agents[flow.executing].name),
                    "energy": .number(flow.itEnergyMWh), "change": .number(flow.emissionsChangeKg / 1000),
                    "rate": .number(flow.knownMWh > 0 ? flow.emissionsChangeKg / flow.knownMWh : 0),
                    "shade": .number(0.25 + 0.65 * Double(piece + 1) / Double(pieces)),
                ],
            ]
        }
    }
}
