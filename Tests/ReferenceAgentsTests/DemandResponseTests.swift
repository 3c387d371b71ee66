import CoSimulation
import InferencePlacement
import Testing

@testable import ReferenceAgents

/// Operators that ask, regions that answer, batteries that bridge.
@Suite struct DemandResponseTests {
    // MARK: Operators

    private func scarce(_ demandMW: [Double]) throws -> DemandResponsiveOperator {
        try DemandResponsiveOperator([
            "fleet": Settings.fleet, "demandMW": .series(demandMW + Array(repeating: 0, count: 48 - demandMW.count)),
            "eventHeadroomMW": .number(10), "requestHeadroomMW": .number(50), "requestPriceUSDPerMWh": .number(300),
        ])
    }

    /// 300 MW of supply: a request below 50 MW of headroom, a cap as well below 10, one event for consecutive ticks.
    @Test func asksBeforeItCaps() throws {
        var grid = try scarce([150, 210, 255, 215, 100, 215])
        var signals: [BusSignal] = []
        for tick in 0..<6 {
            signals.append(grid.signal(tick: tick).buses[1])
            _ = grid.dispatch(tick: tick, [30, 10])
        }
        let events: [Int?] = [nil, nil, 0, 0, nil, 1]
        #expect(signals.map { $0.request?.event } == events)
        #expect(signals[1].request == nil, "50 MW are left")
        #expect(abs((signals[2].request?.reductionMW ?? 0) - 40 * 0.25) < 1e-9, "all that is usually drawn")
        #expect(abs((signals[3].request?.reductionMW ?? 0) - 5 * 0.25) < 1e-9)
        #expect(signals[3].request?.priceUSDPerMWh == 300)
        #expect(signals.map(\.capMW.isFinite) == [false, false, true, false, false, false])
        #expect(abs(signals[2].capMW - 35 * 0.25) < 1e-9, "300 - 255 - 10 MW may be drawn")
    }

    // MARK: Regions

    private let levels = ParameterValue.list([
        Settings.section([
            ("name", .text("batch")), ("reducibleShare", .number(0.25)), ("leastPriceUSDPerMWh", .number(50)),
        ]),
        Settings.section([
            ("name", .text("all-but-chat")), ("reducibleShare", .number(0.6)), ("leastPriceUSDPerMWh", .number(400)),
        ]),
    ])

    private func connection(_ request: CurtailmentRequest?, baselineMW: Double = 80) throws -> Double {
        var region = try CurtailableRegion([
            "accelerators": .number(1000), "connectionMW": .number(100), "serviceLevels": levels,
        ])
        var signal = BusSignal.of(50)
        signal.request = request
        return region.offer(
            RegionObservation(
                context: .of(2, .bidding), signal: signal, last: nil, customerBaselineMW: baselineMW)
        ).connectionMW
    }

    @Test func givesUpWhatItsServiceLevelsAllow() throws {
        func request(_ reductionMW: Double, _ price: Double) -> CurtailmentRequest {
            CurtailmentRequest(event: 0, reductionMW: reductionMW, priceUSDPerMWh: price)
        }
        #expect(try connection(nil) == 100)
        #expect(try connection(request(30, 49)) == 100, "too little is paid")
        #expect(try connection(request(30, 50)) == 60, "a quarter of 80 MW")
        #expect(try connection(request(15, 50)) == 65, "no more than was asked")
        #expect(try connection(request(90, 500)) == 32)
        #expect(try connection(request(90, 500), baselineMW: 0) == 100, "nothing to give up")
    }

    @Test func levelsMustAscend() throws {
        guard case .list(let rows) = levels else { return }
        let given: [String: ParameterValue] = [
            "accelerators": .number(1), "connectionMW": .number(1), "serviceLevels": .list(rows.reversed()),
        ]
        #expect(path(try CurtailableRegion(given)) == "serviceLevels[1]")
    }

    // MARK: Batteries

    private func battery(_ more: [(String, ParameterValue)] = []) -> [String: ParameterValue] {
        [
            "accelerators": .number(1000), "connectionMW": .number(100), "markUpUSDPerMWh": .number(1),
            "battery": Settings.section(
                [
                    ("energyMWh", .number(100)), ("powerMW", .number(40)), ("roundTripShare", .number(0.8)),
                    ("initialShare", .number(0.5)), ("chargeBelowUSDPerMWh", .number(20)),
                    ("dischargeAboveUSDPerMWh", .number(60)),
                ] + more),
        ]
    }

    private func result(gridMWh: Double, facilityMWh: Double) -> RegionResult {
        RegionResult(
            facilityMWh: facilityMWh, gridMWh: gridMWh, revenueUSD: 0, costUSD: 0, realisedPriceUSDPerMWh: 0)
    }

    /// Charged when power is cheap and sold at its price when it is dear; what was really used leaves it.
    @Test func chargesAndDischarges() throws {
        var region = try HonestRegion(battery())
        let cheap = region.offer(tick: 0, price: 10)
        #expect(cheap.chargeMW == 40 && cheap.blocks[0] == OfferBlock(source: .onSite, limitMW: 0, markUpUSDPerMWh: 1))
        // 50 MWh held, 40 drawn, 32 arrive; the facility drew 70 of the 100 MW besides.
        let next = region.offer(tick: 1, price: 10, last: result(gridMWh: 110, facilityMWh: 70))
        #expect(abs(next.chargeMW - 18 / 0.8) < 1e-9, "room for 18 MWh")
        let dear = region.offer(tick: 2, price: 90, last: result(gridMWh: 90, facilityMWh: 67.5))
        #expect(dear.chargeMW == 0)
        #expect(dear.blocks[0] == OfferBlock(source: .onSite, limitMW: 40, markUpUSDPerMWh: 61))
        // 25 of the 40 MWh on offer were used: 75 are left.
        let after = region.offer(tick: 3, price: 90, last: result(gridMWh: 60, facilityMWh: 85))
        #expect(after.blocks[0].limitMW == 40)
        let last = region.offer(tick: 4, price: 90, last: result(gridMWh: 60, facilityMWh: 100))
        #expect(abs(last.blocks[0].limitMW - 35) < 1e-9)
    }

    @Test func chargingLeavesTheFacilityItsConnection() throws {
        var region = try HonestRegion(battery([("initialShare", .number(0))]))
        _ = region.offer(tick: 0, price: 50)
        let offer = region.offer(tick: 1, price: 10, last: result(gridMWh: 85, facilityMWh: 85))
        #expect(abs(offer.chargeMW - 15) < 1e-9)
    }

    /// Under a request or cap the battery is not charged, and used before grid power.
    @Test func helpsInAnEvent() throws {
        var region = try HonestRegion(battery())
        var signal = BusSignal.of(10)
        signal.request = CurtailmentRequest(event: 0, reductionMW: 10, priceUSDPerMWh: 100)
        let offer = region.offer(RegionObservation(context: .of(0, .bidding), signal: signal, last: nil))
        #expect(offer.chargeMW == 0)
        #expect(offer.blocks[0] == OfferBlock(source: .onSite, limitMW: 40, markUpUSDPerMWh: 1))
    }

    @Test func pricesMustPayForLosses() throws {
        let wrong = battery([("dischargeAboveUSDPerMWh", .number(24))])
        #expect(path(try HonestRegion(wrong)) == "battery.dischargeAboveUSDPerMWh")
    }
}
