internal import InferencePlacement

/// Chooses the cloud region of each zone.
struct SiteChooser {
    let matrix: LatencyMatrix
    let options: ImportOptions

    /// The site of a zone; nil, with a fault logged, when nothing is known of it.
    func site(_ zone: String, _ log: inout FaultLog) -> ZoneSite? {
        let known = KnownZone.named(zone)
        let location = options.locations[zone] ?? known?.location
        let choice = options.regionNames[zone].map { ($0, ZoneSite.Basis.named) } ?? known.flatMap(choice)
        if let named = options.regionNames[zone], matrix.region(named) == nil {
            log.add(
                .unknownReference, at: SourcePlace(file: "--map \(Excerpt.brief(zone))=\(Excerpt.brief(named))"), "",
                value: named,
                "`\(matrix.file)` has no row `\(Excerpt.brief(named))`.",
                remedy: Suggestion.question(named, among: matrix.sources) ?? "It has \(Excerpt.list(matrix.sources)).")
            return nil
        }
        guard let location else {
            log.add(
                .unknownReference, at: SourcePlace(file: "--zones"), "", value: zone,
                "nothing is known of where the zone \(Excerpt.brief(zone)) is.",
                remedy:
                    "Give --location \(zone)=LATITUDE,LONGITUDE, and --map '\(zone)=REGION' for measured round trips; "
                    + "or leave it out with --zones.")
            return nil
        }
        let basis = choice?.1 ?? .greatCircle
        return ZoneSite(
            zone: zone, place: known?.city ?? zone, country: known?.country, bloc: known?.bloc, location: location,
            region: choice.flatMap { matrix.region($0.0) }, basis: basis,
            legMilliseconds: leg(basis, choice?.0, from: location))
    }

    /// The first region of a zone that the matrix has.
    private func choice(_ known: KnownZone) -> (String, ZoneSite.Basis)? {
        if let inside = known.inside.first(where: { matrix.region($0) != nil }) { return (inside, .inside) }
        return known.nearby.first { matrix.region($0) != nil }.map { ($0, .nearby) }
    }

    /// The round trip to a region outside the zone: 1.4 times the great circle at 200 km/ms, both ways (MODEL 1, [A,
    /// section 5.4], without its 20 ms for access, which the measured part has already).
    private func leg(_ basis: ZoneSite.Basis, _ region: String?, from location: Location) -> Double {
        guard basis == .nearby, let region, let home = KnownZone.all.first(where: { $0.inside.contains(region) }) else {
            return 0
        }
        return 1.4 * 2 * location.distanceKilometres(to: home.location) / 200
    }
}
