internal import LinearProgram

/// The linear program of a clearing over the orders in question; the others are constants of its region rows.
///
/// It is written in IT energy, so that neither PUE nor demand touches its matrix, with z energy of an order in a
/// region, u energy not served and y energy of a region's block:
///
///     min   sum phi/e z + sum eta (pi + kappa gamma) y + sum VOLL/e u + psi/e on what moved
///     rows  sum_i z - sum_b y = 0              by region: energy comes from its blocks
///           sum_grid y <= Pbar h / eta         by region: grid connection                    (1.4)
///           sum w/e z <= Q                     by region and resource: compute capacity      (1.4)
///           sum_c z + u = e lambda             by order: work is served or not               (1.2)
///           sum_{c != c0} z <= sigma e lambda  by order: state locality                      (1.4)
///
/// Switching (1.6) splits z into what stays, up to the last tick's placement, and what moves and pays psi.
struct ClearingProgram {
    /// Rows and columns of an order.
    struct Order {
        let order: Int
        let slot: Int
        let demandRow: Int
        let localityRow: Int?
        let unservedColumn: Int
        /// Its part of `options`.
        let options: Range<Int>
    }

    /// Columns of an order's option.
    struct Option {
        /// Number in the table.
        let option: Int32
        let region: Int32
        let column: Int
        let stayColumn: Int?
    }

    private(set) var orders: [Order] = []
    private(set) var options: [Option] = []
    /// First block column by region; one more at the end.
    private(set) var blockStarts: [Int] = [0]
    private(set) var cutRows = CutRows()
    /// Columns that keep prices in a box, where there is one.
    private(set) var boxColumns = 0..<0
    let regionCount: Int
    let resourceCount: Int
    private(set) var rowCount = 0
    private(set) var columnCount = 0

    /// Rows of a region: balance, connection, capacities.
    private var rowsPerRegion: Int { 2 + resourceCount }
    /// Number of rows that belong to no order.
    var linkRowCount: Int { regionCount * rowsPerRegion + cutRows.rowCount }
    /// Number of columns that belong to no order.
    var linkColumnCount: Int { blockStarts[regionCount] + cutRows.columnCount + boxColumns.count }

    func balanceRow(_ region: Int) -> Int { region * rowsPerRegion }
    func connectionRow(_ region: Int) -> Int { region * rowsPerRegion + 1 }
    func capacityRow(_ region: Int, _ resource: Int) -> Int { region * rowsPerRegion + 2 + resource }

    /// Writes the program of a book for the orders in question into an empty model.
    init(
        _ book: OrderBook, _ objective: ClearingObjective, _ units: ClearingUnits, _ table: ClearingTable,
        _ question: OrdersInQuestion, cuts: [SupplyCut], box: PriceBox?, to model: inout LinearModel
    ) {
        regionCount = book.supplies.count
        resourceCount = table.resourceCount
        let blockCount = book.supplies.reduce(0) { $0 + $1.blocks.count }
        // A guess: an order has few options in question, or all where the problem is small.
        let optionCount = min(table.regions.count + table.stays.count, 8 * question.orders.count)
        model.reserveCapacity(
            columns: blockCount + question.orders.count + optionCount,
            rows: regionCount * (2 + resourceCount) + 2 * question.orders.count,
            entries: 2 * blockCount + question.orders.count + (3 + resourceCount) * optionCount)
        orders.reserveCapacity(question.orders.count)
        options.reserveCapacity(optionCount)
        for (region, supply) in book.supplies.enumerated() {
            let load = question.fixedEnergy[region]
            model.addRow(lower: -load, upper: -load)
            model.addRow(upper: units.limit(supply.connectionMWh / supply.pue))
            for (resource, limit) in supply.capacity.enumerated() {
                model.addRow(
                    upper: limit / units.work[resource] - question.fixedWork[region * resourceCount + resource])
            }
        }
        for (region, supply) in book.supplies.enumerated() {
            for block in supply.blocks {
                let column = model.addColumn(
                    cost: objective.blockCost(block, pue: supply.pue), upper: units.limit(block.limitMWh / supply.pue))
                model.addEntry(row: balanceRow(region), column: column, value: -1)
                if block.isFromGrid { model.addEntry(row: connectionRow(region), column: column, value: 1) }
            }
            blockStarts.append(model.columnCount)
        }
        cutRows.add(cuts, book, blockStarts: blockStarts, unitMWh: units.energyMWh, to: &model)
        if let box { add(box, to: &model) }
        for order in question.orders { add(Int(order), table, question, to: &model) }
        rowCount = model.rowCount
        columnCount = model.columnCount
    }

    /// Lets every region buy what it lacks and sell what it has too much of at the prices of the box's faces.
    private mutating func add(_ box: PriceBox, to model: inout LinearModel) {
        let first = model.columnCount
        func add(_ price: Double, row: Int, atMost amount: Double) {
            let buy = model.addColumn(cost: price + box.halfWidth)
            model.addEntry(row: row, column: buy, value: -1)
            let sell = model.addColumn(cost: box.halfWidth - price, upper: amount)
            model.addEntry(row: row, column: sell, value: 1)
        }
        for region in 0..<regionCount {
            add(box.centre.energy[region], row: balanceRow(region), atMost: box.energy)
            for resource in 0..<resourceCount {
                add(
                    box.centre.capacity[region * resourceCount + resource], row: capacityRow(region, resource),
                    atMost: box.work[resource])
            }
        }
        boxColumns = first..<model.columnCount
    }

    /// Whether something is bought or sold at the faces of the price box, so that the right prices are outside.
    func touchesBox(_ solution: Solution) -> Bool { boxColumns.contains { solution.columnValues[$0] > 1e-9 } }

    private mutating func add(
        _ order: Int, _ table: ClearingTable, _ question: OrdersInQuestion, to model: inout LinearModel
    ) {
        let (demand, movable, switching) = (table.demands[order], table.movables[order], table.switchings[order])
        let demandRow = model.addRow(lower: demand, upper: demand)
        let localityRow = movable < .infinity ? model.addRow(upper: movable) : nil
        let unserved = model.addColumn(cost: table.unservedCosts[order])
        model.addEntry(row: demandRow, column: unserved, value: 1)
        let first = options.count
        for option in table.options(order) where question.isCandidate[option] {
            let row = Int32(option) == table.homes[order] ? nil : localityRow
            let region = Int(table.regions[option])
            func addColumn(_ cost: Double, upper: Double) -> Int {
                let column = model.addColumn(cost: cost, upper: upper)
                model.addEntry(row: balanceRow(region), column: column, value: 1)
                for resource in 0..<resourceCount {
                    let work = table.works[order * resourceCount + resource]
                    if work != 0 { model.addEntry(row: capacityRow(region, resource), column: column, value: work) }
                }
                model.addEntry(row: demandRow, column: column, value: 1)
                if let row { model.addEntry(row: row, column: column, value: 1) }
                return column
            }
            let column = addColumn(table.costs[option] + switching, upper: .infinity)
            let room = table.stayRoom(order, option: Int32(option))
            options.append(
                Option(
                    option: Int32(option), region: Int32(region), column: column,
                    stayColumn: room.map { addColumn(table.costs[option], upper: $0) }))
        }
        orders.append(
            Order(
                order: order, slot: table.slots[order], demandRow: demandRow, localityRow: localityRow,
                unservedColumn: unserved, options: first..<options.count))
    }

    /// The duals of a solution as prices.
    func prices(_ solution: Solution) -> ScarcityPrices {
        var prices = ScarcityPrices(regionCount: regionCount, resourceCount: resourceCount)
        for region in 0..<regionCount {
            prices.energy[region] = -solution.rowDuals[balanceRow(region)]
            for resource in 0..<resourceCount {
                prices.capacity[region * resourceCount + resource] = max(
                    0, -solution.rowDuals[capacityRow(region, resource)])
            }
        }
        return prices
    }

    /// IT energy of each region that its blocks from the grid give in a solution.
    func gridEnergy(_ solution: Solution, _ book: OrderBook) -> [Double] {
        book.supplies.enumerated().map { region, supply in
            zip(supply.blocks, blockStarts[region]...).reduce(0) { energy, block in
                block.0.isFromGrid ? energy + solution.columnValues[block.1] : energy
            }
        }
    }

    /// Where the work of all orders is: of those of the program by a solution, of the others where it was fixed.
    func fills(_ solution: Solution, _ fixed: OrderFills) -> OrderFills {
        var fills = OrderFills()
        fills.reserveCapacity(fixed.count)
        let values = solution.columnValues
        var entries = orders.makeIterator()
        var next = entries.next()
        for order in 0..<fixed.count {
            if let entry = next, entry.order == order {
                for option in options[entry.options] {
                    let amount = values[option.column] + (option.stayColumn.map { values[$0] } ?? 0)
                    if amount > 0 { fills.add(option.option, amount) }
                }
                let unserved = values[entry.unservedColumn]
                if unserved > 0 { fills.add(OrderChoice.unserved, unserved) }
                next = entries.next()
            } else {
                for entry in fixed[order] { fills.add(entry.option, entry.amount) }
            }
            fills.endOrder()
        }
        return fills
    }
}
