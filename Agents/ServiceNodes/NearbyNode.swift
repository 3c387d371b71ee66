internal import CoSimulation
internal import InferencePlacement

/// A service node that keeps its work near: only regions within a round-trip limit, and home.
struct NearbyNode: ServiceNode {
    static let summary = "Accepts only regions within a round-trip limit, whatever the class would allow."
    static let fields: [Field] =
        ServiceWork.fields + [
            .optional(
                "greatestRoundTripMilliseconds", .number(.nonNegative), unit: .milliseconds, default: .number(120),
                "Longest round trip to a region it accepts (R, MODEL 1); home is always accepted.")
        ]

    private var honest: HonestNode

    init(setup: ServiceNodeSetup) throws(ParameterError) {
        let limit = setup.parameters.number("greatestRoundTripMilliseconds")
        var near = setup
        for k in near.allowed.indices {
            for region in near.allowed[k].indices where region != near.home {
                near.allowed[k][region] = near.allowed[k][region] && near.roundTripMilliseconds[region] <= limit
            }
        }
        honest = try HonestNode(setup: near)
    }

    mutating func bid(_ observation: ServiceObservation) -> WorkBid {
        honest.bid(observation)
    }
}
