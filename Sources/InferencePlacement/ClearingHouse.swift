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
/// home before its first tick; in a tick whose book lacks it, it is placed nowhere. The house is a value: a copy goes
/// on from the same vertex.
public struct ClearingHouse: Sendable {
    /// The mechanism whose objective it minimises.
    public let mechanism: Mechanism

    private var solver: LinearSolver
    private var layout = ClearingLayout()
    private var units = ClearingUnits()
    private var cutLayout = CutLayout()

    /// A house before its first book. Throws `SolverError` when the backend cannot be loaded.
    public init(mechanism: Mechanism, backend: Backend? = nil) throws(SolverError) {
        self.mechanism = mechanism
        solver = try LinearSolver(LinearModel(), backend: backend)
    }

    /// Clears a book: the optimum, checked against the rules of the book and for its primal-dual gap (MODEL 5).
    ///
    /// The book must have the regions and resources of the first one, no two orders of one class and service node, and
    /// finite demand, work and prices; anything else traps. Throws `ClearingError` when the solver fails or the result
    /// breaks an invariant; work not served is a result, no error.
    public mutating func clear(_ book: OrderBook) throws(ClearingError) -> Placement {
        let placement = try attempt(book).placement
        commit(placement)
        return placement
    }

    /// Clears a book without committing to it: the next clearing takes no notice of where work was put.
    ///
    /// Under cuts the grid prices of the book do not count; what the grid costs is bounded by the cuts instead, of which
    /// each supplier in use must have at least one, and the mechanism must be `home` or `leastCost`. Throws like `clear`.
    public mutating func attempt(_ book: OrderBook, under cuts: [SupplyCut] = []) throws(ClearingError)
        -> TrialPlacement
    {
        let posed = cuts.isEmpty ? book : book.repriced(book.supplies.map { _ in 0 })
        let objective = ClearingObjective(mechanism: mechanism, book: posed)
        update(to: posed, objective)
        if !cuts.isEmpty || !cutLayout.isEmpty {
            cutLayout.set(cuts, posed, layout, unitMWh: units.energyMWh, in: &solver.model)
        }
        try solve()
        let solvedObjective = solver.solution.objective * units.energyMWh
        guard !cuts.isEmpty else {
            let placement = Placement(book: book, objective: objective, solved: solved(for: book))
            try placement.check(book, mechanism: mechanism, units: units, solvedObjective: solvedObjective)
            return TrialPlacement(placement: placement, book: book, boundUSD: nil)
        }
        let costs = cutLayout.costs(solver.solution.columnValues, tickHours: book.tickHours, unitMWh: units.energyMWh)
        let prices = cutLayout.prices(cuts, regionCount: book.supplies.count, duals: solver.solution.rowDuals)
        let priced = book.repriced(prices)
        let placement = Placement(
            book: priced, objective: ClearingObjective(mechanism: mechanism, book: priced), solved: solved(for: priced))
        let grid = priced.supplies.indices.map { region in
            (placement.regions[region].gridMWh - priced.supplies[region].chargeMWh) * prices[region]
        }.reduce(0, +)
        try placement.check(
            priced, mechanism: mechanism, units: units, solvedObjective: solvedObjective - costs.countedUSD + grid)
        return TrialPlacement(
            placement: placement, book: priced, boundUSD: solvedObjective + costs.referenceUSD)
    }

    /// Commits to a placement of the book attempted last: the next clearing knows where work is.
    public mutating func commit(_ placement: Placement) {
        remember(placement)
    }

    /// Brings the linear program up to a book.
    private mutating func update(to book: OrderBook, _ objective: ClearingObjective) {
        layout.open(for: book, in: &solver.model)
        units.fit(to: book)
        layout.resolve(book, in: &solver.model)
        // Changes of entries come before new columns, since each change after an addition sorts the matrix again.
        for (slot, order) in zip(layout.slots, book.orders) { layout.setWork(slot, order, units, in: &solver.model) }
        for (region, supply) in book.supplies.enumerated() { setRegion(region, supply, objective) }
        for (slot, order) in zip(layout.slots, book.orders) { setOrder(slot, order, objective) }
        startFromLast(book)
    }

    /// Costs and bounds of a region's blocks, connection and capacity.
    private mutating func setRegion(_ region: Int, _ supply: RegionSupply, _ objective: ClearingObjective) {
        for (index, block) in supply.blocks.enumerated() {
            let column = layout.blockColumn(region, index, isFromGrid: block.isFromGrid, in: &solver.model)
            solver.model.setCost(objective.blockCost(block, pue: supply.pue), column: column)
            solver.model.setColumnBounds(lower: 0, upper: units.limit(block.limitMWh / supply.pue), column: column)
        }
        for block in layout.regions[region].blocks.dropFirst(supply.blocks.count) {
            solver.model.setColumnBounds(lower: 0, upper: 0, column: block.column)
        }
        solver.model.setRowBounds(
            lower: -.infinity, upper: units.limit(supply.connectionMWh / supply.pue),
            row: layout.regions[region].connectionRow)
        for (resource, limit) in supply.capacity.enumerated() {
            solver.model.setRowBounds(
                lower: -.infinity, upper: limit / units.work[resource],
                row: layout.regions[region].capacityRows[resource])
        }
    }

    /// Costs and bounds of an order and its options.
    private mutating func setOrder(_ slot: Int, _ order: WorkOrder, _ objective: ClearingObjective) {
        let line = order.line
        let energy = order.energyMWh / units.energyMWh
        solver.model.setRowBounds(lower: energy, upper: energy, row: layout.orders[slot].demandRow)
        solver.model.setCost(objective.unservedCost(order), column: layout.orders[slot].unservedColumn)
        if line.movableShare < 1, line.movableShare > 0 || layout.orders[slot].localityRow != nil {
            let row = layout.ensureLocality(slot, home: order.home, in: &solver.model)
            solver.model.setRowBounds(lower: -.infinity, upper: line.movableShare * energy, row: row)
        } else if let row = layout.orders[slot].localityRow {
            solver.model.setRowBounds(lower: -.infinity, upper: .infinity, row: row)
        }
        if layout.list(slot, order, in: &solver.model) { closeOptions(slot) }
        let switching = objective.switchingCost(order)
        for index in line.options.indices { setOption(slot, order, index, objective, switching: switching) }
    }

    /// Asks nothing for the options of an order.
    private mutating func closeOptions(_ slot: Int) {
        for option in layout.orders[slot].options {
            solver.model.setColumnBounds(lower: 0, upper: 0, column: option.column)
            if let stay = option.stayColumn { solver.model.setColumnBounds(lower: 0, upper: 0, column: stay) }
        }
    }

    private mutating func setOption(
        _ slot: Int, _ order: WorkOrder, _ index: Int, _ objective: ClearingObjective, switching: Double
    ) {
        let position = layout.orders[slot].listed[index]
        let isHome = order.line.options[index].region == order.home
        if isHome, !layout.orders[slot].hasHistory {
            layout.orders[slot].options[position].lastRequests = order.line.requests
        }
        let option = layout.orders[slot].options[position]
        let isOpen = isHome || (mechanism.objective != .home && order.line.movableShare > 0)
        let cost = objective.optionCost(order, index)
        solver.model.setCost(cost + switching, column: option.column)
        solver.model.setColumnBounds(lower: 0, upper: isOpen ? .infinity : 0, column: option.column)
        let stays = isOpen && switching > 0 && option.lastRequests > 0
        guard stays || option.stayColumn != nil else { return }
        let stay = layout.ensureStay(slot, position, isHome: isHome, in: &solver.model)
        let stayed = stays ? option.lastRequests * order.line.energyKWhPerRequest / 1000 / units.energyMWh : 0
        solver.model.setCost(cost, column: stay)
        solver.model.setColumnBounds(lower: 0, upper: stayed, column: stay)
    }

    /// Starts the solve at the vertex where work stays where it is and only what an order has grown by is new there.
    ///
    /// The two columns of an option have the same entries, so that one can stand for the other in the basis: the one for
    /// what stays where the order has not grown, the one for what moves where it has. Without this every order takes
    /// pivots to find out: seven in ten of all where demand does not change.
    private mutating func startFromLast(_ book: OrderBook) {
        guard var basis = solver.basis else { return }
        solver.basis = nil
        basis.columns += repeatElement(.atLower, count: solver.model.columnCount - basis.columns.count)
        for (slot, order) in zip(layout.slots, book.orders) {
            var last = 0.0
            for position in layout.orders[slot].listed { last += layout.orders[slot].options[position].lastRequests }
            let hasGrown = order.line.requests > last * (1 + 1e-9)
            for position in layout.orders[slot].listed {
                let option = layout.orders[slot].options[position]
                guard let stay = option.stayColumn, option.lastRequests > 0 else { continue }
                let isBasic = basis.columns[option.column] == .basic || basis.columns[stay] == .basic
                basis.columns[option.column] = isBasic && hasGrown ? .basic : .atLower
                basis.columns[stay] = isBasic && !hasGrown ? .basic : .atUpper
            }
        }
        solver.basis = basis
    }

    private mutating func solve() throws(ClearingError) {
        let status: SolutionStatus
        do {
            status = try solver.solve()
        } catch {
            throw ClearingError(.solver, "the solver refused the clearing problem: \(error)")
        }
        guard status == .optimal else {
            throw ClearingError(
                .solver, "the clearing problem ended \(status), though leaving work unserved is always possible")
        }
    }

    /// What the solver found, and what was before it.
    private func solved(for book: OrderBook) -> SolvedBook {
        var solved = SolvedBook(relativeGap: solver.solution.optimality.relativeGap)
        let values = solver.solution.columnValues
        for slot in layout.slots {
            for position in layout.orders[slot].listed {
                let option = layout.orders[slot].options[position]
                let stayed = option.stayColumn.map { values[$0] } ?? 0
                solved.energiesMWh.append((values[option.column] + stayed) * units.energyMWh)
                solved.lastRequests.append(option.lastRequests)
            }
        }
        let duals = solver.solution.rowDuals
        for region in layout.regions {
            solved.energyPerMWh.append(-duals[region.balanceRow])
            solved.capacityPerAcceleratorSecond.append(
                region.capacityRows.indices.map {
                    max(0, -duals[region.capacityRows[$0]]) * units.energyMWh / units.work[$0]
                })
        }
        return solved
    }

    private mutating func remember(_ placement: Placement) {
        for slot in layout.orders.indices {
            layout.orders[slot].hasHistory = true
            for index in layout.orders[slot].options.indices { layout.orders[slot].options[index].lastRequests = 0 }
        }
        for award in placement.awards {
            let slot = layout.slots[award.order]
            let position = layout.orders[slot].listed[award.option]
            layout.orders[slot].options[position].lastRequests = award.requests
        }
    }
}

/// What a solve found for a book.
struct SolvedBook {
    /// Relative primal-dual gap.
    let relativeGap: Double
    /// IT energy by order and option, MWh, end to end in the order of the book.
    var energiesMWh: [Double] = []
    /// Requests placed there in the last tick, likewise.
    var lastRequests: [Double] = []
    /// Worth of one more MWh of IT energy by region, in the unit of the mechanism's objective.
    var energyPerMWh: [Double] = []
    /// Worth of one more accelerator-second by region and resource, in the unit of the mechanism's objective.
    var capacityPerAcceleratorSecond: [[Double]] = []

    init(relativeGap: Double) {
        self.relativeGap = relativeGap
    }
}
