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
            spec: mapSpec(largest: shown.first?.itEnergyMWh ?? 1, table: moveTable), table: moveTable,
            shapes: [
                .init(name: "land", value: Land.json),
                .init(name: "arcs", value: .list(shown.reversed().flatMap(arc))),
                .init(name: "sites", value: .list(sites.map(site))),
                .init(name: "frame", value: MapFrame(round: sites.compactMap(\.location)).json),
            ])
    }

    private func mapSpec(largest: Double, table: Table) -> JSON {
        let hover: JSON = [
            ["field": "properties.home", "title": "home region"],
            ["field": "properties.executing", "title": "region that ran it"],
            ["field": "properties.energy", "type": "quantitative", "format": ",.5~r", "title": "relocated IT energy, MWh"],
            ["field": "properties.change", "type": "quantitative", "format": "+,.4~r", "title": "change of emissions, t"],
        ]
        let arcs: JSON = [
            "data": ["name": "arcs"],
            "mark": ["type": "geoshape", "filled": false, "clip": true, "strokeCap": "butt"],
            "encoding": [
                "strokeWidth": [
                    "field": "properties.energy", "type": "quantitative", "title": "relocated, MWh",
                    "scale": ["domain": [0, .number(largest)], "range": [0.5, 7]],
                    "legend": ["tickCount": 3, "symbolType": "stroke"],
                ],
                "stroke": [
                    "field": "properties.rate", "type": "quantitative", "title": "change of emissions, kg/MWh",
                    "scale": ["domainMid": 0, "range": Spec.Colour.change, "clamp": true, "domain": [-800, 800]],
                    "legend": ["gradientLength": 110, "tickCount": 3],
                ],
                "strokeOpacity": ["field": "properties.shade", "type": "quantitative", "scale": nil],
                "tooltip": hover,
            ],
        ]
        func marks(_ role: String, _ mark: JSON, _ more: JSON) -> JSON {
            let place: JSON = [
                "longitude": ["field": "longitude", "type": "quantitative"],
                "latitude": ["field": "latitude", "type": "quantitative"],
            ]
            return [
                "data": ["name": "sites"], "transform": [["filter": .text("datum.role == '\(role)'")]], "mark": mark,
                "encoding": place.with(more),
            ]
        }
        let exchange: JSON = [
            ["field": "name", "title": "region"],
            ["field": "received", "type": "quantitative", "format": ",.5~r", "title": "received, MWh"],
            ["field": "sent", "type": "quantitative", "format": ",.5~r", "title": "sent, MWh"],
        ]
        return [
            "width": "container", "height": 420, "projection": ["type": "equalEarth"],
            "layer": [
                [
                    "data": ["name": "land"],
                    "mark": ["type": "geoshape", "fill": "var(--land)", "stroke": "var(--shore)", "strokeWidth": 0.5, "clip": true],
                ],
                arcs,
                marks(
                    "service-node", ["type": "point", "shape": "diamond", "size": 16, "filled": true, "color": "var(--muted)"],
                    ["tooltip": [["field": "name", "title": "service node"]]]),
                marks(
                    "compute-region",
                    [
                        "type": "point", "filled": true, "fill": "var(--ring)", "stroke": "var(--text)", "strokeWidth": 1.2,
                        "opacity": 1,
                    ],
                    [
                        "size": [
                            "field": "received", "type": "quantitative", "title": "received, MWh",
                            "scale": ["range": [24, 420]], "legend": nil,
                        ], "tooltip": exchange,
                    ]),
                marks(
                    "compute-region", ["type": "text", "dy": -13, "fontSize": 11, "fill": "var(--text)", "stroke": "var(--halo)", "strokeWidth": 2.5, "strokeOpacity": 0.85, "fontWeight": 600],
                    ["text": ["field": "name"]]),
                marks("compute-region", ["type": "text", "dy": -13, "fontSize": 11, "fill": "var(--text)", "fontWeight": 600], ["text": ["field": "name"]]),
            ],
        ]
    }

    private func site(_ agent: RunAgent) -> JSON {
        let figures = comparison.run.regions.first { agent.role == .computeRegion && $0.name == agent.name }
        return [
            "name": .text(agent.name), "role": .text(agent.role.rawValue),
            "longitude": .number(agent.location?.longitudeDegrees ?? 0),
            "latitude": .number(agent.location?.latitudeDegrees ?? 0), "received": .number(figures?.receivedMWh ?? 0),
            "sent": .number(figures?.sentMWh ?? 0),
        ]
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
                "type": "Feature", "geometry": ["type": "LineString", "coordinates": .list(points.map { .list($0.map(JSON.number)) })],
                "properties": [
                    "home": .text(agents[flow.home].name), "executing": .text(agents[flow.executing].name),
                    "energy": .number(flow.itEnergyMWh), "change": .number(flow.emissionsChangeKg / 1000),
                    "rate": .number(flow.knownMWh > 0 ? flow.emissionsChangeKg / flow.knownMWh : 0),
                    "shade": .number(0.15 + 0.75 * Double(piece + 1) / Double(pieces)),
                ],
            ]
        }
    }
}
