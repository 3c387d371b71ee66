internal import CoSimulation
internal import Foundation
internal import RunStore

/// Compares the loads of a run with those of its baseline, tick by tick. Holds one number for each region and tick.
struct ResponsePass {
    private let agents: [RunAgent]
    private let map: AreaMap
    private let hours: Double
    private let tickCount: Int
    private let firstRegion: Int
    private let regionCount: Int
    /// Grid energy of the baseline less that of the run, MWh, by tick, then region.
    private var reductions: [Double]
    private var ledger: EventLedger
    /// What the run's settlement paid for curtailment, $, by tick, then region; empty without events.
    private var settledUSD: [Double] = []
    private var foretold: [ForetoldMeter]
    private var latency = (run: LatencyMeter(), baseline: LatencyMeter())
    private var priceSlope = SlopeMeter()
    private var carbonSlope = SlopeMeter()

    /// A pass over the first ticks of both.
    init(of run: RunReader, with baseline: RunReader, ticks: Int) throws {
        agents = run.agents
        map = try run.read { try AreaMap(of: $0) }
        ledger = EventLedger(
            scenario: try run.read { try $0.gridEvents() }, agents: agents, hours: run.facts.clock.tickHours)
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
        guard !ledger.isEmpty else { return }
        settledUSD = Array(repeating: 0, count: reductions.count)
        try run.read { snapshot in
            try snapshot.forEachPayment(before: ticks) { point in
                guard point.payment.purpose == .curtailment, case .agent(let region) = point.payment.payee else {
                    return
                }
                settledUSD[place(point.tick, region)] += point.payment.amountUSD
            }
        }
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
            ledger.add(point, baselineMWh: reductions[place])
            reductions[place] -= point.gridMWh
            foretold[point.region - firstRegion].add(point, reductionMWh: reductions[place])
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
            events: ledger.entries.keys.sorted().map(event))
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

    private func event(_ key: EventLedger.Key) -> EventFigures {
        let asked = ledger.entries[key] ?? []
        let first = asked[0].tick
        let last = asked[asked.count - 1].tick
        var (requested, delivered, cost, settled) = (Sum(), Sum(), Sum(), Sum())
        var response: Int?
        for entry in asked {
            let reductionMW = reductions[place(entry.tick, key.region)] / hours
            requested.add(entry.requestedMW)
            delivered.add(reductionMW)
            cost.add(max(0, min(reductionMW, entry.requestedMW)) * hours * entry.priceUSDPerMWh)
            if entry.isRequest { settled.add(settledUSD[place(entry.tick, key.region)]) }
            if response == nil, entry.requestedMW > 0, reductionMW >= 0.9 * entry.requestedMW {
                response = entry.tick - first
            }
        }
        let after = (last + 1)..<max(last + 1, min(tickCount, 2 * last - first + 2))
        let count = Double(asked.count)
        return EventFigures(
            name: ledger.name(key), kind: ledger.kinds[key] ?? "", region: agents[key.region].name,
            firstTick: first, tickCount: asked.count, requestedMW: requested.value / count,
            deliveredMW: delivered.value / count, responseTicks: response,
            reboundMW: after.reduce(0) { max($0, -reductions[place($1, key.region)] / hours) },
            reboundElsewhereMWh: drawnElsewhereMWh(key, asked.map(\.tick)),
            latencySpentMilliseconds: latencySpent(home: key.region, ticks: asked.map(\.tick)), costUSD: cost.value,
            settledUSD: settled.value)
    }

    /// What regions that an event does not concern drew above the baseline while it lasted, MWh.
    private func drawnElsewhereMWh(_ key: EventLedger.Key, _ ticks: [Int]) -> Double {
        var sum = Sum()
        for region in firstRegion..<(firstRegion + regionCount)
        where ledger.entries[EventLedger.Key(event: key.event, region: region)] == nil {
            for tick in ticks { sum.add(max(0, -reductions[place(tick, region)])) }
        }
        return sum.value
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
