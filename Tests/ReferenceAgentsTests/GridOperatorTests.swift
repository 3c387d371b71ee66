import CoSimulation
import Testing

@testable import ReferenceAgents

/// What each grid operator publishes and reports, by hand.
@Suite struct GridOperatorTests {
    private let merit: [String: ParameterValue] = ["fleet": Settings.fleet, "demandMW": .number(80)]

    @Test func seriesAreRealisedAsPublished() throws {
        var grid = try SeriesOperator([
            "priceUSDPerMWh": .series((0..<48).map { Double($0) - 5 }), "marginalEmissionsKgPerMWh": .number(500),
            "averageEmissionsKgPerMWh": .number(300), "forecastTicks": .number(3),
        ])
        let bus = grid.signal(tick: 2).buses[1]
        #expect(bus.priceUSDPerMWh == -3 && bus.marginalEmissionsKgPerMWh == 500)
        #expect(bus.averageEmissionsKgPerMWh == 300 && bus.headroomMW == .infinity)
        #expect(bus.forecastPriceUSDPerMWh == [-3, -2, -1])
        #expect(grid.signal(tick: 46).buses[0].forecastMarginalEmissionsKgPerMWh == [500, 500])
        let dispatch = grid.dispatch(tick: 20, [4, 6])
        #expect(dispatch.buses[0].priceUSDPerMWh == 15)
        #expect(
            dispatch.areas == [
                AreaOutcome(name: "grid", computeLoadMW: 10, importMW: 10, costUSD: 150, emissionsKg: 5000)
            ])
    }

    @Test func averageEmissionsDefaultToMarginal() throws {
        var grid = try SeriesOperator(["priceUSDPerMWh": .number(1), "marginalEmissionsKgPerMWh": .number(7)])
        #expect(grid.signal(tick: 0).buses[0].averageEmissionsKgPerMWh == 7)
    }

    @Test func meritOrderExpectsTheLastLoadAgain() throws {
        var grid = try MeritOrderOperator(merit.merging(["expectedComputeLoadMW": .number(10)]) { $1 })
        let first = grid.signal(tick: 0).buses[0]
        #expect(first.priceUSDPerMWh == 10 && first.headroomMW == 210 && first.forecastPriceUSDPerMWh.isEmpty)
        let dispatch = grid.dispatch(tick: 0, [15, 25])
        #expect(dispatch.buses[1].priceUSDPerMWh == 50 && dispatch.buses[1].marginalEmissionsKgPerMWh == 400)
        #expect(dispatch.buses[1].averageEmissionsKgPerMWh == 20 * 400 / 120.0)
        let area = dispatch.areas[0]
        #expect(area.costUSD == 100 * 10 + 20 * 50 && area.emissionsKg == 20 * 400)
        #expect(
            area.technologies == [
                TechnologyOutput(technology: "gas", outputMW: 20), TechnologyOutput(technology: "hydro", outputMW: 100),
                TechnologyOutput(technology: "oil", outputMW: 0),
            ])
        #expect(grid.signal(tick: 1).buses[0].priceUSDPerMWh == 50)
    }

    @Test func costsAreForTheLengthOfATick() throws {
        let quarter = Clock(startSeconds: 0, tickSeconds: 900, tickCount: 4)
        var grid = try MeritOrderOperator(merit, clock: quarter)
        #expect(grid.dispatch(tick: 0, [0, 0]).areas[0].costUSD == 200)
    }

    @Test func outagesAndTechnologiesLimitAvailability() throws {
        let outage = Settings.section([
            ("generator", .text("hydro")), ("fromTick", .number(2)), ("toTick", .number(4)),
            ("availability", .number(0.5)),
        ])
        var grid = try MeritOrderOperator(
            merit.merging([
                "outages": .list([outage]), "forecastTicks": .number(5),
                "availability": Settings.section([("gas", .number(0.2))]),
            ]) { $1 })
        let bus = grid.signal(tick: 0).buses[0]
        #expect(bus.forecastPriceUSDPerMWh == [10, 10, 200, 200, 10])
        #expect(grid.signal(tick: 3).buses[0].headroomMW == 50 + 20 + 100 - 80)
    }

    @Test func scarcityRaisesThePriceAndNotTheCost() throws {
        var grid = try ScarcityAdderOperator(
            merit.merging([
                "reserveMW": .number(100), "minimumReserveMW": .number(20), "scarcityUSDPerMWh": .number(1000),
                "forecastTicks": .number(1),
            ]) { $1 })
        #expect(grid.signal(tick: 0).buses[0].priceUSDPerMWh == 10)
        let dispatch = grid.dispatch(tick: 0, [160, 0])
        #expect(dispatch.buses[0].priceUSDPerMWh == 200 + 500, "headroom 60 is half way down the curve")
        #expect(dispatch.areas[0].costUSD == 1000 + 5000 + 40 * 200)
        #expect(grid.signal(tick: 1).buses[0].forecastPriceUSDPerMWh == [700])
        #expect(grid.dispatch(tick: 1, [500, 0]).buses[0].priceUSDPerMWh == 10_000, "never above unserved energy")
    }

    @Test func aShortTickIsADemandResponseEvent() throws {
        var demand = [Double](repeating: 80, count: 48)
        demand[2] = 250
        demand[3] = 250
        var grid = try DemandResponsiveOperator(
            merit.merging([
                "demandMW": .series(demand), "eventHeadroomMW": .number(20), "minimumCapMW": .number(8),
            ]) { $1 })
        #expect(grid.signal(tick: 0).buses.allSatisfy { $0.capMW == .infinity })
        _ = grid.dispatch(tick: 0, [40, 10])
        #expect(grid.signal(tick: 1).buses[0].capMW == .infinity)
        _ = grid.dispatch(tick: 1, [40, 10])
        #expect(grid.signal(tick: 2).buses.map(\.capMW) == [24, 8], "30 MW shared 4 to 1, at least 8 each")
        _ = grid.dispatch(tick: 2, [24, 6])
        #expect(grid.signal(tick: 3).buses.map(\.capMW) == [24, 8], "the answer does not end the event")
        _ = grid.dispatch(tick: 3, [24, 6])
        #expect(grid.signal(tick: 4).buses[0].capMW == .infinity)
    }

    @Test func wrongFleetsAreNamed() {
        let twice = ParameterValue.list([
            Settings.generator("a", "gas", capacityMW: 1, cost: 1, emissions: 0),
            Settings.generator("a", "gas", capacityMW: 1, cost: 1, emissions: 0),
        ])
        #expect(path(try MeritOrderOperator(["fleet": twice, "demandMW": .number(1)])) == "fleet[1].name")
        #expect(fault(["unservedEnergyUSDPerMWh": .number(100)]) == "fleet[2].costUSDPerMWh")
        #expect(fault(["availability": Settings.section([("wind", .number(1))])]) == "availability.wind")
        let outage = Settings.section([("generator", .text("x")), ("fromTick", .number(2)), ("toTick", .number(4))])
        #expect(fault(["outages": .list([outage])]) == "outages[0].generator")
        let backward = Settings.section([("generator", .text("gas")), ("fromTick", .number(4)), ("toTick", .number(4))])
        #expect(fault(["outages": .list([backward])]) == "outages[0].toTick")
    }

    private func fault(_ given: [String: ParameterValue]) -> String? {
        path(try MeritOrderOperator(merit.merging(given) { $1 }))
    }
}
