internal import CoSimulation
internal import InferencePlacement

/// A compute region that offers all it has at cost with a constant mark-up.
struct HonestRegion: ComputeRegion {
    static let summary = "Offers its whole capacity at the cost of energy with a constant mark-up."
    static let fields = RegionPlant.fields

    private var plant: RegionPlant

    init(setup: ComputeRegionSetup) throws(ParameterError) {
        plant = try RegionPlant(setup: setup)
    }

    mutating func offer(_ observation: RegionObservation) -> CapacityOffer {
        plant.offer(observation, markUpUSDPerMWh: plant.markUpUSDPerMWh)
    }
}
