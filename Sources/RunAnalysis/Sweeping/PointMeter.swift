public import CoSimulation
internal import InferencePlacement
public import RunStore

/// Follows the records of a run as they come, for the figures of a point of a sweep; keeps nothing but sums.
public struct PointMeter {
    private let experiment: Experiment
    /// Where each region stands in the answers of its grid operator.
    private let slotOfRegion: [Int]
    private var sums = [PointFigures.Kind: Sum]()
    private var chain: Digest

    /// A meter for a run of an experiment.
    public init(of experiment: Experiment) {
        self.experiment = experiment
        chain = experiment.digest
        var counts = [Int](repeating: 0, count: experiment.gridOperators.count)
        slotOfRegion = experiment.regions.map { region in
            counts[region.gridOperator] += 1
            return counts[region.gridOperator] - 1
        }
    }

    /// Adds a tick.
    public mutating func add(_ record: TickRecord) {
        chain = chain.chained(with: record.canonicalBytes())
        let clearing = record.clearing
        let carbonUSD = experiment.mechanism.carbonPriceUSDPerKg * clearing.emissionsKg
        add(.objective, clearing.costUSD + carbonUSD)
        add(.placementCost, clearing.costUSD)
        add(.frictionCost, clearing.frictionUSD)
        add(.unservedCost, clearing.unservedUSD)
        add(.signalledEmissions, clearing.emissionsKg)
        for award in clearing.awards { add(award) }
        for unserved in clearing.unserved { add(.unservedRequests, unserved.requests) }
        addGrid(record)
    }

    private mutating func add(_ award: AwardRecord) {
        let service = experiment.services[award.service]
        let isHome = award.region == service.home
        let layer = RelocationLayer(
            isHome: isHome, roundTripMilliseconds: service.roundTripMilliseconds[award.region],
            localLimitMilliseconds: experiment.layerLimits.localMilliseconds,
            regionalLimitMilliseconds: experiment.layerLimits.regionalMilliseconds)
        add(.placedEnergy, award.energyMWh)
        if !isHome { add(.relocatedEnergy, award.energyMWh) }
        switch layer {
        case .local: add(.localShare, award.energyMWh)
        case .regional: add(.regionalShare, award.energyMWh)
        case .energyOriented: add(.energyOrientedShare, award.energyMWh)
        }
    }

    private mutating func addGrid(_ record: TickRecord) {
        let hours = experiment.clock.tickHours
        for (index, region) in experiment.regions.enumerated() {
            guard let dispatch = record.dispatches[region.gridOperator] else { continue }
            let price = dispatch.buses[slotOfRegion[index]].priceUSDPerMWh
            add(.computePayment, record.clearing.regions[index].gridMWh * price)
        }
        for area in record.dispatches.compactMap({ $0 }).flatMap(\.areas) {
            add(.generationCost, area.costUSD)
            add(.emissions, area.emissionsKg)
            add(.curtailed, area.curtailedMW * hours)
            add(.unservedEnergy, area.unservedMW * hours)
        }
    }

    private mutating func add(_ kind: PointFigures.Kind, _ term: Double) { sums[kind, default: Sum()].add(term) }

    /// The digest over all records so far, that of the journal of such a run.
    public var digest: String { chain.description }

    /// The figures, in their order; shares are zero where nothing was placed.
    public func figures(isBaseline: Bool = false) -> [PointFigure] {
        let placedMWh = sums[.placedEnergy]?.value ?? 0
        return PointFigures.Kind.allCases.map { kind in
            let sum = sums[kind == .relocatedShare ? .relocatedEnergy : kind]?.value ?? 0
            let isShare = kind.unit.isEmpty
            return PointFigure(
                name: (isBaseline ? PointFigures.baselinePrefix : "") + kind.rawValue,
                value: isShare ? (placedMWh > 0 ? sum / placedMWh : 0) : sum)
        }
    }
}
