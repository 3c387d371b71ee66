import PowerGrid

/// A random market of a few buses and periods, meshed or not, with ramps, sites of unequal PUE and links of all kinds.
struct RandomMarket {
    let seed: UInt64
    let market: VirtualLinkMarket
    /// A point of the market, drawn with it.
    let point: MarketPoint

    /// Markets of 400 seeds; numbers are quarters, so that equal bids and full caps are common.
    static let all = (1...400).map { RandomMarket(seed: UInt64($0)) }

    init(seed: UInt64) {
        var random = Numbers(state: seed)
        let buses = 1 + random.integer(below: 5)
        let periods = 1 + random.integer(below: 3)
        func quarters(_ limit: Int) -> [Double] {
            (0..<periods).map { _ in Double(random.integer(below: 4 * limit)) / 4 }
        }
        func point() -> MarketPoint {
            MarketPoint(bus: random.integer(below: buses), period: random.integer(below: periods))
        }
        let suppliers = (0..<(1 + random.integer(below: 6))).map { _ in
            MarketSupplier(
                bus: random.integer(below: buses), bidsUSDPerMWh: quarters(40).map { $0 - 2 },
                capacitiesMW: quarters(30),
                rampMW: random.integer(below: 3) == 0 ? Double(random.integer(below: 10)) : .infinity)
        }
        let loads = (0..<(1 + random.integer(below: 6))).map { _ in
            MarketLoad(
                bus: random.integer(below: buses), bidsUSDPerMWh: quarters(80).map { $0 - 4 },
                capacitiesMW: quarters(30))
        }
        let lines = (0..<(buses < 2 ? 0 : random.integer(below: 8))).map { _ in
            RandomMarket.line(buses, &random)
        }
        let sites = (0..<buses).filter { _ in random.integer(below: 3) > 0 }.map { bus in
            ComputingSite(
                bus: bus, limitsMW: quarters(25).map { random.integer(below: 4) == 0 ? .infinity : $0 },
                pue: (0..<periods).map { _ in [1, 1.1, 1.25, 1.5][random.integer(below: 4)] })
        }
        let links: [VirtualLink] = (0..<random.integer(below: 8)).compactMap { _ in
            let (sender, receiver) = (point(), point())
            if sender == receiver { return nil }
            return VirtualLink(
                from: sender, to: receiver, bidUSDPerMWh: quarters(4)[0], capacityMW: quarters(15)[0])
        }
        self.seed = seed
        market = VirtualLinkMarket(
            busCount: buses, periodCount: periods, suppliers: suppliers, loads: loads, lines: lines, sites: sites,
            links: links)
        self.point = point()
    }

    private static func line(_ buses: Int, _ random: inout Numbers) -> MarketLine {
        let from = random.integer(below: buses)
        return MarketLine(
            from: from, to: (from + 1 + random.integer(below: buses - 1)) % buses,
            bidUSDPerMWh: [0, 0.1, 0.5][random.integer(below: 3)], capacityMW: Double(1 + random.integer(below: 12)),
            susceptanceMWPerRadian: random.integer(below: 5) == 0 ? nil : Double(1 + random.integer(below: 4)))
    }
}

extension VirtualLinkMarket {
    /// The market with `powerMW` of demand (or, if negative, supply) that nearly everything else gives way to, at a bus
    /// of its own beside the point: no site's limit is on it.
    func with(powerMW: Double, at point: MarketPoint) -> VirtualLinkMarket {
        let none = [Double](repeating: 0, count: periodCount)
        var (bids, capacities) = (none, none)
        capacities[point.period] = abs(powerMW)
        bids[point.period] = powerMW > 0 ? Self.urgentUSDPerMWh : -Self.urgentUSDPerMWh
        return VirtualLinkMarket(
            busCount: busCount + 1, periodCount: periodCount,
            suppliers: suppliers
                + (powerMW < 0 ? [MarketSupplier(bus: busCount, bidsUSDPerMWh: bids, capacitiesMW: capacities)] : []),
            loads: loads
                + (powerMW > 0 ? [MarketLoad(bus: busCount, bidsUSDPerMWh: bids, capacitiesMW: capacities)] : []),
            lines: lines + [MarketLine(from: busCount, to: point.bus, susceptanceMWPerRadian: nil)], sites: sites,
            links: links)
    }

    /// The bid of that demand, and less it of that supply.
    static let urgentUSDPerMWh = 1000.0

    /// The market with one link's capacity replaced.
    func with(capacityMW: Double, ofLink index: Int) -> VirtualLinkMarket {
        var links = links
        let link = links[index]
        links[index] = VirtualLink(
            from: link.sender, to: link.receiver, bidUSDPerMWh: link.bidUSDPerMWh, capacityMW: capacityMW)
        return with(links: links)
    }

    /// Every point.
    var points: [MarketPoint] {
        (0..<busCount).flatMap { bus in (0..<periodCount).map { MarketPoint(bus: bus, period: $0) } }
    }
}

extension [[Double]] {
    subscript(point: MarketPoint) -> Double { self[point.bus][point.period] }
}
