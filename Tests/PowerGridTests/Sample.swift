import PowerGrid

/// A random fleet, demand and tick.
struct Sample {
    let seed: UInt64
    let fleet: Fleet
    let demandMW: Double
    let tick: Int

    /// Samples of 500 seeds: with and without must-run output, short and long of supply.
    static let all = (1...500).map { Sample(seed: UInt64($0)) }

    init(seed: UInt64) {
        var random = Numbers(state: seed)
        let generators = (0..<random.integer(below: 12)).map { index in
            let capacity = random.uniform() * 300
            let isVariable = random.integer(below: 3) == 0
            return Generator(
                name: "unit-\(index)", technology: ["coal", "gas", "wind"][random.integer(below: 3)],
                capacityMW: capacity, minimumMW: random.integer(below: 4) == 0 ? capacity * random.uniform() : 0,
                costUSDPerMWh: Double(random.integer(below: 20)) * 5 - (seed % 5 == 0 ? 10 : 0),
                emissionsKgPerMWh: Double(random.integer(below: 10)) * 100,
                availability: isVariable
                    ? .series((0..<4).map { _ in random.uniform() })
                    : .constant(random.integer(below: 2) == 0 ? 1 : 0.6))
        }
        self.seed = seed
        fleet = Fleet(generators, unservedEnergyUSDPerMWh: 3000)
        tick = random.integer(below: 4)
        demandMW = random.uniform() * 1.2 * max(50, fleet.supply(at: tick).totalMW)
    }

    /// Whether some unit costs less than nothing.
    var hasNegativeCost: Bool { fleet.generators.contains { $0.costUSDPerMWh < 0 } }

    /// Whether the marginal unit changes within a distance above the demand, MW.
    func isNearKink(within distanceMW: Double) -> Bool {
        fleet.margin(demandMW: demandMW, at: tick).generator
            != fleet.margin(demandMW: demandMW + distanceMW, at: tick).generator
    }
}

/// SplitMix64, so that samples are the same everywhere.
struct Numbers {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func integer(below limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
