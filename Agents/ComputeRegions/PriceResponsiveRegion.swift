internal import CoSimulation
internal import InferencePlacement

/// A compute region that sells less when its grid is dear: voluntary demand response.
struct PriceResponsiveRegion: ComputeRegion {
    static let summary = "Withdraws a share of its offer while the local price is above a threshold."
    static let fields: [Field] =
        RegionPlant.fields + [
            .required(
                "thresholdUSDPerMWh", .number(.any), unit: .usdPerMWh, "Local price above which it withdraws."),
            .optional(
                "withdrawnShare", .number(.share), unit: .share, default: .number(0.5),
                "Share of capacity and connection that it then withdraws."),
        ]

    private var plant: RegionPlant
    private let thresholdUSDPerMWh: Double
    private let withdrawnShare: Double

    init(setup: ComputeRegionSetup) throws(ParameterError) {
        plant = try RegionPlant(setup: setup)
        thresholdUSDPerMWh = setup.parameters.number("thresholdUSDPerMWh")
        withdrawnShare = setup.parameters.number("withdrawnShare")
    }

    mutating func offer(_ observation: RegionObservation) -> CapacityOffer {
        let isDear = observation.signal.priceUSDPerMWh > thresholdUSDPerMWh
        return plant.offer(
            observation, share: isDear ? 1 - withdrawnShare : 1, markUpUSDPerMWh: plant.markUpUSDPerMWh)
    }
}
