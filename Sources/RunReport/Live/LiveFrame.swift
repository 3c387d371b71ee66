internal import CoSimulation
internal import RunAnalysis
internal import RunStore

/// One tick of a run, exactly: load, price and emissions of every area and region, and what ran away from home.
public struct LiveFrame: Sendable {
    /// A compute region in the tick.
    struct Region: Sendable {
        let agent: Int
        let loadMW: Double
        let priceUSDPerMWh: Double?
        let marginalEmissionsKgPerMWh: Double?
    }

    /// The tick.
    let tick: Int
    /// Balancing areas whose operators took part.
    let areas: [AreaPoint]
    let regions: [Region]
    /// Flows away from home.
    let flows: [RegionFlow]
    let absences: [AgentAbsence]
    private let hours: Double

    /// Reads a tick; nil where it is not on disk.
    init?(of run: RunSnapshot, about: RunAbout, tick: Int) throws {
        guard try run.digest(atTick: tick) != nil else { return nil }
        let hours = about.tickHours
        var areas: [AreaPoint] = []
        try run.forEachArea(in: tick..<tick + 1) { areas.append($0) }
        var regions: [Region] = []
        try run.forEachRegion(in: tick..<tick + 1) { point in
            regions.append(
                Region(
                    agent: point.region, loadMW: point.gridMWh / hours,
                    priceUSDPerMWh: point.realised?.priceUSDPerMWh,
                    marginalEmissionsKgPerMWh: point.realised?.marginalEmissionsKgPerMWh))
        }
        self.tick = tick
        self.hours = hours
        self.areas = areas
        self.regions = regions
        flows = try RegionFlow.all(of: run, ticks: tick..<tick + 1).filter { $0.home != $0.executing }
        absences = try run.absences(inTick: tick)
    }

    /// Sums over the areas, nil where none took part.
    private func total(_ part: (AreaPoint) -> Double) -> JSON {
        ["mean": areas.isEmpty ? nil : .brief(areas.reduce(0) { $0 + part($1) })]
    }

    /// For the dashboard's page, with the members of its series; flows as power, largest first.
    var json: JSON {
        let prices = areas.compactMap(\.priceUSDPerMWh)
        let ordered = flows.sorted { ($1.itEnergyMWh, $0.home, $0.executing) < ($0.itEnergyMWh, $1.home, $1.executing) }
        return [
            "tick": .number(Double(tick)), "load": total(\.computeLoadMW),
            "emissions": total { $0.emissionsKg / 1000 / hours },
            "relocated": ["mean": .brief(flows.reduce(0) { $0 + $1.itEnergyMWh } / hours)],
            "price": [
                "mean": .brief(prices.isEmpty ? nil : prices.reduce(0, +) / Double(prices.count)),
                "low": .brief(prices.min()),
                "high": .brief(prices.max()),
            ],
            "areas": .list(
                areas.map { area in
                    [
                        "area": .number(Double(area.area)), "load": .brief(area.computeLoadMW),
                        "price": .brief(area.priceUSDPerMWh),
                    ]
                }),
            "regions": .list(
                regions.map { region in
                    [
                        "agent": .number(Double(region.agent)), "load": .brief(region.loadMW),
                        "price": .brief(region.priceUSDPerMWh), "marginal": .brief(region.marginalEmissionsKgPerMWh),
                    ]
                }),
            "flows": .list(
                ordered.map { flow in
                    [
                        "home": .number(Double(flow.home)), "executing": .number(Double(flow.executing)),
                        "power": .brief(flow.itEnergyMWh / hours),
                        "rate": flow.knownMWh > 0 ? .brief(flow.emissionsChangeKg / flow.knownMWh) : nil,
                    ]
                }),
        ]
    }
}
