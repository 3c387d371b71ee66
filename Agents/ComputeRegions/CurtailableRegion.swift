internal import CoSimulation
internal import InferencePlacement

/// A compute region that answers requests to draw less, as far as its service levels let it: voluntary demand response.
///
/// A service level says how much of the customer baseline may be given up, and from which price on. The request is met
/// by a smaller connection, so that the clearing moves, or does not serve, what no longer fits.
struct CurtailableRegion: ComputeRegion {
    static let summary =
        "Draws less at a grid operator's request, by as much as its service levels allow at that price."
    static let fields: [Field] =
        RegionPlant.fields + [
            .required(
                "serviceLevels", .rows(levelFields, minimumCount: 1),
                "What it gives up at which price, by ascending share and price.")
        ]
    private static let levelFields: [Field] = [
        .required("name", .text, "Name of the service level, such as batch-only."),
        .required(
            "reducibleShare", .number(.share), unit: .share, "Share of the customer baseline that may be given up."),
        .required(
            "leastPriceUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh,
            "What a request must pay for a MWh before this much is given up."),
    ]

    private struct ServiceLevel: Sendable {
        let reducibleShare: Double
        let leastPriceUSDPerMWh: Double
    }

    private var plant: RegionPlant
    private let levels: [ServiceLevel]

    init(setup: ComputeRegionSetup) throws(ParameterError) {
        plant = try RegionPlant(setup: setup)
        levels = setup.parameters.sections("serviceLevels").map {
            ServiceLevel(
                reducibleShare: $0.number("reducibleShare"), leastPriceUSDPerMWh: $0.number("leastPriceUSDPerMWh"))
        }
        for (index, (lower, upper)) in zip(levels, levels.dropFirst()).enumerated()
        where upper.reducibleShare <= lower.reducibleShare || upper.leastPriceUSDPerMWh < lower.leastPriceUSDPerMWh {
            throw ParameterError(
                path: "serviceLevels[\(index + 1)]", problem: "it does not give up more for more than the level before",
                remedy: "Sort the levels by reducibleShare, with prices that do not fall")
        }
    }

    mutating func offer(_ observation: RegionObservation) -> CapacityOffer {
        guard let request = observation.signal.request else {
            return plant.offer(observation, markUpUSDPerMWh: plant.markUpUSDPerMWh)
        }
        let level = levels.last { $0.leastPriceUSDPerMWh <= request.priceUSDPerMWh }
        let givenUpMW = min(request.reductionMW, (level?.reducibleShare ?? 0) * observation.customerBaselineMW)
        let limitMW = givenUpMW > 0 ? observation.customerBaselineMW - givenUpMW : .infinity
        return plant.offer(observation, connectionLimitMW: limitMW, markUpUSDPerMWh: plant.markUpUSDPerMWh)
    }
}
