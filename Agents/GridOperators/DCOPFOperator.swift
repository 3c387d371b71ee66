internal import CoSimulation
internal import PowerGrid

/// A grid operator that dispatches a network by DC optimal power flow (MODEL 3.1): prices and emissions differ by bus.
struct DCOPFOperator: GridOperator {
    static let summary = "Dispatches a network by DC optimal power flow: prices, emissions and congestion by bus."
    static let fields: [Field] =
        NetworkSettings.fields + NetworkDispatcher<NetworkSettings>.fields + [
            .optional(
                "ramps", .boolean, default: .boolean(false),
                "Whether generators keep the ramp limits of the case between ticks.")
        ]
    static let quotes = true

    private var dispatcher: NetworkDispatcher<NetworkSettings>

    init(setup: GridOperatorSetup) throws(ParameterError) {
        dispatcher = try NetworkDispatcher(
            NetworkSettings(setup), setup, keepsRamps: setup.parameters.boolean("ramps"))
    }

    mutating func signal(_ observation: SignalObservation) -> GridSignal { dispatcher.signal(observation) }

    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch { dispatcher.dispatch(observation) }

    func quote(_ observation: QuoteObservation) -> GridQuote? { dispatcher.quote(observation) }
}
