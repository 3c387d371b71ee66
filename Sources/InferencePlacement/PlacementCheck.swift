extension Placement {
    /// The one tolerance of placement checks, relative to the size of what is checked (MODEL 5); amounts the solver
    /// cannot tell from nothing beside the book's largest order come on top.
    static let tolerance = 1e-6

    /// Checks the invariants of MODEL 5 that a placement can break. Throws `ClearingError` for the first one broken.
    ///
    /// Awards lie within the bid's options by construction; what is checked is conservation, capacity, connection,
    /// locality, supply of energy, the objective against the solver's, and the primal-dual gap.
    func check(
        _ book: OrderBook, mechanism: Mechanism, units: ClearingUnits, solvedObjective: Double
    ) throws(ClearingError) {
        try check(book, mechanism: mechanism, units: units)
        let scale = 1 + abs(objective)
        guard abs(objective - solvedObjective) <= Placement.tolerance * scale else {
            throw broken("the objective recomputed from the awards is \(objective), the solver's \(solvedObjective)")
        }
    }

    /// The same without the objective, which is that of a longer horizon.
    func check(_ book: OrderBook, mechanism: Mechanism, units: ClearingUnits) throws(ClearingError) {
        try checkOrders(book, mechanism: mechanism, units)
        try checkRegions(book, units)
        guard relativeGap <= Placement.tolerance else { throw broken("the primal-dual gap is \(relativeGap)") }
    }

    private func checkOrders(_ book: OrderBook, mechanism: Mechanism, _ units: ClearingUnits) throws(ClearingError) {
        var served = [Double](repeating: 0, count: book.orders.count)
        var moved = served
        for award in awards {
            let order = book.orders[award.order]
            served[award.order] += award.requests
            if order.line.options[award.option].region != order.home { moved[award.order] += award.requests }
        }
        for (index, order) in book.orders.enumerated() {
            let demand = order.line.requests
            let unresolved = ClearingUnits.resolution * units.energyMWh * 1000 / order.line.energyKWhPerRequest
            let slack = Placement.tolerance * demand + unresolved
            guard unservedRequests[index] >= 0,
                abs(served[index] + unservedRequests[index] - demand) <= 1e-9 * demand + 1e-30
            else {
                throw broken(
                    "order \(index): \(served[index]) served + \(unservedRequests[index]) unserved is not the \(demand) demanded"
                )
            }
            let movable = mechanism.objective == .home ? 0 : order.line.movableShare * demand
            guard moved[index] <= movable + slack else {
                throw broken("order \(index): \(moved[index]) requests left home, \(movable) may")
            }
        }
    }

    private func checkRegions(_ book: OrderBook, _ units: ClearingUnits) throws(ClearingError) {
        var work = book.supplies.map { $0.capacity.map { _ in 0.0 } }
        for award in awards {
            let line = book.orders[award.order].line
            let region = line.options[award.option].region
            for (resource, amount) in line.workPerRequest.enumerated() {
                work[region][resource] += amount * award.requests
            }
        }
        for (index, supply) in book.supplies.enumerated() {
            for (resource, limit) in supply.capacity.enumerated() {
                let slack = Placement.tolerance * limit + ClearingUnits.resolution * units.work[resource]
                guard work[index][resource] <= limit + slack else {
                    throw broken(
                        "region \(index): \(work[index][resource]) accelerator-seconds of resource \(resource) placed, "
                            + "\(limit) offered")
                }
            }
            let drawn = blockMWh[index].reduce(0, +)
            let facility = regions[index].facilityMWh
            let slack = Placement.tolerance * facility + ClearingUnits.resolution * units.energyMWh * supply.pue
            guard abs(drawn - facility) <= slack else {
                throw broken("region \(index): \(facility) MWh placed, its blocks and connection give \(drawn)")
            }
        }
    }

    private func broken(_ what: String) -> ClearingError {
        ClearingError(.invariant, "a clearing breaks an invariant: \(what)")
    }
}
