import InferencePlacement

/// MODEL 1.1 to 1.6 in requests, word for word, solved by `DenseSimplex`: shares nothing with the clearing but the book.
///
/// Variables are x_skc and u_sk in requests, y in MWh of facility energy by block, m in requests for what moved. Where
/// the objective is no money, work is served first (least unserved energy), then placed.
struct PlacementOracle {
    let book: OrderBook
    let mechanism: Mechanism
    /// Requests placed in the last tick, by order and region.
    let last: [[Double]]

    struct Optimum {
        /// Value of (1.1), or where the objective is no money the round trips or emissions of what is served.
        var objective: Double
        /// IT energy not served, MWh.
        var unservedMWh: Double
    }

    /// What the first tick counts as placed before it: everything at home.
    static func atHome(_ book: OrderBook) -> [[Double]] {
        book.orders.map { order in book.supplies.indices.map { $0 == order.home ? order.line.requests : 0 } }
    }

    func solve() -> Optimum? {
        var program = DenseSimplex()
        var unserved: [(variable: Int, value: Double)] = []
        var energy = [[(variable: Int, value: Double)]](repeating: [], count: book.supplies.count)
        var work = book.supplies.map { $0.capacity.map { _ in [(variable: Int, value: Double)]() } }
        for (index, order) in book.orders.enumerated() {
            let line = order.line
            let u = program.addVariable(cost: mechanism.isMonetary ? line.valueUSDPerRequest : 0)
            unserved.append((u, line.energyKWhPerRequest / 1000))
            var served: [(variable: Int, value: Double)] = [(u, 1)]
            var remote: [(variable: Int, value: Double)] = []
            for (position, option) in line.options.enumerated() {
                let isHome = option.region == order.home
                if mechanism.objective == .home, !isHome { continue }
                let x = program.addVariable(cost: cost(order, position))
                served.append((x, 1))
                if !isHome { remote.append((x, 1)) }
                let eta = book.supplies[option.region].pue
                energy[option.region].append((x, line.energyKWhPerRequest / 1000 * eta))
                for (resource, amount) in line.workPerRequest.enumerated() {
                    work[option.region][resource].append((x, amount))
                }
                guard mechanism.isMonetary, line.switchingUSDPerRequest > 0 else { continue }
                let moved = program.addVariable(cost: line.switchingUSDPerRequest)
                program.addRow([(x, 1), (moved, -1)], .atMost, last[index][option.region])  // (1.6)
            }
            program.addRow(served, .equal, line.requests)  // (1.2)
            program.addRow(remote, .atMost, line.movableShare * line.requests)  // (1.4), locality
        }
        for (region, supply) in book.supplies.enumerated() {
            add(supply, energy: energy[region], work: work[region], to: &program)
        }
        return finish(program, unserved)
    }

    /// Energy comes from blocks; connection and capacity of (1.4).
    private func add(
        _ supply: RegionSupply, energy: [(variable: Int, value: Double)], work: [[(variable: Int, value: Double)]],
        to program: inout DenseSimplex
    ) {
        var balance = energy
        var grid: [(variable: Int, value: Double)] = []
        for block in supply.blocks {
            let y = program.addVariable(cost: cost(block))
            balance.append((y, -1))
            if block.isFromGrid { grid.append((y, 1)) }
            program.addRow([(y, 1)], .atMost, block.limitMWh)
        }
        program.addRow(balance, .equal, 0)
        program.addRow(grid, .atMost, supply.connectionMWh)
        for (entries, limit) in zip(work, supply.capacity) { program.addRow(entries, .atMost, limit) }
    }

    private func finish(_ program: DenseSimplex, _ unserved: [(variable: Int, value: Double)]) -> Optimum? {
        func energy(_ values: [Double]) -> Double { unserved.map { values[$0.variable] * $0.value }.reduce(0, +) }
        if mechanism.isMonetary {
            return program.solve().map { Optimum(objective: $0.objective, unservedMWh: energy($0.values)) }
        }
        var serving = program
        var costs = [Double](repeating: 0, count: program.costs.count)
        for entry in unserved { costs[entry.variable] = entry.value }
        serving.setCosts(costs)
        guard let least = serving.solve() else { return nil }
        var placing = program
        placing.addRow(unserved, .atMost, max(0, least.objective) * (1 + 1e-12) + 1e-13)
        return placing.solve().map { Optimum(objective: $0.objective, unservedMWh: least.objective) }
    }

    /// Of a request at an option: phi, or e R where the objective is latency.
    private func cost(_ order: WorkOrder, _ position: Int) -> Double {
        switch mechanism.objective {
        case .home, .leastCost, .carbonPriced: order.line.options[position].frictionUSDPerRequest
        case .nearest: order.line.energyKWhPerRequest / 1000 * order.roundTripMilliseconds[position]
        case .leastCarbon: 0
        case .weighted, .lexicographic: preconditionFailure("not among the plain objectives")
        }
    }

    /// Of a MWh of facility energy: pi + kappa gamma, or gamma.
    private func cost(_ block: EnergyBlock) -> Double {
        switch mechanism.objective {
        case .home, .leastCost: block.priceUSDPerMWh
        case .carbonPriced: block.priceUSDPerMWh + mechanism.carbonPriceUSDPerKg * block.emissionsKgPerMWh
        case .nearest: 0
        case .leastCarbon: block.emissionsKgPerMWh
        case .weighted, .lexicographic: preconditionFailure("not among the plain objectives")
        }
    }
}
