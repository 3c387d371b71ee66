internal import CoSimulation
internal import InferencePlacement

/// A battery beside a compute region: charged from the grid while power is cheap, used on site while it is dear.
///
/// It gives nothing back to the grid. What it holds is sold to the clearing as on-site energy at
/// `dischargeAboveUSDPerMWh`, so that it is used where grid power costs more; under a request or cap it is used first.
/// Charging takes the part of the connection that the facility did not use in the last tick.
struct Battery: Sendable {
    static let fields: [Field] = [
        .required("energyMWh", .number(.positive), unit: .megawattHour, "Most energy it holds."),
        .required("powerMW", .number(.positive), unit: .megawatt, "Greatest power, in and out."),
        .optional(
            "roundTripShare", .number(NumberRange(0, 1, excludesLower: true)), unit: .share, default: .number(0.9),
            "Share of the energy taken in that it gives back; the loss arises while charging."),
        .optional(
            "initialShare", .number(.share), unit: .share, default: .number(0.5), "How full it is at the start."),
        .required(
            "chargeBelowUSDPerMWh", .number(.any), unit: .usdPerMWh, "Published price below which it is charged."),
        .required(
            "dischargeAboveUSDPerMWh", .number(.any), unit: .usdPerMWh, "Price of grid energy above which it is used."),
    ]

    /// What it is to do in a tick.
    struct Plan: Sendable, Equatable {
        /// Power taken from the grid, MW.
        var chargeMW = 0.0
        /// Power that may be used on site, MW.
        var dischargeMW = 0.0
        /// What a MWh of it is sold at, $/MWh, mark-up of the region apart.
        var priceUSDPerMWh = 0.0
    }

    /// Energy it holds, MWh.
    private(set) var storedMWh: Double
    private let energyMWh: Double
    private let powerMW: Double
    private let roundTripShare: Double
    private let chargeBelowUSDPerMWh: Double
    private let dischargeAboveUSDPerMWh: Double

    /// A battery of checked settings; throws where buying and selling prices cannot pay for the losses.
    init(_ settings: Parameters, path: String) throws(ParameterError) {
        energyMWh = settings.number("energyMWh")
        powerMW = settings.number("powerMW")
        roundTripShare = settings.number("roundTripShare")
        chargeBelowUSDPerMWh = settings.number("chargeBelowUSDPerMWh")
        dischargeAboveUSDPerMWh = settings.number("dischargeAboveUSDPerMWh")
        storedMWh = energyMWh * settings.number("initialShare")
        let least = chargeBelowUSDPerMWh / roundTripShare
        guard chargeBelowUSDPerMWh <= 0 || dischargeAboveUSDPerMWh >= least else {
            throw ParameterError(
                path: "\(path).dischargeAboveUSDPerMWh",
                problem: "\(dischargeAboveUSDPerMWh) $/MWh does not pay for energy bought at \(chargeBelowUSDPerMWh)",
                remedy: "raise it to at least \(least) $/MWh, or lower chargeBelowUSDPerMWh")
        }
    }

    /// What it will do in a tick of so many hours, with `spareMW` of the connection free for charging.
    func plan(_ signal: BusSignal, spareMW: Double, hours: Double) -> Plan {
        var plan = Plan()
        let isEvent = signal.request != nil || signal.capMW.isFinite
        if !isEvent, signal.priceUSDPerMWh < chargeBelowUSDPerMWh {
            let roomMW = (energyMWh - storedMWh) / roundTripShare / hours
            plan.chargeMW = max(0, min(powerMW, roomMW, spareMW))
        }
        if plan.chargeMW == 0 {
            plan.dischargeMW = min(powerMW, storedMWh / hours)
            plan.priceUSDPerMWh = isEvent ? 0 : dischargeAboveUSDPerMWh
        }
        return plan
    }

    /// Notes what came of a plan: `usedMWh` of its energy ran on site.
    mutating func carryOut(_ plan: Plan, usedMWh: Double, hours: Double) {
        storedMWh += plan.chargeMW * hours * roundTripShare - max(0, min(usedMWh, plan.dischargeMW * hours))
        storedMWh = min(energyMWh, max(0, storedMWh))
    }
}
