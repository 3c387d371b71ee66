internal import CoSimulation
internal import InferencePlacement
internal import RunStore

/// What a run did tick by tick, read once for all figures.
struct Series {
    /// A value for each tick, nil where it is not known.
    typealias Values = [Double?]

    /// Ticks read.
    let tickCount: Int
    /// Length of a tick, seconds.
    let tickSeconds: Int64
    /// Start of the first tick, seconds since 1970-01-01T00:00Z.
    let startSeconds: Int64
    /// Load by area, MW, under the names of operator and area.
    private(set) var load: [AreaKey: Values] = [:]
    /// Generation by area and technology, MW; technologies that never generate are left out.
    private(set) var generation: [AreaKey: [(technology: String, outputMW: Values)]] = [:]
    /// Realised price by agent number of the region, $/MWh.
    private(set) var price: [Int: Values] = [:]
    /// Realised marginal emissions by agent number of the region, kg/MWh.
    private(set) var marginal: [Int: Values] = [:]
    /// Draw from the grid by agent number of the region, MW.
    private(set) var draw: [Int: Values] = [:]

    /// An area by the names of its operator and its own, which are the same in a run and its baseline.
    struct AreaKey: Hashable {
        let gridOperator: String
        let area: String
    }

    /// Reads the first ticks of a run; technologies only where asked for.
    init(of reader: RunReader, ticks: Int, withGeneration: Bool) throws {
        tickCount = ticks
        tickSeconds = reader.facts.clock.tickSeconds
        startSeconds = reader.facts.clock.startSeconds
        let none = Values(repeating: nil, count: ticks)
        let agents = reader.agents
        try reader.read { run in
            let keys = try run.areas().map { AreaKey(gridOperator: agents[$0.gridOperator].name, area: $0.name) }
            var loads = keys.map { _ in none }
            try run.forEachArea(before: ticks) { loads[$0.area][$0.tick] = $0.loadMW }
            for (key, values) in zip(keys, loads) { load[key] = values }
            try readRegions(run, none: none, agents: agents)
            if withGeneration { try readGeneration(run, keys: keys, none: none) }
        }
    }

    private mutating func readRegions(_ run: RunSnapshot, none: Values, agents: [RunAgent]) throws {
        let hours = Double(tickSeconds) / 3600
        var values = agents.map { _ in (price: Values(), marginal: Values(), draw: Values()) }
        for agent in agents where agent.role == .computeRegion { values[agent.number] = (none, none, none) }
        try run.forEachRegion(before: tickCount) { point in
            values[point.region].draw[point.tick] = point.gridMWh / hours
            values[point.region].price[point.tick] = point.realised?.priceUSDPerMWh
            values[point.region].marginal[point.tick] = point.realised?.marginalEmissionsKgPerMWh
        }
        for agent in agents where agent.role == .computeRegion {
            (price[agent.number], marginal[agent.number], draw[agent.number]) = values[agent.number]
        }
    }

    private mutating func readGeneration(_ run: RunSnapshot, keys: [AreaKey], none: Values) throws {
        let technologies = try run.technologies()
        var outputs = [Values](repeating: [], count: keys.count * technologies.count)
        try run.forEachTechnology(before: tickCount) { point in
            let place = point.area * technologies.count + point.technology
            if outputs[place].isEmpty { outputs[place] = none }
            outputs[place][point.tick] = point.outputMW
        }
        for (area, key) in keys.enumerated() {
            generation[key] = technologies.indices.compactMap { technology in
                let values = outputs[area * technologies.count + technology]
                return values.contains { $0 ?? 0 != 0 } ? (technologies[technology], values) : nil
            }
        }
    }

    /// Start of a tick, seconds since 1970-01-01T00:00Z.
    func seconds(_ tick: Int) -> Int64 { startSeconds + Int64(tick) * tickSeconds }
}
