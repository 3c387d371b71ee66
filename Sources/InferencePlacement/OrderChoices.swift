/// What all orders choose at prices, each by itself, and how firmly.
struct OrderChoices {
    /// Where they choose to be.
    private(set) var fills = OrderFills()
    /// Orders with demand, ascending by margin.
    private(set) var margins: [(margin: Double, order: Int)] = []

    init(_ table: ClearingTable, at prices: ScarcityPrices) {
        margins.reserveCapacity(table.orderCount)
        fills.reserveCapacity(table.orderCount)
        var choice = OrderChoice()
        for (order, remote) in table.cheapestRemotes(at: prices).enumerated() {
            if table.demands[order] > 0 {
                choice.choose(order, of: table, at: prices, remote: remote)
                choice.forEachAmount { fills.add($0, $1) }
                margins.append((choice.margin, order))
            }
            fills.endOrder()
        }
        margins.sort { ($0.margin, $0.order) < ($1.margin, $1.order) }
    }
}

/// What orders could gain by being elsewhere than they are, at prices.
struct OrderRegrets {
    /// All of them together: by linear programming duality, what a placement is away from the optimum as far as orders
    /// and all their options are concerned.
    private(set) var total = 0.0
    /// Orders that could gain by more than rounding, and the cost up to which an option is of use to them.
    private(set) var avoidable: [(order: Int, level: Double)] = []

    /// Part of an order's cost below which a gain is the solver's rounding.
    private static let tolerance = 1e-9

    /// Nothing to gain.
    init() {}

    init(_ table: ClearingTable, _ fills: OrderFills, at prices: ScarcityPrices) {
        var choice = OrderChoice()
        for (order, remote) in table.cheapestRemotes(at: prices).enumerated() where table.demands[order] > 0 {
            choice.choose(order, of: table, at: prices, remote: remote)
            let regret = table.cost(order, of: fills[order], at: prices) - choice.cost
            total += max(0, regret)
            if regret > Self.tolerance * table.demands[order] * (1 + abs(choice.level)) {
                avoidable.append((order, choice.level))
            }
        }
    }
}
