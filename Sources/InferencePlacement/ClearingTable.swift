/// An order book as the clearing computes with it: flat arrays, in the units of the problem and the costs of its mechanism.
///
/// Options an order may not take are left out. Amounts are IT energy in units, costs are per MWh of it.
struct ClearingTable: Sendable {
    /// What stays of an order's work costs no switching, up to an amount.
    struct Stay: Sendable {
        let option: Int32
        let room: Double
    }

    /// Number of orders.
    var orderCount: Int { demands.count }
    /// Number of resources.
    let resourceCount: Int
    /// By order, which name it has among all orders ever seen.
    private(set) var slots: [Int] = []
    /// By order, the first of its options; one more at the end.
    private(set) var starts: [Int32] = [0]
    /// By order, the position of its first option among those of its bid.
    private(set) var bases: [Int32] = []
    /// By order, its option at home, or -1.
    private(set) var homes: [Int32] = []
    /// By order, energy asked for.
    private(set) var demands: [Double] = []
    /// By order, energy that may be away from home; infinite where nothing is pinned.
    private(set) var movables: [Double] = []
    /// By order, what not serving costs.
    private(set) var unservedCosts: [Double] = []
    /// By order, what moving since the last tick costs on top of an option.
    private(set) var switchings: [Double] = []
    /// By order and resource, work per energy.
    private(set) var works: [Double] = []
    /// By order, the first of its stays; one more at the end.
    private(set) var stayStarts: [Int32] = [0]
    /// Stays of all orders, by order; no option twice.
    private(set) var stays: [Stay] = []
    /// By order, whether it asks for more than was placed in the last tick.
    private(set) var haveGrown: [Bool] = []
    /// By option, its region.
    private(set) var regions: [Int32] = []
    /// By option, what running there costs beside energy and capacity.
    private(set) var costs: [Double] = []

    /// The table of a book whose orders have the slots of the history.
    init(_ book: OrderBook, _ objective: ClearingObjective, _ units: ClearingUnits, _ history: ClearingHistory) {
        resourceCount = units.work.count
        slots = history.slots
        let optionCount = book.orders.reduce(0) { $0 + $1.line.options.count }
        regions.reserveCapacity(optionCount)
        costs.reserveCapacity(optionCount)
        for (order, slot) in zip(book.orders, history.slots) {
            precondition(
                order.line.workPerRequest.count == resourceCount,
                "an order has another number of resources than the regions")
            addOptions(order, objective)
            add(order, objective, units)
            addStays(order, history.places(ofSlot: slot), units)
        }
    }

    private init(resourceCount: Int) {
        self.resourceCount = resourceCount
    }

    /// Options of an order.
    func options(_ order: Int) -> Range<Int> { Int(starts[order])..<Int(starts[order + 1]) }

    /// Stays of an order.
    func stays(_ order: Int) -> ArraySlice<Stay> { stays[Int(stayStarts[order])..<Int(stayStarts[order + 1])] }

    /// Room of the stay at an option of an order, or nil where it has none.
    func stayRoom(_ order: Int, option: Int32) -> Double? { stays(order).first { $0.option == option }?.room }

    /// Every `stride`-th order with as much more demand: a smaller problem with about the same prices.
    func sampled(every stride: Int) -> ClearingTable {
        var sample = ClearingTable(resourceCount: resourceCount)
        let chosen = Swift.stride(from: 0, to: orderCount, by: stride)
        let factor = demands.reduce(0, +) / max(.leastNormalMagnitude, chosen.reduce(0) { $0 + demands[$1] })
        for order in chosen {
            let shift = sample.starts[sample.starts.count - 1] - starts[order]
            sample.slots.append(slots[order])
            sample.regions += regions[options(order)]
            sample.costs += costs[options(order)]
            sample.starts.append(Int32(sample.regions.count))
            sample.bases.append(bases[order])
            sample.homes.append(homes[order] < 0 ? -1 : homes[order] + shift)
            sample.demands.append(demands[order] * factor)
            sample.movables.append(movables[order] * factor)
            sample.unservedCosts.append(unservedCosts[order])
            sample.switchings.append(switchings[order])
            sample.works += works[(order * resourceCount)..<((order + 1) * resourceCount)]
            sample.haveGrown.append(haveGrown[order])
            sample.stays += stays(order).map { Stay(option: $0.option + shift, room: $0.room * factor) }
            sample.stayStarts.append(Int32(sample.stays.count))
        }
        return sample
    }

    /// The options an order may take: all, or its home where nothing may move.
    private mutating func addOptions(_ order: WorkOrder, _ objective: ClearingObjective) {
        let first = Int32(regions.count)
        let staysHome = objective.mechanism.objective == .home || order.line.movableShare <= 0
        var (base, home) = (Int32(0), Int32(-1))
        order.line.options.withUnsafeBufferPointer { options in
            for index in options.indices {
                let isHome = options[index].region == order.home
                if staysHome, !isHome { continue }
                if isHome { home = Int32(regions.count) }
                if Int32(regions.count) == first { base = Int32(index) }
                regions.append(Int32(options[index].region))
                costs.append(objective.optionCost(order, index))
            }
        }
        starts.append(Int32(regions.count))
        bases.append(base)
        homes.append(home)
    }

    private mutating func add(_ order: WorkOrder, _ objective: ClearingObjective, _ units: ClearingUnits) {
        let energy = order.energyMWh / units.energyMWh
        demands.append(energy)
        movables.append(order.line.movableShare < 1 ? order.line.movableShare * energy : .infinity)
        unservedCosts.append(objective.unservedCost(order))
        switchings.append(objective.switchingCost(order))
        for resource in 0..<resourceCount { works.append(units.workEntry(order, resource)) }
    }

    /// What an order may leave where it was; before its first tick that is all of it, at home.
    private mutating func addStays(
        _ order: WorkOrder, _ places: ArraySlice<ClearingHistory.Place>?, _ units: ClearingUnits
    ) {
        var last = 0.0
        let index = orderCount - 1
        func room(_ requests: Double) -> Double { requests * order.line.energyKWhPerRequest / 1000 / units.energyMWh }
        if let places {
            for place in places { last += place.requests }
            if switchings[index] > 0 {
                for place in places {
                    guard let option = options(index).first(where: { regions[$0] == place.region }) else { continue }
                    stays.append(Stay(option: Int32(option), room: room(place.requests)))
                }
            }
        } else if homes[index] >= 0 {
            last = order.line.requests
            if switchings[index] > 0, last > 0 { stays.append(Stay(option: homes[index], room: room(last))) }
        }
        stayStarts.append(Int32(stays.count))
        haveGrown.append(order.line.requests > last * (1 + 1e-9))
    }
}
