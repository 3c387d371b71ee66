internal import Foundation
internal import InferencePlacement

/// The way between two places on a map, bent to one side so that the way back lies apart.
struct Arc {
    private let start: Location
    private let end: Location

    init(from: Location, to: Location) {
        start = from
        end = to
    }

    /// Longitude and latitude at a share of the way, degrees, to two decimals.
    func point(_ share: Double) -> [Double] {
        let across = end.longitudeDegrees - start.longitudeDegrees
        let up = end.latitudeDegrees - start.latitudeDegrees
        let length = (across * across + up * up).squareRoot()
        let bend = min(0.18, length > 0 ? 12 / length : 0) * sin(.pi * share)
        let place = [
            start.longitudeDegrees + across * share - bend * up, start.latitudeDegrees + up * share + bend * across,
        ]
        return place.map { (max(-179.9, min(179.9, $0)) * 100).rounded() / 100 }
    }
}

/// The part of the globe that a map shows, in the Equal Earth projection: all places with room round them.
struct MapFrame {
    /// Edges in radii of the globe.
    private struct Edges {
        let left: Double
        let right: Double
        let bottom: Double
        let top: Double
    }

    private let west: Double
    private let east: Double
    private let edges: Edges

    init(round places: [Location]) {
        let (longitudes, latitudes) = (places.map(\.longitudeDegrees), places.map(\.latitudeDegrees))
        let (west, east) = (longitudes.min() ?? 0, longitudes.max() ?? 0)
        let (south, north) = (latitudes.min() ?? 0, latitudes.max() ?? 0)
        let width = max(48, east - west) * 1.24
        let height = max(20, (north - south) * 1.3, width * 0.42)
        self.west = max(-179, (west + east - width) / 2)
        self.east = min(179, (west + east + width) / 2)
        edges = Self.edges(
            west: self.west, south: max(-58, (south + north - height) / 2), east: self.east,
            north: min(84, (south + north + height) / 2))
    }

    /// Degrees of longitude from edge to edge.
    var degreesAcross: Double { east - west }

    /// Edges in radii of the globe, and the longitude to turn to the middle.
    var json: JSON {
        [
            "rotate": .number(-middle), "left": .number(edges.left), "right": .number(edges.right),
            "bottom": .number(edges.bottom), "top": .number(edges.top),
        ]
    }

    /// Where a place lies on a sheet of some width, from its upper left corner.
    func point(_ place: Location, width: Double) -> (x: Double, y: Double) {
        let scale = width / (edges.right - edges.left)
        let point = Self.equalEarth(longitude: place.longitudeDegrees - middle, latitude: place.latitudeDegrees)
        return ((point.x - edges.left) * scale, (edges.top - point.y) * scale)
    }

    /// Height of a sheet of some width.
    func height(width: Double) -> Double {
        width * (edges.top - edges.bottom) / (edges.right - edges.left)
    }

    private var middle: Double { (west + east) / 2 }

    private static func edges(west: Double, south: Double, east: Double, north: Double) -> Edges {
        let half = (east - west) / 2
        var corners: [(x: Double, y: Double)] = []
        for step in (0...20).map({ Double($0) / 20 }) {
            let (across, up) = (-half + 2 * half * step, south + (north - south) * step)
            corners.append(equalEarth(longitude: across, latitude: south))
            corners.append(equalEarth(longitude: across, latitude: north))
            corners.append(equalEarth(longitude: -half, latitude: up))
            corners.append(equalEarth(longitude: half, latitude: up))
        }
        let (x, y) = (corners.map(\.x), corners.map(\.y))
        return Edges(left: x.min() ?? 0, right: x.max() ?? 0, bottom: y.min() ?? 0, top: y.max() ?? 0)
    }

    /// The projection of Savric, Patterson and Jenny (2018), on a globe of radius 1; degrees.
    private static func equalEarth(longitude: Double, latitude: Double) -> (x: Double, y: Double) {
        let (a, b, c, d) = (1.340264, -0.081106, 0.000893, 0.003796)
        let root = 3.0.squareRoot() / 2
        let l = asin(root * sin(latitude * .pi / 180))
        let (square, sixth) = (l * l, l * l * l * l * l * l)
        let slope: Double = a + 3 * b * square + sixth * (7 * c + 9 * d * square)
        let height: Double = a + b * square + sixth * (c + d * square)
        return (longitude * .pi / 180 * cos(l) / (root * slope), l * height)
    }
}

/// Finds room for the names of places on a map of some width.
struct LabelPlacer {
    /// Where a name stands.
    enum Side: String, CaseIterable {
        case above, right, left, below
    }

    private let pointsPerDegree: Double
    private var taken: [(left: Double, right: Double, bottom: Double, top: Double)] = []

    /// Width is in points, those of the type.
    init(degreesAcross: Double, width: Double) { pointsPerDegree = width / max(1, degreesAcross) }

    /// The first side with room, which is then taken; nil where there is none.
    mutating func side(of name: String, at place: Location) -> Side? {
        let (x, y) = (place.longitudeDegrees * pointsPerDegree, place.latitudeDegrees * pointsPerDegree)
        let width = 7 * Double(name.count)
        for side in Side.allCases {
            let (left, bottom): (Double, Double) =
                switch side {
                case .above: (x - width / 2, y + 7)
                case .right: (x + 11, y - 7)
                case .left: (x - 11 - width, y - 7)
                case .below: (x - width / 2, y - 21)
                }
            let box = (left: left, right: left + width, bottom: bottom, top: bottom + 14)
            let isFree = taken.allSatisfy {
                $0.right <= box.left || box.right <= $0.left || $0.top <= box.bottom || box.top <= $0.bottom
            }
            guard isFree else { continue }
            taken.append(box)
            taken.append((x - 7, x + 7, y - 7, y + 7))
            return side
        }
        return nil
    }
}
