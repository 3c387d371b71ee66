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
        var blocks: [Block] = []
    }

    /// Column of a region's block.
    struct Block: Sendable {
        let column: Int
        /// Whether it is in the row of the grid connection.
        var isFromGrid: Bool
    }

    /// Rows and columns of an order.
    struct Order: Sendable {
        let key: OrderKey
        let demandRow: Int
        let unservedColumn: Int
        var localityRow: Int?
        var options: [Option] = []
        /// Position among `options` of each option of the current book.
        var listed: [Int] = []
        /// Entry of its columns in the capacity row of each resource.
        var work: [Double]
        /// Whether it was cleared before; an order seen first counts as at home until then.
        var hasHistory = false

        /// Whether the current book lists the same options in the same sequence as the last one did.
        func lists(_ current: [PlacementOption]) -> Bool {
            guard listed.count == current.count else { return false }
            for index in current.indices where options[listed[index]].region != current[index].region { return false }
            return true
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
    private var slotOfKey: [OrderKey: Int] = [:]
    /// By region, where an order has it among its options; -1 between uses.
    private var positionOfRegion: [Int] = []

    /// Adds the rows of the regions with the first book; later ones must have as many regions and resources.
    mutating func open(for book: OrderBook, in model: inout LinearModel) {
        if regions.isEmpty {
            for supply in book.supplies {
                regions.append(
                    Region(
                        balanceRow: model.addRow(lower: 0, upper: 0), connectionRow: model.addRow(),
                        capacityRows: supply.capacity.map { _ in model.addRow() }))
            }
            positionOfRegion = regions.map { _ in -1 }
        }
        precondition(regions.count == book.supplies.count, "\(book.supplies.count) regions, \(regions.count) before")
        for (region, supply) in zip(regions, book.supplies) {
            precondition(
                region.capacityRows.count == supply.capacity.count,
                "a region has another number of resources than before")
        }
    }

    /// Finds or makes the slot of each order of a book, and asks nothing for orders the book does not have.
    mutating func resolve(_ book: OrderBook, in model: inout LinearModel) {
        if hasSlots(of: book) { return }
        slots = book.orders.map { order in
            let key = OrderKey(order)
            if let slot = slotOfKey[key] { return slot }
            let row = model.addRow(lower: 0, upper: 0)
            orders.append(
                Order(
                    key: key, demandRow: row, unservedColumn: model.addColumn(entries: [(row, 1)]),
                    work: order.line.workPerRequest.map { _ in 0 }))
            slotOfKey[key] = orders.count - 1
            return orders.count - 1
        }
        var isPresent = [Bool](repeating: false, count: orders.count)
        for slot in slots {
            precondition(!isPresent[slot], "a book has two orders of one class and service node")
            isPresent[slot] = true
        }
        for (slot, order) in orders.enumerated() where !isPresent[slot] {
            model.setRowBounds(lower: 0, upper: 0, row: order.demandRow)
        }
    }

    /// Whether a book lists the orders of the last one in the same sequence.
    private func hasSlots(of book: OrderBook) -> Bool {
        guard slots.count == book.orders.count else { return false }
        for (slot, order) in zip(slots, book.orders) where orders[slot].key != OrderKey(order) { return false }
        return true
    }

    /// The column of a region's block.
    mutating func blockColumn(_ region: Int, _ index: Int, isFromGrid: Bool, in model: inout LinearModel) -> Int {
        let share = isFromGrid ? 1.0 : 0.0
        if index == regions[region].blocks.count {
            let column = model.addColumn(entries: [
                (regions[region].balanceRow, -1), (regions[region].connectionRow, share),
            ])
            regions[region].blocks.append(Block(column: column, isFromGrid: isFromGrid))
        }
        let block = regions[region].blocks[index]
        if block.isFromGrid != isFromGrid {
            model.setCoefficient(share, row: regions[region].connectionRow, column: block.column)
            regions[region].blocks[index].isFromGrid = isFromGrid
        }
        return block.column
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

    /// Notes where the options of an order are, with columns made if need be. Returns whether the list has changed.
    mutating func list(_ slot: Int, _ order: WorkOrder, in model: inout LinearModel) -> Bool {
        if orders[slot].lists(order.line.options) { return false }
        for (position, option) in orders[slot].options.enumerated() { positionOfRegion[option.region] = position }
        orders[slot].listed = order.line.options.map { option in
            if positionOfRegion[option.region] < 0 {
                let column = addColumn(slot, region: option.region, isHome: option.region == order.home, to: &model)
                positionOfRegion[option.region] = orders[slot].options.count
                orders[slot].options.append(Option(region: option.region, column: column))
            }
            return positionOfRegion[option.region]
        }
        for option in orders[slot].options { positionOfRegion[option.region] = -1 }
        return true
    }

    /// The column of an order's work that stays in a region.
    mutating func ensureStay(_ slot: Int, _ index: Int, isHome: Bool, in model: inout LinearModel) -> Int {
        if let column = orders[slot].options[index].stayColumn { return column }
        let column = addColumn(slot, region: orders[slot].options[index].region, isHome: isHome, to: &model)
        orders[slot].options[index].stayColumn = column
        return column
    }

    /// Sets what a unit of an order's energy takes of each resource; it changes with token counts, for example.
    mutating func setWork(_ slot: Int, _ order: WorkOrder, _ units: ClearingUnits, in model: inout LinearModel) {
        precondition(
            order.line.workPerRequest.count == units.work.count,
            "an order has another number of resources than the regions")
        for resource in units.work.indices {
            let entry = units.workEntry(order, resource)
            if orders[slot].work[resource] == entry { continue }
            orders[slot].work[resource] = entry
            for option in orders[slot].options {
                let row = regions[option.region].capacityRows[resource]
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
