import PowerGrid
import Testing

/// Tiny networks by enumeration: every choice of active limits that pins the outputs is a candidate.
///
/// Knows nothing of the solver or of cycles: flows come from outputs by distribution factors of angles.
@Suite("Power flow against enumeration")
struct BruteForceTests {
    @Test("Three to five buses, two or three units")
    func tiny() throws {
        var infeasible = 0
        for seed in 1...150 as ClosedRange<UInt64> {
            let network = Self.network(seed)
            var powerFlow = try DCOptimalPowerFlow(network, convention: .matpower)
            let outcome = try powerFlow.solve()
            let expected = Self.leastCost(network)
            #expect((outcome.dispatch == nil) == (expected == nil), "seed \(seed)")
            if expected == nil { infeasible += 1 }
            guard let expected, let dispatch = outcome.dispatch else { continue }
            #expect(agree(dispatch.objectiveUSDPerHour, expected, 1e-6), "seed \(seed)")
        }
        #expect(infeasible > 5 && infeasible < 100)
    }

    private static func network(_ seed: UInt64) -> Network {
        var random = RandomNetwork(seed: seed, busCount: 3...5)
        var numbers = random.random
        let demand = random.network.buses.reduce(0) { $0 + $1.demandMW }
        for index in random.network.branches.indices {
            random.network.branches[index].limitMW = numbers.between(0.1, 0.7) * (demand + 20)
            random.network.branches[index].tapRatio = numbers.between(0.9, 1.1)
            if index == 0 { random.network.branches[index].shiftDegrees = numbers.between(-3, 3) }
        }
        random.network.generators = (0..<(2 + numbers.integer(below: 2))).map { _ in
            NetworkGenerator(
                bus: numbers.integer(below: random.network.buses.count),
                minimumMW: numbers.integer(below: 3) == 0 ? 5 : 0, maximumMW: demand * numbers.between(0.3, 1.2) + 5,
                cost: .polynomial(c2: 0, c1: numbers.between(5, 80), c0: 7))
        }
        return random.network
    }

    private static func leastCost(_ network: Network) -> Double? {
        let units = network.generators
        let demand = network.buses.reduce(0) { $0 + $1.demandMW }
        let limits = Self.limits(network)
        var best: Double?
        for active in choices(from: limits.count, count: units.count - 1) {
            var rows = active.map { limits[$0].coefficients + [limits[$0].bound] }
            rows.append([Double](repeating: 1, count: units.count) + [demand])
            guard let outputs = eliminate(rows) else { continue }
            let isFeasible = limits.allSatisfy { limit in
                zip(limit.coefficients, outputs).reduce(0) { $0 + $1.0 * $1.1 } <= limit.bound + 1e-6
            }
            guard isFeasible else { continue }
            var cost = 0.0
            for (unit, output) in zip(units, outputs) {
                if case .polynomial(_, let slope, let constant) = unit.cost { cost += slope * output + constant }
            }
            best = min(best ?? .infinity, cost)
        }
        return best
    }

    /// Every limit as `coefficients · outputs <= bound`.
    private static func limits(_ network: Network) -> [(coefficients: [Double], bound: Double)] {
        var limits: [(coefficients: [Double], bound: Double)] = []
        for (index, unit) in network.generators.enumerated() {
            let axis = network.generators.indices.map { $0 == index ? 1.0 : 0 }
            limits.append((axis, unit.maximumMW))
            limits.append((axis.map { -$0 }, -unit.minimumMW))
        }
        let fixed = flows(network, injections: network.buses.map { -$0.demandMW }, shifted: true)
        let units = network.generators.map { unit in
            flows(network, injections: network.buses.indices.map { $0 == unit.bus ? 1.0 : 0 }, shifted: false)
        }
        for (index, branch) in network.branches.enumerated() {
            let row = units.map { $0[index] }
            limits.append((row, branch.limitMW - fixed[index]))
            limits.append((row.map { -$0 }, branch.limitMW + fixed[index]))
        }
        return limits
    }

    /// Flows of injections that bus 0 balances, by angles.
    private static func flows(_ network: Network, injections: [Double], shifted: Bool) -> [Double] {
        let count = network.buses.count
        var rows = [[Double]](repeating: [Double](repeating: 0, count: count + 1), count: count)
        for bus in 1..<count { rows[bus][count] = injections[bus] }
        for branch in network.branches {
            let b = network.baseMVA / (branch.reactance * branch.tapRatio)
            let shift = shifted ? b * branch.shiftDegrees * .pi / 180 : 0
            for (bus, other, sign) in [(branch.from, branch.to, 1.0), (branch.to, branch.from, -1)] where bus > 0 {
                rows[bus][bus] += b
                rows[bus][other] -= b
                rows[bus][count] += sign * shift
            }
        }
        rows[0] = [1] + [Double](repeating: 0, count: count)
        let angles = eliminate(rows)!
        return network.branches.map { branch in
            let angle = angles[branch.from] - angles[branch.to] - (shifted ? branch.shiftDegrees * .pi / 180 : 0)
            return network.baseMVA / (branch.reactance * branch.tapRatio) * angle
        }
    }

    private static func choices(from limit: Int, count: Int) -> [[Int]] {
        guard count > 0 else { return [[]] }
        return (0..<limit).flatMap { last in choices(from: last, count: count - 1).map { $0 + [last] } }
    }

    /// The solution of a square system whose last column is the right side; nil when it is singular.
    private static func eliminate(_ system: [[Double]]) -> [Double]? {
        var rows = system
        for column in rows.indices {
            let pivot = (column..<rows.count).max { abs(rows[$0][column]) < abs(rows[$1][column]) }!
            guard abs(rows[pivot][column]) > 1e-9 else { return nil }
            rows.swapAt(pivot, column)
            for row in rows.indices where row != column {
                let factor = rows[row][column] / rows[column][column]
                if factor == 0 { continue }
                for index in column...rows.count { rows[row][index] -= factor * rows[column][index] }
            }
        }
        return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
    }
}
