internal import InferencePlacement

/// Round trips between the sites of zones, ms, and what is to be said about them.
struct RoundTrips: Sendable {
    /// By service node, then by region, in the order of the sites.
    private(set) var milliseconds: [[Double]] = []
    /// The greatest difference between the two ways of a pair.
    private(set) var greatestAsymmetry: (from: String, to: String, there: Double, back: Double)?
    /// Pairs of zones whose round trip differs from the way back.
    private(set) var asymmetricPairs = 0

    /// The round trips between sites; what the matrix lacks is logged.
    init(_ sites: [ZoneSite], matrix: LatencyMatrix, options: ImportOptions, _ log: inout FaultLog) {
        for from in sites {
            milliseconds.append(sites.map { to in RoundTrips.roundTrip(from, to, matrix, options, &log) })
        }
        for i in sites.indices {
            for j in sites.indices where j > i && milliseconds[i][j] != milliseconds[j][i] {
                asymmetricPairs += 1
                let (there, back) = (milliseconds[i][j], milliseconds[j][i])
                let known = greatestAsymmetry.map { abs($0.there - $0.back) } ?? 0
                if abs(there - back) > known { greatestAsymmetry = (sites[i].zone, sites[j].zone, there, back) }
            }
        }
    }

    private static func roundTrip(
        _ from: ZoneSite, _ to: ZoneSite, _ matrix: LatencyMatrix, _ options: ImportOptions, _ log: inout FaultLog
    ) -> Double {
        guard let source = from.region, let destination = to.region else {
            if from.zone == to.zone { return options.intraRegionMilliseconds }
            return Rounded.value(from.location.roundTripMilliseconds(to: to.location), decimals: 1)
        }
        let cell = matrix.cell(from: source, to: destination)
        let isDiagonal = source == destination
        guard let measured = cell?.milliseconds ?? (isDiagonal ? options.intraRegionMilliseconds : nil) else {
            log.add(
                .missingCell, at: cell?.place ?? SourcePlace(file: matrix.file), "",
                "there is no round trip from \(source) to \(destination).",
                remedy: "Fill the cell, or take another region with --map \(to.zone)=REGION.")
            return 0
        }
        let legs = from.zone == to.zone ? 0 : from.legMilliseconds + to.legMilliseconds
        return Rounded.value(measured + legs, decimals: 1)
    }

    /// One sentence for each thing to know, in a fixed order.
    func sentences(_ sites: [ZoneSite]) -> [String] {
        var result: [String] = []
        let circles = sites.filter { $0.basis == .greatCircle }.map(\.zone)
        if !circles.isEmpty {
            result.append(
                "latency: no measured round trips for \(Excerpt.list(circles, limit: 99)); great circles stand in.")
        }
        for site in sites where site.basis == .nearby {
            result.append(
                "latency: \(site.zone) stands at \(site.region ?? ""), which lies outside; "
                    + "\(Rounded.text(site.legMilliseconds, decimals: 1)) ms are added for the way.")
        }
        let shared = Dictionary(grouping: sites.filter { $0.region != nil }, by: { $0.region ?? "" }).filter {
            $0.value.count > 1
        }
        for (region, sites) in shared.sorted(by: { $0.key < $1.key }) {
            result.append("latency: \(Excerpt.list(sites.map(\.zone), limit: 99)) share \(region).")
        }
        if let worst = greatestAsymmetry {
            result.append(
                "latency: \(Excerpt.count(asymmetricPairs, "pair")) of zones with another round trip back; kept. "
                    + "The greatest difference: "
                    + "\(worst.from) to \(worst.to) \(Rounded.text(worst.there, decimals: 1)) ms, back "
                    + "\(Rounded.text(worst.back, decimals: 1)) ms.")
        }
        return result
    }
}
