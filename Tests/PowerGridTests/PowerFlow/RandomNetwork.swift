import PowerGrid

/// A random network: a tree with chords, some branches limited, more supply than demand.
struct RandomNetwork {
    let seed: UInt64
    var network: Network
    var random: Numbers

    init(seed: UInt64, busCount: ClosedRange<Int> = 3...30, isLinear: Bool = true) {
        self.seed = seed
        var random = Numbers(state: seed &* 7919)
        let count = busCount.lowerBound + random.integer(below: busCount.count)
        let buses = (0..<count).map { index in
            Bus(
                number: 10 * index + 1, isReference: index == 0,
                demandMW: random.integer(below: 3) == 0 ? 0 : random.between(5, 60))
        }
        let demand = buses.reduce(0) { $0 + $1.demandMW }
        network = Network(
            name: "random \(seed)", baseMVA: 100, buses: buses, branches: Self.branches(count, demand, &random),
            generators: Self.generators(count, demand, isLinear: isLinear, &random))
        self.random = random
    }

    /// A power flow of the network that may leave demand unserved at 5,000 $/MWh.
    func powerFlow(_ convention: NetworkConvention = .matpower) throws -> DCOptimalPowerFlow {
        try DCOptimalPowerFlow(
            network, convention: convention, options: PowerFlowOptions(unservedEnergyUSDPerMWh: 5_000))
    }

    /// Brings demand, capacities and limits to tens, and reactances to one of two values.
    mutating func round() {
        var numbers = Numbers(state: seed)
        for bus in network.buses.indices { network.buses[bus].demandMW = Double(10 * numbers.integer(below: 4)) }
        for branch in network.branches.indices {
            network.branches[branch].reactance = numbers.integer(below: 2) == 0 ? 0.1 : 0.2
            network.branches[branch].limitMW = Double(10 + 10 * numbers.integer(below: 6))
        }
        for unit in network.generators.indices {
            network.generators[unit].minimumMW = 0
            network.generators[unit].maximumMW = Double(10 + 10 * numbers.integer(below: 6))
            network.generators[unit].cost = .polynomial(c2: 0, c1: numbers.between(10, 60), c0: 0)
        }
    }

    private static func branches(_ count: Int, _ demand: Double, _ random: inout Numbers) -> [Branch] {
        var ends = (1..<count).map { ($0, random.integer(below: $0)) }
        for _ in 0..<count {
            let (from, to) = (random.integer(below: count), random.integer(below: count))
            if from != to { ends.append((from, to)) }
        }
        return ends.map { from, to in
            Branch(
                from: from, to: to, resistance: random.between(0, 0.02), reactance: random.between(0.02, 0.3),
                limitMW: random.integer(below: 2) == 0 ? .infinity : random.between(0.1, 0.5) * (demand + 20))
        }
    }

    private static func generators(
        _ count: Int, _ demand: Double, isLinear: Bool, _ random: inout Numbers
    ) -> [NetworkGenerator] {
        let units = 2 + random.integer(below: max(2, count / 2))
        return (0..<units).map { index in
            let capacity = 2 * (demand + 20) / Double(units) * random.between(0.5, 1.5)
            let slope = random.between(5, 60)
            let cost: CostCurve
            switch (isLinear, random.integer(below: 3)) {
            case (false, 0...1):
                cost = .polynomial(c2: random.between(0.005, 0.1), c1: slope, c0: random.between(0, 50))
            case (_, 2):
                let (half, more) = (capacity / 2, slope + random.between(1, 20))
                cost = .piecewiseLinear([
                    SIMD2(0, 40), SIMD2(half, 40 + slope * half), SIMD2(capacity, 40 + (slope + more) * half),
                ])
            default:
                cost = .polynomial(c2: 0, c1: slope, c0: 0)
            }
            return NetworkGenerator(
                bus: random.integer(below: count), minimumMW: random.integer(below: 4) == 0 ? capacity * 0.05 : 0,
                maximumMW: capacity, cost: cost, emissionsKgPerMWh: random.between(0, 1_000))
        }
    }
}

extension Numbers {
    /// A number between two.
    mutating func between(_ lower: Double, _ upper: Double) -> Double { lower + (upper - lower) * uniform() }
}

/// Whether two numbers agree to a tolerance, relative above 1.
func agree(_ first: Double, _ second: Double, _ tolerance: Double = 1e-6) -> Bool {
    abs(first - second) <= tolerance * (1 + max(abs(first), abs(second)))
}

/// Whether two lists agree to a tolerance, relative above 1.
func agree(_ first: [Double], _ second: [Double], _ tolerance: Double = 1e-6) -> Bool {
    first.count == second.count && zip(first, second).allSatisfy { agree($0, $1, tolerance) }
}
