internal import CoSimulation

/// A grid operator whose prices and emissions are given: regions are price takers (MODEL 3.4, `price-taker`).
///
/// What is published is what is realised; load changes neither. The load is met from outside the model, so the area
/// reports it as imports, at the given price and marginal emissions.
struct SeriesOperator: GridOperator {
    static let summary = "Publishes given prices and emissions, which load does not change (price taker)."
    static let fields: [Field] = [
        .required("priceUSDPerMWh", .series(.any), unit: .usdPerMWh, "Price of a MWh (pi, MODEL 1)."),
        .required(
            "marginalEmissionsKgPerMWh", .series(.any), unit: .kilogramPerMWh, "Marginal emissions (gamma, MODEL 1)."),
        .optional(
            "averageEmissionsKgPerMWh", .series(.any), unit: .kilogramPerMWh,
            "Average emissions; the marginal ones where left out."),
        .optional(
            "forecastTicks", .integer(NumberRange(0, 8784)), unit: .ticks, default: .number(0),
            "Ticks the published forecast reaches, this tick included; the series themselves are the forecast."),
    ]

    static let quotes = true
    static let hasGivenPrices = true

    private let name: String
    private let clock: Clock
    private let regionCount: Int
    private let price: Series
    private let marginal: Series
    private let average: Series
    private let forecastTicks: Int

    init(setup: GridOperatorSetup) throws(ParameterError) {
        name = setup.name
        clock = setup.clock
        regionCount = setup.regions.count
        price = setup.parameters.series("priceUSDPerMWh")
        marginal = setup.parameters.series("marginalEmissionsKgPerMWh")
        average = setup.parameters.seriesIfPresent("averageEmissionsKgPerMWh") ?? marginal
        forecastTicks = setup.parameters.integer("forecastTicks")
    }

    mutating func signal(_ observation: SignalObservation) -> GridSignal {
        let tick = observation.tick
        let bus = BusSignal(
            priceUSDPerMWh: price[tick], marginalEmissionsKgPerMWh: marginal[tick],
            averageEmissionsKgPerMWh: average[tick],
            forecastPriceUSDPerMWh: price.horizon(from: tick, count: forecastTicks, tickCount: clock.tickCount),
            forecastMarginalEmissionsKgPerMWh: marginal.horizon(
                from: tick, count: forecastTicks, tickCount: clock.tickCount))
        return GridSignal(buses: Array(repeating: bus, count: regionCount))
    }

    func quote(_ observation: QuoteObservation) -> GridQuote? {
        let load = observation.loadMW.reduce(0, +)
        let bus = BusOutcome(
            priceUSDPerMWh: price[observation.tick], marginalEmissionsKgPerMWh: marginal[observation.tick],
            averageEmissionsKgPerMWh: average[observation.tick])
        return GridQuote(
            buses: Array(repeating: bus, count: regionCount), costUSDPerHour: load * price[observation.tick],
            emissionsKgPerHour: load * marginal[observation.tick])
    }

    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch {
        let tick = observation.tick
        let load = observation.loadMW.reduce(0, +)
        let energyMWh = load * clock.tickHours
        let bus = BusOutcome(
            priceUSDPerMWh: price[tick], marginalEmissionsKgPerMWh: marginal[tick],
            averageEmissionsKgPerMWh: average[tick])
        let area = AreaOutcome(
            name: name, computeLoadMW: load, importMW: load, costUSD: energyMWh * price[tick],
            emissionsKg: energyMWh * marginal[tick])
        return GridDispatch(buses: Array(repeating: bus, count: regionCount), areas: [area])
    }
}
