internal import LinearProgram

/// Rows and columns of the suppliers' costs in a clearing problem.
struct CutLayout: Sendable {
    /// Column of a supplier's cost, rows of its cuts, and the cost both are counted from, $/h.
    private struct Supplier: Sendable {
        let number: Int
        let column: Int
        var rows: [Int] = []
        var referenceUSDPerHour = 0.0
    }

    private var suppliers: [Supplier] = []

    /// Whether a clearing without cuts needs nothing of it.
    var isEmpty: Bool { suppliers.isEmpty }

    /// Puts a book's cuts into the problem in place of the last ones.
    mutating func set(
        _ cuts: [SupplyCut], _ book: OrderBook, _ layout: ClearingLayout, unitMWh: Double, in model: inout LinearModel
    ) {
        for cut in cuts where !suppliers.contains(where: { $0.number == cut.supplier }) {
            suppliers.append(Supplier(number: cut.supplier, column: model.addColumn(cost: 1, lower: 0, upper: 0)))
        }
        for index in suppliers.indices {
            let own = cuts.filter { $0.supplier == suppliers[index].number }
            suppliers[index].referenceUSDPerHour = own.first?.costUSDPerHour ?? 0
            let bound = own.isEmpty ? 0 : Double.infinity
            model.setColumnBounds(lower: -bound, upper: bound, column: suppliers[index].column)
            while suppliers[index].rows.count < own.count {
                suppliers[index].rows.append(model.addRow(entries: [(suppliers[index].column, 1)]))
            }
            for (position, row) in suppliers[index].rows.enumerated() {
                guard position < own.count else {
                    model.setRowBounds(lower: -.infinity, upper: .infinity, row: row)
                    continue
                }
                setRow(row, own[position], suppliers[index], book, layout, unitMWh: unitMWh, in: &model)
            }
        }
    }

    /// One cut: cost - sum price eta y >= (cost_k - reference - sum price d_k) h, in units of the problem.
    private func setRow(
        _ row: Int, _ cut: SupplyCut, _ supplier: Supplier, _ book: OrderBook, _ layout: ClearingLayout,
        unitMWh: Double,
        in model: inout LinearModel
    ) {
        var intercept = cut.costUSDPerHour - supplier.referenceUSDPerHour
        for (position, region) in cut.regions.enumerated() {
            let chargeMW = book.supplies[region].chargeMWh / book.tickHours
            intercept -= cut.priceUSDPerMWh[position] * (cut.loadMW[position] - chargeMW)
            for block in layout.regions[region].blocks {
                let entry = block.isFromGrid ? -cut.priceUSDPerMWh[position] * book.supplies[region].pue : 0
                model.setCoefficient(entry, row: row, column: block.column)
            }
        }
        model.setRowBounds(lower: intercept * book.tickHours / unitMWh, upper: .infinity, row: row)
    }

    /// The suppliers' costs in a solution: what is counted in the problem, and the references on top of it, $ per tick.
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
