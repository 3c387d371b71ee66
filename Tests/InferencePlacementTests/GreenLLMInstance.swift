import InferencePlacement
import LinearProgram

/// A random instance of MODEL 2 in the paper's own terms, as a window of ours and as the paper's linear program.
struct GreenLLMInstance {
    let areas: Int
    let centres: Int
    let types: Int
    let hours: Int
    let resources = 2
    /// Queries/h, [i][k][t].
    var queries: [[[Double]]] = []
    /// Tokens of a query (h + f), [k].
    var tokens: [Double] = []
    /// kWh of a query, [k].
    var energyKWh: [Double] = []
    /// $/kWh and kgCO2/kWh, [j][t].
    var price: [[Double]] = []
    var emissions: [[Double]] = []
    /// $/kgCO2, [j].
    var tax: [Double] = []
    /// On-site power, kWh/h, [j][t].
    var onSite: [[Double]] = []
    /// Grid cap, kW, [j].
    var gridCap: [Double] = []
    var pue: [Double] = []
    /// Litres per kWh of facility energy: WUE/PUE + EWIF, [j][t].
    var water: [[Double]] = []
    /// Resource per token, [k][r], and capacity, [j][r].
    var resourcePerToken: [[Double]] = []
    var capacity: [[Double]] = []
    /// KB per token, [k]; Mbit/s and s, [i][j]; s/token, [j][k].
    var payload: [Double] = []
    var bandwidth: [[Double]] = []
    var propagation: [[Double]] = []
    var processing: [[Double]] = []
    /// Delay limit, s, [k], and price, $/s, [k].
    var delayLimit: [Double] = []
    var delayPrice: [Double] = []
    /// Litres.
    var waterLimit = Double.infinity

    init(seed: UInt64, areas: Int = 3, centres: Int = 3, types: Int = 2, hours: Int = 4) {
        (self.areas, self.centres, self.types, self.hours) = (areas, centres, types, hours)
        var random = SeededRandom(seed)
        func table(_ rows: Int, _ columns: Int, _ range: ClosedRange<Double>) -> [[Double]] {
            (0..<rows).map { _ in (0..<columns).map { _ in random.uniform(range.lowerBound, range.upperBound) } }
        }
        queries = (0..<areas).map { _ in table(types, hours, 500...3000) }
        tokens = (0..<types).map { _ in random.uniform(200, 2000) }
        energyKWh = tokens.map { $0 * random.uniform(0.5e-6, 2e-6) * 1000 }
        price = table(centres, hours, 0.02...0.2)
        emissions = table(centres, hours, 0.05...0.9)
        tax = (0..<centres).map { _ in random.uniform(0, 0.1) }
        onSite = table(centres, hours, 0...1500)
        pue = (0..<centres).map { _ in random.uniform(1.05, 1.6) }
        water = table(centres, hours, 0.5...4)
        resourcePerToken = table(types, resources, 0.001...0.01)
        payload = (0..<types).map { _ in random.uniform(0.001, 0.01) }
        bandwidth = table(areas, centres, 500...5000)
        propagation = table(areas, centres, 0.001...0.1)
        processing = table(centres, types, 1e-5...1e-4)
        delayPrice = (0..<types).map { _ in random.uniform(0.0, 0.5) }
        let total = (0..<hours).map { t in peak(t) { energyKWh[$0] } }.max()!
        gridCap = (0..<centres).map { _ in total * random.uniform(0.6, 1.2) }
        let work = (0..<resources).map { r in
            (0..<hours).map { t in peak(t) { tokens[$0] * resourcePerToken[$0][r] } }.max()!
        }
        capacity = (0..<centres).map { _ in work.map { $0 * random.uniform(0.5, 0.9) } }
        delayLimit = (0..<types).map { _ in .infinity }
    }

    /// Sum over all queries of an hour of what each takes.
    private func peak(_ t: Int, _ each: (Int) -> Double) -> Double {
        var sum = 0.0
        for i in 0..<areas { for k in 0..<types { sum += queries[i][k][t] * each(k) } }
        return sum
    }

    /// Bracket of 2.7 at a pair: transmission and processing of the whole slot, and propagation.
    func delay(_ i: Int, _ j: Int, _ k: Int, _ t: Int) -> (fixed: Double, perQuery: Double) {
        (propagation[i][j], payload[k] * tokens[k] / bandwidth[i][j] + processing[j][k] * tokens[k])
    }

    /// The instance as a window; nobody may leave work unserved for money.
    var window: HorizonWindow {
        let orders = (0..<areas).flatMap { i in
            (0..<types).map { k in
                let options = (0..<centres).map { j in
                    let delay = delay(i, j, k, 0)
                    return PlacementOption(
                        region: j, frictionUSDPerRequest: 0, delaySeconds: delay.fixed,
                        delaySecondsPerRequest: delay.perQuery)
                }
                let line = BidLine(
                    workloadClass: k, requests: queries[i][k][0], arrivedRequests: queries[i][k][0],
                    energyKWhPerRequest: energyKWh[k],
                    workPerRequest: resourcePerToken[k].map { $0 * tokens[k] }, valueUSDPerRequest: 1000,
                    delayLimitSeconds: delayLimit[k], delayUSDPerSecond: delayPrice[k], options: options)
                return HorizonOrder(
                    order: WorkOrder(
                        service: i, home: 0, line: line, roundTripMilliseconds: options.map { _ in 0 }),
                    expectedRequests: Array(queries[i][k].dropFirst()))
            }
        }
        let supplies = (0..<hours).map { t in
            (0..<centres).map { j in
                RegionSupply(
                    capacity: capacity[j], connectionMWh: gridCap[j] / 1000, pue: pue[j],
                    blocks: [
                        EnergyBlock(
                            limitMWh: onSite[j][t] / 1000, priceUSDPerMWh: 0, emissionsKgPerMWh: 0, isFromGrid: false,
                            waterLitresPerMWh: water[j][t] * 1000),
                        EnergyBlock(
                            limitMWh: .infinity, priceUSDPerMWh: price[j][t] * 1000,
                            emissionsKgPerMWh: emissions[j][t] * 1000, isFromGrid: true, carbonTaxUSDPerKg: tax[j],
                            waterLitresPerMWh: water[j][t] * 1000),
                    ])
            }
        }
        return HorizonWindow(tickHours: 1, supplies: supplies, orders: orders, waterLimitLitres: waterLimit)
    }

    /// Weights of C_E, C_C, C_D and water in the paper's program.
    struct Weights {
        var energy = 0.0
        var carbon = 0.0
        var delay = 0.0
        var water = 0.0
    }

    /// The optimum of the paper's own program, x_ijkt as shares and Pg_jt in kWh; nil where it is infeasible.
    ///
    /// `limits` are further constraints: a weighted sum of the criteria may not exceed a value.
    func optimum(_ weights: Weights, limits: [(Weights, Double)] = []) throws -> Double? {
        var model = LinearModel()
        var rows: [(lower: Double, upper: Double, entries: [(column: Int, value: Double)])] = []
        var costs: [(energy: Double, carbon: Double, delay: Double, water: Double)] = []
        func x(_ i: Int, _ j: Int, _ k: Int, _ t: Int) -> Int { ((i * centres + j) * types + k) * hours + t }
        func grid(_ j: Int, _ t: Int) -> Int { areas * centres * types * hours + j * hours + t }
        for i in 0..<areas {
            for j in 0..<centres {
                for k in 0..<types {
                    for t in 0..<hours {
                        let delay = delay(i, j, k, t)
                        let seconds = delay.fixed + delay.perQuery * queries[i][k][t]
                        let power = pue[j] * queries[i][k][t] * energyKWh[k]
                        costs.append((0, 0, delayPrice[k] * seconds, water[j][t] * power))
                    }
                }
            }
        }
        for j in 0..<centres {
            for t in 0..<hours { costs.append((price[j][t], tax[j] * emissions[j][t], 0, 0)) }
        }
        func weigh(_ w: Weights, _ column: Int) -> Double {
            let cost = costs[column]
            return w.energy * cost.energy + w.carbon * cost.carbon + w.delay * cost.delay + w.water * cost.water
        }
        for column in costs.indices { model.addColumn(cost: weigh(weights, column), lower: 0, upper: .infinity) }
        for j in 0..<centres {
            for t in 0..<hours { model.setColumnBounds(lower: 0, upper: gridCap[j], column: grid(j, t)) }
        }
        for t in 0..<hours {
            for i in 0..<areas {
                for k in 0..<types {
                    rows.append((1, 1, (0..<centres).map { (x(i, $0, k, t), 1) }))
                    guard delayLimit[k].isFinite else { continue }
                    let entries = (0..<centres).map { j in
                        let delay = delay(i, j, k, t)
                        return (column: x(i, j, k, t), value: delay.fixed + delay.perQuery * queries[i][k][t])
                    }
                    rows.append((-.infinity, delayLimit[k], entries))
                }
            }
            for j in 0..<centres {
                var power: [(column: Int, value: Double)] = [(grid(j, t), -1)]
                var work = [[(column: Int, value: Double)]](repeating: [], count: resources)
                for i in 0..<areas {
                    for k in 0..<types {
                        power.append((x(i, j, k, t), pue[j] * queries[i][k][t] * energyKWh[k]))
                        for r in 0..<resources {
                            work[r].append((x(i, j, k, t), resourcePerToken[k][r] * tokens[k] * queries[i][k][t]))
                        }
                    }
                }
                rows.append((-.infinity, onSite[j][t], power))
                for r in 0..<resources { rows.append((-.infinity, capacity[j][r], work[r])) }
            }
        }
        let water = Weights(water: 1)
        if waterLimit.isFinite {
            rows.append((-.infinity, waterLimit, costs.indices.map { ($0, weigh(water, $0)) }))
        }
        for (weights, value) in limits {
            rows.append((-.infinity, value, costs.indices.map { ($0, weigh(weights, $0)) }))
        }
        for row in rows { model.addRow(lower: row.lower, upper: row.upper, entries: row.entries) }
        var solver = try LinearSolver(model)
        return try solver.solve() == .optimal ? solver.solution.objective : nil
    }
}
