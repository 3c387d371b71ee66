import Testing

@testable import PowerGrid

/// Settlements worked out by hand, and checks that fail when they should.
@Suite("Virtual links: settlement") struct VirtualLinkSettlementTests {
    private static let here = MarketPoint(bus: 0)
    private static let there = MarketPoint(bus: 1)

    /// A full site: 10 MW wanted at 100 $/MWh where 5 MW can be executed, power at 10 $/MWh here and there.
    private static let fullSite = VirtualLinkMarket(
        busCount: 2,
        suppliers: [0, 1].map { MarketSupplier(bus: $0, bidsUSDPerMWh: [10], capacitiesMW: [50]) },
        loads: [MarketLoad(bus: 0, bidsUSDPerMWh: [100], capacitiesMW: [10])],
        sites: [ComputingSite(bus: 0, limitsMW: [5])],
        links: [VirtualLink(from: here, to: there, bidUSDPerMWh: 0.3, capacityMW: 20)])

    @Test func aFullSiteEarnsAndALinkIsPaidForRoom() throws {
        let clearing = try Self.fullSite.clear()
        let money = clearing.settlement
        #expect(isClose(clearing.welfareUSD, 898.5))
        #expect(isClose(clearing.priceUSDPerMWh.map { $0[0] }, [10, 10]))
        #expect(isClose(clearing.computingPriceUSDPerMWh.map { $0[0] }, [0.3, 0]))
        #expect(isClose(money.linkComputingIncomeUSD, [1.5]) && isClose(money.siteIncomeUSD, [1.5]))
        #expect(isClose(money.loadProfitUSD, [897]))
        #expect(isClose(money.linkProfitUSD, [0]))
        #expect(money.linkIncomeUSD[0] - 0.3 * clearing.shiftMW[0] < -1, "by nodal prices alone it would lose")
    }

    /// All load is sent away: a load that bids 30 where power costs 50 is served where it costs 10, over a link at 3.
    @Test func aLoadIsPaidToHaveWorkThatCanMove() throws {
        let market = VirtualLinkMarket(
            busCount: 3,
            suppliers: [
                MarketSupplier(bus: 0, bidsUSDPerMWh: [50], capacitiesMW: [10]),
                MarketSupplier(bus: 1, bidsUSDPerMWh: [10], capacitiesMW: [100]),
            ],
            loads: [
                MarketLoad(bus: 0, bidsUSDPerMWh: [30], capacitiesMW: [10]),
                MarketLoad(bus: 2, bidsUSDPerMWh: [60], capacitiesMW: [5]),
            ],
            lines: [MarketLine(from: 0, to: 2, susceptanceMWPerRadian: nil)],
            sites: [ComputingSite(bus: 0, limitsMW: [20])],
            links: [VirtualLink(from: Self.here, to: Self.there, bidUSDPerMWh: 3, capacityMW: 20)])
        let clearing = try market.clear()
        let money = clearing.settlement
        #expect(isClose(clearing.welfareUSD, 220))
        #expect(isClose(clearing.priceUSDPerMWh.map { $0[0] }, [50, 10, 50]))
        #expect(isClose(clearing.computingPriceUSDPerMWh[0][0], -37))
        #expect(isClose(money.loadProfitUSD, [170, 50]) && isClose(money.linkProfitUSD, [0]))
        #expect(isClose(money.linkIncomeUSD, [400]) && isClose(money.linkComputingIncomeUSD, [-370]))
        #expect(30 * 10 - money.loadPaymentUSD[0] < -100, "by nodal prices alone it would lose")
    }

    /// 15 MW at a PUE of 1.5 is 12 MW at 1.2; worth it at any price above 0.8 times the receiver's plus the bid.
    @Test func receivedPowerFollowsThePUE() throws {
        func market(remoteBid: Double) -> VirtualLinkMarket {
            VirtualLinkMarket(
                busCount: 2,
                suppliers: [
                    MarketSupplier(bus: 0, bidsUSDPerMWh: [50], capacitiesMW: [40]),
                    MarketSupplier(bus: 1, bidsUSDPerMWh: [remoteBid], capacitiesMW: [40]),
                ],
                loads: [MarketLoad(bus: 0, bidsUSDPerMWh: [100], capacitiesMW: [15])],
                sites: [
                    ComputingSite(bus: 0, limitsMW: [40], pue: [1.5]),
                    ComputingSite(bus: 1, limitsMW: [40], pue: [1.2]),
                ],
                links: [VirtualLink(from: Self.here, to: Self.there, bidUSDPerMWh: 2, capacityMW: 40)])
        }
        let worthIt = try market(remoteBid: 59.9).clear()
        #expect(isClose(worthIt.executedMW.map { $0[0] }, [0, 12]))
        #expect(isClose(worthIt.supplyMW.map { $0[0] }, [0, 12]))
        let tooDear = try market(remoteBid: 60.1).clear()
        #expect(isClose(tooDear.executedMW.map { $0[0] }, [15, 0]))
    }

    /// A supplier that a ramp holds back sells below its bid in one period and makes up for it in another.
    @Test func aRampMayMakeAPeriodLoseButNotTheWhole() throws {
        let clearing = try PublishedMarket.fourPeriods().clear()
        #expect(clearing.priceUSDPerMWh[0][1] < 20 && clearing.supplyMW[0][1] > 0)
        #expect(isClose(clearing.settlement.supplierProfitUSD, [2650 - 400 - 500 - 400 - 600]))
    }

    @Test func anIdleBusHasAnyPrice() throws {
        let clearing = try VirtualLinkMarket(busCount: 1, suppliers: [], loads: []).clear()
        #expect(clearing.welfareUSD == 0)
        #expect(try clearing.priceInterval(at: Self.here) == -.infinity ... .infinity)
    }

    @Test func pricesBetweenBidsAreAllSaid() throws {
        let clearing = try VirtualLinkMarket(
            busCount: 1, suppliers: [MarketSupplier(bus: 0, bidsUSDPerMWh: [20], capacitiesMW: [5])],
            loads: [MarketLoad(bus: 0, bidsUSDPerMWh: [35], capacitiesMW: [5])]
        ).clear()
        let interval = try clearing.priceInterval(at: Self.here)
        #expect(isClose(interval.lowerBound, 20) && isClose(interval.upperBound, 35))
    }

    @Test("Every falsified amount is found", arguments: Falsification.all)
    func falsifiedAmountIsFound(_ falsification: Falsification) throws {
        let clearing = try Self.fullSite.clear()
        var money = clearing.settlement
        try money.requireIdentities(welfareUSD: clearing.welfareUSD)
        falsification.falsify(&money)
        let error = #expect(throws: VirtualLinkMarketError.self) {
            try money.requireIdentities(welfareUSD: clearing.welfareUSD)
        }
        #expect(error?.code == .identityBroken)
        #expect(error?.description.contains(falsification.text) == true, "\(String(describing: error))")
    }

    @Test func falsifiedWelfareIsFound() throws {
        let money = try Self.fullSite.clear().settlement
        #expect(throws: VirtualLinkMarketError.self) { try money.requireIdentities(welfareUSD: 899) }
    }

    /// A loss that another's profit makes up for breaks no sum.
    @Test func lossIsFoundWhereTheSumsHold() throws {
        let clearing = try Self.fullSite.clear()
        var money = clearing.settlement
        money.linkProfitUSD[0] -= 1
        money.loadProfitUSD[0] += 1
        let error = #expect(throws: VirtualLinkMarketError.self) {
            try money.requireIdentities(welfareUSD: clearing.welfareUSD)
        }
        #expect(error?.what.hasPrefix("The virtual link of index 0 loses") == true)
    }
}

/// An amount of the settlement to falsify, and what the message must say.
struct Falsification: Sendable, CustomTestStringConvertible {
    let text: String
    let falsify: @Sendable (inout VirtualLinkSettlement) -> Void

    var testDescription: String { text }

    static let all = [
        Falsification(text: "Incomes from energy exceed payments by") { $0.loadPaymentUSD[0] += 1 },
        Falsification(text: "Incomes from energy exceed payments by") { $0.supplierIncomeUSD[0] += 0.1 },
        Falsification(text: "Incomes from energy exceed payments by") { $0.linkIncomeUSD[0] += 0.1 },
        Falsification(text: "Incomes from computing exceed payments by") { $0.loadComputingPaymentUSD[0] += 1 },
        Falsification(text: "Incomes from computing exceed payments by") { $0.siteIncomeUSD[0] += 0.1 },
        Falsification(text: "are not the welfare of") { $0.supplierProfitUSD[0] += 0.1 },
        Falsification(text: "are not the welfare of") { $0.loadProfitUSD[0] -= 0.1 },
    ]
}
