internal import CoSimulation
internal import PowerGrid

/// A balancing area on one bus, cleared in merit order: the core that operators with a fleet share.
///
/// What an operator publishes assumes that compute regions draw what they drew last (persistence); what it reports
/// afterwards is the dispatch of the load that was really placed. A price rule, such as a scarcity adder, turns the
/// margin into the price that is published and realised.
struct MeritOrderArea: Sendable {
    static let fields: [Field] =
        FleetSettings.fields + ForecastModel.fields + [
            .required(
                "demandMW", .series(.nonNegative), unit: .megawatt, "Demand of the area other than compute regions."),
            .optional(
                "expectedComputeLoadMW", .number(.nonNegative), unit: .megawatt, default: .number(0),
                "Draw of all connected regions that the first signal assumes; later ones assume the last draw."),
        ]

    let name: String
    let clock: Clock
    let fleet: Fleet
    let regionCount: Int
    /// Draw of the connected regions that the next signal assumes, MW.
    private(set) var expectedLoadMW: Double
    private let demandMW: Series
    private let forecast: ForecastModel

    init(setup: GridOperatorSetup) throws(ParameterError) {
        name = setup.name
        clock = setup.clock
        regionCount = setup.regions.count
        fleet = try FleetSettings.fleet(setup.parameters, tickCount: setup.clock.tickCount)
        demandMW = setup.parameters.series("demandMW")
        forecast = ForecastModel(setup.parameters)
        expectedLoadMW = setup.parameters.number("expectedComputeLoadMW")
    }

    /// Signals for a tick at the expected load: MODEL 3.1 and 3.2 on one bus.
    func signal(_ observation: SignalObservation, price: (Margin) -> Double = \.priceUSDPerMWh) -> GridSignal {
        let tick = observation.tick
        let now = fleet.dispatch(demandMW: demandMW[tick] + expectedLoadMW, at: tick)
        let horizon = forecast.horizon(observation, of: clock).map { ahead in
            fleet.margin(demandMW: demandMW[ahead.tick] * ahead.demandFactor + expectedLoadMW, at: ahead.tick)
        }
        let bus = BusSignal(
            priceUSDPerMWh: price(now.margin), marginalEmissionsKgPerMWh: now.margin.emissionsKgPerMWh,
            averageEmissionsKgPerMWh: now.averageEmissionsKgPerMWh, headroomMW: now.margin.headroomMW,
            forecastPriceUSDPerMWh: horizon.map(price),
            forecastMarginalEmissionsKgPerMWh: horizon.map(\.emissionsKgPerMWh))
        return GridSignal(buses: Array(repeating: bus, count: regionCount))
    }

    /// Dispatches the load that was placed, reports it, and expects it again.
    mutating func dispatch(
        _ observation: DispatchObservation, price: (Margin) -> Double = \.priceUSDPerMWh
    ) -> GridDispatch {
        let tick = observation.tick
        let load = observation.loadMW.reduce(0, +)
        expectedLoadMW = load
        let result = fleet.dispatch(demandMW: demandMW[tick] + load, at: tick)
        let bus = BusOutcome(
            priceUSDPerMWh: price(result.margin), marginalEmissionsKgPerMWh: result.margin.emissionsKgPerMWh,
            averageEmissionsKgPerMWh: result.averageEmissionsKgPerMWh)
        let area = AreaOutcome(
            name: name, demandMW: demandMW[tick], computeLoadMW: load, generationMW: result.generationMW,
            curtailedMW: result.curtailedMW, unservedMW: result.unservedMW,
            costUSD: result.costUSDPerHour * clock.tickHours, emissionsKg: result.emissionsKgPerHour * clock.tickHours,
            technologies: zip(fleet.technologies, fleet.outputByTechnologyMW(result)).map {
                TechnologyOutput(technology: $0, outputMW: $1)
            })
        return GridDispatch(buses: Array(repeating: bus, count: regionCount), areas: [area])
    }

    /// What trial loads would cost: the cost of the dispatch with the marginal price as its slope (MODEL 3.4).
    func quote(_ observation: QuoteObservation) -> GridQuote {
        let load = observation.loadMW.reduce(0, +)
        let result = fleet.dispatch(demandMW: demandMW[observation.tick] + load, at: observation.tick)
        let bus = BusOutcome(
            priceUSDPerMWh: result.margin.priceUSDPerMWh, marginalEmissionsKgPerMWh: result.margin.emissionsKgPerMWh,
            averageEmissionsKgPerMWh: result.averageEmissionsKgPerMWh)
        return GridQuote(
            buses: Array(repeating: bus, count: regionCount), costUSDPerHour: result.costUSDPerHour,
            emissionsKgPerHour: result.emissionsKgPerHour)
    }

    /// Supply left at a tick when regions draw nothing, MW; negative when demand alone exceeds it.
    func supplyLessDemandMW(at tick: Int) -> Double {
        fleet.supply(at: tick).totalMW - demandMW[tick]
    }
}
