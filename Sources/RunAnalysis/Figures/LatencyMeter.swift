internal import RunStore

/// Follows the round trips of placed work by home region and tick; memory is two numbers for each.
struct LatencyMeter {
    private struct Key: Hashable {
        let home: Int
        let tick: Int
    }

    private var tallies: [Key: (requests: Double, requestMilliseconds: Double)] = [:]

    /// A meter that has seen nothing.
    init() {}

    /// Follows the first ticks of a run. Work on a way whose round trip is not known does not count.
    init(of run: RunSnapshot, before end: Int) throws {
        let agents = try run.agents()
        let roundTrips = try run.roundTripsMilliseconds()
        try run.forEachPlacement(before: end) { point in
            guard let home = agents[point.service].homeRegion, let roundTrip = roundTrips[point.service][point.region]
            else { return }
            let key = Key(home: home, tick: point.tick)
            let tally = tallies[key] ?? (0, 0)
            tallies[key] = (
                tally.requests + point.requests, tally.requestMilliseconds + point.requests * roundTrip
            )
        }
    }

    /// Round trip of the work of a home region, mean over its requests in some ticks, ms; nil where there were none.
    func meanMilliseconds(home: Int, ticks: [Int]) -> Double? {
        let found = ticks.compactMap { tallies[Key(home: home, tick: $0)] }
        let requests = found.reduce(0) { $0 + $1.requests }
        return requests > 0 ? found.reduce(0) { $0 + $1.requestMilliseconds } / requests : nil
    }
}
