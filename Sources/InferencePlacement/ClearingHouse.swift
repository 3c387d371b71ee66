public import LinearProgram

/// Clears order books tick after tick: decides which work runs where at the least value of the mechanism's objective.
///
/// One linear program serves every mechanism (MODEL 1.1 to 1.6); only its costs differ. It is written in IT energy, so
/// that neither PUE nor demand touches its matrix, with z energy of an order in a region, u energy not served and y
/// energy of a region's block:
///
///     min   sum phi/e z + sum eta (pi + kappa gamma) y + sum VOLL/e u + psi/e on what moved
///     rows  sum_c z + u = e lambda             by order: work is served or not               (1.2)
///           sum_i z - sum_b y = 0              by region: energy comes from its blocks
///           sum_grid y <= Pbar h / eta         by region: grid connection                    (1.4)
///           sum w/e z <= Q                     by region and resource: compute capacity      (1.4)
///           sum_{c != c0} z <= sigma e lambda  by order: state locality                      (1.4)
///
/// Switching (1.6) splits z into what stays, up to the last tick's placement, and what moves and pays psi. Rows and
/// columns are added when first needed and stay, so that each tick starts from the last optimum. An order counts as at
/// home before its first tick. The house is a value: a copy goes on from the same vertex.
public struct ClearingHouse: Sendable {
    /// The mechanism whose objective it minimises.
    public let mechanism: Mechanism

    private var solver: LinearSolver
    private var layout = ClearingLayout()
    /// Energy one unit of a column stands for, MWh: set by the first book so that numbers are near one.
    private var unitMWh = 0.0

    /// A house before its first book. Throws `SolverError` when the backend cannot be loaded.
    public init(mechanism: Mechanism, backend: Backend? = nil) throws(SolverError) {
        self.mechanism = mechanism
        solver = try LinearSolver(LinearModel(), backend: backend)
    }

    /// Clears a book: the optimum, checked against the rules of the book and for its primal-dual gap (MODEL 5).
    ///
    /// The book must have the regions and resources of the first one. Throws `ClearingError` when the solver fails or
    /// the result breaks an invariant; work not served is a result, no error.
    public mutating func clear(_ book: OrderBook) throws(ClearingError) -> Placement {
        if unitMWh == 0 { open(for: book) }
        let objective = ClearingObjective(mechanism: mechanism, book: book)
        for region in book.supplies.indices { setRegion(region, book.supplies[region], objective) }
        layout.resolve(book, in: &solver.model)
        for (slot, order) in zip(layout.slots, book.orders) { setOrder(slot, order, objective) }
        try solve()
        let placement = Placement(
            book: book, mechanism: mechanism, solved: energies(of: book), lastRequests: lastRequests(of: book),
            duals: duals(of: book), relativeGap: solver.solution.optimality.relativeGap)
        try placement.check(book, mechanism: mechanism, solvedObjective: solver.solution.objective * unitMWh)
        remember(placement, of: book)
        return placement
    }

    /// Sets the unit of energy and the rows of the regions.
    private mutating func open(for book: OrderBook) {
        let largest = book.orders.map(\.energyMWh).max() ?? 0
        unitMWh = 1e-6
        while unitMWh * 1e4 < largest { unitMWh *= 10 }
        layout.open(for: book, in: &solver.model)
    }

    /// Costs and bounds of a region's blocks, connection and capacity.
    private mutating func setRegion(_ region: Int, _ supply: RegionSupply, _ objective: ClearingObjective) {
        for (index, block) in supply.blocks.enumerated() {
            let column = layout.blockColumn(region, index, isFromGrid: block.isFromGrid, in: &solver.model)
            solver.model.setCost(objective.blockCost(block, pue: supply.pue), column: column)
            solver.model.setColumnBounds(lower: 0, upper: block.limitMWh / supply.pue / unitMWh, column: column)
        }
        let rows = layout.regions[region]
        for column in rows.blockColumns.dropFirst(supply.blocks.count) {
            solver.model.setColumnBounds(lower: 0, upper: 0, column: column)
        }
        solver.model.setRowBounds(
            lower: -.infinity, upper: supply.connectionMWh / supply.pue / unitMWh, row: rows.connectionRow)
        for (row, limit) in zip(rows.capacityRows, supply.capacity) {
            solver.model.setRowBounds(lower: -.infinity, upper: limit / layout.capacityScale, row: row)
        }
    }

    /// Costs and bounds of an order and its options.
    private mutating func setOrder(_ slot: Int, _ order: WorkOrder, _ objective: ClearingObjective) {
        let line = order.line
        let energy = order.energyMWh / unitMWh
        solver.model.setRowBounds(lower: energy, upper: energy, row: layout.orders[slot].demandRow)
        solver.model.setCost(objective.unservedCost(order), column: layout.orders[slot].unservedColumn)
        let perUnit = 1000 * unitMWh / (line.energyKWhPerRequest * layout.capacityScale)
        layout.setWork(slot, line.workPerRequest.map { $0 * perUnit }, in: &solver.model)
        if line.movableShare < 1, line.movableShare > 0 || layout.orders[slot].localityRow != nil {
            let row = layout.ensureLocality(slot, home: order.home, in: &solver.model)
            solver.model.setRowBounds(lower: -.infinity, upper: line.movableShare * energy, row: row)
        } else if let row = layout.orders[slot].localityRow {
            solver.model.setRowBounds(lower: -.infinity, upper: .infinity, row: row)
        }
        closeOptions(slot)
        for index in line.options.indices { openOption(slot, order, index, objective) }
    }

    private mutating func closeOptions(_ slot: Int) {
        for option in layout.orders[slot].options {
            solver.model.setColumnBounds(lower: 0, upper: 0, column: option.column)
            if let stay = option.stayColumn { solver.model.setColumnBounds(lower: 0, upper: 0, column: stay) }
        }
    }

    private mutating func openOption(_ slot: Int, _ order: WorkOrder, _ index: Int, _ objective: ClearingObjective) {
        let region = order.line.options[index].region
        let isHome = region == order.home
        let position = layout.ensureOption(slot, region: region, hint: index, isHome: isHome, in: &solver.model)
        if isHome, !layout.orders[slot].hasHistory { layout.orders[slot].options[position].lastRequests = order.line.requests }
        guard isHome || (mechanism.objective != .home && order.line.movableShare > 0) else { return }
        let option = layout.orders[slot].options[position]
        let cost = objective.optionCost(order, index)
        let switching = objective.switchingCost(order)
        solver.model.setCost(cost + switching, column: option.column)
        solver.model.setColumnBounds(lower: 0, upper: .infinity, column: option.column)
        guard switching > 0, option.lastRequests > 0 else { return }
        let stay = layout.ensureStay(slot, position, isHome: isHome, in: &solver.model)
        let stayed = option.lastRequests * order.line.energyKWhPerRequest / 1000 / unitMWh
        solver.model.setCost(cost, column: stay)
        solver.model.setColumnBounds(lower: 0, upper: stayed, column: stay)
    }

    private mutating func solve() throws(ClearingError) {
        let status: SolutionStatus
        do {
            status = try solver.solve()
        } catch {
            throw ClearingError(.solver, "the solver refused the clearing problem: \(error)")
        }
        guard status == .optimal else {
            throw ClearingError(.solver, "the clearing problem ended \(status), though leaving work unserved is always possible")
        }
    }

    /// Energy by order and option, MWh, as the solver found it.
    private func energies(of book: OrderBook) -> [[Double]] {
        let values = solver.solution.columnValues
        return zip(layout.slots, book.orders).map { slot, order in
            let known = layout.orders[slot]
            return order.line.options.enumerated().map { hint, option in
                let columns = known.options[known.index(of: option.region, hint: hint)!]
                return (values[columns.column] + (columns.stayColumn.map { values[$0] } ?? 0)) * unitMWh
            }
        }
    }

    /// Requests by order and option that were placed there in the last tick.
    private func lastRequests(of book: OrderBook) -> [[Double]] {
        zip(layout.slots, book.orders).map { slot, order in
            let known = layout.orders[slot]
            return order.line.options.enumerated().map { hint, option in
                known.options[known.index(of: option.region, hint: hint)!].lastRequests
            }
        }
    }

    /// Worth by region of one more MWh of IT energy and one more accelerator-second, in the objective's unit.
    private func duals(of book: OrderBook) -> [RegionDuals] {
        layout.regions.map { region in
            RegionDuals(
                energyPerMWh: -solver.solution.rowDuals[region.balanceRow],
                capacityPerAcceleratorSecond: region.capacityRows.map {
                    max(0, -solver.solution.rowDuals[$0]) * unitMWh / layout.capacityScale
                })
        }
    }

    private mutating func remember(_ placement: Placement, of book: OrderBook) {
        for slot in layout.orders.indices {
            layout.orders[slot].hasHistory = true
            for index in layout.orders[slot].options.indices { layout.orders[slot].options[index].lastRequests = 0 }
        }
        for award in placement.awards {
            let slot = layout.slots[award.order]
            let region = book.orders[award.order].line.options[award.option].region
            let index = layout.orders[slot].index(of: region, hint: award.option)!
            layout.orders[slot].options[index].lastRequests = award.requests
        }
    }
}

/// What one more unit would be worth in a region, in the unit of the mechanism's objective.
struct RegionDuals {
    let energyPerMWh: Double
    let capacityPerAcceleratorSecond: [Double]
}

extension WorkOrder {
    /// IT energy of the whole order, MWh: e lambda.
    var energyMWh: Double { line.energyKWhPerRequest * line.requests / 1000 }
}
