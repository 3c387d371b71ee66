internal import CoSimulation
internal import PowerGrid

/// A grid operator of several balancing areas that ties join: a zonal market (MODEL 3.1 with one bus for each area).
///
/// Power flows over ties as the market wills, within their net transfer capacities; within an area nothing limits it. A
/// region names its area as its bus.
struct ZonalOperator: GridOperator {
    static let summary = "Dispatches several areas joined by ties with net transfer capacities, each area one price."
    static let fields: [Field] = ZonalSettings.fields + NetworkDispatcher<ZonalSettings>.fields
    static let quotes = true

    private var dispatcher: NetworkDispatcher<ZonalSettings>

    init(setup: GridOperatorSetup) throws(ParameterError) {
        dispatcher = try NetworkDispatcher(ZonalSettings(setup), setup, keepsRamps: false)
    }

    mutating func signal(_ observation: SignalObservation) -> GridSignal { dispatcher.signal(observation) }

    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch { dispatcher.dispatch(observation) }

    func quote(_ observation: QuoteObservation) -> GridQuote? { dispatcher.quote(observation) }
}
