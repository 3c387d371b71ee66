internal import CoSimulation
internal import InferencePlacement

/// A service node with a carbon price of its own, whatever the mechanism charges.
///
/// A bid can state its taste for regions only through friction relative to home, which is zero. So the friction of a
/// region goes up or down by the carbon its marginal emissions add to or save from a request at home:
///
///     friction = max(0, phi + kappa e (gamma_c - gamma_home))
///
/// Friction must not be negative, so saved carbon makes up for friction and no more: among regions whose carbon saving
/// outweighs their friction, the mechanism alone decides. PUE is the regions' own affair and not known here.
struct CarbonAwareNode: ServiceNode {
    static let summary = "Adds an internal carbon price to its friction, from posted marginal emissions."
    static let fields: [Field] =
        ServiceWork.fields + [
            .optional(
                "internalCarbonPriceUSDPerTonne", .number(.nonNegative), unit: .usdPerTonne, default: .number(100),
                "Carbon price of the node's own (kappa, MODEL 1.1), beside the mechanism's.")
        ]

    private var honest: HonestNode
    private let home: Int
    private let carbonPriceUSDPerKg: Double

    init(setup: ServiceNodeSetup) throws(ParameterError) {
        honest = try HonestNode(setup: setup)
        home = setup.home
        carbonPriceUSDPerKg = setup.parameters.number("internalCarbonPriceUSDPerTonne") / 1000
    }

    mutating func bid(_ observation: ServiceObservation) -> WorkBid {
        var bid = honest.bid(observation)
        let homeEmissions = observation.signals[home].marginalEmissionsKgPerMWh
        for line in bid.lines.indices {
            let usdPerKgPerMWh = carbonPriceUSDPerKg * bid.lines[line].energyKWhPerRequest / 1000
            for option in bid.lines[line].options.indices where bid.lines[line].options[option].region != home {
                let region = bid.lines[line].options[option].region
                let added = observation.signals[region].marginalEmissionsKgPerMWh - homeEmissions
                let friction = bid.lines[line].options[option].frictionUSDPerRequest + usdPerKgPerMWh * added
                bid.lines[line].options[option].frictionUSDPerRequest = max(0, friction)
            }
        }
        return bid
    }
}
