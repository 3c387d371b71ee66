import PowerGrid
import Testing

/// Tiny markets whose optimum is found by trying every allocation on a grid that contains it.
@Suite("Virtual links: brute force") struct VirtualLinkBruteForceTests {
    /// Two buses and a line: a network flow, whose optimum is integral.
    @Test func twoBuses() throws {
        var shifted = 0
        for seed in 1...300 {
            let market = Self.twoBuses(seed: UInt64(seed))
            let clearing = try market.clear()
            #expect(isClose(clearing.welfareUSD, Self.bestOfTwoBuses(market)), "seed \(seed)")
            if clearing.shiftMW.contains(where: { $0 > 0 }) { shifted += 1 }
        }
        #expect(shifted > 30, "links that never matter test nothing")
    }

    /// Two periods, one supplier with a ramp, one link forward: vertices are multiples of one half.
    @Test func twoPeriods() throws {
        var shifted = 0
        for seed in 1...300 {
            let market = Self.twoPeriods(seed: UInt64(seed))
            let clearing = try market.clear()
            #expect(isClose(clearing.welfareUSD, Self.bestOfTwoPeriods(market)), "seed \(seed)")
            if clearing.shiftMW[0] > 0 { shifted += 1 }
        }
        #expect(shifted > 30, "links that never matter test nothing")
    }

    private static func twoBuses(seed: UInt64) -> VirtualLinkMarket {
        var random = Numbers(state: seed)
        func integers(_ limit: Int) -> [Double] { [Double(random.integer(below: limit))] }
        let points = [MarketPoint(bus: 0), MarketPoint(bus: 1)]
        return VirtualLinkMarket(
            busCount: 2,
            suppliers: (0..<2).map {
                MarketSupplier(bus: $0, bidsUSDPerMWh: integers(20), capacitiesMW: integers(6))
            },
            loads: (0..<2).map { MarketLoad(bus: $0, bidsUSDPerMWh: integers(40), capacitiesMW: integers(5)) },
            lines: [
                MarketLine(
                    from: 0, to: 1, bidUSDPerMWh: integers(3)[0], capacityMW: integers(3)[0],
                    susceptanceMWPerRadian: random.integer(below: 2) == 0 ? nil : 2)
            ],
            sites: (0..<2).map { ComputingSite(bus: $0, limitsMW: integers(6)) },
            links: (0..<2).map {
                VirtualLink(
                    from: points[$0], to: points[1 - $0], bidUSDPerMWh: integers(4)[0], capacityMW: integers(4)[0])
            })
    }

    private static func bestOfTwoBuses(_ market: VirtualLinkMarket) -> Double {
        let (loads, suppliers, line, links) = (market.loads, market.suppliers, market.lines[0], market.links)
        var best = 0.0
        for first in values(loads[0].capacitiesMW[0]) {
            for second in values(loads[1].capacitiesMW[0]) {
                for there in values(links[0].capacityMW) {
                    for back in values(links[1].capacityMW) {
                        let executed = [first - there + back, second + there - back]
                        if zip(executed, market.sites).contains(where: { $0 < 0 || $0 > $1.limitsMW[0] }) { continue }
                        let gain =
                            loads[0].bidsUSDPerMWh[0] * first + loads[1].bidsUSDPerMWh[0] * second
                            - links[0].bidUSDPerMWh * there - links[1].bidUSDPerMWh * back
                        for flow in values(2 * line.capacityMW).map({ $0 - line.capacityMW }) {
                            let outputs = [executed[0] + flow, executed[1] - flow]
                            if zip(outputs, suppliers).contains(where: { $0 < 0 || $0 > $1.capacitiesMW[0] }) {
                                continue
                            }
                            let cost = zip(outputs, suppliers).reduce(0) { $0 + $1.0 * $1.1.bidsUSDPerMWh[0] }
                            best = max(best, gain - cost - line.bidUSDPerMWh * abs(flow))
                        }
                    }
                }
            }
        }
        return best
    }

    private static func twoPeriods(seed: UInt64) -> VirtualLinkMarket {
        var random = Numbers(state: seed)
        func integers(_ limit: Int) -> [Double] { (0..<2).map { _ in Double(random.integer(below: limit)) } }
        return VirtualLinkMarket(
            busCount: 1, periodCount: 2,
            suppliers: [
                MarketSupplier(
                    bus: 0, bidsUSDPerMWh: integers(30), capacitiesMW: integers(9), rampMW: integers(4)[0])
            ],
            loads: [MarketLoad(bus: 0, bidsUSDPerMWh: integers(40), capacitiesMW: integers(9))],
            sites: [ComputingSite(bus: 0, limitsMW: integers(9))],
            links: [
                VirtualLink(
                    from: MarketPoint(bus: 0), to: MarketPoint(bus: 0, period: 1), bidUSDPerMWh: integers(4)[0],
                    capacityMW: 1 + integers(4)[0])
            ])
    }

    private static func bestOfTwoPeriods(_ market: VirtualLinkMarket) -> Double {
        let (load, supplier, limits, link) = (market.loads[0], market.suppliers[0], market.sites[0], market.links[0])
        var best = 0.0
        for first in values(2 * load.capacitiesMW[0]).map({ $0 / 2 }) {
            for second in values(2 * load.capacitiesMW[1]).map({ $0 / 2 }) {
                for shift in values(2 * link.capacityMW).map({ $0 / 2 }) {
                    let outputs = [first - shift, second + shift]
                    if abs(outputs[0] - outputs[1]) > supplier.rampMW { continue }
                    let isPossible = (0..<2).allSatisfy {
                        outputs[$0] >= 0 && outputs[$0] <= min(limits.limitsMW[$0], supplier.capacitiesMW[$0])
                    }
                    if !isPossible { continue }
                    let margins = zip([first, second], load.bidsUSDPerMWh).map(*).reduce(0, +)
                    let costs = zip(outputs, supplier.bidsUSDPerMWh).map(*).reduce(0, +)
                    best = max(best, margins - costs - link.bidUSDPerMWh * shift)
                }
            }
        }
        return best
    }

    private static func values(_ greatest: Double) -> [Double] { (0...Int(greatest)).map(Double.init) }
}
