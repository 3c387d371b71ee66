internal import CoSimulation
public import RunStore

/// Follows relocated work and the prices it met, tick by tick.
struct HerdingPass {
    private let run: RunSnapshot
    private let agents: [RunAgent]
    private let tickSeconds: Int64
    private let end: Int

    /// A pass over the first ticks of a run.
    init(_ run: RunSnapshot, ticks: Int) throws {
        self.run = run
        agents = try run.agents()
        tickSeconds = try run.facts().clock.tickSeconds
        end = ticks
    }

    /// What it came to; `body` hears of each tick in which work ran away from home at known prices.
    func figures(_ body: (HerdingTick) -> Void = { _ in }) throws -> HerdingFigures {
        let regions = agents.filter { $0.role == .computeRegion }.map(\.number)
        var meter = HerdingMeter(regions: regions, tickSeconds: tickSeconds)
        var prices = [Double?](repeating: nil, count: agents.count)
        var tick = 0
        func endTicks(before next: Int) {
            while tick < next {
                if let met = meter.endTick() { body(met) }
                tick += 1
            }
        }
        var priced = -1
        try run.forEachPlacement(before: end) { point in
            guard let home = agents[point.service].homeRegion, home != point.region else { return }
            endTicks(before: point.tick)
            if priced != point.tick {
                try run.readRealisedPrices(into: &prices, atTick: point.tick)
                priced = point.tick
            }
            meter.add(
                from: home, to: point.region, energyMWh: point.energyMWh, prices: (prices[home], prices[point.region]))
        }
        endTicks(before: end)
        return meter.figures
    }
}

extension HerdingTick {
    /// The ticks of a run in which work ran away from home at known prices, ascending; of its first ticks only.
    public static func all(of reader: RunReader, ticks: Int) throws -> [HerdingTick] {
        try reader.read { run in
            var met: [HerdingTick] = []
            _ = try HerdingPass(run, ticks: ticks).figures { met.append($0) }
            return met
        }
    }
}
