internal import Foundation

/// A place on Earth.
public struct Location: Sendable, Equatable {
    /// Latitude in degrees, north positive.
    public var latitudeDegrees: Double
    /// Longitude in degrees, east positive.
    public var longitudeDegrees: Double

    /// A place from its coordinates.
    public init(latitudeDegrees: Double, longitudeDegrees: Double) {
        self.latitudeDegrees = latitudeDegrees
        self.longitudeDegrees = longitudeDegrees
    }

    /// Great-circle distance in km on a sphere of radius 6,371 km (haversine).
    public func distanceKilometres(to other: Location) -> Double {
        let phi1 = latitudeDegrees * .pi / 180
        let phi2 = other.latitudeDegrees * .pi / 180
        let dPhi = phi2 - phi1
        let dLambda = (other.longitudeDegrees - longitudeDegrees) * .pi / 180
        let h = sin(dPhi / 2) * sin(dPhi / 2) + cos(phi1) * cos(phi2) * sin(dLambda / 2) * sin(dLambda / 2)
        return 2 * 6371 * asin(min(1, h.squareRoot()))
    }

    /// Round trip in ms over the great circle: one way d/200 + 20, R = 1.4 * 2 * L (MODEL 1, [A, section 5.4]).
    public func roundTripMilliseconds(to other: Location) -> Double {
        1.4 * 2 * (distanceKilometres(to: other) / 200 + 20)
    }
}

/// How far work ran from home (MODEL 1.11, reconstruction; the limits are settings).
public enum RelocationLayer: String, Sendable, CaseIterable {
    /// At home or within the local limit.
    case local
    /// Within the regional limit.
    case regional
    /// Beyond: moved for energy.
    case energyOriented = "energy-oriented"

    /// The layer of a placement.
    public init(
        isHome: Bool, roundTripMilliseconds: Double, localLimitMilliseconds: Double = 30,
        regionalLimitMilliseconds: Double = 120
    ) {
        if isHome || roundTripMilliseconds <= localLimitMilliseconds {
            self = .local
        } else {
            self = roundTripMilliseconds <= regionalLimitMilliseconds ? .regional : .energyOriented
        }
    }
}
