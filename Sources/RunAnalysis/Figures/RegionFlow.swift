internal import CoSimulation
public import RunStore

/// Energy of work by home region and executing region, and what the move did to emissions at the margin.
public struct RegionFlow: Sendable, Equatable {
    /// Agent number of the home region.
    public var home: Int
    /// Agent number of the region that ran the work.
    public var executing: Int
    /// IT energy, MWh.
    public var itEnergyMWh: Double
    /// Facility energy where it ran less what the home's PUE would have made of it, each at the realised marginal emissions
    /// (LME) of its bus in the tick, summed, kgCO2: below 0 emissions were avoided. 0 for work at home.
    public var emissionsChangeKg: Double
    /// IT energy for which that is known: both dispatches and the home's offer are on record, MWh.
    public var knownMWh: Double
}

extension RegionFlow {
    /// Flows of the first ticks of a run, ascending by home, then executing region; none is without energy.
    public static func all(of reader: RunReader, ticks: Int) throws -> [RegionFlow] {
        try reader.read { try all(of: $0, ticks: 0..<ticks) }
    }

    /// Flows of some ticks of a run, ascending by home, then executing region; none is without energy.
    public static func all(of run: RunSnapshot, ticks: Range<Int>) throws -> [RegionFlow] {
        try FlowMeter(of: run, ticks: ticks).flows
    }
}

/// Follows placed work from region to region; holds two numbers for each region and tick.
private struct FlowMeter {
    private struct Tally {
        var energy = Sum()
        var change = Sum()
        var known = Sum()
    }

    private let firstTick: Int
    private let regionCount: Int
    private let firstRegion: Int
    /// Realised marginal emissions, kgCO2/MWh, and PUE offered, by tick, then region; NaN where not known.
    private var marginal: [Double]
    private var pue: [Double]
    private var tallies: [Tally]

    init(of run: RunSnapshot, ticks: Range<Int>) throws {
        firstTick = ticks.lowerBound
        let agents = try run.agents()
        let regions = agents.filter { $0.role == .computeRegion }
        regionCount = regions.count
        firstRegion = regions.first?.number ?? 0
        marginal = Array(repeating: .nan, count: ticks.count * regions.count)
        pue = marginal
        tallies = Array(repeating: Tally(), count: regions.count * regions.count)
        try run.forEachRegion(in: ticks) { point in
            if let realised = point.realised {
                marginal[place(point.tick, point.region)] = realised.marginalEmissionsKgPerMWh
            }
        }
        try run.forEachOfferedPUE(in: ticks) { pue[place($0, $1)] = $2 }
        try run.forEachPlacement(in: ticks) { point in
            if let home = agents[point.service].homeRegion { add(point, home: home) }
        }
    }

    private func place(_ tick: Int, _ region: Int) -> Int {
        (tick - firstTick) * regionCount + region - firstRegion
    }

    private mutating func add(_ point: PlacementPoint, home: Int) {
        let index = (home - firstRegion) * regionCount + point.region - firstRegion
        tallies[index].energy.add(point.energyMWh)
        guard home != point.region else {
            tallies[index].known.add(point.energyMWh)
            return
        }
        let before = place(point.tick, home)
        let change =
            point.facilityMWh * marginal[place(point.tick, point.region)]
            - point.energyMWh * pue[before] * marginal[before]
        guard change.isFinite else { return }
        tallies[index].change.add(change)
        tallies[index].known.add(point.energyMWh)
    }

    var flows: [RegionFlow] {
        tallies.indices.filter { tallies[$0].energy.value != 0 }.map { index in
            let (home, executing) = index.quotientAndRemainder(dividingBy: regionCount)
            return RegionFlow(
                home: firstRegion + home, executing: firstRegion + executing,
                itEnergyMWh: tallies[index].energy.value, emissionsChangeKg: tallies[index].change.value,
                knownMWh: tallies[index].known.value)
        }
    }
}
