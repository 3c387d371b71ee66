internal import LinearProgram

/// Where the rows and columns of a clearing problem are, and what was placed last.
///
/// Orders keep the slot they were first seen in, and everything is looked up by position; a tick whose book lists the
/// same orders in the same sequence, which is nearly every tick, touches no hash table.
struct ClearingLayout: Sendable {
    /// Rows and columns of a region.
    struct Region: Sendable {
        let balanceRow: Int
        let connectionRow: Int
        let capacityRows: [Int]
        var blockColumns: [Int] = []
    }

    /// Rows and columns of an order.
    struct Order: Sendable {
        let key: OrderKey
        let demandRow: Int
        let unservedColumn: Int
        var localityRow: Int?
        var options: [Option] = []
        /// Entry of its columns in the capacity row of each resource.
        var work: [Double] = []
        /// Whether it was cleared before; an order seen first counts as at home until then.
        var hasHistory = false

        /// Position of a region among the options; `hint` is where it was for the last book.
        func index(of region: Int, hint: Int) -> Int? {
            hint < options.count && options[hint].region == region ? hint : options.firstIndex { $0.region == region }
        }
    }

    /// Columns of an order in one region.
    struct Option: Sendable {
        let region: Int
        /// Work placed, or where switching is priced what moved in.
        let column: Int
        /// Work that stays where it was; made when switching first needs it.
        var stayColumn: Int?
        /// Requests placed in the last tick.
        var lastRequests = 0.0
    }

    private(set) var regions: [Region] = []
    var orders: [Order] = []
    /// Slot of each order of the current book.
    private(set) var slots: [Int] = []
    /// Accelerator-seconds one unit of a capacity row stands for, so that its numbers are near one.
    private(set) var capacityScale = 1.0
    private var slotOfKey: [OrderKey: Int] = [:]

    /// Adds the rows of the regions.
    mutating func open(for book: OrderBook, in model: inout LinearModel) {
        let largest = book.supplies.flatMap(\.capacity).filter(\.isFinite).max() ?? 0
        while capacityScale * 1e4 < largest { capacityScale *= 10 }
        for supply in book.supplies {
            regions.append(
                Region(
                    balanceRow: model.addRow(lower: 0, upper: 0), connectionRow: model.addRow(),
                    capacityRows: supply.capacity.map { _ in model.addRow() }))
        }
    }

    /// Finds or makes the slot of each order of a book, and asks nothing for orders the book does not have.
    mutating func resolve(_ book: OrderBook, in model: inout LinearModel) {
        if slots.count == book.orders.count, zip(slots, book.orders).allSatisfy({ orders[$0].key == OrderKey($1) }) { return }
        slots = book.orders.map { order in
            let key = OrderKey(order)
            if let slot = slotOfKey[key] { return slot }
            let row = model.addRow(lower: 0, upper: 0)
            orders.append(Order(key: key, demandRow: row, unservedColumn: model.addColumn(entries: [(row, 1)])))
            slotOfKey[key] = orders.count - 1
            return orders.count - 1
        }
        let present = Set(slots)
        for (slot, order) in orders.enumerated() where !present.contains(slot) {
            model.setRowBounds(lower: 0, upper: 0, row: order.demandRow)
        }
    }

    /// The column of a region's block.
    mutating func blockColumn(_ region: Int, _ index: Int, isFromGrid: Bool, in model: inout LinearModel) -> Int {
        let share = isFromGrid ? 1.0 : 0.0
        if index < regions[region].blockColumns.count {
            let column = regions[region].blockColumns[index]
            model.setCoefficient(share, row: regions[region].connectionRow, column: column)
            return column
        }
        let column = model.addColumn(entries: [(regions[region].balanceRow, -1), (regions[region].connectionRow, share)])
        regions[region].blockColumns.append(column)
        return column
    }

    /// Makes the row that keeps pinned state at home, for an order of which some but not all may move.
    mutating func ensureLocality(_ slot: Int, home: Int, in model: inout LinearModel) -> Int {
        if let row = orders[slot].localityRow { return row }
        let remote = orders[slot].options.filter { $0.region != home }
        let columns = remote.map(\.column) + remote.compactMap(\.stayColumn)
        let row = model.addRow(entries: columns.map { ($0, 1) })
        orders[slot].localityRow = row
        return row
    }

    /// Position of a region among an order's options, with its column made if need be.
    mutating func ensureOption(_ slot: Int, region: Int, hint: Int, isHome: Bool, in model: inout LinearModel) -> Int {
        if let index = orders[slot].index(of: region, hint: hint) { return index }
        let column = addColumn(slot, region: region, isHome: isHome, to: &model)
        orders[slot].options.append(Option(region: region, column: column))
        return orders[slot].options.count - 1
    }

    /// The column of an order's work that stays in a region.
    mutating func ensureStay(_ slot: Int, _ index: Int, isHome: Bool, in model: inout LinearModel) -> Int {
        if let column = orders[slot].options[index].stayColumn { return column }
        let column = addColumn(slot, region: orders[slot].options[index].region, isHome: isHome, to: &model)
        orders[slot].options[index].stayColumn = column
        return column
    }

    /// Sets what a unit of an order's energy takes of each resource; it changes with token counts, for example.
    mutating func setWork(_ slot: Int, _ work: [Double], in model: inout LinearModel) {
        guard orders[slot].work != work else { return }
        orders[slot].work = work
        for option in orders[slot].options {
            for (row, entry) in zip(regions[option.region].capacityRows, work) {
                model.setCoefficient(entry, row: row, column: option.column)
                if let stay = option.stayColumn { model.setCoefficient(entry, row: row, column: stay) }
            }
        }
    }

    private func addColumn(_ slot: Int, region: Int, isHome: Bool, to model: inout LinearModel) -> Int {
        var entries: [(row: Int, value: Double)] = [(orders[slot].demandRow, 1), (regions[region].balanceRow, 1)]
        if let row = orders[slot].localityRow, !isHome { entries.append((row, 1)) }
        entries += zip(regions[region].capacityRows, orders[slot].work).map { ($0, $1) }
        return model.addColumn(upper: 0, entries: entries)
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
