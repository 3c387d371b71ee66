internal import CoSimulation

/// A grid operator that caps the draw of its regions when supply gets short: an emergency demand-response event.
///
/// There is an event in each tick in which the regions' usual draw would leave less headroom than `eventHeadroomMW`.
/// The cap shares what may be drawn among them by their usual draw: that of the last tick without an event, so that
/// their answer to an event does not end it.
struct DemandResponsiveOperator: GridOperator {
    static let summary = "Merit order that caps the draw of its regions in ticks whose expected headroom is too small."
    static let fields: [Field] =
        MeritOrderArea.fields + [
            .required(
                "eventHeadroomMW", .number(.nonNegative), unit: .megawatt,
                "Headroom to keep; less of it expected makes the tick a demand-response event."),
            .optional(
                "minimumCapMW", .number(.nonNegative), unit: .megawatt, default: .number(0),
                "What every region may draw even in an event."),
        ]

    private var area: MeritOrderArea
    private let eventHeadroomMW: Double
    private let minimumCapMW: Double
    /// Draw of each region in the last tick without an event, MW.
    private var usualLoadMW: [Double]

    init(setup: GridOperatorSetup) throws(ParameterError) {
        area = try MeritOrderArea(setup: setup)
        eventHeadroomMW = setup.parameters.number("eventHeadroomMW")
        minimumCapMW = setup.parameters.number("minimumCapMW")
        let count = setup.regions.count
        usualLoadMW = Array(repeating: area.expectedLoadMW / Double(max(1, count)), count: count)
    }

    mutating func signal(_ observation: SignalObservation) -> GridSignal {
        var signal = area.signal(at: observation.tick)
        guard isEvent(at: observation.tick) else { return signal }
        let usual = usualLoadMW.reduce(0, +)
        let allowed = max(0, area.supplyLessDemandMW(at: observation.tick) - eventHeadroomMW)
        for index in signal.buses.indices {
            let share = usual > 0 ? usualLoadMW[index] / usual : 1 / Double(usualLoadMW.count)
            signal.buses[index].capMW = max(minimumCapMW, allowed * share)
        }
        return signal
    }

    static let quotes = true

    func quote(_ observation: QuoteObservation) -> GridQuote? {
        area.quote(observation)
    }

    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch {
        if !isEvent(at: observation.tick) { usualLoadMW = observation.loadMW }
        return area.dispatch(observation)
    }

    private func isEvent(at tick: Int) -> Bool {
        area.supplyLessDemandMW(at: tick) - usualLoadMW.reduce(0, +) < eventHeadroomMW
    }
}
