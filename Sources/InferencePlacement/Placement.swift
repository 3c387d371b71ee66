/// The outcome of a clearing: where work runs, what it costs and emits, and at what prices.
///
/// Costs, energy and emissions are recomputed from the awards and the book, not read from the solver.
public struct Placement: Sendable, Equatable {
    /// Work placed, ascending by order, then option; none is zero.
    public private(set) var awards: [Award] = []
    /// Requests not served, by order.
    public private(set) var unservedRequests: [Double] = []
    /// Energy and prices, by region.
    public private(set) var regions: [RegionClearing] = []
    /// Energy taken of each block, MWh of facility energy, by region and block.
    public private(set) var blockMWh: [[Double]] = []
    /// Value of the mechanism's objective: $ per tick, ms MWh, or kg, with the penalty of unserved work.
    public private(set) var objective = 0.0
    /// Relative primal-dual gap of the solver's solution.
    public let relativeGap: Double
    /// Energy with mark-ups, charging of batteries included, $ per tick.
    public private(set) var energyUSD = 0.0
    /// Friction of relocated work, $ per tick.
    public private(set) var frictionUSD = 0.0
    /// Switching of moved work, $ per tick (MODEL 1.6).
    public private(set) var switchingUSD = 0.0
    /// Value lost on unserved work, $ per tick.
    public private(set) var unservedUSD = 0.0
    /// Emissions at the marginal rates of the book, kgCO2 per tick.
    public private(set) var emissionsKg = 0.0

    /// Work of one order placed in one region.
    public struct Award: Sendable, Equatable {
        /// Position of the order in the book.
        public let order: Int
        /// Position of the region among the order's options.
        public let option: Int
        /// Requests (x_skct), per tick.
        public let requests: Double
        /// IT energy, MWh per tick.
        public let energyMWh: Double
        /// Requests more than in the last tick, which pay for switching (MODEL 1.6).
        public let movedRequests: Double
    }

    /// Cost V of MODEL 1.1 without the carbon price, $ per tick.
    public var costUSD: Double { energyUSD + frictionUSD + switchingUSD + unservedUSD }

    /// A placement from what a solve found for a book.
    init(book: OrderBook, objective: ClearingObjective, solved: SolvedBook) {
        relativeGap = solved.relativeGap
        var regionEnergy = [Double](repeating: 0, count: book.supplies.count)
        unservedRequests.reserveCapacity(book.orders.count)
        awards.reserveCapacity(book.orders.count)
        var amounts: [SolvedBook.Amount] = []
        for (index, order) in book.orders.enumerated() {
            amounts.removeAll(keepingCapacity: true)
            amounts += solved.amounts[solved.starts[index]..<solved.starts[index + 1]]
            let unserved = Placement.settle(&amounts, order.line)
            for amount in amounts where amount.requests > 0 {
                let moved = max(0, amount.requests - amount.lastRequests)
                add(amount.requests, moved: moved, of: index, order, option: amount.option, objective)
                regionEnergy[order.line.options[amount.option].region] += awards[awards.count - 1].energyMWh
            }
            unservedRequests.append(unserved)
            unservedUSD += unserved * order.line.valueUSDPerRequest
            self.objective += unserved * order.line.energyKWhPerRequest / 1000 * objective.unservedCost(order)
        }
        for (region, supply) in book.supplies.enumerated() {
            draw(regionEnergy[region], from: supply, objective, gridMWh: solved.gridMWh?[region])
            addPrices(regionEnergy[region], supply, region, solved, isMonetary: objective.mechanism.isMonetary)
        }
    }

    /// Adds an award with its part of the costs.
    private mutating func add(
        _ requests: Double, moved: Double, of index: Int, _ order: WorkOrder, option: Int,
        _ objective: ClearingObjective
    ) {
        let energy = requests * order.line.energyKWhPerRequest / 1000
        awards.append(Award(order: index, option: option, requests: requests, energyMWh: energy, movedRequests: moved))
        frictionUSD += requests * order.line.options[option].frictionUSDPerRequest
        switchingUSD += moved * order.line.switchingUSDPerRequest
        self.objective += energy * objective.optionCost(order, option)
        self.objective += moved * order.line.energyKWhPerRequest / 1000 * objective.switchingCost(order)
    }

    /// Makes requests of an order's solved energies, so that served and unserved add up to what was asked for
    /// (MODEL 1.2). Returns the requests not served.
    ///
    /// Amounts below a billionth of the order are the solver's rounding and count as nothing; what is then missing, a
    /// rounding as well, goes to the largest amount, and what is too much is taken from all alike.
    private static func settle(_ amounts: inout [SolvedBook.Amount], _ line: BidLine) -> Double {
        var placed = 0.0
        var largest = 0
        for index in amounts.indices {
            let requests = amounts[index].energyMWh * 1000 / line.energyKWhPerRequest
            amounts[index].requests = line.requests > 0 && requests > 1e-9 * line.requests ? requests : 0
            placed += amounts[index].requests
            if amounts[index].requests > amounts[largest].requests { largest = index }
        }
        let unserved = line.requests - placed
        if amounts.isEmpty || unserved > 1e-7 * line.requests { return unserved }
        if unserved < 0 {
            for index in amounts.indices { amounts[index].requests *= line.requests / placed }
        } else {
            amounts[largest].requests += unserved
        }
        return 0
    }

    /// Takes a region's energy from its blocks in ascending order of the objective's cost: for given awards the cheapest way.
    ///
    /// Where it is given how much comes from the grid, the region's own blocks give the rest: under cuts the prices of both
    /// are equal where the supplier's cost has a kink, and do not say. What a battery is charged with costs and emits as
    /// well, but is no decision of the clearing and no part of its objective.
    private mutating func draw(
        _ energyMWh: Double, from supply: RegionSupply, _ objective: ClearingObjective, gridMWh: Double?
    ) {
        var missing = energyMWh * supply.pue
        var connection = supply.connectionMWh
        var own = gridMWh.map { max(0, missing - $0) } ?? .infinity
        var taken = [Double](repeating: 0, count: supply.blocks.count)
        let costs = supply.blocks.map { objective.blockCost($0, pue: supply.pue) }
        func rank(_ index: Int) -> (Int, Double, Int) {
            (gridMWh != nil && supply.blocks[index].isFromGrid ? 1 : 0, costs[index], index)
        }
        for index in supply.blocks.indices.sorted(by: { rank($0) < rank($1) }) {
            let block = supply.blocks[index]
            taken[index] = min(missing, block.limitMWh, block.isFromGrid ? connection : own)
            missing -= taken[index]
            if block.isFromGrid { connection -= taken[index] } else { own -= taken[index] }
            energyUSD += taken[index] * block.priceUSDPerMWh
            emissionsKg += taken[index] * block.emissionsKgPerMWh
            self.objective += taken[index] / supply.pue * costs[index]
        }
        blockMWh.append(taken)
        energyUSD += supply.chargeMWh * supply.gridPriceUSDPerMWh
        emissionsKg += supply.chargeMWh * supply.gridEmissionsKgPerMWh
    }

    private mutating func addPrices(
        _ energyMWh: Double, _ supply: RegionSupply, _ region: Int, _ solved: SolvedBook, isMonetary: Bool
    ) {
        var paid = 0.0
        var grid = supply.chargeMWh
        for (taken, block) in zip(blockMWh[region], supply.blocks) {
            paid += taken * block.priceUSDPerMWh
            if block.isFromGrid { grid += taken }
        }
        let averageCost = energyMWh > 0 ? paid / energyMWh : 0
        regions.append(
            RegionClearing(
                energyMWh: energyMWh, facilityMWh: energyMWh * supply.pue, gridMWh: grid,
                energyPriceUSDPerMWh: isMonetary ? solved.energyPerMWh[region] : averageCost,
                capacityPriceUSD: isMonetary
                    ? solved.capacityPerAcceleratorSecond[region] : supply.capacity.map { _ in 0 }))
    }
}
