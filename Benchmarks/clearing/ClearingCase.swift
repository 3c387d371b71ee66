import Foundation
import InferencePlacement
import Support

/// A market of class-origins and regions with 10 supply steps each, three tenths of the pairs feasible, whose prices
/// wander by 5 % a tick; the compute capacity of every third region binds, or there is enough everywhere, which makes
/// the problem a pure network.
struct ClearingCase {
    static let steps = 10
    static let feasibleShare = 0.3

    /// Relative deviation by which each demand differs from its mean, anew each tick.
    let demandDeviation: Double
    private let regions: Int
    private var random: SplitMix
    private var prices: [Double]
    private var book: OrderBook
    private let meanRequests: [Double]
    private let meanPrices: [[Double]]

    init(orders orderCount: Int, regions: Int, seed: UInt64, demandDeviation: Double, bindsCapacity: Bool) {
        self.demandDeviation = demandDeviation
        self.regions = regions
        random = SplitMix(seed: seed)
        prices = Array(repeating: 1, count: regions)
        var orders: [WorkOrder] = []
        for index in 0..<orderCount { orders.append(Self.order(index, regions, &random)) }
        let total = orders.map { $0.line.requests / 1000 }.reduce(0, +)
        var supplies: [RegionSupply] = []
        for region in 0..<regions {
            var supply = Self.supply(region, regions, of: total, &random)
            if !bindsCapacity { supply.capacity = [.infinity] }
            supplies.append(supply)
        }
        book = OrderBook(tickHours: 1, supplies: supplies, orders: orders)
        meanRequests = orders.map(\.line.requests)
        meanPrices = supplies.map { $0.blocks.map(\.priceUSDPerMWh) }
    }

    /// The book of the next tick.
    mutating func next() -> OrderBook {
        for region in 0..<regions {
            prices[region] = exp(0.9 * log(prices[region]) + 0.05 * random.normal())
            for step in 0..<Self.steps {
                // The grid's price wanders; what a region adds to it from step to step does not.
                let markUp = meanPrices[region][step] - meanPrices[region][0]
                book.supplies[region].blocks[step].priceUSDPerMWh = meanPrices[region][0] * prices[region] + markUp
            }
        }
        guard demandDeviation > 0 else { return book }
        for index in book.orders.indices {
            book.orders[index].line.requests = meanRequests[index] * max(0.1, 1 + demandDeviation * random.normal())
        }
        return book
    }

    private static func order(_ index: Int, _ regions: Int, _ random: inout SplitMix) -> WorkOrder {
        let home = index % regions
        let options = (0..<regions).filter { $0 == home || random.uniform() < feasibleShare }
        let requests = (1000 * exp(4 + random.normal())).rounded()
        let line = BidLine(
            workloadClass: index % 10, requests: requests, arrivedRequests: requests, energyKWhPerRequest: 1,
            workPerRequest: [0.8 + 0.45 * random.uniform()], valueUSDPerRequest: 10,
            switchingUSDPerRequest: 0.001 + 0.009 * random.uniform(),
            options: options.map {
                PlacementOption(region: $0, frictionUSDPerRequest: $0 == home ? 0 : 0.005 * random.uniform())
            })
        return WorkOrder(
            service: index / 10, home: home, line: line, roundTripMilliseconds: options.map { $0 == home ? 5 : 100 })
    }

    private static func supply(
        _ region: Int, _ regions: Int, of totalMWh: Double, _ random: inout SplitMix
    ) -> RegionSupply {
        let share = (0.5 + random.uniform()) / Double(regions)
        let pue = 1.08 + 0.5 * random.uniform()
        let base = 20 + 70 * random.uniform()
        let emissions = 20 + 780 * random.uniform()
        let slopes = (0..<steps).map { _ in 60 * random.uniform() }.sorted()
        return RegionSupply(
            capacity: [(region % 3 == 0 ? 0.8 : 3) * share * totalMWh * 1000], connectionMWh: .infinity, pue: pue,
            blocks: slopes.map {
                EnergyBlock(
                    limitMWh: 1.65 * share * totalMWh / Double(steps) * pue, priceUSDPerMWh: base + $0,
                    emissionsKgPerMWh: emissions, isFromGrid: true)
            })
    }
}
