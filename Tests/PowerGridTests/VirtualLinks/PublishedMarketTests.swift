import Foundation
import PowerGrid
import Testing

/// The published examples of [V]: every number of MODEL 3.3, then all that is printed in shared/data.
@Suite("Published virtual-link markets") struct PublishedMarketTests {
    @Test func sevenBusesWithoutLinks() throws {
        let clearing = try PublishedMarket.sevenBus().clear()
        #expect(isClose(clearing.welfareUSD, 522))
        #expect(isClose(clearing.settlement.totalLoadPaymentUSD, 373))
        #expect(isClose(clearing.priceUSDPerMWh[4][0], 14.9))
    }

    @Test func sevenBusesWithFiveEachWay() throws {
        let clearing = try PublishedMarket.sevenBus(links: [(1, 7, 5), (7, 1, 5)]).clear()
        #expect(isClose(clearing.welfareUSD, 577.366_666_666_67))
        #expect(isClose(clearing.shiftMW, [0, 5]))
        #expect(isClose(clearing.executedMW[0][0], 18))
        #expect(isClose(clearing.settlement.linkIncomeUSD, [0, 49.666_666_666_67]))
    }

    @Test func sevenBusesWithTenEachWay() throws {
        let clearing = try PublishedMarket.sevenBus(links: [(1, 7, 10), (7, 1, 10)]).clear()
        #expect(isClose(clearing.welfareUSD, 605.533_333_333_33))
        #expect(isClose(clearing.shiftMW, [0, 10]))
    }

    @Test func fourPeriodsWithoutLinks() throws {
        let clearing = try PublishedMarket.fourPeriods().clear()
        #expect(isClose(clearing.welfareUSD, 4400))
        #expect(isClose(clearing.priceUSDPerMWh[0], [30, -30, 40, 15]))
        #expect(isClose(clearing.supplyMW[0], [40, 25, 40, 40]))
    }

    @Test func fourPeriodsWithEightForward() throws {
        let clearing = try PublishedMarket.fourPeriods(links: [(1, 2, 8)]).clear()
        #expect(isClose(clearing.welfareUSD, 4856))
        #expect(isClose(clearing.priceUSDPerMWh[0], [30, -30, 40, 15]))
        #expect(isClose(clearing.settlement.linkIncomeUSD, [480]))
        #expect(isClose(clearing.settlement.linkProfitUSD, [456]))
    }

    @Test("Everything printed in cases.json", .enabled(if: PublishedCases.isPresent, "../shared/data is not there"))
    func printedNumbers() throws {
        let cases = try PublishedCases.read()
        #expect(cases.spatial.count == 3 && cases.temporal.count == 2)
        for item in cases.spatial {
            let market = PublishedMarket.sevenBus(links: item.links(bothWays: [0, 5, 10][item.scenario - 1]))
            let clearing = try market.clear()
            try item.compare(clearing, points: (0..<7).map { MarketPoint(bus: $0) })
            #expect(clearing.executedMW.joined().allSatisfy { $0 <= 20 + 1e-6 })
        }
        for item in cases.temporal {
            let market = PublishedMarket.fourPeriods(links: item.links(capacityMW: ["1->2": 8]))
            let clearing = try item.scenario == 1 ? PublishedMarket.fourPeriods().clear() : market.clear()
            try item.compare(clearing, points: (0..<4).map { MarketPoint(bus: 0, period: $0) })
        }
    }
}

/// The cases beside the repository. They are not part of it, so the test is skipped where they are not.
private struct PublishedCases: Decodable {
    static let url = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("../../../../shared/data/virtual-links/cases.json").standardizedFileURL

    static let isPresent = FileManager.default.fileExists(atPath: url.path)

    static func read() throws -> PublishedCases {
        try JSONDecoder().decode(PublishedCases.self, from: Data(contentsOf: url))
    }

    var spatial: [PublishedMarketCase]
    var temporal: [PublishedMarketCase]
}

/// One scenario of the file, under the names it has there.
private struct PublishedMarketCase: Decodable {
    var scenario: Int
    var social_welfare: Double
    var prices: [Double]
    var demand: [Double]?
    var cleared_load: [Double]?
    var supply: [Double]
    var load_execution: [Double]?
    var virtual: [String: Double]
    var flows: [String: Double]?
    var load_payment: Double
    var generation_revenue: Double
    var transmission_revenue: Double?
    var vl_revenue: Double
    var price_interval: [[Double]]

    func links(bothWays capacityMW: Double) -> [(from: Int, to: Int, capacityMW: Double)] {
        capacityMW > 0 ? [(1, 7, capacityMW), (7, 1, capacityMW)] : []
    }

    func links(capacityMW: [String: Double]) -> [(from: Int, to: Int, capacityMW: Double)] {
        virtual.keys.sorted().map { key in
            let ends = key.split(separator: ">").map { Int($0.filter(\.isNumber))! }
            return (ends[0], ends[1], capacityMW[key] ?? 0)
        }
    }

    func compare(_ clearing: VirtualLinkClearing, points: [MarketPoint]) throws {
        let label = "scenario \(scenario) of \(points.count) points"
        let settlement = clearing.settlement
        #expect(isClose(clearing.welfareUSD, social_welfare), "\(label)")
        #expect(isClose(Array(clearing.supplyMW.joined()), supply), "\(label)")
        #expect(isClose(clearing.shiftMW.filter { $0 > 1e-9 }, virtual.values.filter { $0 > 1e-9 }), "\(label)")
        for (index, point) in points.enumerated() {
            let interval = try clearing.priceInterval(at: point)
            let price = clearing.priceUSDPerMWh[point.bus][point.period]
            #expect(isClose(interval.lowerBound, price_interval[index][0]), "\(label), point \(index + 1)")
            #expect(isClose(interval.upperBound, price_interval[index][1]), "\(label), point \(index + 1)")
            #expect(price >= price_interval[index][0] - 1e-6 && price <= price_interval[index][1] + 1e-6, "\(label)")
            #expect(prices[index] >= interval.lowerBound - 1e-6 && prices[index] <= interval.upperBound + 1e-6)
        }
        #expect(isClose(Array(clearing.demandMW.joined()), demand ?? cleared_load ?? []), "\(label)")
        let demands = try #require(demand ?? cleared_load)
        let shifted = points.map { point in
            zip(clearing.market.links, clearing.shiftMW).reduce(0) {
                $0 + ($1.0.sender == point ? $1.1 : 0) - ($1.0.receiver == point ? $1.1 : 0)
            }
        }
        let carried = points.indices.map { demands[$0] - supply[$0] - shifted[$0] }
        for (quantities, ours, printed) in [
            (demands, settlement.totalLoadPaymentUSD, load_payment),
            (supply, settlement.totalSupplierIncomeUSD, generation_revenue),
            (shifted, settlement.totalLinkIncomeUSD, vl_revenue),
            (carried, settlement.totalLineIncomeUSD, transmission_revenue ?? 0),
        ] {
            let range = money(quantities)
            #expect(range.contains(ours) && range.contains(printed), "\(label): \(ours), \(printed), \(range)")
        }
    }

    /// What quantities can be worth at the prices that are possible, $; a point where those are unique.
    private func money(_ quantities: [Double]) -> ClosedRange<Double> {
        let ends = zip(quantities, price_interval).map { [$0 * $1[0], $0 * $1[1]] }
        return ends.reduce(0) { $0 + $1.min()! } - 1e-6...ends.reduce(0) { $0 + $1.max()! } + 1e-6
    }
}
