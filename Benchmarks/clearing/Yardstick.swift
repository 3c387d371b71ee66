import ClpYardstick
import InferencePlacement
import Support

/// The linear program of a market with every column, kept in Clp from tick to tick and solved by its dual simplex from
/// the last vertex: what the field's quickest open solver for it takes, with nothing around it.
final class Yardstick {
    private var clp: UnsafeMutableRawPointer?
    private var columnCount = 0
    private let orderCount: Int
    private let carbonPriceUSDPerKg: Double
    private let hasCapacity: Bool
    private var firstBlocks: [Int] = []
    /// By order, the column of what moves to its first option.
    private var firstOptions: [Int] = []
    /// By order, columns of what stays, by option.
    private var stays: [[(option: Int, column: Int)]] = []

    /// Writes the program of a book and solves it from nothing. Before the first tick everything is at home.
    init(_ book: OrderBook, carbonPriceUSDPerKg: Double) {
        self.carbonPriceUSDPerKg = carbonPriceUSDPerKg
        orderCount = book.orders.count
        hasCapacity = book.supplies.contains { $0.capacity[0] < .infinity }
        var columns = Columns()
        for supply in book.supplies {
            firstBlocks.append(columns.costs.count)
            for block in supply.blocks {
                columns.add(
                    cost(block, supply), upper: block.limitMWh / supply.pue, [(balance(firstBlocks.count - 1), -1)])
            }
        }
        for (index, order) in book.orders.enumerated() {
            columns.add(order.line.valueUSDPerRequest * 1000, upper: .greatestFiniteMagnitude, [(index, 1)])
            firstOptions.append(columns.costs.count)
            for option in order.line.options.indices {
                let cost = (order.line.options[option].frictionUSDPerRequest + order.line.switchingUSDPerRequest) * 1000
                columns.add(cost, upper: .greatestFiniteMagnitude, entries(index, order, option))
            }
        }
        for (index, order) in book.orders.enumerated() {
            let option = order.line.options.firstIndex { $0.region == order.home }!
            stays.append([(option, columns.costs.count)])
            columns.add(
                order.line.options[option].frictionUSDPerRequest * 1000, upper: order.line.requests / 1000,
                entries(index, order, option))
        }
        columnCount = columns.costs.count
        var rowUppers = book.orders.map { $0.line.requests / 1000 }
        var rowLowers = rowUppers
        for supply in book.supplies {
            rowLowers.append(0)
            rowUppers.append(0)
            if hasCapacity {
                rowLowers.append(-.greatestFiniteMagnitude)
                rowUppers.append(min(supply.capacity[0], .greatestFiniteMagnitude))
            }
        }
        let lowers = [Double](repeating: 0, count: columnCount)
        columns.starts.withUnsafeBufferPointer { starts in
            var program = YardstickProgram()
            program.columnCount = Int32(columnCount)
            program.rowCount = Int32(rowLowers.count)
            program.starts = starts.baseAddress
            columns.rows.withUnsafeBufferPointer { rows in
                columns.values.withUnsafeBufferPointer { values in
                    columns.costs.withUnsafeBufferPointer { costs in
                        columns.uppers.withUnsafeBufferPointer { uppers in
                            program.rows = rows.baseAddress
                            program.values = values.baseAddress
                            program.costs = costs.baseAddress
                            program.uppers = uppers.baseAddress
                            lowers.withUnsafeBufferPointer { program.lowers = $0.baseAddress }
                            rowLowers.withUnsafeBufferPointer { program.rowLowers = $0.baseAddress }
                            rowUppers.withUnsafeBufferPointer { program.rowUppers = $0.baseAddress }
                            clp = yardstick_open(&program)
                        }
                    }
                }
            }
        }
    }

    deinit { yardstick_close(clp) }

    /// Simplex iterations of the last solve.
    var iterations: Int { Int(yardstick_iterations(clp)) }

    /// Optimal value, $ per tick.
    var objectiveUSD: Double { yardstick_objective(clp) }

    /// Costs and demands of a book, and where work was put in the last one.
    func update(to book: OrderBook, after placement: Placement) {
        for (region, supply) in book.supplies.enumerated() {
            for (index, block) in supply.blocks.enumerated() {
                yardstick_set_cost(clp, Int32(firstBlocks[region] + index), cost(block, supply))
            }
        }
        for order in book.orders.indices {
            yardstick_set_row(clp, Int32(order), book.orders[order].line.requests / 1000)
            for stay in stays[order] { yardstick_set_upper(clp, Int32(stay.column), 0) }
        }
        for award in placement.awards {
            if let stay = stays[award.order].first(where: { $0.option == award.option }) {
                yardstick_set_upper(clp, Int32(stay.column), award.requests / 1000)
            } else {
                let order = book.orders[award.order]
                let entries = entries(award.order, order, award.option)
                yardstick_add_column(
                    clp, order.line.options[award.option].frictionUSDPerRequest * 1000, award.requests / 1000,
                    Int32(entries.count), entries.map { Int32($0.row) }, entries.map(\.value))
                stays[award.order].append((award.option, columnCount))
                columnCount += 1
            }
        }
    }

    func solve() throws {
        guard yardstick_solve(clp) == 0 else { throw Fault(description: "Clp finds no optimum") }
    }

    private func balance(_ region: Int) -> Int { orderCount + (hasCapacity ? 2 : 1) * region }

    private func cost(_ block: EnergyBlock, _ supply: RegionSupply) -> Double {
        (block.priceUSDPerMWh + carbonPriceUSDPerKg * block.emissionsKgPerMWh) * supply.pue
    }

    private func entries(_ index: Int, _ order: WorkOrder, _ option: Int) -> [(row: Int, value: Double)] {
        let row = balance(order.line.options[option].region)
        let capacity = hasCapacity ? [(row: row + 1, value: order.line.workPerRequest[0] * 1000)] : []
        return [(index, 1), (row, 1)] + capacity
    }

    /// Columns as Clp takes them.
    private struct Columns {
        var starts: [Int32] = [0]
        var rows: [Int32] = []
        var values: [Double] = []
        var costs: [Double] = []
        var uppers: [Double] = []

        mutating func add(_ cost: Double, upper: Double, _ entries: [(row: Int, value: Double)]) {
            costs.append(cost)
            uppers.append(upper)
            for entry in entries {
                rows.append(Int32(entry.row))
                values.append(entry.value)
            }
            starts.append(Int32(rows.count))
        }
    }
}
