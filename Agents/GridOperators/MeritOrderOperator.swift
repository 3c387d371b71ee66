internal import CoSimulation

/// A grid operator that dispatches its generators in merit order (MODEL 3.1 on one bus).
struct MeritOrderOperator: GridOperator {
    static let summary = "Dispatches a fleet in merit order; the marginal unit sets price and marginal emissions."
    static let fields = MeritOrderArea.fields

    static let quotes = true

    private var area: MeritOrderArea

    init(setup: GridOperatorSetup) throws(ParameterError) {
        area = try MeritOrderArea(setup: setup)
    }

    mutating func signal(_ observation: SignalObservation) -> GridSignal {
        area.signal(observation)
    }

    func quote(_ observation: QuoteObservation) -> GridQuote? {
        area.quote(observation)
    }

    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch {
        area.dispatch(observation)
    }
}
