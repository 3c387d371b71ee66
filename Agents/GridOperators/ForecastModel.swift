internal import CoSimulation

/// How far ahead a grid operator publishes, and how wrong it is about demand.
///
/// The tick of the signal is known. Demand h ticks ahead is believed to be 1 + e_h times what it will be, never below
/// zero, with e_0 = 0 and e_h = persistence e_{h-1} + bias + share z_h, z_h standard normal. Each signal draws anew.
/// Weather, outages and the draw of compute regions, taken as it was last, carry no error of their own.
struct ForecastModel: Sendable {
    static let fields: [Field] = [
        .optional(
            "forecastTicks", .integer(NumberRange(0, 8784)), unit: .ticks, default: .number(0),
            "Ticks the published forecast reaches, this tick included; 0 publishes none."),
        .optional(
            "forecastErrorShare", .number(.share), unit: .share, default: .number(0),
            "Standard deviation of the error that each tick ahead adds to the demand forecast, as a share of demand."),
        .optional(
            "forecastErrorPersistence", .number(.share), unit: .share, default: .number(1),
            "Share of the error of a tick that the next one ahead has too."),
        .optional(
            "forecastBiasShare", .number(NumberRange(-1, 1)), unit: .share, default: .number(0),
            "What each tick ahead adds to the error on average; positive where demand is overestimated."),
    ]

    /// Ticks a forecast reaches, the tick of the signal included.
    let tickCount: Int
    private let errorShare: Double
    private let persistence: Double
    private let biasShare: Double

    init(_ parameters: Parameters) {
        tickCount = parameters.integer("forecastTicks")
        errorShare = parameters.number("forecastErrorShare")
        persistence = parameters.number("forecastErrorPersistence")
        biasShare = parameters.number("forecastBiasShare")
    }

    /// The ticks a signal foretells, each with the factor on its demand.
    func horizon(_ observation: SignalObservation, of clock: Clock) -> [(tick: Int, demandFactor: Double)] {
        var random = observation.context.random
        var error = 0.0
        return (observation.tick..<min(observation.tick + tickCount, clock.tickCount)).map { tick in
            if tick > observation.tick { error = persistence * error + biasShare + errorShare * random.normal() }
            return (tick, max(0, 1 + error))
        }
    }
}
