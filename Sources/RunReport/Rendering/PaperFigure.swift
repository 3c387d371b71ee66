internal import Foundation

/// A figure as a specification that stands by itself, for files in papers: light colours, a size of its own, its title.
public struct PaperFigure: Sendable {
    private let figure: Figure

    /// A figure for a file; nil where it is a table alone.
    public init?(of figure: Figure) {
        guard figure.layout != .table else { return nil }
        self.figure = figure
    }

    /// Width of diagrams over the whole width, pixels.
    private static let wideWidth = 720.0
    /// Width of one of three small diagrams in a row, pixels.
    private static let cellWidth = 210.0

    /// The whole specification with its data, as JSON.
    public var specification: String {
        var spec = figure.spec
        if case .object(let head)? = shape("frame"), let frame = MapView(head, width: Self.wideWidth) {
            spec = frame.applied(to: spec)
        } else if figure.layout == .facets {
            spec = spec.setting("columns", to: 3)
                .setting("spec", to: (spec["spec"] ?? .null).setting("width", to: .number(Self.cellWidth)))
        } else {
            spec = spec.setting("width", to: .number(Self.wideWidth))
        }
        let shapes = figure.shapes.filter { $0.name != "frame" }
        let data = [JSON.Member(name: "rows", value: figure.table.records)] + shapes
        return Palette.onPaper(Self.still(spec)).with([
            "title": .text(figure.title), "description": .text(figure.description), "config": Look.paperConfig,
            "datasets": .object(data),
        ]).text
    }

    /// A specification without what only answers a pointer: hovers, and the layers that are there for them.
    private static func still(_ value: JSON) -> JSON {
        switch value {
        case .list(let values): .list(values.filter { !isHover($0) }.map(still))
        case .object(let members):
            .object(
                members.filter { $0.name != "tooltip" }.map { JSON.Member(name: $0.name, value: still($0.value)) })
        case .null, .bool, .number, .text: value
        }
    }

    private static func isHover(_ layer: JSON) -> Bool {
        guard case .list(let parameters)? = layer["params"], layer["mark"] != nil else { return false }
        return parameters.contains { $0["name"] == Spec.hoverParameter }
    }

    private func shape(_ name: String) -> JSON? { figure.shapes.first { $0.name == name }?.value }
}

/// A map as large as there is room for, its frame given in radii of the globe; the page's script does the same.
private struct MapView {
    private let width: Double
    private let rotate: Double
    private let left: Double
    private let top: Double
    private let right: Double
    private let bottom: Double

    init?(_ frame: [JSON.Member], width: Double) {
        func edge(_ name: String) -> Double? {
            guard case .number(let value)? = frame.first(where: { $0.name == name })?.value else { return nil }
            return value
        }
        guard let rotate = edge("rotate"), let left = edge("left"), let right = edge("right"), let top = edge("top"),
            let bottom = edge("bottom"), right > left, top > bottom
        else { return nil }
        (self.width, self.rotate, self.left, self.right, self.top, self.bottom) = (
            width, rotate, left, right, top, bottom
        )
    }

    func applied(to spec: JSON) -> JSON {
        let scale = min(width / (right - left), 560 / (top - bottom))
        let projection: JSON = [
            "type": "equalEarth", "rotate": [.number(rotate), 0, 0], "scale": .number(scale),
            "translate": [.number(width / 2 - (left + right) / 2 * scale), .number(top * scale)],
        ]
        return spec.setting("width", to: .number(width)).setting("height", to: .number((top - bottom) * scale))
            .setting("projection", to: projection)
    }
}
