import PowerGrid
import Testing

/// Every number MODEL 3.2 states for its three-bus test.
@Suite("Three-bus test of the model")
struct ThreeBusTests {
    @Test("Dispatch, cost, flows and prices")
    func dispatch() throws {
        let (_, dispatch) = try ThreeBus.solved()
        #expect(agree(dispatch.generationMW, [80, 130], 1e-9))
        #expect(agree(dispatch.objectiveUSDPerHour, 7_450, 1e-9))
        #expect(agree(dispatch.emissionsKgPerHour, 128_000, 1e-9))
        #expect(agree(dispatch.lmpUSDPerMWh, [20, 45, 70], 1e-9))
        #expect(agree(dispatch.flowMW, [10, 70, 80], 1e-9))
        #expect(dispatch.bindingBranches.map(\.index) == [1])
        #expect(agree(dispatch.branchShadowPriceUSDPerMWh, [0, 75, 0], 1e-9))
        // Loads pay 400 + 1,800 + 10,500, generators receive 1,600 + 5,850.
        #expect(agree(dispatch.congestionRentUSDPerHour, 12_700 - 7_450, 1e-9))
        #expect(agree(dispatch.congestionRentUSDPerHour, 75 * 70, 1e-9))
        #expect(dispatch.isUnique)
    }

    @Test("Emission signals")
    func signals() throws {
        let (powerFlow, _) = try ThreeBus.solved()
        guard let signals = try powerFlow.emissionSignals() else { throw Missing.signals }
        #expect(agree(signals.marginalKgPerMWh, [950, 400, -150], 1e-9))
        #expect(abs(signals.averageKgPerMWh - 609.5) < 0.05)
        #expect(agree(signals.averageKgPerMWh, 128_000 / 210, 1e-9))
        #expect(zip(signals.tracedKgPerMWh, [888.9, 400, 628.1]).allSatisfy { abs($0 - $1) < 0.05 })
        #expect(agree(signals.adjustedKgPerMWh, [1_500, 950, 400], 1e-9))
        #expect(signals.accountingError < 1e-9)
        #expect(signals.marginal.kinks.isEmpty)
        #expect(signals.marginal.identityErrorUSDPerMWh.map { $0 < 1e-9 } == true)
        // The LME does not account for all emissions: 20 * 950 + 40 * 400 - 150 * 150 = 12,500 of 128,000.
        let marginal = zip(signals.consumptionMW, signals.marginalKgPerMWh).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(agree(marginal, 12_500, 1e-9))
    }

    @Test("Moving 10 MW from 2 to 1 saves 250 $/h and adds 5.5 t/h")
    func cheaperAndDirtier() throws {
        let (_, before) = try ThreeBus.solved()
        let (_, after) = try ThreeBus.solved(demandMW: [30, 30, 150])
        #expect(agree(after.objectiveUSDPerHour - before.objectiveUSDPerHour, -250))
        #expect(agree(after.emissionsKgPerHour - before.emissionsKgPerHour, 5_500))
    }

    @Test("Moving 10 MW from 1 to 3 costs 500 $/h and removes 11 t/h: it pays above 45.45 $/t")
    func dearerAndCleaner() throws {
        let (_, before) = try ThreeBus.solved()
        let (_, after) = try ThreeBus.solved(demandMW: [10, 40, 160])
        let cost = after.objectiveUSDPerHour - before.objectiveUSDPerHour
        let emissions = after.emissionsKgPerHour - before.emissionsKgPerHour
        #expect(agree(cost, 500))
        #expect(agree(emissions, -11_000))
        #expect(abs(cost / -emissions * 1_000 - 45.45) < 0.005)
    }

    @Test("Differences of demand agree with prices and marginal emissions", arguments: 0..<3)
    func differences(bus: Int) throws {
        let (powerFlow, dispatch) = try ThreeBus.solved()
        guard let difference = try powerFlow.demandDifference(bus: bus) else { throw Missing.dispatch }
        #expect(difference.priceAboveUSDPerMWh.map { agree($0, dispatch.lmpUSDPerMWh[bus]) } == true)
        #expect(difference.priceBelowUSDPerMWh.map { agree($0, dispatch.lmpUSDPerMWh[bus]) } == true)
        #expect(difference.emissionsAboveKgPerMWh.map { agree($0, [950, 400, -150][bus]) } == true)
        #expect(difference.emissionsBelowKgPerMWh.map { agree($0, [950, 400, -150][bus]) } == true)
    }
}
