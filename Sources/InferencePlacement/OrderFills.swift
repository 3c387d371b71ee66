/// Where the work of each order is: few options of many, so they are listed.
struct OrderFills: Sendable {
    /// Energy of an order at one of its options, or not served.
    struct Entry: Sendable {
        let option: Int32
        var amount: Double
    }

    /// By order, the first of its entries; one more at the end.
    private var starts: [Int32] = [0]
    private var entries: [Entry] = []

    /// Number of orders.
    var count: Int { starts.count - 1 }

    /// Entries of an order; of what a choice filled, the one it filled last is last.
    subscript(order: Int) -> ArraySlice<Entry> { entries[Int(starts[order])..<Int(starts[order + 1])] }

    mutating func reserveCapacity(_ orders: Int) {
        starts.reserveCapacity(orders + 1)
        entries.reserveCapacity(orders + orders / 4)
    }

    /// Adds to the order that is being filled.
    mutating func add(_ option: Int32, _ amount: Double) {
        let first = Int(starts[starts.count - 1])
        if let position = entries[first...].firstIndex(where: { $0.option == option }) {
            let before = entries.remove(at: position).amount
            entries.append(Entry(option: option, amount: before + amount))
        } else {
            entries.append(Entry(option: option, amount: amount))
        }
    }

    /// Goes on to the next order.
    mutating func endOrder() { starts.append(Int32(entries.count)) }
}

extension ClearingTable {
    /// What the work of an order costs where it is, at prices, switching included.
    func cost(_ order: Int, of fill: ArraySlice<OrderFills.Entry>, at prices: ScarcityPrices) -> Double {
        var cost = 0.0
        for entry in fill {
            if entry.option == OrderChoice.unserved {
                cost += entry.amount * unservedCosts[order]
                continue
            }
            cost += entry.amount * self.cost(order, option: Int(entry.option), at: prices)
            if switchings[order] > 0 {
                let room = stayRoom(order, option: entry.option) ?? 0
                cost += max(0, entry.amount - room) * switchings[order]
            }
        }
        return cost
    }
}
