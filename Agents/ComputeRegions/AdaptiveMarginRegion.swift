internal import CoSimulation
internal import InferencePlacement

/// A compute region that learns what the market bears: its mark-up rises after a full tick and falls after an idle one.
///
/// A small random perturbation keeps two regions with equal settings from moving in step for ever.
struct AdaptiveMarginRegion: ComputeRegion {
    static let summary = "Raises its mark-up after a full tick and lowers it after an idle one, within bounds."
    static let fields: [Field] =
        RegionPlant.fields + [
            .optional(
                "greatestMarkUpUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, default: .number(50),
                "Greatest mark-up; markUpUSDPerMWh is the first and least one."),
            .optional(
                "stepUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, default: .number(2),
                "What the mark-up changes by after a full or an idle tick."),
            .optional(
                "fullShare", .number(.share), unit: .share, default: .number(0.9),
                "Share of connection and on-site power from which a tick counts as full."),
            .optional(
                "idleShare", .number(.share), unit: .share, default: .number(0.5),
                "Share of them up to which a tick counts as idle; less than fullShare."),
            .optional(
                "perturbationUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, default: .number(0.2),
                "Greatest random change of the mark-up in either direction, per tick."),
        ]

    private var plant: RegionPlant
    private let greatestUSDPerMWh: Double
    private let stepUSDPerMWh: Double
    private let fullShare: Double
    private let idleShare: Double
    private let perturbationUSDPerMWh: Double
    private var markUpUSDPerMWh: Double

    init(setup: ComputeRegionSetup) throws(ParameterError) {
        plant = try RegionPlant(setup: setup)
        let settings = setup.parameters
        greatestUSDPerMWh = settings.number("greatestMarkUpUSDPerMWh")
        stepUSDPerMWh = settings.number("stepUSDPerMWh")
        fullShare = settings.number("fullShare")
        idleShare = settings.number("idleShare")
        perturbationUSDPerMWh = settings.number("perturbationUSDPerMWh")
        markUpUSDPerMWh = plant.markUpUSDPerMWh
        guard greatestUSDPerMWh >= markUpUSDPerMWh else {
            throw ParameterError(
                path: "greatestMarkUpUSDPerMWh", problem: "\(greatestUSDPerMWh) $/MWh is less than the least mark-up",
                remedy: "raise it to at least \(markUpUSDPerMWh) $/MWh")
        }
        guard idleShare < fullShare else {
            throw ParameterError(
                path: "idleShare", problem: "\(idleShare) is not less than fullShare",
                remedy: "lower it below \(fullShare)")
        }
    }

    mutating func offer(_ observation: RegionObservation) -> CapacityOffer {
        if let last = observation.last, observation.tick > 0 {
            markUpUSDPerMWh += change(utilisation: utilisation(last, at: observation.tick - 1))
        }
        var random = observation.context.random
        markUpUSDPerMWh += perturbationUSDPerMWh * (2 * random.uniform() - 1)
        markUpUSDPerMWh = min(greatestUSDPerMWh, max(plant.markUpUSDPerMWh, markUpUSDPerMWh))
        return plant.offer(observation, markUpUSDPerMWh: markUpUSDPerMWh)
    }

    private func utilisation(_ result: RegionResult, at tick: Int) -> Double {
        let limitMWh = (plant.connectionMW[tick] + plant.onSiteMW[tick]) * plant.clock.tickHours
        return limitMWh > 0 ? result.facilityMWh / limitMWh : 1
    }

    private func change(utilisation: Double) -> Double {
        if utilisation >= fullShare { return stepUSDPerMWh }
        return utilisation <= idleShare ? -stepUSDPerMWh : 0
    }
}
