internal import LinearProgram

/// Solves a clearing problem by asking about few orders and proving the rest.
///
/// Given prices of the regions' energy and capacity, each order's best placement follows by itself (`OrderChoice`), and
/// near the right prices most orders choose with a wide margin. So the program decides the orders in question alone, those
/// nearest to another choice, with the options that come near; the others are where they chose to be. The prices it
/// finds are put to every order and every option: one that could do better joins the program, until none can (column
/// generation). What all orders could still gain at the last prices is the primal-dual gap of the whole problem.
///
/// A program with few orders in question finds wild prices when it lacks what would keep them in bounds. So prices are
/// sought in a box around those expected, and where they press on its faces in a wider one around those found (the boxstep
/// method of Marsten, Hogan and Blankenship, 1975): each box gives the best prices in it, so that steps go up only.
struct ClearingSearch {
    let book: OrderBook
    let objective: ClearingObjective
    let units: ClearingUnits
    let cuts: [SupplyCut]
    let slotCount: Int
    let effort: Effort
    var solver: LinearSolver
    var basis: ClearingBasis?
    /// Whether no box held the prices, so that everything was put in question.
    private(set) var gaveUp = false

    /// A tenth of what is demanded of every clearing.
    private static let wantedGap = 0.1 * Placement.tolerance

    /// When the search is worth its while, and with how many orders in question: measured, and of no influence on what
    /// is found but for the choice among equals.
    struct Effort: Sendable {
        /// Problems with at most this many options are solved with all of them at once.
        var wholeOptionCount = 10_000
        /// Orders in question from the start, per region.
        var ordersPerRegion = 10
        /// Boxes tried before everything is put in question.
        var boxCount = 40
    }

    /// What was found.
    struct Result {
        let prices: ScarcityPrices
        let fills: OrderFills
        let cutRows: CutRows
        /// IT energy from the grid by region.
        let gridEnergy: [Double]
        /// In the unit of the objective per MWh and units of energy.
        let objective: Double
        let relativeGap: Double
    }

    /// What one program found.
    private struct Round {
        let program: ClearingProgram
        let prices: ScarcityPrices
        let fills: OrderFills
        let regrets: OrderRegrets
    }

    /// The optimum over a table. Prices expected make it quick; without them a smaller problem is asked for some first.
    mutating func solve(_ table: ClearingTable, near expected: ScarcityPrices?) throws(ClearingError) -> Result {
        guard table.regions.count > effort.wholeOptionCount, !book.supplies.isEmpty else {
            return try solveWhole(table)
        }
        var centre: ScarcityPrices
        if let expected { centre = expected } else { centre = try sampledPrices(table) }
        var (widening, blurred) = (1.0, 0)
        for _ in 0..<effort.boxCount where blurred < 3 {
            let choices = OrderChoices(table, at: centre)
            let (question, window) = ordersInQuestion(table, choices, at: centre)
            let box = PriceBox(
                table, around: centre, halfWidth: 2 * max(window, 1e-3 * (1 + centre.largest)) * widening)
            guard let last = try bestInBox(box, question, table, choices.fills) else { break }
            if last.program.touchesBox(solver.solution) {
                widening *= 2
            } else {
                let found = result(last, table)
                if found.relativeGap <= Self.wantedGap { return found }
                // The solver stopped a little short of the optimum; from where it did, it gets there as a rule.
                blurred += 1
            }
            centre = last.prices
        }
        // No box held the prices, or one so wide that its costs blur the others: rare, and slow in a large problem.
        gaveUp = true
        basis = nil
        return try solveWhole(table)
    }

    /// The optimum with all orders and options in question at once.
    private mutating func solveWhole(_ table: ClearingTable) throws(ClearingError) -> Result {
        var fills = OrderFills()
        for _ in 0..<table.orderCount { fills.endOrder() }
        let all = OrdersInQuestion(allOf: table, regionCount: book.supplies.count)
        guard let round = try ask(all, table, fills, nil) else {
            throw ClearingError(
                .solver,
                "the clearing problem ended \(solver.solution.status), though leaving work unserved is always possible")
        }
        return result(round, table)
    }

    /// Prices of a problem with some of the orders, enough for each region to have several.
    private mutating func sampledPrices(_ table: ClearingTable) throws(ClearingError) -> ScarcityPrices {
        try solveWhole(table.sampled(every: max(2, table.orderCount / (5 * book.supplies.count)))).prices
    }

    /// The orders nearest to another choice and those that join regions at the last vertex, with every option that costs
    /// little more than what they have; and the margin up to which orders are among them.
    private func ordersInQuestion(
        _ table: ClearingTable, _ choices: OrderChoices, at prices: ScarcityPrices
    ) -> (OrdersInQuestion, window: Double) {
        var question = OrdersInQuestion(table, choices.fills, regionCount: book.supplies.count)
        if let basis {
            for order in 0..<table.orderCount where table.demands[order] > 0 && basis.joins(slot: table.slots[order]) {
                question.open(order, choices.fills[order], table)
            }
        }
        let nearest = choices.margins.prefix(max(1, effort.ordersPerRegion * book.supplies.count))
        for near in nearest { question.open(near.order, choices.fills[near.order], table) }
        let window = nearest.last { $0.margin < .infinity }?.margin ?? 0
        for order in question.orders.map({ Int($0) }) {
            var level = -Double.infinity
            for entry in choices.fills[order] where entry.option != OrderChoice.unserved {
                level = max(level, table.cost(order, option: Int(entry.option), at: prices))
            }
            let known = basis?.basicRegions(slot: table.slots[order]) ?? []
            for option in table.options(order)
            where table.cost(order, option: option, at: prices) <= level + window
                || known.contains(table.regions[option])
            {
                question.addCandidate(Int32(option))
            }
        }
        return (question, window)
    }

    /// The best prices in a box: puts in question whatever can do better at the prices found, again and again until
    /// nothing can. Nil when the solver fails.
    private mutating func bestInBox(
        _ box: PriceBox, _ first: OrdersInQuestion, _ table: ClearingTable, _ fixed: OrderFills
    ) throws(ClearingError) -> Round? {
        var question = first
        while let round = try ask(question, table, fixed, box) {
            var hasNews = false
            for regret in round.regrets.avoidable {
                let order = regret.order
                if !question.contains[order] {
                    question.open(order, fixed[order], table)
                    hasNews = true
                }
                let limit = regret.level - table.switchings[order]
                for option in table.options(order)
                where table.cost(order, option: option, at: round.prices) <= limit {
                    if question.addCandidate(Int32(option)) { hasNews = true }
                }
            }
            if !hasNews { return round }
        }
        return nil
    }

    /// Solves for the orders in question and puts the prices to all. Nil when the solver fails.
    private mutating func ask(
        _ question: OrdersInQuestion, _ table: ClearingTable, _ fixed: OrderFills, _ box: PriceBox?
    ) throws(ClearingError) -> Round? {
        var question = question
        question.settle(table, fixed)
        solver.model = LinearModel()
        let program = ClearingProgram(
            book, objective, units, table, question, cuts: cuts, box: box, to: &solver.model)
        solver.basis = basis?.start(of: program, table, fixed)
        do {
            try solver.solve()
        } catch {
            throw ClearingError(.solver, "the solver refused the clearing problem: \(error)")
        }
        guard solver.solution.status == .optimal, let end = solver.basis else { return nil }
        basis = ClearingBasis(end, of: program, slotCount: slotCount)
        let prices = program.prices(solver.solution)
        let fills = program.fills(solver.solution, fixed)
        // Without a box the program has every order and option, and its own check sees what they could gain.
        let regrets = box == nil ? OrderRegrets() : OrderRegrets(table, fills, at: prices)
        return Round(program: program, prices: prices, fills: fills, regrets: regrets)
    }

    /// The whole problem's objective and gap: the program's, and those of the orders that are not in it.
    ///
    /// The orders of the program count twice in the gap, once with the options it has and once with all.
    private func result(_ round: Round, _ table: ClearingTable) -> Result {
        let optimality = solver.solution.optimality
        var value = optimality.primalObjective
        // Unlike the objective, the sum of its absolute terms does not vanish when costs and revenues cancel.
        var magnitude = 1.0
        for (cost, amount) in zip(solver.model.costs, solver.solution.columnValues) { magnitude += abs(cost * amount) }
        let nothing = ScarcityPrices(regionCount: book.supplies.count, resourceCount: table.resourceCount)
        var entries = round.program.orders.makeIterator()
        var next = entries.next()
        for order in 0..<table.orderCount {
            if next?.order == order {
                next = entries.next()
                continue
            }
            let cost = table.cost(order, of: round.fills[order], at: nothing)
            value += cost
            magnitude += abs(cost)
        }
        let gap = abs(optimality.primalObjective - optimality.dualObjective) + round.regrets.total
        return Result(
            prices: round.prices, fills: round.fills, cutRows: round.program.cutRows,
            gridEnergy: round.program.gridEnergy(solver.solution, book), objective: value,
            relativeGap: gap / magnitude)
    }
}
