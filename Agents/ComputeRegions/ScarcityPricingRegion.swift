internal import CoSimulation
internal import InferencePlacement

/// A compute region that asks more the fuller it gets: its connection in equal blocks with rising mark-ups.
///
/// The mark-up of block i of n rises from `markUpUSDPerMWh` to `lastMarkUpUSDPerMWh` with the square of i/(n-1): the
/// first blocks are cheap, the last ones dear.
struct ScarcityPricingRegion: ComputeRegion {
    static let summary = "Splits its connection in blocks with rising mark-ups, so that the last megawatts are dear."
    static let fields: [Field] =
        RegionPlant.fields + [
            .optional(
                "blockCount", .integer(NumberRange(2, 100)), default: .number(4), "Blocks the connection is split in."),
            .optional(
                "lastMarkUpUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, default: .number(40),
                "Mark-up of the last block; at least markUpUSDPerMWh."),
        ]

    private var plant: RegionPlant
    private let markUpsUSDPerMWh: [Double]

    init(setup: ComputeRegionSetup) throws(ParameterError) {
        plant = try RegionPlant(setup: setup)
        let first = plant.markUpUSDPerMWh
        let last = setup.parameters.number("lastMarkUpUSDPerMWh")
        guard last >= first else {
            throw ParameterError(
                path: "lastMarkUpUSDPerMWh", problem: "\(last) $/MWh is less than the first block's",
                remedy: "raise it to at least \(first) $/MWh")
        }
        let steps = setup.parameters.integer("blockCount") - 1
        markUpsUSDPerMWh = (0...steps).map { step in
            first + (last - first) * Double(step * step) / Double(steps * steps)
        }
    }

    mutating func offer(_ observation: RegionObservation) -> CapacityOffer {
        let limit = plant.connectionMW[observation.tick] / Double(markUpsUSDPerMWh.count)
        return plant.offer(
            observation,
            gridBlocks: markUpsUSDPerMWh.map { OfferBlock(source: .grid, limitMW: limit, markUpUSDPerMWh: $0) })
    }
}
