internal import LinearProgram

/// The vertex of the last clearing program, kept by what its rows and columns stand for, so that the next program,
/// which has other orders in question, starts from it.
///
/// The rows of an order and its basic columns form a block of their own: an order with as many of these as rows can
/// leave or enter the program, and what remains is a basis still. One with more joins regions, and stays in question.
struct ClearingBasis: Sendable {
    private typealias Status = Basis.Status

    private struct Order: Sendable {
        let unserved: Status
        /// Nil where it has no such row.
        let locality: Status?
        let options: Range<Int>
        /// Whether its basic columns are as many as its rows.
        let isSquare: Bool
    }

    private struct Option: Sendable {
        let region: Int32
        let column: Status
        let stay: Status?
    }

    private var orders: [Order] = []
    private var options: [Option] = []
    /// By slot, the place among `orders`, or -1.
    private var orderOfSlot: [Int32]
    private var regionRows: [Status]
    private var blocks: [[Status]] = []
    private var box: [Status] = []
    private var cutColumns: [Int: Status] = [:]
    private var cutRows: [Int: [Status]] = [:]
    /// Whether work has been placed since, so that what stays and what moves is measured from elsewhere.
    var isPast = false

    /// Reads the basis of a solved program.
    init(_ basis: Basis, of program: ClearingProgram, slotCount: Int) {
        orderOfSlot = Array(repeating: -1, count: slotCount)
        regionRows = Array(basis.rows[..<(program.linkRowCount - program.cutRows.rowCount)])
        for region in 0..<program.regionCount {
            blocks.append(Array(basis.columns[program.blockStarts[region]..<program.blockStarts[region + 1]]))
        }
        box = Array(basis.columns[program.boxColumns])
        for supplier in program.cutRows.suppliers {
            cutColumns[supplier.number] = basis.columns[supplier.column]
            cutRows[supplier.number] = supplier.rows.map { basis.rows[$0] }
        }
        for entry in program.orders { read(entry, basis, of: program) }
    }

    private mutating func read(_ entry: ClearingProgram.Order, _ basis: Basis, of program: ClearingProgram) {
        let first = options.count
        var surplus = basis.columns[entry.unservedColumn] == .basic ? 0 : -1
        for option in program.options[entry.options] {
            let stay = option.stayColumn.map { basis.columns[$0] }
            let column = basis.columns[option.column]
            if column == .basic { surplus += 1 }
            if stay == .basic { surplus += 1 }
            options.append(Option(region: option.region, column: column, stay: stay))
        }
        let locality = entry.localityRow.map { basis.rows[$0] }
        if let locality, locality != .basic { surplus -= 1 }
        if basis.rows[entry.demandRow] == .basic { surplus += 1 }
        orderOfSlot[entry.slot] = Int32(orders.count)
        orders.append(
            Order(
                unserved: basis.columns[entry.unservedColumn], locality: locality, options: first..<options.count,
                isSquare: surplus == 0))
    }

    /// Whether an order joins regions at the vertex.
    func joins(slot: Int) -> Bool {
        guard slot < orderOfSlot.count, orderOfSlot[slot] >= 0 else { return false }
        return !orders[Int(orderOfSlot[slot])].isSquare
    }

    /// Regions where an order has work at the vertex, or may have at no cost.
    func basicRegions(slot: Int) -> [Int32] {
        guard slot < orderOfSlot.count, orderOfSlot[slot] >= 0 else { return [] }
        return options[orders[Int(orderOfSlot[slot])].options].filter { $0.column == .basic || $0.stay == .basic }
            .map(\.region)
    }

    /// The start of a program: what was basic is so again, and orders new in question stand where they are placed.
    func start(of program: ClearingProgram, _ table: ClearingTable, _ fills: OrderFills) -> Basis {
        var basis = Basis(
            columns: Array(repeating: .atLower, count: program.columnCount),
            rows: Array(repeating: .atLower, count: program.rowCount))
        for (row, status) in regionRows.enumerated() { basis.rows[row] = status }
        for (region, statuses) in blocks.enumerated() {
            let columns = program.blockStarts[region]..<program.blockStarts[region + 1]
            for (column, status) in zip(columns, statuses) { basis.columns[column] = status }
        }
        for (column, status) in zip(program.boxColumns, box) { basis.columns[column] = status }
        for supplier in program.cutRows.suppliers {
            basis.columns[supplier.column] = cutColumns[supplier.number] ?? .free
            for (index, row) in supplier.rows.enumerated() {
                let known = cutRows[supplier.number] ?? []
                basis.rows[row] = index < known.count ? known[index] : .basic
            }
        }
        for entry in program.orders {
            if entry.slot < orderOfSlot.count, orderOfSlot[entry.slot] >= 0 {
                restore(orders[Int(orderOfSlot[entry.slot])], entry, of: program, table, in: &basis)
            } else {
                place(fills[entry.order], entry, of: program, table, in: &basis)
            }
        }
        basis.makeSquare(linkRows: program.linkRowCount, linkColumns: program.linkColumnCount)
        return basis
    }

    /// Starts where work stays where it is and only what an order has grown by is new there.
    ///
    /// The two columns of an option have the same entries, so that one can stand for the other in the basis: the one for
    /// what stays where the order has not grown, the one for what moves where it has. Without this every order takes
    /// pivots to find out: seven in ten of all where demand does not change.
    private func restore(
        _ known: Order, _ entry: ClearingProgram.Order, of program: ClearingProgram, _ table: ClearingTable,
        in basis: inout Basis
    ) {
        basis.columns[entry.unservedColumn] = known.unserved
        if let row = entry.localityRow { basis.rows[row] = known.locality ?? .basic }
        for option in program.options[entry.options] {
            let old = options[known.options].first { $0.region == option.region }
            guard isPast || (old?.stay == nil) != (option.stayColumn == nil) else {
                basis.columns[option.column] = old?.column ?? .atLower
                if let stay = option.stayColumn { basis.columns[stay] = old?.stay ?? .atLower }
                continue
            }
            let isBasic = old?.column == .basic || old?.stay == .basic
            let moves = option.stayColumn == nil || table.haveGrown[entry.order]
            basis.columns[option.column] = isBasic && moves ? .basic : .atLower
            if let stay = option.stayColumn { basis.columns[stay] = isBasic && !moves ? .basic : .atUpper }
        }
    }

    /// Starts from where an order was placed: what was filled last is basic, and where locality binds, what was filled
    /// last away from home as well.
    private func place(
        _ fill: ArraySlice<OrderFills.Entry>, _ entry: ClearingProgram.Order, of program: ClearingProgram,
        _ table: ClearingTable, in basis: inout Basis
    ) {
        var marginal: [Int32] = fill.isEmpty ? [] : [fill[fill.endIndex - 1].option]
        if let row = entry.localityRow {
            let remote = fill.filter { $0.option != OrderChoice.unserved && $0.option != table.homes[entry.order] }
            let isBinding = remote.reduce(0) { $0 + $1.amount } >= table.movables[entry.order]
            basis.rows[row] = isBinding ? .atUpper : .basic
            if isBinding, let last = remote.last, last.option != marginal[0] { marginal.append(last.option) }
        }
        if marginal.contains(OrderChoice.unserved) { basis.columns[entry.unservedColumn] = .basic }
        for option in program.options[entry.options] {
            let isMarginal = marginal.contains(option.option)
            guard let stay = option.stayColumn else {
                if isMarginal { basis.columns[option.column] = .basic }
                continue
            }
            let amount = fill.first { $0.option == option.option }?.amount ?? 0
            let room = table.stayRoom(entry.order, option: option.option) ?? 0
            if amount >= room { basis.columns[stay] = .atUpper }
            if isMarginal { basis.columns[amount > room ? option.column : stay] = .basic }
        }
    }
}

extension Basis {
    /// Makes what is basic as much as there are rows, where orders, blocks or cuts have come or gone: by rows that join
    /// orders where something is missing, by columns that do where there is too much.
    fileprivate mutating func makeSquare(linkRows: Int, linkColumns: Int) {
        var surplus = -rows.count
        for status in columns where status == .basic { surplus += 1 }
        for status in rows where status == .basic { surplus += 1 }
        for row in rows.indices where surplus < 0 && rows[row] != .basic {
            rows[row] = .basic
            surplus += 1
        }
        for row in (0..<linkRows).reversed() where surplus > 0 && rows[row] == .basic {
            rows[row] = .atUpper
            surplus -= 1
        }
        for column in columns.indices where surplus > 0 && columns[column] == .basic {
            columns[column] = .atLower
            surplus -= 1
        }
    }
}
