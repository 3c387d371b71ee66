/// What a clearing house remembers of orders from tick to tick: the slot each was first seen in, and where its work is.
///
/// A tick whose book lists the same orders in the same sequence, which is nearly every tick, touches no hash table.
struct ClearingHistory: Sendable {
    /// Requests of an order that ran in a region in the last tick.
    struct Place: Sendable {
        let region: Int32
        let requests: Double
    }

    /// Slot of each order of the current book.
    private(set) var slots: [Int] = []
    private var keys: [OrderKey] = []
    private var slotOfKey: [OrderKey: Int] = [:]
    private var places: [Place] = []
    /// By slot, where its part of `places` is; nil for an order not cleared yet, which counts as at home.
    private var ranges: [Range<Int>?] = []

    /// Number of orders ever seen.
    var slotCount: Int { keys.count }

    /// Finds or makes the slot of each order of a book.
    mutating func resolve(_ book: OrderBook) {
        if hasSlots(of: book) { return }
        slots = book.orders.map { order in
            let key = OrderKey(order)
            if let slot = slotOfKey[key] { return slot }
            keys.append(key)
            ranges.append(nil)
            slotOfKey[key] = keys.count - 1
            return keys.count - 1
        }
        var isPresent = [Bool](repeating: false, count: keys.count)
        for slot in slots {
            precondition(!isPresent[slot], "a book has two orders of one class and service node")
            isPresent[slot] = true
        }
    }

    /// Where an order was in the last tick, ascending by region; nil if it was never cleared.
    func places(ofSlot slot: Int) -> ArraySlice<Place>? { ranges[slot].map { places[$0] } }

    /// Takes what each order of the current book was awarded; orders that are not in it are placed nowhere.
    mutating func remember(_ placement: Placement, of book: OrderBook) {
        for slot in ranges.indices { ranges[slot] = 0..<0 }
        places.removeAll(keepingCapacity: true)
        var first = 0
        for (position, award) in placement.awards.enumerated() {
            let region = book.orders[award.order].line.options[award.option].region
            places.append(Place(region: Int32(region), requests: award.requests))
            if position + 1 == placement.awards.count || placement.awards[position + 1].order != award.order {
                ranges[slots[award.order]] = first..<places.count
                first = places.count
            }
        }
    }

    /// Whether a book lists the orders of the last one in the same sequence.
    private func hasSlots(of book: OrderBook) -> Bool {
        guard slots.count == book.orders.count else { return false }
        for (slot, order) in zip(slots, book.orders) where keys[slot] != OrderKey(order) { return false }
        return true
    }
}

/// Names an order: whose work of which class.
struct OrderKey: Hashable, Sendable {
    let service: Int
    let workloadClass: Int

    init(_ order: WorkOrder) {
        service = order.service
        workloadClass = order.line.workloadClass
    }
}
