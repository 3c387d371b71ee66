/// The prices of the last clearing, from which those of the next are guessed.
struct StandingPrices: Sendable {
    private let prices: ScarcityPrices
    private let units: ClearingUnits
    /// By region, IT energy placed, MWh.
    private var energyMWh: [Double]

    init(_ found: ClearingSearch.Result, _ table: ClearingTable, _ units: ClearingUnits) {
        prices = found.prices
        self.units = units
        energyMWh = Array(repeating: 0, count: prices.energy.count)
        for order in 0..<found.fills.count {
            for entry in found.fills[order] where entry.option != OrderChoice.unserved {
                energyMWh[Int(table.regions[Int(entry.option)])] += entry.amount * units.energyMWh
            }
        }
    }

    /// Prices near those of a book: the last ones where the region's next block at its new price says nothing else; nil
    /// after a change of units.
    func prices(
        of book: OrderBook, _ objective: ClearingObjective, _ units: ClearingUnits, hasCuts: Bool
    ) -> ScarcityPrices? {
        guard units.energyMWh == self.units.energyMWh, units.work == self.units.work else { return nil }
        var guess = prices
        if hasCuts { return guess }
        for (region, supply) in book.supplies.enumerated() {
            guess.energy[region] = marginalCost(
                supply, objective, atMWh: energyMWh[region] * supply.pue, last: prices.energy[region])
        }
        return guess
    }

    /// What the block costs that an amount of facility energy ends in; where it ends between two, the last price as far
    /// as it lies between theirs.
    private func marginalCost(
        _ supply: RegionSupply, _ objective: ClearingObjective, atMWh amount: Double, last: Double
    ) -> Double {
        let costs = supply.blocks.map { objective.blockCost($0, pue: supply.pue) }
        let tolerance = 1e-6 * amount
        var (missing, connection, below) = (amount, supply.connectionMWh, -Double.infinity)
        for index in costs.indices.sorted(by: { (costs[$0], $0) < (costs[$1], $1) }) {
            let block = supply.blocks[index]
            let limit = block.isFromGrid ? min(block.limitMWh, connection) : block.limitMWh
            if limit <= 0 { continue }
            if missing <= tolerance { return amount > 0 ? max(below, min(last, costs[index])) : costs[index] }
            if missing < limit - tolerance { return costs[index] }
            missing -= limit
            if block.isFromGrid { connection -= limit }
            below = costs[index]
        }
        return max(below, last)
    }
}
