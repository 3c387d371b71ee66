internal import LinearProgram

/// The linear program of a window: MODEL 1.1 to 1.6 over several ticks, with 2.1 to 2.7.
///
///     rows  sum_c z + u + w - w' = e a         by order and tick: what comes in runs, is not served, or waits on
///           sum_i z - sum_b y = 0              by region and tick: energy comes from its blocks          (2.1 to 2.3)
///           sum_grid y <= Pbar h / eta         by region and tick: grid connection                       (1.4, 2.3)
///           sum w/e z <= Q                     by region, tick and resource                              (1.4, 2.5)
///           sum_{c != c0} z <= sigma (sum_c z + u)   by order and tick: state locality of what does not wait (1.4)
///           sum (D_c - Delta) z <= 0           by order and tick: delay                                  (2.7)
///           z - z' - m <= 0                    by order, option and tick where moving costs: switching   (1.6)
///           sum omega eta y <= Z               once: water                                               (2.4)
///
/// z, u, w, y and m are energies of IT in units of about a thousandth of the largest order. w is bounded by what is not yet
/// due, and zero after the last tick: all work of a window is done in it.
struct HorizonProgram {
    private let window: HorizonWindow
    private let isHome: Bool
    private let layout: HorizonLayout
    private var solver: LinearSolver
    /// IT energy that one unit of a column stands for, MWh.
    let unitMWh: Double
    /// Row of the energy balance of a region in this tick.
    private var balanceRows: [Int] = []
    /// Rows of the capacity of a region in this tick, and the accelerator-seconds their unit is.
    private var capacityRows: [[(row: Int, unit: Double)]] = []
    private let last: [[Double]]

    /// The program of a window; `last` is what ran in the tick before, in requests by order and option.
    init(_ window: HorizonWindow, isHome: Bool, last: [[Double]]) throws(SolverError) {
        self.window = window
        self.isHome = isHome
        self.last = last
        layout = HorizonLayout(window)
        unitMWh = Self.unit(window)
        var model = LinearModel()
        for _ in 0..<layout.columnCount { model.addColumn() }
        solver = try LinearSolver(model)
        addOrders()
        addRegions()
        addWater()
    }

    // MARK: Objectives

    /// Makes what is not served least, and keeps it so.
    mutating func serveFirst() throws(ClearingError) {
        setCosts { _ in
            1
        } option: { _, _, _ in
            0
        } switching: { _ in
            0
        }
        let least = try solve()
        let columns = layout.unserved.joined()
        guard least > 1e-7 else {
            for column in columns { solver.model.setColumnBounds(lower: 0, upper: 0, column: column) }
            return
        }
        solver.model.addRow(upper: least * (1 + 1e-9), entries: columns.map { ($0, 1) })
    }

    /// Makes an objective least; the value is in its own unit.
    @discardableResult
    mutating func minimise(_ objective: ClearingObjective) throws(ClearingError) -> Double {
        setCosts {
            objective.unservedCost($0)
        } option: { order, index, requests in
            objective.optionCost(order.with(requests: requests), index)
        } switching: {
            objective.switchingCost($0)
        }
        for tick in 0..<layout.tickCount {
            for (region, supply) in window.supplies[tick].enumerated() {
                for (index, block) in supply.blocks.enumerated() {
                    let column = layout.blocks[tick][region] + index
                    solver.model.setCost(objective.blockCost(block, pue: supply.pue), column: column)
                }
            }
        }
        return try solve() * unitMWh
    }

    /// Keeps the objective solved last within a share of its value while others are made least.
    mutating func keep(slack: Double) {
        let optimum = solver.solution.objective
        let entries = solver.model.costs.indices.compactMap { column -> (column: Int, value: Double)? in
            let cost = solver.model.costs[column]
            return cost == 0 ? nil : (column, cost)
        }
        solver.model.addRow(upper: optimum + slack * abs(optimum) + 1e-9 * (1 + abs(optimum)), entries: entries)
    }

    /// Sets the costs of orders and none for anything else.
    private mutating func setCosts(
        unserved: (WorkOrder) -> Double, option: (WorkOrder, Int, Double) -> Double, switching: (WorkOrder) -> Double
    ) {
        solver.model.setCosts(repeatElement(0, count: layout.columnCount))
        for (index, horizon) in window.orders.enumerated() {
            let arrivals = horizon.arrivals(layout.tickCount)
            for tick in 0..<layout.tickCount {
                solver.model.setCost(unserved(horizon.order), column: layout.unserved[index][tick])
                for place in horizon.order.line.options.indices {
                    solver.model.setCost(
                        option(horizon.order, place, arrivals[tick]), column: layout.runs[index][tick] + place)
                    if let moved = layout.moved[index] {
                        solver.model.setCost(switching(horizon.order), column: moved[tick] + place)
                    }
                }
            }
        }
    }

    private mutating func solve() throws(ClearingError) -> Double {
        let status: SolutionStatus
        do {
            status = try solver.solve()
        } catch {
            throw ClearingError(.solver, "the solver refused the program of a horizon: \(error)")
        }
        guard status == .optimal else {
            throw ClearingError(
                .solver, "the program of a horizon ended \(status), though leaving work unserved is always possible")
        }
        return solver.solution.objective
    }

    // MARK: Rows

    private mutating func addOrders() {
        for (index, horizon) in window.orders.enumerated() {
            let arrivals = horizon.arrivals(layout.tickCount)
            let limits = horizon.waitingLimits(layout.tickCount)
            for tick in 0..<layout.tickCount {
                addDemand(index, tick, arrivals[tick], waitingLimit: limits[tick])
                addLocality(index, tick)
                addDelay(index, tick, arrivals[tick])
                addSwitching(index, tick)
            }
        }
    }

    /// Requests of an order in units of the program.
    private func units(_ requests: Double, _ order: WorkOrder) -> Double {
        requests * order.line.energyKWhPerRequest / 1000 / unitMWh
    }

    private mutating func addDemand(_ index: Int, _ tick: Int, _ requests: Double, waitingLimit: Double) {
        let order = window.orders[index].order
        var entries = [(column: layout.unserved[index][tick], value: 1.0)]
        for place in order.line.options.indices {
            let isOpen = order.line.options[place].region == order.home || (!isHome && order.line.movableShare > 0)
            let column = layout.runs[index][tick] + place
            solver.model.setColumnBounds(lower: 0, upper: isOpen ? .infinity : 0, column: column)
            entries.append((column, 1))
        }
        if let waiting = layout.waiting[index] {
            solver.model.setColumnBounds(lower: 0, upper: units(waitingLimit, order), column: waiting[tick])
            entries.append((waiting[tick], 1))
            if tick > 0 { entries.append((waiting[tick - 1], -1)) }
        }
        let amount = units(requests, order)
        solver.model.addRow(lower: amount, upper: amount, entries: entries)
    }

    private mutating func addLocality(_ index: Int, _ tick: Int) {
        let order = window.orders[index].order
        let share = order.line.movableShare
        guard share < 1, !isHome else { return }
        guard order.line.options.contains(where: { $0.region != order.home }) else { return }
        let entries = order.line.options.enumerated().map { place, option in
            (column: layout.runs[index][tick] + place, value: option.region == order.home ? -share : 1 - share)
        }
        solver.model.addRow(upper: 0, entries: entries + [(layout.unserved[index][tick], -share)])
    }

    private mutating func addDelay(_ index: Int, _ tick: Int, _ requests: Double) {
        let order = window.orders[index].order
        let limit = order.line.delayLimitSeconds
        guard limit.isFinite, requests > 0 else { return }
        let entries = order.line.options.indices.map { place in
            (
                column: layout.runs[index][tick] + place,
                value: order.delaySeconds(place, requests: requests) - limit
            )
        }
        let largest = entries.reduce(0) { max($0, abs($1.value)) }
        guard largest > 0 else { return }
        solver.model.addRow(upper: 0, entries: entries.map { ($0.column, $0.value / largest) })
    }

    private mutating func addSwitching(_ index: Int, _ tick: Int) {
        guard let moved = layout.moved[index] else { return }
        let order = window.orders[index].order
        for place in order.line.options.indices {
            var entries = [(column: layout.runs[index][tick] + place, value: 1.0), (moved[tick] + place, -1)]
            if tick > 0 { entries.append((layout.runs[index][tick - 1] + place, -1)) }
            solver.model.addRow(upper: tick > 0 ? 0 : units(last[index][place], order), entries: entries)
        }
    }

    private mutating func addRegions() {
        for tick in 0..<layout.tickCount {
            var users = [[(order: Int, column: Int)]](repeating: [], count: window.supplies[tick].count)
            for (index, horizon) in window.orders.enumerated() {
                for (place, option) in horizon.order.line.options.enumerated() {
                    users[option.region].append((index, layout.runs[index][tick] + place))
                }
            }
            for (region, supply) in window.supplies[tick].enumerated() {
                addRegion(region, supply, tick, users[region])
            }
        }
    }

    private mutating func addRegion(
        _ region: Int, _ supply: RegionSupply, _ tick: Int, _ users: [(order: Int, column: Int)]
    ) {
        let first = layout.blocks[tick][region]
        let scale = supply.pue * unitMWh
        for (index, block) in supply.blocks.enumerated() {
            solver.model.setColumnBounds(lower: 0, upper: block.limitMWh / scale, column: first + index)
        }
        let balance = solver.model.addRow(
            lower: 0, upper: 0,
            entries: users.map { ($0.column, 1) } + supply.blocks.indices.map { (first + $0, -1) })
        solver.model.addRow(
            upper: supply.connectionMWh / scale,
            entries: supply.blocks.indices.filter { supply.blocks[$0].isFromGrid }.map { (first + $0, 1) })
        let capacities = supply.capacity.enumerated().map { resource, limit in
            let entries = users.map { user in
                (
                    column: user.column,
                    value: window.orders[user.order].order.workPerMWh(resource) * unitMWh
                )
            }
            let largest = max(entries.reduce(0) { max($0, $1.value) }, .leastNormalMagnitude)
            let row = solver.model.addRow(
                upper: limit / largest, entries: entries.map { ($0.column, $0.value / largest) })
            return (row: row, unit: largest)
        }
        guard tick == 0 else { return }
        balanceRows.append(balance)
        capacityRows.append(capacities)
    }

    private mutating func addWater() {
        guard window.waterLimitLitres.isFinite else { return }
        var entries: [(column: Int, value: Double)] = []
        for (tick, supplies) in window.supplies.enumerated() {
            for (region, supply) in supplies.enumerated() {
                for (index, block) in supply.blocks.enumerated() where block.waterLitresPerMWh != 0 {
                    entries.append(
                        (layout.blocks[tick][region] + index, block.waterLitresPerMWh * supply.pue * unitMWh))
                }
            }
        }
        let largest = entries.reduce(0) { max($0, $1.value) }
        guard largest > 0 else { return }
        solver.model.addRow(
            upper: window.waterLimitLitres / largest, entries: entries.map { ($0.column, $0.value / largest) })
    }

    private static func unit(_ window: HorizonWindow) -> Double {
        var largest = 0.0
        for horizon in window.orders {
            let most = horizon.arrivals(window.tickCount).max() ?? 0
            largest = max(largest, most * horizon.order.line.energyKWhPerRequest / 1000)
        }
        guard largest > 0, largest.isFinite else { return 1 }
        var unit = 1.0
        while unit > largest / 1000 { unit /= 10 }
        while unit * 10 <= largest / 1000 { unit *= 10 }
        return unit
    }

    // MARK: Reading

    /// What was found for a tick: energy by order and option, MWh; not served, by order; waiting on, by order.
    struct Tick {
        var energiesMWh: [[Double]]
        var unservedMWh: [Double]
        var waitingMWh: [Double]
    }

    /// What the last solve found for a tick of the window.
    func tick(_ tick: Int) -> Tick {
        let values = solver.solution.columnValues
        return Tick(
            energiesMWh: window.orders.indices.map { index in
                window.orders[index].order.line.options.indices.map { place in
                    max(0, values[layout.runs[index][tick] + place]) * unitMWh
                }
            },
            unservedMWh: layout.unserved.map { max(0, values[$0[tick]]) * unitMWh },
            waitingMWh: layout.waiting.map { $0.map { max(0, values[$0[tick]]) * unitMWh } ?? 0 })
    }

    /// Relative primal-dual gap of the last solve.
    var relativeGap: Double { solver.solution.optimality.relativeGap }

    /// Worth of one more MWh of IT energy in a region in this tick, in the unit of the objective solved last.
    var energyPerMWh: [Double] { balanceRows.map { -solver.solution.rowDuals[$0] } }

    /// Worth of one more accelerator-second in a region in this tick, by resource, in the unit of the objective solved last.
    var capacityPerAcceleratorSecond: [[Double]] {
        capacityRows.map { rows in
            rows.map { max(0, -solver.solution.rowDuals[$0.row]) * unitMWh / $0.unit }
        }
    }
}

extension WorkOrder {
    /// The order with other requests.
    func with(requests: Double) -> WorkOrder {
        var order = self
        order.line.requests = requests
        return order
    }
}
