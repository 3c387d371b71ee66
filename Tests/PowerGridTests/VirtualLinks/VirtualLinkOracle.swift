import LinearProgram
import PowerGrid

/// What the tests work out for themselves from a clearing: nothing here uses the market's own program or settlement.
extension VirtualLinkClearing {
    /// Supply less demand at a point, MW.
    func recomputedImbalance(at point: MarketPoint) -> Double {
        var sum = -recomputedExecution(at: point)
        for (supplier, output) in zip(market.suppliers, supplyMW) where supplier.bus == point.bus {
            sum += output[point.period]
        }
        for (line, flows) in zip(market.lines, flowMW) {
            if line.to == point.bus { sum += flows[point.period] }
            if line.from == point.bus { sum -= flows[point.period] }
        }
        return sum
    }

    /// Load executed at a point, MW.
    func recomputedExecution(at point: MarketPoint) -> Double {
        var sum = 0.0
        for (load, bought) in zip(market.loads, demandMW) where load.bus == point.bus { sum += bought[point.period] }
        for (link, shift) in zip(market.links, shiftMW) {
            if link.sender == point { sum -= shift }
            if link.receiver == point { sum += shift / market.pue(at: link.sender) * market.pue(at: point) }
        }
        return sum
    }

    /// Welfare of the allocation, $.
    var recomputedWelfare: Double {
        var sum = 0.0
        for (load, bought) in zip(market.loads, demandMW) { sum += dot(load.bidsUSDPerMWh, bought) }
        for (supplier, output) in zip(market.suppliers, supplyMW) { sum -= dot(supplier.bidsUSDPerMWh, output) }
        for (line, flows) in zip(market.lines, flowMW) { sum -= flows.reduce(0) { $0 + line.bidUSDPerMWh * abs($1) } }
        for (link, shift) in zip(market.links, shiftMW) { sum -= link.bidUSDPerMWh * shift }
        return sum
    }

    /// What executing a MWh at a point costs: energy and computing.
    private func fullPrice(_ point: MarketPoint) -> Double { priceUSDPerMWh[point] + computingPriceUSDPerMWh[point] }

    func bestProfit(ofLoad index: Int) -> Double {
        let load = market.loads[index]
        return (0..<market.periodCount).reduce(0) { sum, period in
            let margin = load.bidsUSDPerMWh[period] - fullPrice(MarketPoint(bus: load.bus, period: period))
            return sum + max(0, margin) * load.capacitiesMW[period]
        }
    }

    func bestProfit(ofLink index: Int) -> Double {
        let link = market.links[index]
        let share = market.pue(at: link.receiver) / market.pue(at: link.sender)
        let margin = fullPrice(link.sender) - share * fullPrice(link.receiver) - link.bidUSDPerMWh
        return max(0, margin) * link.capacityMW
    }

    func bestProfit(ofSite index: Int) -> Double {
        let site = market.sites[index]
        return (0..<market.periodCount).reduce(0) { sum, period in
            let price = computingPriceUSDPerMWh[site.bus][period]
            return price <= 1e-9 ? sum : sum + price * site.limitsMW[period]
        }
    }

    func bestProfit(ofSupplier index: Int) throws -> Double {
        let supplier = market.suppliers[index]
        var model = LinearModel()
        for period in 0..<market.periodCount {
            model.addColumn(
                cost: supplier.bidsUSDPerMWh[period] - priceUSDPerMWh[supplier.bus][period],
                upper: supplier.capacitiesMW[period])
        }
        for period in 0..<market.periodCount where period > 0 && supplier.rampMW < .infinity {
            model.addRow(lower: -supplier.rampMW, upper: supplier.rampMW, entries: [(period, 1), (period - 1, -1)])
        }
        return try greatestProfit(model)
    }

    /// All lines of a period together: flows by angles, written here without flow columns for the lines that have them.
    func bestProfitOfNetwork() throws -> Double {
        try (0..<market.periodCount).reduce(0) { sum, period in
            var model = LinearModel()
            for _ in 0..<market.busCount { model.addColumn(lower: -.infinity) }
            for line in market.lines {
                let flow = model.addColumn(
                    cost: priceUSDPerMWh[line.from][period] - priceUSDPerMWh[line.to][period], lower: -line.capacityMW,
                    upper: line.capacityMW)
                let size = model.addColumn(cost: line.bidUSDPerMWh)
                model.addRow(lower: 0, entries: [(size, 1), (flow, -1)])
                model.addRow(lower: 0, entries: [(size, 1), (flow, 1)])
                guard let b = line.susceptanceMWPerRadian else { continue }
                model.addRow(lower: 0, upper: 0, entries: [(flow, 1), (line.from, -b), (line.to, b)])
            }
            return sum + (try greatestProfit(model))
        }
    }

    private func greatestProfit(_ model: LinearModel) throws -> Double {
        var solver = try LinearSolver(model)
        return try solver.solve() == .optimal ? -solver.solution.objective : .infinity
    }

    private func dot(_ first: [Double], _ second: [Double]) -> Double {
        zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
