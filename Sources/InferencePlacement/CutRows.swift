internal import LinearProgram

/// Rows and columns of the suppliers' costs in a clearing program.
struct CutRows: Sendable {
    /// Column of a supplier's cost, rows of its cuts, and the cost both are counted from, $/h.
    struct Supplier: Sendable {
        let number: Int
        let column: Int
        var rows: [Int] = []
        var referenceUSDPerHour = 0.0
    }

    private(set) var suppliers: [Supplier] = []

    /// Number of rows.
    var rowCount: Int { suppliers.reduce(0) { $0 + $1.rows.count } }
    /// Number of columns.
    var columnCount: Int { suppliers.count }

    /// Puts cuts into a program that has the blocks of the book.
    mutating func add(
        _ cuts: [SupplyCut], _ book: OrderBook, blockStarts: [Int], unitMWh: Double, to model: inout LinearModel
    ) {
        for cut in cuts where !suppliers.contains(where: { $0.number == cut.supplier }) {
            suppliers.append(
                Supplier(
                    number: cut.supplier, column: model.addColumn(cost: 1, lower: -.infinity, upper: .infinity),
                    referenceUSDPerHour: cut.costUSDPerHour))
        }
        for index in suppliers.indices {
            for cut in cuts where cut.supplier == suppliers[index].number {
                let row = Self.addRow(
                    cut, suppliers[index], book, blockStarts: blockStarts, unitMWh: unitMWh, to: &model)
                suppliers[index].rows.append(row)
            }
        }
    }

    /// One cut: cost - sum price eta y >= (cost_k - reference - sum price d_k) h, in units of the problem.
    private static func addRow(
        _ cut: SupplyCut, _ supplier: Supplier, _ book: OrderBook, blockStarts: [Int], unitMWh: Double,
        to model: inout LinearModel
    ) -> Int {
        var intercept = cut.costUSDPerHour - supplier.referenceUSDPerHour
        var entries: [(column: Int, value: Double)] = [(supplier.column, 1)]
        for (position, region) in cut.regions.enumerated() {
            let supply = book.supplies[region]
            intercept -= cut.priceUSDPerMWh[position] * (cut.loadMW[position] - supply.chargeMWh / book.tickHours)
            for (index, block) in supply.blocks.enumerated() where block.isFromGrid {
                entries.append((blockStarts[region] + index, -cut.priceUSDPerMWh[position] * supply.pue))
            }
        }
        return model.addRow(lower: intercept * book.tickHours / unitMWh, upper: .infinity, entries: entries)
    }

    /// The suppliers' costs in a solution: what is counted in the program, and the references on top of it, $ per tick.
    func costs(_ values: [Double], tickHours: Double, unitMWh: Double) -> (countedUSD: Double, referenceUSD: Double) {
        var (counted, reference) = (0.0, 0.0)
        for supplier in suppliers {
            counted += values[supplier.column] * unitMWh
            reference += supplier.referenceUSDPerHour * tickHours
        }
        return (counted, reference)
    }

    /// Price of grid energy by region: the cuts' slopes weighted by their duals, $/MWh.
    func prices(_ cuts: [SupplyCut], regionCount: Int, duals: [Double]) -> [Double] {
        var prices = [Double](repeating: 0, count: regionCount)
        for supplier in suppliers {
            let own = cuts.filter { $0.supplier == supplier.number }
            for (cut, row) in zip(own, supplier.rows) {
                for (position, region) in cut.regions.enumerated() {
                    prices[region] += duals[row] * cut.priceUSDPerMWh[position]
                }
            }
        }
        return prices
    }
}
