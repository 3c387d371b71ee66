internal import CoSimulation

/// A grid operator that asks its regions to draw less, or caps their draw, when supply gets short.
///
/// Less expected headroom than `requestHeadroomMW` makes a tick one of a curtailment event: regions are asked, at
/// `requestPriceUSDPerMWh`, for what is missing. Less than `eventHeadroomMW` makes it an emergency: what may be drawn is
/// capped. Requests and caps are shared among regions by their usual draw: that of the last tick with neither, so that
/// their answer to an event does not end it. Consecutive ticks with a request are one event.
struct DemandResponsiveOperator: GridOperator {
    static let summary =
        "Merit order that asks regions to draw less, and caps their draw, when expected headroom is small."
    static let fields: [Field] =
        MeritOrderArea.fields + [
            .required(
                "eventHeadroomMW", .number(.nonNegative), unit: .megawatt,
                "Headroom to keep at any rate; less of it expected caps what regions draw."),
            .optional(
                "minimumCapMW", .number(.nonNegative), unit: .megawatt, default: .number(0),
                "What every region may draw even under a cap."),
            .optional(
                "requestHeadroomMW", .number(.nonNegative), unit: .megawatt, default: .number(0),
                "Headroom below which regions are asked to draw less; 0 asks never."),
            .optional(
                "requestPriceUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, default: .number(0),
                "What a MWh drawn less at a request is paid."),
        ]
    static let quotes = true

    private var area: MeritOrderArea
    private let eventHeadroomMW: Double
    private let minimumCapMW: Double
    private let requestHeadroomMW: Double
    private let requestPriceUSDPerMWh: Double
    /// Draw of each region in the last tick without request or cap, MW.
    private var usualLoadMW: [Double]
    /// Curtailment events so far, and the last tick that belonged to one.
    private var eventCount = 0
    private var lastEventTick = -1

    init(setup: GridOperatorSetup) throws(ParameterError) {
        area = try MeritOrderArea(setup: setup)
        eventHeadroomMW = setup.parameters.number("eventHeadroomMW")
        minimumCapMW = setup.parameters.number("minimumCapMW")
        requestHeadroomMW = setup.parameters.number("requestHeadroomMW")
        requestPriceUSDPerMWh = setup.parameters.number("requestPriceUSDPerMWh")
        let count = setup.regions.count
        usualLoadMW = Array(repeating: area.expectedLoadMW / Double(max(1, count)), count: count)
    }

    mutating func signal(_ observation: SignalObservation) -> GridSignal {
        var signal = area.signal(observation)
        let headroomMW = usualHeadroomMW(at: observation.tick)
        if headroomMW < requestHeadroomMW {
            if lastEventTick != observation.tick - 1 || eventCount == 0 { eventCount += 1 }
            lastEventTick = observation.tick
        }
        for index in signal.buses.indices {
            if headroomMW < requestHeadroomMW {
                let missingMW = min(requestHeadroomMW - headroomMW, usualLoadMW.reduce(0, +))
                signal.buses[index].request = CurtailmentRequest(
                    event: eventCount - 1, reductionMW: missingMW * share(of: index),
                    priceUSDPerMWh: requestPriceUSDPerMWh)
            }
            if headroomMW < eventHeadroomMW {
                let allowedMW = max(0, area.supplyLessDemandMW(at: observation.tick) - eventHeadroomMW)
                signal.buses[index].capMW = max(minimumCapMW, allowedMW * share(of: index))
            }
        }
        return signal
    }

    func quote(_ observation: QuoteObservation) -> GridQuote? {
        area.quote(observation)
    }

    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch {
        let isUsual = usualHeadroomMW(at: observation.tick) >= max(eventHeadroomMW, requestHeadroomMW)
        if isUsual { usualLoadMW = observation.loadMW }
        return area.dispatch(observation)
    }

    /// Headroom in a tick if regions draw what they usually do, MW.
    private func usualHeadroomMW(at tick: Int) -> Double {
        area.supplyLessDemandMW(at: tick) - usualLoadMW.reduce(0, +)
    }

    /// A region's part of the usual draw.
    private func share(of region: Int) -> Double {
        let usual = usualLoadMW.reduce(0, +)
        return usual > 0 ? usualLoadMW[region] / usual : 1 / Double(usualLoadMW.count)
    }
}
