internal import LinearProgram

/// Clears windows of ticks: what runs where now, what is not served and what waits, with the ticks ahead in mind.
///
/// It serves mechanisms the plain clearing does not: horizons, deadlines, limits of delay and water, weighted and
/// lexicographic objectives (MODEL 2). Each window is posed and solved anew, so that nothing but what ran in the last tick
/// carries over.
public struct HorizonHouse: Sendable {
    /// The mechanism whose objective it minimises.
    public let mechanism: Mechanism
    /// Requests that ran in the last tick, by order and region.
    private var lastRequests: [OrderKey: [Int: Double]] = [:]

    /// A house before its first window.
    public init(mechanism: Mechanism) {
        self.mechanism = mechanism
    }

    /// What a window came to.
    public struct Result: Sendable {
        /// The placement of this tick; its orders ask for what runs now or is not served.
        public let placement: Placement
        /// The book of this tick without what waits.
        public let book: OrderBook
        /// Requests that wait on, by order of the window.
        public let waitingRequests: [Double]
        /// Value of each criterion in the order it was made least, over the whole window; one value for a sum.
        public let optima: [Double]
    }

    /// Clears a window and commits to its first tick. Throws `ClearingError` when the solver fails or the result breaks an
    /// invariant (MODEL 5); work not served is a result, no error.
    public mutating func clear(_ window: HorizonWindow) throws(ClearingError) -> Result {
        let last = window.orders.map { self.last($0.order) }
        var program: HorizonProgram
        do {
            program = try HorizonProgram(window, isHome: mechanism.objective == .home, last: last)
        } catch {
            throw ClearingError(unavailable: error)
        }
        let optima = try solve(&program, window)
        let found = program.tick(0)
        var book = window.book
        var waiting = [Double](repeating: 0, count: book.orders.count)
        for index in book.orders.indices {
            let asked = book.orders[index].line.requests
            let wait = found.waitingMWh[index] * 1000 / book.orders[index].line.energyKWhPerRequest
            // What is a billionth of the order is the solver's rounding, at either end.
            waiting[index] = wait > 1e-9 * asked ? (asked - wait > 1e-9 * asked ? wait : asked) : 0
            book.orders[index].line.requests = asked - waiting[index]
        }
        let placement = try placement(found, book, last, program)
        remember(placement, of: book)
        return Result(placement: placement, book: book, waitingRequests: waiting, optima: optima)
    }

    private func solve(_ program: inout HorizonProgram, _ window: HorizonWindow) throws(ClearingError) -> [Double] {
        guard mechanism.objective == .lexicographic else {
            return [try program.minimise(ClearingObjective(mechanism: mechanism, book: window.book))]
        }
        try program.serveFirst()
        var optima: [Double] = []
        for (place, criterion) in mechanism.priorities.enumerated() {
            if place > 0 { program.keep(slack: mechanism.prioritySlack) }
            optima.append(try program.minimise(ClearingObjective(criterion, mechanism)))
        }
        return optima
    }

    private func placement(
        _ found: HorizonProgram.Tick, _ book: OrderBook, _ last: [[Double]], _ program: HorizonProgram
    ) throws(ClearingError) -> Placement {
        var solved = SolvedBook(
            relativeGap: program.relativeGap, energyPerMWh: program.energyPerMWh,
            capacityPerAcceleratorSecond: program.capacityPerAcceleratorSecond)
        for (energies, last) in zip(found.energiesMWh, last) {
            solved.addOrder(
                energies.indices.map {
                    SolvedBook.Amount(option: $0, energyMWh: energies[$0], lastRequests: last[$0])
                })
        }
        let placement = Placement(
            book: book, objective: ClearingObjective(mechanism: mechanism, book: book), solved: solved)
        var units = ClearingUnits()
        units.fit(to: book)
        try placement.check(book, mechanism: mechanism, units: units)
        return placement
    }

    /// What ran of an order at each of its options in the last tick; before its first tick all is at home.
    private func last(_ order: WorkOrder) -> [Double] {
        let known = lastRequests[OrderKey(order)]
        return order.line.options.map { option in
            guard let known else { return option.region == order.home ? order.line.requests : 0 }
            return known[option.region] ?? 0
        }
    }

    /// Notes where work ran that another house placed, for a planner that takes over from it.
    public mutating func remember(_ placement: Placement, of book: OrderBook) {
        for order in book.orders { lastRequests[OrderKey(order)] = [:] }
        for award in placement.awards {
            let order = book.orders[award.order]
            lastRequests[OrderKey(order), default: [:]][order.line.options[award.option].region] = award.requests
        }
    }
}
