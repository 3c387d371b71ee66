/// Which of the grids' signals each compute region and service node has heard, where some come late or never.
///
/// Everybody hears the signals of the first tick; nobody could act without any. Later ones are heard in their tick unless a
/// fault says otherwise, and an older signal never takes the place of a newer one.
struct SignalDelivery: Sendable {
    /// The signals posted in a tick, by region.
    struct Posted: Sendable {
        let tick: Int
        let signals: [BusSignal]
    }

    /// The signals of the last ticks, oldest first: as many as may still be under way.
    private var recent: [Posted] = []
    /// What agents heard last, of those that have not heard the signals of the tick under way.
    private(set) var behind: [Int: Posted] = [:]

    /// Sends the signals of the next tick, and notes who hears what in it.
    mutating func post(_ posted: Posted, _ faults: TickFaults, longestDelayTicks: Int) {
        let last = recent.last
        recent.append(posted)
        recent.removeFirst(max(0, recent.count - 1 - longestDelayTicks))
        let concerned = faults.losingSignals.union(faults.signalDelayTicks.keys).union(behind.keys)
        var next: [Int: Posted] = [:]
        for agent in concerned {
            guard var heard = behind[agent] ?? last else { continue }
            let sentTick = posted.tick - (faults.signalDelayTicks[agent] ?? 0)
            if !faults.losingSignals.contains(agent), sentTick > heard.tick,
                let arrived = recent.first(where: { $0.tick == sentTick })
            {
                heard = arrived
            }
            if heard.tick < posted.tick { next[agent] = heard }
        }
        behind = next
    }

    /// What each region knows of its own bus, where these signals are posted. A cap is kept at the connection, whether or
    /// not the region heard of it: it is always the one posted now.
    func heardByRegions(_ posted: [BusSignal], _ experiment: Experiment) -> [BusSignal] {
        guard !behind.isEmpty else { return posted }
        return posted.indices.map { region in
            guard var signal = behind[experiment.regionAgents.lowerBound + region]?.signals[region] else {
                return posted[region]
            }
            signal.capMW = posted[region].capMW
            return signal
        }
    }
}
