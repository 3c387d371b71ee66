/// What a region's energy and capacity are worth in a clearing: the duals of its rows, as costs to whoever uses them.
struct ScarcityPrices: Sendable, Equatable {
    /// By region, per MWh of IT energy.
    var energy: [Double]
    /// By region and resource, per unit of work; never negative.
    var capacity: [Double]
    /// Number of resources.
    let resourceCount: Int

    /// Nothing costs anything.
    init(regionCount: Int, resourceCount: Int) {
        energy = Array(repeating: 0, count: regionCount)
        capacity = Array(repeating: 0, count: regionCount * resourceCount)
        self.resourceCount = resourceCount
    }

    /// The greatest price of energy, whatever its sign.
    var largest: Double { energy.reduce(0) { max($0, abs($1)) } }

    /// The resources of which some region has none left.
    var scarceResources: [Int] {
        (0..<resourceCount).filter { resource in
            energy.indices.contains { capacity[$0 * resourceCount + resource] != 0 }
        }
    }
}

extension ClearingTable {
    /// What an option costs at prices, switching apart.
    func cost(_ order: Int, option: Int, at prices: ScarcityPrices) -> Double {
        let region = Int(regions[option])
        var cost = costs[option] + prices.energy[region]
        for resource in 0..<resourceCount {
            cost += works[order * resourceCount + resource] * prices.capacity[region * resourceCount + resource]
        }
        return cost
    }

    /// The two cheapest options of each order away from home, at prices: the one pass over everything that may run
    /// anywhere, which makes it the pass to keep short.
    func cheapestRemotes(at prices: ScarcityPrices) -> [RemoteOptions] {
        let scarce = prices.scarceResources
        var found: [RemoteOptions] = []
        found.reserveCapacity(orderCount)
        regions.withUnsafeBufferPointer { regions in
            costs.withUnsafeBufferPointer { costs in
                prices.energy.withUnsafeBufferPointer { energy in
                    prices.capacity.withUnsafeBufferPointer { capacity in
                        for order in 0..<orderCount {
                            let home = Int(homes[order])
                            var best = RemoteOptions()
                            for option in options(order) where option != home {
                                let region = Int(regions[option])
                                var cost = costs[option] + energy[region]
                                for resource in scarce {
                                    cost +=
                                        works[order * resourceCount + resource]
                                        * capacity[region * resourceCount + resource]
                                }
                                best.take(Int32(option), cost)
                            }
                            found.append(best)
                        }
                    }
                }
            }
        }
        return found
    }
}

/// The two cheapest options of an order away from home.
struct RemoteOptions: Sendable {
    private(set) var first: Int32 = -1
    private(set) var second: Int32 = -1
    private(set) var firstCost = Double.infinity
    private(set) var secondCost = Double.infinity

    mutating func take(_ option: Int32, _ cost: Double) {
        if cost >= secondCost { return }
        if cost < firstCost {
            (second, secondCost) = (first, firstCost)
            (first, firstCost) = (option, cost)
        } else {
            (second, secondCost) = (option, cost)
        }
    }
}
