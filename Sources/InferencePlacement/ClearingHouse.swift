public import LinearProgram

/// Clears order books tick after tick: decides which work runs where at the least value of the mechanism's objective.
///
/// One linear program serves every mechanism (MODEL 1.1 to 1.6, written out at `ClearingProgram`); only its costs differ.
/// How it is solved without asking about every order is said at `ClearingSearch`. Each tick starts from the prices and
/// the vertex of the last. An order counts as at home before its first tick; in a tick whose book lacks it, it is placed
/// nowhere. The house is a value: a copy goes on from the same vertex.
public struct ClearingHouse: Sendable {
    /// The mechanism whose objective it minimises.
    public let mechanism: Mechanism

    private var solver: LinearSolver
    private var history = ClearingHistory()
    private var units = ClearingUnits()
    private var basis: ClearingBasis?
    private var standing: StandingPrices?
    private var book: OrderBook?
    /// How hard it looks before it asks about everything; tests change it.
    var effort = ClearingSearch.Effort()
    /// Searches that ended with everything in question.
    private(set) var givenUpCount = 0

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
        let found = try search(posed, objective, cuts)
        let solvedObjective = found.objective * units.energyMWh
        guard !cuts.isEmpty else {
            let placement = Placement(book: book, objective: objective, solved: found.solved)
            try placement.check(book, mechanism: mechanism, units: units, solvedObjective: solvedObjective)
            return TrialPlacement(placement: placement, book: book, boundUSD: nil)
        }
        let cutRows = found.cutRows
        let costs = cutRows.costs(solver.solution.columnValues, tickHours: book.tickHours, unitMWh: units.energyMWh)
        let prices = cutRows.prices(cuts, regionCount: book.supplies.count, duals: solver.solution.rowDuals)
        let priced = book.repriced(prices)
        let placement = Placement(
            book: priced, objective: ClearingObjective(mechanism: mechanism, book: priced), solved: found.solved)
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
        guard let book else { preconditionFailure("nothing was attempted") }
        history.remember(placement, of: book)
        basis?.isPast = true
    }

    /// Finds the optimum of a book from where the last clearing ended.
    private mutating func search(
        _ book: OrderBook, _ objective: ClearingObjective, _ cuts: [SupplyCut]
    ) throws(ClearingError) -> (objective: Double, solved: SolvedBook, cutRows: CutRows) {
        if let last = self.book { requireSameRegions(book, last) }
        history.resolve(book)
        units.fit(to: book)
        self.book = book
        let table = ClearingTable(book, objective, units, history)
        var search = ClearingSearch(
            book: book, objective: objective, units: units, cuts: cuts, slotCount: history.slotCount,
            effort: effort, solver: solver, basis: basis)
        let expected = standing?.prices(of: book, objective, units, hasCuts: !cuts.isEmpty)
        let found = try search.solve(table, near: expected)
        (solver, basis) = (search.solver, search.basis)
        if search.gaveUp { givenUpCount += 1 }
        standing = StandingPrices(found, table, units)
        return (found.objective, SolvedBook(found, table, units, history, book), found.cutRows)
    }

    private func requireSameRegions(_ book: OrderBook, _ last: OrderBook) {
        precondition(
            book.supplies.count == last.supplies.count, "\(book.supplies.count) regions, \(last.supplies.count) before")
        for (supply, before) in zip(book.supplies, last.supplies) {
            precondition(
                supply.capacity.count == before.capacity.count, "a region has another number of resources than before")
        }
    }
}
