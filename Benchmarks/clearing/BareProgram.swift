import InferencePlacement
import LinearProgram

/// The linear program of a market and nothing else, written once: what a clearing costs beyond it is our overhead.
struct BareProgram {
    private var solver: LinearSolver
    private let orderRows: Range<Int>
    private var options: [Option] = []
    private var blocks: [[Int]] = []
    private let carbonPriceUSDPerKg: Double

    private struct Option {
        let move: Int
        /// Made when something can stay, as in the clearing.
        var stay: Int?
        let stayCost: Double
        let entries: [(row: Int, value: Double)]
    }

    init(_ book: OrderBook, carbonPriceUSDPerKg: Double) throws {
        self.carbonPriceUSDPerKg = carbonPriceUSDPerKg
        var model = LinearModel()
        orderRows = 0..<book.orders.count
        for _ in book.orders { model.addRow(lower: 0, upper: 0) }
        for supply in book.supplies {
            let balance = model.addRow(lower: 0, upper: 0)
            model.addRow(upper: supply.capacity[0])
            blocks.append(
                supply.blocks.map { block in
                    model.addColumn(upper: block.limitMWh / supply.pue, entries: [(balance, -1)])
                })
        }
        for (index, order) in book.orders.enumerated() {
            model.addColumn(cost: order.line.valueUSDPerRequest * 1000, entries: [(index, 1)])
            for option in order.line.options {
                let balance = book.orders.count + 2 * option.region
                let entries = [
                    (row: index, value: 1.0), (balance, 1), (balance + 1, order.line.workPerRequest[0] * 1000),
                ]
                let cost = option.frictionUSDPerRequest * 1000
                let move = model.addColumn(cost: cost + order.line.switchingUSDPerRequest * 1000, entries: entries)
                options.append(Option(move: move, stay: nil, stayCost: cost, entries: entries))
                if option.region == order.home {
                    options[options.count - 1].stay = model.addColumn(
                        cost: cost, upper: order.line.requests / 1000, entries: entries)
                }
            }
        }
        solver = try LinearSolver(model)
    }

    /// Costs and demands of a book.
    mutating func update(to book: OrderBook) {
        for (columns, supply) in zip(blocks, book.supplies) {
            for (column, block) in zip(columns, supply.blocks) {
                let price = block.priceUSDPerMWh + carbonPriceUSDPerKg * block.emissionsKgPerMWh
                solver.model.setCost(price * supply.pue, column: column)
            }
        }
        for (row, order) in zip(orderRows, book.orders) {
            solver.model.setRowBounds(lower: order.line.requests / 1000, upper: order.line.requests / 1000, row: row)
        }
    }

    /// Simplex iterations of the last solve.
    var iterations: Int { solver.solution.iterations }

    mutating func solve() throws {
        guard try solver.solve() == .optimal else { throw Fault(description: "the bare program has no optimum") }
    }

    /// Lets what was placed stay where it is, and starts the next solve there as the clearing does.
    mutating func remember() {
        let values = solver.solution.columnValues
        for index in options.indices {
            let option = options[index]
            let placed = max(0, values[option.move] + (option.stay.map { values[$0] } ?? 0))
            if option.stay == nil, placed > 0 {
                options[index].stay = solver.model.addColumn(cost: option.stayCost, entries: option.entries)
                solver.basis?.columns.append(.atLower)
            }
            guard let stay = options[index].stay else { continue }
            solver.model.setColumnBounds(lower: 0, upper: placed, column: stay)
            if solver.basis?.columns[option.move] == .basic {
                solver.basis?.columns[option.move] = .atLower
                solver.basis?.columns[stay] = .basic
            }
        }
    }
}

/// A failure in one line.
struct Fault: Error, CustomStringConvertible {
    let description: String
}
