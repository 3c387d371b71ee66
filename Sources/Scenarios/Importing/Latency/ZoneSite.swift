internal import InferencePlacement

/// Where the service node and the region of a zone are, and which cloud region stands for them.
struct ZoneSite: Sendable {
    /// How the site got its round trips.
    enum Basis: Sendable {
        /// A cloud region within the zone.
        case inside
        /// A cloud region outside the zone; the way to it is added.
        case nearby
        /// A cloud region the user named.
        case named
        /// None: great circles.
        case greatCircle
    }

    /// Identifier of the zone.
    let zone: String
    /// The city that stands for it; the identifier where none is known.
    let place: String
    /// Country, where it is known.
    let country: String?
    /// Bloc, where it is known.
    let bloc: String?
    /// Where it is.
    let location: Location
    /// The cloud region, as the matrix writes it; nil for great circles.
    let region: String?
    let basis: Basis
    /// Round trip between the site and the cloud region that stands for it, ms.
    let legMilliseconds: Double
}
