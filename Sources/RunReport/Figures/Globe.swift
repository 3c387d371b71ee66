internal import Foundation
internal import InferencePlacement

/// The way between two places on the globe: a great circle, bent to one side so that the way back lies apart.
struct Arc {
    private let start: [Double]
    private let side: [Double]
    private let ahead: [Double]
    private let angle: Double

    init(from: Location, to: Location) {
        start = Self.vector(from)
        let end = Self.vector(to)
        let cosine = zip(start, end).map(*).reduce(0, +)
        angle = acos(max(-1, min(1, cosine)))
        // Places on top of each other or opposite each other have no plane of their own; any will do.
        let across = Self.cross(start, end)
        side = Self.unit(across.allSatisfy { abs($0) < 1e-12 } ? Self.cross(start, [0.3, 0.5, 0.8]) : across)
        ahead = Self.cross(side, start)
    }

    /// Longitude and latitude at a share of the way, degrees, to two decimals.
    func point(_ share: Double) -> [Double] {
        let bend = 0.12 * angle * sin(.pi * share)
        let place = Self.unit(
            (0..<3).map { start[$0] * cos(angle * share) + ahead[$0] * sin(angle * share) - bend * side[$0] })
        let degrees = [atan2(place[1], place[0]), asin(max(-1, min(1, place[2])))].map { $0 * 180 / .pi }
        return degrees.map { ($0 * 100).rounded() / 100 }
    }

    private static func vector(_ place: Location) -> [Double] {
        let (longitude, latitude) = (place.longitudeDegrees * .pi / 180, place.latitudeDegrees * .pi / 180)
        return [cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)]
    }

    private static func cross(_ a: [Double], _ b: [Double]) -> [Double] {
        [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    }

    private static func unit(_ a: [Double]) -> [Double] {
        let length = zip(a, a).map(*).reduce(0, +).squareRoot()
        return a.map { $0 / length }
    }
}

/// The part of the globe that a map shows, in the Equal Earth projection: all places with room round them.
struct MapFrame {
    private let west: Double
    private let south: Double
    private let east: Double
    private let north: Double

    init(round places: [Location]) {
        let (longitudes, latitudes) = (places.map(\.longitudeDegrees), places.map(\.latitudeDegrees))
        let (west, east) = (longitudes.min() ?? 0, longitudes.max() ?? 0)
        let (south, north) = (latitudes.min() ?? 0, latitudes.max() ?? 0)
        let width = max(24, east - west) * 1.24
        let height = max(14, (north - south) * 1.3, width * 0.42)
        self.west = max(-179, (west + east - width) / 2)
        self.east = min(179, (west + east + width) / 2)
        self.south = max(-58, (south + north - height) / 2)
        self.north = min(84, (south + north + height) / 2)
    }

    /// Edges in radii of the globe, and the longitude to turn to the middle.
    var json: JSON {
        let middle = (west + east) / 2
        let steps = (0...20).map { Double($0) / 20 }
        let edge = steps.flatMap { step in
            [(west, south + (north - south) * step), (east, south + (north - south) * step)]
                + [(west + (east - west) * step, south), (west + (east - west) * step, north)]
        }.map { Self.equalEarth(longitude: $0.0 - middle, latitude: $0.1) }
        return [
            "rotate": .number(-middle), "left": .number(edge.map(\.x).min() ?? 0),
            "right": .number(edge.map(\.x).max() ?? 0), "bottom": .number(edge.map(\.y).min() ?? 0),
            "top": .number(edge.map(\.y).max() ?? 0),
        ]
    }

    /// The projection of Savric, Patterson and Jenny (2018), on a globe of radius 1; degrees.
    private static func equalEarth(longitude: Double, latitude: Double) -> (x: Double, y: Double) {
        let (a, b, c, d) = (1.340264, -0.081106, 0.000893, 0.003796)
        let root = 3.0.squareRoot() / 2
        let l = asin(root * sin(latitude * .pi / 180))
        let (square, sixth) = (l * l, l * l * l * l * l * l)
        let slope = a + 3 * b * square + sixth * (7 * c + 9 * d * square)
        return (longitude * .pi / 180 * cos(l) / (root * slope), l * (a + b * square + sixth * (c + d * square)))
    }
}
