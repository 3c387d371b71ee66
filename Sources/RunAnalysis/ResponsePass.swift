internal import CoSimulation
internal import Foundation
internal import RunStore

/// Compares the loads of a run with those of its baseline, tick by tick. Holds one number for each region and tick.
struct ResponsePass {
    private struct Key: Hashable, Comparable {
        let event: Int
        let region: Int

        static func < (one: Key, other: Key) -> Bool { (one.event, one.region) < (other.event, other.region) }
    }

    private let agents: [RunAgent]
    private let map: AreaMap
    private let hours: Double
    private let tickCount: Int
    private let firstRegion: Int
    private let regionCount: Int
    /// Grid energy of the baseline less that of the run, MWh, by tick, then region.
    private var reductions: [Double]
    private var requests: [Key: [(tick: Int, request: CurtailmentRequest)]] = [:]
    private var foretold: [ForetoldMeter]
    private var latency = (run: LatencyMeter(), baseline: LatencyMeter())
    private var priceSlope = SlopeMeter()
    private var carbonSlope = SlopeMeter()

    /// A pass over the first ticks of both.
    init(of run: RunReader, with baseline: RunReader, ticks: Int) throws {
        agents = run.agents
        map = try run.read { try AreaMap(of: $0) }
        hours = run.facts.clock.tickHours
        tickCount = ticks
        let regions = agents.filter { $0.role == .computeRegion }
        firstRegion = regions.first?.number ?? 0
        regionCount = regions.count
        reductions = Array(repeating: 0, count: ticks * regions.count)
        foretold = Array(repeating: ForetoldMeter(), count: regions.count)
        try baseline.read { snapshot in
            try snapshot.forEachRegion(before: ticks) { reductions[place($0.tick, $0.region)] = $0.gridMWh }
        }
        try run.read { snapshot in
            var open: [RegionPoint] = []
            try snapshot.forEachRegion(before: ticks) { point in
                if let last = open.last, last.tick != point.tick {
                    add(open)
                    open.removeAll(keepingCapacity: true)
                }
                open.append(point)
            }
            add(open)
        }
        guard !requests.isEmpty else { return }
        latency.run = try run.read { try LatencyMeter(of: $0, before: ticks) }
        latency.baseline = try baseline.read { try LatencyMeter(of: $0, before: ticks) }
    }

    private func place(_ tick: Int, _ region: Int) -> Int { tick * regionCount + region - firstRegion }

    /// Adds the regions of a tick.
    private mutating func add(_ points: [RegionPoint]) {
        addSlope(points, of: \.signalledPriceUSDPerMWh, to: \.priceSlope)
        addSlope(points, of: \.signalledMarginalEmissionsKgPerMWh, to: \.carbonSlope)
        for point in points {
            let place = place(point.tick, point.region)
            reductions[place] -= point.gridMWh
            foretold[point.region - firstRegion].add(point, reductionMWh: reductions[place])
            guard let request = point.request else { continue }
            requests[Key(event: request.event, region: point.region), default: []].append((point.tick, request))
        }
    }

    private mutating func addSlope(
        _ points: [RegionPoint], of signal: KeyPath<RegionPoint, Double?>,
        to slope: WritableKeyPath<ResponsePass, SlopeMeter>
    ) {
        let signals = points.compactMap { $0[keyPath: signal] }
        let mean = signals.reduce(0, +) / Double(max(1, signals.count))
        for point in points {
            let before = reductions[place(point.tick, point.region)]
            guard let value = point[keyPath: signal], value > 0, mean > 0, before > 0, point.gridMWh > 0 else {
                continue
            }
            self[keyPath: slope].add(log(value / mean), log(point.gridMWh / before))
        }
    }

    /// What it came to, beside what both runs cost and emitted.
    func figures(run: RunSummary, baseline: RunSummary) -> ResponseFigures {
        let names = map.places.map(\.name)
        return ResponseFigures(
            system: foretold(Array(foretold.indices), "system", run.grid, baseline.grid),
            areas: run.areas.map { area in
                let members = foretold.indices.filter { names[map.place(ofRegion: firstRegion + $0)] == area.name }
                return foretold(members, area.name, area.grid, baseline.areas.first { $0.name == area.name }?.grid)
            },
            regions: foretold.indices.map { foretold([$0], agents[firstRegion + $0].name, nil, nil) },
            priceElasticity: priceSlope.slope, carbonElasticity: carbonSlope.slope,
            events: requests.keys.sorted().map(event))
    }

    /// What was foretold of some regions, and the realised change of the grid they are in.
    private func foretold(
        _ regions: [Int], _ name: String, _ run: GridFigures?, _ baseline: GridFigures?
    ) -> ForetoldFigures {
        var (saving, avoided) = (Sum(), Sum())
        for region in regions {
            saving.add(foretold[region].saving.value)
            avoided.add(foretold[region].avoided.value)
        }
        var (realisedSaving, realisedAvoided): (Double?, Double?)
        if let run, let baseline {
            realisedSaving = baseline.costUSD - run.costUSD
            realisedAvoided = baseline.emissionsKg - run.emissionsKg
        }
        return ForetoldFigures(
            name: name, predictedSavingUSD: saving.value, realisedSavingUSD: realisedSaving,
            predictedAvoidedKg: avoided.value, realisedAvoidedKg: realisedAvoided)
    }

    private func event(_ key: Key) -> EventFigures {
        let asked = requests[key] ?? []
        let first = asked[0].tick
        let last = asked[asked.count - 1].tick
        var (requested, delivered, cost, elsewhere) = (Sum(), Sum(), Sum(), Sum())
        var response: Int?
        for (tick, request) in asked {
            let reductionMW = reductions[place(tick, key.region)] / hours
            requested.add(request.reductionMW)
            delivered.add(reductionMW)
            cost.add(max(0, min(reductionMW, request.reductionMW)) * hours * request.priceUSDPerMWh)
            if response == nil, reductionMW >= 0.9 * request.reductionMW { response = tick - first }
            for region in firstRegion..<(firstRegion + regionCount)
            where requests[Key(event: key.event, region: region)] == nil {
                elsewhere.add(max(0, -reductions[place(tick, region)]))
            }
        }
        let after = (last + 1)..<max(last + 1, min(tickCount, 2 * last - first + 2))
        let count = Double(asked.count)
        return EventFigures(
            event: key.event, region: agents[key.region].name, tickCount: asked.count,
            requestedMW: requested.value / count, deliveredMW: delivered.value / count, responseTicks: response,
            reboundMW: after.reduce(0) { max($0, -reductions[place($1, key.region)] / hours) },
            reboundElsewhereMWh: elsewhere.value,
            latencySpentMilliseconds: latencySpent(home: key.region, ticks: asked.map(\.tick)), costUSD: cost.value)
    }

    private func latencySpent(home: Int, ticks: [Int]) -> Double? {
        guard let run = latency.run.meanMilliseconds(home: home, ticks: ticks),
            let baseline = latency.baseline.meanMilliseconds(home: home, ticks: ticks)
        else { return nil }
        return run - baseline
    }
}

/// What the signals of a region foretold.
private struct ForetoldMeter {
    var saving = Sum()
    var avoided = Sum()

    /// Adds the region in a tick, with its grid energy in the baseline less that in the run.
    mutating func add(_ point: RegionPoint, reductionMWh: Double) {
        saving.add(reductionMWh * (point.signalledPriceUSDPerMWh ?? 0))
        avoided.add(reductionMWh * (point.signalledMarginalEmissionsKgPerMWh ?? 0))
    }
}
