internal import CoSimulation
internal import PowerGrid

/// A grid operator that adds the worth of its operating reserve to the price.
///
/// The operating reserve demand curve (Hogan 2013, doi 10.5547/2160-5890.2.2.4) is taken as one straight line: the
/// adder is zero while headroom covers the reserve target, and `scarcityUSDPerMWh` once it is down to the minimum.
/// The adder is a payment and not a cost, so cost and emissions of the area are those of the merit order.
struct ScarcityAdderOperator: GridOperator {
    static let summary = "Merit order with a price adder that rises as headroom falls below an operating reserve."
    static let fields: [Field] =
        MeritOrderArea.fields + [
            .required("reserveMW", .number(.positive), unit: .megawatt, "Headroom below which the adder starts."),
            .optional(
                "minimumReserveMW", .number(.nonNegative), unit: .megawatt, default: .number(0),
                "Headroom at which the adder is greatest; less than reserveMW."),
            .optional(
                "scarcityUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, default: .number(2000),
                "Adder at and below the minimum reserve; the price never exceeds that of unserved energy."),
        ]

    private var area: MeritOrderArea
    private let curve: ReserveDemandCurve

    init(setup: GridOperatorSetup) throws(ParameterError) {
        area = try MeritOrderArea(setup: setup)
        let settings = setup.parameters
        curve = ReserveDemandCurve(
            reserveMW: settings.number("reserveMW"), minimumMW: settings.number("minimumReserveMW"),
            scarcityUSDPerMWh: settings.number("scarcityUSDPerMWh"),
            ceilingUSDPerMWh: settings.number("unservedEnergyUSDPerMWh"))
        guard curve.minimumMW < curve.reserveMW else {
            throw ParameterError(
                path: "minimumReserveMW", problem: "\(curve.minimumMW) MW is not less than reserveMW",
                remedy: "lower it below \(curve.reserveMW) MW")
        }
    }

    mutating func signal(_ observation: SignalObservation) -> GridSignal {
        area.signal(observation, price: curve.price)
    }

    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch {
        area.dispatch(observation, price: curve.price)
    }
}

/// What reserve is worth by headroom.
private struct ReserveDemandCurve: Sendable {
    let reserveMW: Double
    let minimumMW: Double
    let scarcityUSDPerMWh: Double
    let ceilingUSDPerMWh: Double

    /// The price at a margin with the adder, $/MWh.
    func price(_ margin: Margin) -> Double {
        let shortfall = (reserveMW - margin.headroomMW) / (reserveMW - minimumMW)
        return min(margin.priceUSDPerMWh + scarcityUSDPerMWh * min(1, max(0, shortfall)), ceilingUSDPerMWh)
    }
}
