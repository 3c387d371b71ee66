import CoSimulation
import Testing

@testable import ReferenceAgents

/// The zonal market: areas joined by ties.
@Suite struct ZonalOperatorTests {
    private func row(_ area: String, _ name: String, _ capacityMW: Double, _ cost: Double, _ rate: Double)
        -> ParameterValue
    {
        Settings.section([
            ("area", .text(area)), ("name", .text(name)), ("technology", .text(name)),
            ("capacityMW", .number(capacityMW)), ("costUSDPerMWh", .number(cost)), ("emissionsKgPerMWh", .number(rate)),
        ])
    }

    private func tie(_ from: String, _ to: String, _ forward: ParameterValue, lossShare: Double = 0) -> ParameterValue {
        Settings.section([
            ("name", .text("tie")), ("from", .text(from)), ("to", .text(to)), ("forwardMW", forward),
            ("lossShare", .number(lossShare)),
        ])
    }

    private func settings(ties: [ParameterValue], _ more: [String: ParameterValue] = [:]) -> [String: ParameterValue] {
        [
            "areas": .list([
                Settings.section([("name", .text("north")), ("demandMW", .number(100))]),
                Settings.section([("name", .text("south")), ("demandMW", .number(200))]),
            ]),
            "fleet": .list([
                row("north", "wind", 400, 5, 0), row("south", "gas", 300, 60, 400), row("south", "oil", 300, 200, 800),
            ]),
            "ties": .list(ties),
        ].merging(more) { $1 }
    }

    private func zonal(_ given: [String: ParameterValue], buses: [String] = ["north", "south"]) throws -> ZonalOperator
    {
        try ZonalOperator(
            setup: GridOperatorSetup(
                name: "grid", clock: Settings.clock,
                regions: buses.map { ConnectedRegion(name: "at-\($0)", bus: $0) },
                parameters: Settings.resolve(ZonalOperator.fields, given)))
    }

    /// What cannot be carried is made where it is dearer; the tie's rent is the difference of prices.
    @Test func aFullTieSeparatesPrices() throws {
        var market = try zonal(settings(ties: [tie("north", "south", .number(80))]))
        let dispatch = market.dispatch(tick: 0, [20, 30])
        #expect(dispatch.areas.map(\.name) == ["north", "south"])
        #expect(dispatch.buses.map(\.area) == [0, 1])
        #expect(dispatch.buses.map(\.priceUSDPerMWh) == [5, 60])
        #expect(dispatch.buses.map(\.marginalEmissionsKgPerMWh) == [0, 400])
        let (north, south) = (dispatch.areas[0], dispatch.areas[1])
        #expect(abs(north.importMW + 80) < 1e-9 && abs(south.importMW - 80) < 1e-9)
        #expect(abs(north.generationMW - 200) < 1e-9 && abs(south.generationMW - 150) < 1e-9)
        #expect(abs(north.costUSD - 1000) < 1e-6 && abs(south.costUSD - 9000) < 1e-6)
        #expect(abs(north.congestionRentUSD + south.congestionRentUSD - 80 * 55) < 1e-6)
        #expect([north, south].allSatisfy { $0.congestedLineCount == 1 })
        #expect(south.technologies.map(\.outputMW) == [150, 0])
        #expect(abs(south.emissionsKg - 60_000) < 1e-6 && north.emissionsKg == 0)
    }

    @Test func capacityFollowsItsSeries() throws {
        var values = [Double](repeating: 1000, count: 48)
        values[1] = 0
        var market = try zonal(settings(ties: [tie("south", "north", .series(values))]))
        #expect(
            market.dispatch(tick: 0, [0, 0]).buses.map(\.priceUSDPerMWh) == [5, 5], "reverse is as much as forward")
        #expect(market.dispatch(tick: 1, [0, 0]).buses.map(\.priceUSDPerMWh) == [5, 60])
    }

    @Test func lossesAreDemandWhereTheTieArrives() throws {
        var market = try zonal(settings(ties: [tie("north", "south", .number(100), lossShare: 0.1)]))
        let south = market.dispatch(tick: 0, [0, 0]).areas[1]
        #expect(abs(south.importMW - 100) < 1e-9 && abs(south.demandMW - 210) < 1e-9)
        #expect(abs(south.generationMW + south.importMW - south.demandMW - south.computeLoadMW) < 1e-9)
    }

    /// One area alone is the merit order, tick by tick.
    @Test func oneAreaIsTheMeritOrder() throws {
        let fleet = Settings.fleet
        var merit = try MeritOrderOperator(["fleet": fleet, "demandMW": .number(130)])
        guard case .list(let rows) = fleet else { return }
        let placed = rows.map { row -> ParameterValue in
            guard case .section(var section) = row else { return row }
            section["area"] = .text("one")
            return .section(section)
        }
        var market = try zonal(
            [
                "areas": .list([Settings.section([("name", .text("one")), ("demandMW", .number(130))])]),
                "fleet": .list(placed),
            ], buses: ["one", "one"])
        for (tick, loads) in [[0.0, 0], [30, 20], [80, 60], [100, 100]].enumerated() {
            let (expected, found) = (merit.dispatch(tick: tick, loads), market.dispatch(tick: tick, loads))
            #expect(found.buses.map(\.priceUSDPerMWh) == expected.buses.map(\.priceUSDPerMWh), "tick \(tick)")
            #expect(abs(found.areas[0].costUSD - expected.areas[0].costUSD) < 1e-6, "tick \(tick)")
            #expect(abs(found.areas[0].emissionsKg - expected.areas[0].emissionsKg) < 1e-6, "tick \(tick)")
            #expect(abs(found.areas[0].unservedMW - expected.areas[0].unservedMW) < 1e-9, "tick \(tick)")
        }
    }

    /// A carbon price turns the merit order round and shows in prices, not in the reported cost.
    @Test func carbonIsPriced() throws {
        let fleet = ParameterValue.list([
            row("north", "coal", 500, 30, 900), row("south", "gas", 500, 50, 400),
        ])
        let open = settings(ties: [tie("north", "south", .number(1000))], ["fleet": fleet])
        var plain = try zonal(open)
        #expect(plain.dispatch(tick: 0, [0, 0]).buses[0].priceUSDPerMWh == 30)
        var priced = try zonal(open.merging(["carbonPriceUSDPerTonne": .number(100)]) { $1 })
        let dispatch = priced.dispatch(tick: 0, [0, 0])
        #expect(abs(dispatch.buses[0].priceUSDPerMWh - 90) < 1e-9)
        let (cost, emissions) = (dispatch.areas.map(\.costUSD).reduce(0, +), dispatch.areas.map(\.emissionsKg))
        #expect(abs(cost - 15_000) < 1e-6)
        #expect(abs(emissions[0] + emissions[1] - 120_000) < 1e-6)
        let quote = try #require(priced.quote(QuoteObservation(tick: 0, loadMW: [10, 0])))
        #expect(abs(quote.costUSDPerHour - 310 * 90) < 1e-6, "a quote is what the operator minimises")
    }

    @Test func whatDoesNotFitIsNamed() throws {
        #expect(path(try zonal(settings(ties: []), buses: ["east"])) == "areas")
        #expect(path(try zonal(settings(ties: [tie("north", "east", .number(1))]))) == "ties[0].to")
        #expect(path(try zonal(settings(ties: [tie("north", "north", .number(1))]))) == "ties[0].to")
        #expect(path(try zonal(settings(ties: [], ["fleet": .list([row("east", "gas", 1, 1, 1)])]))) == "fleet[0].area")
        let twice = ParameterValue.list([
            Settings.section([("name", .text("north")), ("demandMW", .number(1))]),
            Settings.section([("name", .text("north")), ("demandMW", .number(1))]),
        ])
        #expect(path(try zonal(settings(ties: [], ["areas": twice]))) == "areas[1].name")
    }
}

/// Forecasts with a stated error.
@Suite struct ForecastModelTests {
    private func errors(seed: UInt64, _ given: [String: ParameterValue]) -> [Double] {
        let parameters = Settings.resolve(ForecastModel.fields, given)
        let observation = SignalObservation(
            context: TickContext(tick: 3, random: RandomStream(seed: seed, agent: 0, tick: 3, phase: .signalling)))
        return ForecastModel(parameters).horizon(observation, of: Settings.clock).map { $0.demandFactor - 1 }
    }

    /// The deviation grows as persistent errors add up: share times the root of the sum of squared persistences.
    @Test(arguments: [1, 0.8, 0])
    func errorsGrowAsStated(persistence: Double) {
        let given: [String: ParameterValue] = [
            "forecastTicks": .number(7), "forecastErrorShare": .number(0.05),
            "forecastErrorPersistence": .number(persistence),
        ]
        let samples = (0..<4000 as Range<UInt64>).map { errors(seed: $0, given) }
        var variance = 0.0
        for ahead in 0..<7 {
            let squares = samples.map { $0[ahead] * $0[ahead] }.reduce(0, +) / 4000
            let mean = samples.map { $0[ahead] }.reduce(0, +) / 4000
            #expect(abs(squares.squareRoot() - variance.squareRoot()) <= 0.05 * variance.squareRoot(), "\(ahead) ahead")
            #expect(abs(mean) < 0.01)
            variance = persistence * persistence * variance + 0.0025
        }
    }

    @Test func biasAddsUpAndDrawsRepeat() {
        let bias: [String: ParameterValue] = ["forecastTicks": .number(4), "forecastBiasShare": .number(0.1)]
        #expect(zip(errors(seed: 1, bias), [0, 0.1, 0.2, 0.3]).allSatisfy { abs($0 - $1) < 1e-12 })
        let noisy: [String: ParameterValue] = ["forecastTicks": .number(4), "forecastErrorShare": .number(0.1)]
        #expect(errors(seed: 5, noisy) == errors(seed: 5, noisy))
        #expect(errors(seed: 5, noisy) != errors(seed: 6, noisy))
        #expect(errors(seed: 5, [:]).isEmpty)
    }

    /// Every operator that forecasts publishes this tick as it signals it, and further ones at the believed demand.
    @Test func operatorsPublishIt() throws {
        let given: [String: ParameterValue] = [
            "fleet": Settings.fleet, "demandMW": .series((0..<48).map { Double($0) * 6 }), "forecastTicks": .number(20),
            "forecastBiasShare": .number(0.2),
        ]
        var biased = try MeritOrderOperator(given)
        var exact = try MeritOrderOperator(given.merging(["forecastBiasShare": .number(0)]) { $1 })
        let (one, other) = (biased.signal(tick: 10).buses[0], exact.signal(tick: 10).buses[0])
        #expect(one.priceUSDPerMWh == other.priceUSDPerMWh)
        #expect(one.forecastPriceUSDPerMWh.count == 20 && one.forecastPriceUSDPerMWh[0] == one.priceUSDPerMWh)
        #expect(one.forecastPriceUSDPerMWh.reduce(0, +) > other.forecastPriceUSDPerMWh.reduce(0, +))
    }
}
