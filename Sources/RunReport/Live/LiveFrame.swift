internal import CoSimulation
internal import RunAnalysis
internal import RunStore

/// One tick of a run: load, price and emissions of every region, and what ran away from home.
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
    let regions: [Region]
    /// Flows away from home.
    let flows: [RegionFlow]
    let absences: [AgentAbsence]
    private let hours: Double

    /// Reads a tick; nil where it is not on disk.
    init?(of run: RunSnapshot, about: RunAbout, tick: Int) throws {
        guard try run.digest(atTick: tick) != nil else { return nil }
        let hours = about.tickHours
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
        self.regions = regions
        flows = try RegionFlow.all(of: run, ticks: tick..<tick + 1).filter { $0.home != $0.executing }
        absences = try run.absences(inTick: tick)
    }

    /// For the dashboard's page; flows as power, largest first.
    var json: JSON {
        let ordered = flows.sorted { ($1.itEnergyMWh, $0.home, $0.executing) < ($0.itEnergyMWh, $1.home, $1.executing) }
        return [
            "tick": .number(Double(tick)),
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
