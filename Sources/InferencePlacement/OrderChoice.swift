/// How an order would place its work if it had to pay given prices, by itself: a problem so small that a sort solves it.
///
/// Every option is a stay with limited room and a move without (MODEL 1.6), and not serving is one more without limit.
/// Work fills them in ascending order of cost, remote ones up to what is not pinned (MODEL 1.4): the limits are nested,
/// so that greed is optimal.
struct OrderChoice {
    /// Something work can fill.
    private struct Item {
        let option: Int32
        let cost: Double
        let isRemote: Bool
        var room: Double
        var amount = 0.0
    }

    /// Stands for not serving among options.
    static let unserved: Int32 = -1

    /// What the placement costs.
    private(set) var cost = 0.0
    /// What the last unit of it costs.
    private(set) var level = 0.0
    private var items: [Item] = []
    private var remote = RemoteOptions()
    private var switching = 0.0
    private var isPinned = false

    /// Chooses for an order with demand; replaces the last choice.
    mutating func choose(
        _ order: Int, of table: ClearingTable, at prices: ScarcityPrices, remote: RemoteOptions
    ) {
        self.remote = remote
        items.removeAll(keepingCapacity: true)
        switching = table.switchings[order]
        let home = table.homes[order]
        for stay in table.stays(order) {
            add(
                stay.option, table.cost(order, option: Int(stay.option), at: prices), isRemote: stay.option != home,
                room: stay.room)
        }
        if home >= 0 {
            add(home, table.cost(order, option: Int(home), at: prices) + switching, isRemote: false)
        }
        if remote.first >= 0 { add(remote.first, remote.firstCost + switching, isRemote: true) }
        add(Self.unserved, table.unservedCosts[order], isRemote: false)
        fill(table.demands[order], movable: table.movables[order])
    }

    /// Inserts an item behind those that cost no more.
    private mutating func add(_ option: Int32, _ cost: Double, isRemote: Bool, room: Double = .infinity) {
        var place = items.count
        while place > 0, items[place - 1].cost > cost { place -= 1 }
        items.insert(Item(option: option, cost: cost, isRemote: isRemote, room: room), at: place)
    }

    private mutating func fill(_ demand: Double, movable: Double) {
        var (missing, allowance) = (demand, movable)
        (cost, level, isPinned) = (0, 0, false)
        for index in items.indices where missing > 0 {
            let amount = min(missing, items[index].room, items[index].isRemote ? allowance : .infinity)
            if amount <= 0 { continue }
            items[index].amount = amount
            items[index].room -= amount
            cost += amount * items[index].cost
            level = items[index].cost
            missing -= amount
            if items[index].isRemote { allowance -= amount }
        }
        isPinned = allowance <= 0
    }

    /// Hands over the amounts by option, ascending by cost; an option may come twice, as stay and as move.
    func forEachAmount(_ body: (_ option: Int32, _ amount: Double) -> Void) {
        for item in items where item.amount > 0 { body(item.option, item.amount) }
    }

    /// How much prices may move against each other before another placement can be as good: the least extra cost of
    /// having a unit of work elsewhere.
    var margin: Double {
        var margin = Double.infinity
        for used in items where used.amount > 0 {
            for other in items where other.room > 0 && other.option != used.option {
                if other.isRemote, !used.isRemote, isPinned { continue }
                margin = min(margin, other.cost - used.cost)
            }
            if used.option == remote.first { margin = min(margin, remote.secondCost + switching - used.cost) }
        }
        return margin
    }
}
