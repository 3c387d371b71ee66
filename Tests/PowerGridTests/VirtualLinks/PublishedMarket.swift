import PowerGrid

/// The two published examples of [V], as MODEL 3.3 gives them.
enum PublishedMarket {
    /// The spatial case: seven buses, one period; links as (from, to, capacity MW), buses from 1 as published.
    static func sevenBus(links: [(from: Int, to: Int, capacityMW: Double)] = []) -> VirtualLinkMarket {
        let supplies: [(bid: Double, capacity: Double)] = [(3, 5), (1, 20), (3, 5), (1, 20), (0, 0), (3, 5), (3, 5)]
        let loads: [(bid: Double, capacity: Double)] = [(10, 13), (0, 0), (10, 17), (0, 0), (0, 0), (15, 17), (15, 13)]
        let lines = [(1, 2), (1, 3), (2, 3), (3, 4), (4, 5), (5, 6), (5, 7), (6, 7)]
        return VirtualLinkMarket(
            busCount: 7,
            suppliers: supplies.enumerated().map {
                MarketSupplier(bus: $0.offset, bidsUSDPerMWh: [$0.element.bid], capacitiesMW: [$0.element.capacity])
            },
            loads: loads.enumerated().map {
                MarketLoad(bus: $0.offset, bidsUSDPerMWh: [$0.element.bid], capacitiesMW: [$0.element.capacity])
            },
            lines: lines.map {
                MarketLine(
                    from: $0.0 - 1, to: $0.1 - 1, bidUSDPerMWh: 0.1, capacityMW: 10, susceptanceMWPerRadian: 1)
            },
            sites: [1, 3, 6, 7].map { ComputingSite(bus: $0 - 1, limitsMW: [20]) },
            links: links.map {
                VirtualLink(
                    from: MarketPoint(bus: $0.from - 1), to: MarketPoint(bus: $0.to - 1), bidUSDPerMWh: 0.3,
                    capacityMW: $0.capacityMW)
            })
    }

    /// The temporal case: one bus, four periods; links as (from, to, capacity MW), periods from 1 as published.
    static func fourPeriods(links: [(from: Int, to: Int, capacityMW: Double)] = []) -> VirtualLinkMarket {
        VirtualLinkMarket(
            busCount: 1, periodCount: 4,
            suppliers: [
                MarketSupplier(
                    bus: 0, bidsUSDPerMWh: [10, 20, 10, 15], capacitiesMW: [50, 50, 50, 50], rampMW: 15)
            ],
            loads: [MarketLoad(bus: 0, bidsUSDPerMWh: [30, 60, 40, 50], capacitiesMW: [70, 25, 70, 40])],
            sites: [ComputingSite(bus: 0, limitsMW: [70, 70, 70, .infinity])],
            links: links.map {
                VirtualLink(
                    from: MarketPoint(bus: 0, period: $0.from - 1), to: MarketPoint(bus: 0, period: $0.to - 1),
                    bidUSDPerMWh: 3, capacityMW: $0.capacityMW)
            })
    }
}

/// Whether two numbers agree within a tolerance, relative above 1.
func isClose(_ first: Double, _ second: Double, _ tolerance: Double = 1e-6) -> Bool {
    first == second || abs(first - second) <= tolerance * max(1, abs(first), abs(second))
}

/// Whether two lists agree within a tolerance.
func isClose(_ first: [Double], _ second: [Double], _ tolerance: Double = 1e-6) -> Bool {
    first.count == second.count && zip(first, second).allSatisfy { isClose($0, $1, tolerance) }
}
