/// The specification of the map: land, arcs, places and their names.
enum MapSpec {
    /// The specification; the widest arc is one of the most energy.
    static func text(largestMWh: Double) -> JSON {
        let land: JSON = [
            "data": ["name": "land"],
            "mark": [
                "type": "geoshape", "fill": "var(--land)", "stroke": "var(--shore)", "strokeWidth": 0.5, "clip": true,
            ],
        ]
        let layers = [land, arcs(largestMWh), nodes, regions] + LabelPlacer.Side.allCases.flatMap(names)
        return [
            "width": "container", "height": 420, "projection": ["type": "equalEarth"], "layer": .list(layers),
        ]
    }

    private static func hover(_ field: String, _ title: String) -> JSON {
        ["field": .text(field), "type": "nominal", "title": .text(title)]
    }

    private static func hover(_ field: String, _ title: String, format: String) -> JSON {
        ["field": .text(field), "type": "quantitative", "format": .text(format), "title": .text(title)]
    }

    private static func arcs(_ largestMWh: Double) -> JSON {
        [
            "data": ["name": "arcs"],
            "mark": ["type": "geoshape", "filled": false, "clip": true, "strokeCap": "butt"],
            "encoding": [
                "strokeWidth": [
                    "field": "properties.energy", "type": "quantitative", "title": "relocated, MWh",
                    "scale": ["domain": [0, .number(largestMWh)], "range": [0.7, 9]],
                    "legend": ["tickCount": 3, "symbolType": "stroke"],
                ],
                "stroke": [
                    "field": "properties.rate", "type": "quantitative", "title": "change of emissions, kg/MWh",
                    "scale": [
                        "domain": [-800, 0, 800], "range": Spec.Colour.change, "clamp": true, "interpolate": "lab",
                    ],
                    "legend": ["gradientLength": 110, "values": [-800, 0, 800]],
                ],
                "strokeOpacity": ["field": "properties.shade", "type": "quantitative", "scale": nil],
                "tooltip": [
                    hover("properties.home", "home region"), hover("properties.executing", "region that ran it"),
                    hover("properties.energy", "relocated IT energy, MWh", format: ",.5~r"),
                    hover("properties.change", "change of emissions, t", format: "+,.4~r"),
                ],
            ],
        ]
    }

    /// Marks at places that pass a test.
    private static func marks(where test: String, _ mark: JSON, _ more: JSON) -> JSON {
        let place: JSON = [
            "longitude": ["field": "longitude", "type": "quantitative"],
            "latitude": ["field": "latitude", "type": "quantitative"],
        ]
        return [
            "data": ["name": "sites"], "transform": [["filter": .text(test)]], "mark": mark,
            "encoding": place.with(more),
        ]
    }

    private static let nodes = marks(
        where: "datum.role == 'service-node'",
        ["type": "point", "shape": "diamond", "size": 22, "filled": true, "color": "var(--muted)"],
        ["tooltip": [hover("name", "service node")]])

    private static let regions = marks(
        where: "datum.role == 'compute-region'",
        [
            "type": "point", "filled": true, "fill": "var(--ring)", "stroke": "var(--text)", "strokeWidth": 1.3,
            "opacity": 1,
        ],
        [
            "size": [
                "field": "received", "type": "quantitative", "scale": ["range": [24, 420]], "legend": nil,
            ],
            "tooltip": [
                hover("name", "region"), hover("received", "received, MWh", format: ",.5~r"),
                hover("sent", "sent, MWh", format: ",.5~r"),
            ],
        ])

    /// Names on one side of their places; on small screens those of the regions that received most.
    private static func names(_ side: LabelPlacer.Side) -> [JSON] {
        let place: JSON =
            switch side {
            case .above: ["dy": -14, "align": "center"]
            case .right: ["dx": 11, "align": "left"]
            case .left: ["dx": -11, "align": "right"]
            case .below: ["dy": 14, "align": "center"]
            }
        return Spec.haloed(["fontSize": 11, "fontWeight": 600, "baseline": "middle"]).map { style in
            marks(
                where: "(width > 600 ? datum.label : datum.narrowLabel) == '\(side.rawValue)'", style.with(place),
                ["text": ["field": "name", "type": "nominal"]])
        }
    }
}
