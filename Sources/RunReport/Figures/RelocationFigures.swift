internal import CoSimulation
internal import InferencePlacement
internal import RunAnalysis
internal import RunStore

// How much ran where.
extension Material {
    /// The relocation matrix from home region to executing region.
    var matrix: Figure {
        var table = Table([
            .words("home", "home region"), .words("executing", "region that ran it"),
            .init("it_energy_mwh", "IT energy", "MWh"), .init("share_percent", "share of the home's work", "%"),
        ])
        let homes = Dictionary(grouping: flows, by: \.home).mapValues { $0.reduce(0) { $0 + $1.itEnergyMWh } }
        for flow in flows {
            table.add([
                .text(agents[flow.home].name), .text(agents[flow.executing].name), .number(flow.itEnergyMWh),
                .number(homes[flow.home].map { 100 * flow.itEnergyMWh / $0 }),
            ])
        }
        let names = regions.map { JSON.text($0.name) }
        let used = Set(flows.map(\.home))
        let cell: JSON = [
            "y": table.words(
                "home", ["scale": ["domain": .list(regions.filter { used.contains($0.number) }.map { .text($0.name) })]]
            ),
            "x": table.words(
                "executing",
                [
                    "scale": ["domain": .list(names)],
                    "axis": [
                        "labelAngle": ["expr": "width < 500 ? -90 : -40"], "labelAlign": "left",
                        "labelBaseline": "middle", "orient": "top", "domain": false, "ticks": false,
                    ],
                ]),
        ]
        let share = comparison.run.relocation.relocatedShare.map { 100 * $0 }
        return Figure(
            id: "matrix",
            title:
                "Relocation matrix: \(Self.text(share)) % of \(Self.text(comparison.run.relocation.placedMWh)) MWh left home",
            caption: "IT energy by home region and by the region that ran it, MWh; the diagonal stayed at home.",
            description: "Matrix of IT energy from home region, down, to executing region, across.",
            spec: Spec.wide(
                height: max(80, 30 * Double(used.count)),
                [
                    "encoding": cell,
                    "layer": [
                        [
                            "mark": ["type": "rect", "cornerRadius": 2, "stroke": "var(--card)", "strokeWidth": 2],
                            "encoding": [
                                "color": table.quantity(
                                    "share_percent",
                                    [
                                        "scale": ["range": Spec.Colour.amount, "domain": [0, 100]],
                                        "legend": ["gradientLength": 120],
                                    ]),
                                "tooltip": table.hover("home", "executing", "it_energy_mwh", "share_percent"),
                            ],
                        ],
                        [
                            // Where cells are narrower than their numbers, colour, hover and table tell.
                            "mark": [
                                "type": "text", "fontSize": 10, "opacity": ["expr": "bandwidth('x') < 34 ? 0 : 1"],
                            ],
                            "encoding": [
                                "text": ["field": "it_energy_mwh", "type": "quantitative", "format": ",.3~r"],
                                "color": [
                                    "condition": ["test": "datum.share_percent > 40", "value": "#ffffff"],
                                    "value": "#10243a",
                                ],
                            ],
                        ],
                    ],
                ]), table: table)
    }

    /// Energy by layer.
    var layers: Figure {
        var table = Table([
            .words("layer", "layer"), .init("it_energy_mwh", "IT energy", "MWh"), .init("share_percent", "share", "%"),
        ])
        let placed = comparison.run.relocation.placedMWh
        for layer in comparison.run.relocation.layers {
            table.add([
                .text(layer.layer), .number(layer.itEnergyMWh),
                .number(placed > 0 ? 100 * layer.itEnergyMWh / placed : nil),
            ])
        }
        let largest = comparison.run.relocation.layers.max { $0.itEnergyMWh < $1.itEnergyMWh }
        let share = largest.flatMap { placed > 0 ? 100 * $0.itEnergyMWh / placed : nil }
        return Figure(
            id: "layers", title: "By layer: \(Self.text(share)) % of the work ran \(largest?.layer ?? "nowhere")",
            caption:
                "Local is at home or near it, regional within a short round trip, energy-oriented beyond (MODEL 1.11).",
            description: "Bars of IT energy by layer of relocation.",
            spec: Spec.wide(
                height: 90,
                [
                    "mark": ["type": "bar", "cornerRadius": 2, "height": ["band": 0.7], "color": Spec.Colour.run],
                    "encoding": [
                        "y": table.words("layer", ["axis": ["title": nil]]), "x": table.quantity("it_energy_mwh"),
                        "tooltip": table.hover("layer", "it_energy_mwh", "share_percent"),
                    ],
                ]), table: table)
    }

    /// Work by class, and what of it left home.
    var classes: Figure {
        var table = Table([
            .words("class", "workload class"), .init("placed_mwh", "IT energy placed", "MWh"),
            .init("relocated_mwh", "IT energy relocated", "MWh"), .init("relocated_percent", "relocated share", "%"),
            .init("placed_requests", "requests placed"), .init("unserved_requests", "requests not served"),
        ])
        for kind in comparison.run.relocation.classes {
            table.add([
                .text(kind.name), .number(kind.placedMWh), .number(kind.relocatedMWh),
                .number(kind.placedMWh > 0 ? 100 * kind.relocatedMWh / kind.placedMWh : nil),
                .number(kind.placedRequests), .number(kind.unservedRequests),
            ])
        }
        let most = zip(comparison.run.relocation.classes, table.numbers("relocated_percent")).max {
            ($0.1 ?? 0) < ($1.1 ?? 0)
        }
        let hover = table.hover(
            "class", "placed_mwh", "relocated_mwh", "relocated_percent", "placed_requests", "unserved_requests")
        func bar(_ field: String, _ name: String) -> JSON {
            [
                "mark": ["type": "bar", "cornerRadius": 2, "height": ["band": 0.7]],
                "encoding": [
                    "x": ["field": .text(field), "type": "quantitative", "title": "IT energy, MWh"],
                    "color": [
                        "datum": .text(name), "type": "nominal", "title": nil,
                        "scale": [
                            "domain": ["placed", "of which relocated"],
                            "range": [Spec.Colour.baseline, Spec.Colour.run],
                        ],
                    ], "tooltip": hover,
                ],
            ]
        }
        return Figure(
            id: "classes",
            title: "By class: \(most.map { "\(Self.text($0.1)) % of \($0.0.name)" } ?? "no work") left home",
            caption: "IT energy placed by workload class, and how much of it ran outside its home region.",
            description: "Bars of IT energy by workload class, with the relocated part within each.",
            spec: Spec.wide(
                height: max(60, 30 * Double(table.rows.count)),
                [
                    "encoding": ["y": table.words("class", ["axis": ["title": nil]])],
                    "layer": [bar("placed_mwh", "placed"), bar("relocated_mwh", "of which relocated")],
                ]), table: table)
    }
}
