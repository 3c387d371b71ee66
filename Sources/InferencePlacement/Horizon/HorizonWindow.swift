/// Several ticks that are cleared together: this one, and those after it as they are expected.
public struct HorizonWindow: Sendable, Equatable {
    /// Length of a tick, hours (h).
    public var tickHours: Double
    /// Supply by tick, then region; this tick first.
    public var supplies: [[RegionSupply]]
    /// Demand by class and origin, ascending by service node, then class.
    public var orders: [HorizonOrder]
    /// Most water of all ticks together, litres (Z, MODEL 2.4); infinite where there is no limit.
    public var waterLimitLitres: Double

    /// A window from its parts; every tick has the same regions and resources.
    public init(
        tickHours: Double, supplies: [[RegionSupply]], orders: [HorizonOrder], waterLimitLitres: Double = .infinity
    ) {
        self.tickHours = tickHours
        self.supplies = supplies
        self.orders = orders
        self.waterLimitLitres = waterLimitLitres
    }

    /// Number of ticks (H).
    public var tickCount: Int { supplies.count }

    /// The book of this tick alone.
    var book: OrderBook { OrderBook(tickHours: tickHours, supplies: supplies[0], orders: orders.map(\.order)) }
}

/// The work of one class from one service node, now and as it is expected.
public struct HorizonOrder: Sendable, Equatable {
    /// What is asked for in this tick; energy, work, options and prices hold for the ticks after it too.
    public var order: WorkOrder
    /// Requests that arrive in the ticks after this one, next tick first.
    public var expectedRequests: [Double]

    /// An order from its parts.
    public init(order: WorkOrder, expectedRequests: [Double]) {
        self.order = order
        self.expectedRequests = expectedRequests
    }

    /// Requests that come in at each tick of a window; what waits already comes in this one.
    func arrivals(_ tickCount: Int) -> [Double] {
        (0..<tickCount).map { tick in
            if tick == 0 { return order.line.requests }
            return expectedRequests.indices.contains(tick - 1) ? expectedRequests[tick - 1] : order.line.requests
        }
    }

    /// Requests that may still wait after each tick of a window: what has come in by then less what is due by then.
    ///
    /// All work of a window is done in it, so that nothing waits after its last tick; without deadlines nothing waits.
    func waitingLimits(_ tickCount: Int) -> [Double] {
        var limits = [Double](repeating: 0, count: tickCount)
        let due = order.line.dueRequests
        guard due.count > 1 else { return limits }
        let arrivals = arrivals(tickCount)
        var (arrived, dueByNow) = (0.0, 0.0)
        for tick in 0..<(tickCount - 1) {
            arrived += arrivals[tick]
            if tick < due.count { dueByNow += due[tick] }
            let old = tick - (due.count - 1)
            if old >= 1 { dueByNow += arrivals[old] }
            limits[tick] = max(0, arrived - dueByNow)
        }
        return limits
    }
}
