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
    /// Energy with mark-ups, $ per tick.
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

    init(
        book: OrderBook, mechanism: Mechanism, solved: [[Double]], lastRequests: [[Double]], duals: [RegionDuals],
        relativeGap: Double
    ) {
        self.relativeGap = relativeGap
        let objective = ClearingObjective(mechanism: mechanism, book: book)
        var regionEnergy = [Double](repeating: 0, count: book.supplies.count)
        for (index, order) in book.orders.enumerated() {
            let requests = Placement.settle(solved[index], order)
            for (option, placed) in requests.options.enumerated() where placed > 0 {
                let energy = placed * order.line.energyKWhPerRequest / 1000
                let moved = max(0, placed - lastRequests[index][option])
                awards.append(Award(order: index, option: option, requests: placed, energyMWh: energy, movedRequests: moved))
                regionEnergy[order.line.options[option].region] += energy
                frictionUSD += placed * order.line.options[option].frictionUSDPerRequest
                switchingUSD += moved * order.line.switchingUSDPerRequest
                self.objective += energy * objective.optionCost(order, option)
                self.objective += moved * order.line.energyKWhPerRequest / 1000 * objective.switchingCost(order)
            }
            unservedRequests.append(requests.unserved)
            unservedUSD += requests.unserved * order.line.valueUSDPerRequest
            self.objective += requests.unserved * order.line.energyKWhPerRequest / 1000 * objective.unservedCost(order)
        }
        for (region, supply) in book.supplies.enumerated() {
            draw(regionEnergy[region], from: supply, objective)
            addPrices(regionEnergy[region], supply, duals[region], isMonetary: mechanism.isMonetary)
        }
    }

    /// Requests by option from solved energies, so that served and unserved add up to what was asked for (MODEL 1.2).
    ///
    /// Amounts below a billionth of the order are the solver's rounding and count as nothing; what is then missing or
    /// too much, a rounding as well, goes to the largest amount.
    private static func settle(_ solvedMWh: [Double], _ order: WorkOrder) -> (options: [Double], unserved: Double) {
        let demand = order.line.requests
        var requests = solvedMWh.map { energy in
            let placed = energy * 1000 / order.line.energyKWhPerRequest
            return placed > 1e-9 * demand ? placed : 0
        }
        let unserved = demand - requests.reduce(0, +)
        if unserved > 1e-7 * demand { return (requests, unserved) }
        if let largest = requests.indices.max(by: { (requests[$0], -$0) < (requests[$1], -$1) }) { requests[largest] += unserved }
        return (requests, 0)
    }

    /// Takes a region's energy from its blocks in ascending order of the objective's cost: for given awards the cheapest way.
    private mutating func draw(_ energyMWh: Double, from supply: RegionSupply, _ objective: ClearingObjective) {
        var missing = energyMWh * supply.pue
        var connection = supply.connectionMWh
        var taken = [Double](repeating: 0, count: supply.blocks.count)
        let costs = supply.blocks.map { objective.blockCost($0, pue: supply.pue) }
        for index in supply.blocks.indices.sorted(by: { (costs[$0], $0) < (costs[$1], $1) }) {
            let block = supply.blocks[index]
            taken[index] = min(missing, block.isFromGrid ? min(block.limitMWh, connection) : block.limitMWh)
            missing -= taken[index]
            if block.isFromGrid { connection -= taken[index] }
            energyUSD += taken[index] * block.priceUSDPerMWh
            emissionsKg += taken[index] * block.emissionsKgPerMWh
            self.objective += taken[index] / supply.pue * costs[index]
        }
        blockMWh.append(taken)
    }

    private mutating func addPrices(_ energyMWh: Double, _ supply: RegionSupply, _ duals: RegionDuals, isMonetary: Bool) {
        let taken = blockMWh[regions.count]
        let paid = zip(taken, supply.blocks).map { $0 * $1.priceUSDPerMWh }.reduce(0, +)
        let grid = zip(taken, supply.blocks).map { $1.isFromGrid ? $0 : 0 }.reduce(0, +)
        let averageCost = energyMWh > 0 ? paid / energyMWh : 0
        regions.append(
            RegionClearing(
                energyMWh: energyMWh, facilityMWh: energyMWh * supply.pue, gridMWh: grid,
                energyPriceUSDPerMWh: isMonetary ? duals.energyPerMWh : averageCost,
                capacityPriceUSD: isMonetary ? duals.capacityPerAcceleratorSecond : supply.capacity.map { _ in 0 }))
    }
}
