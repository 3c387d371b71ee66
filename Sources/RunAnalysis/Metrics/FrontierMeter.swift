internal import CoSimulation
internal import InferencePlacement

/// Clears a run's books again with relaxed latency budgets (MODEL 1.7 and 1.9), at the prices that were posted.
///
/// Each set of masks has a clearing house of its own that goes through the ticks, so that switching (1.6) counts from
/// where work would have been. Relaxations and groups that open nothing new share one.
struct FrontierMeter {
    /// What the ticks of one set of masks came to.
    private struct Track {
        let masks: RelaxedMasks
        var house: ClearingHouse
        var value = Sum()
        var cost = Sum()
        var emissions = Sum()
        var relocated = Sum()
    }

    private let experiment: Experiment
    private let groups: [WorkGroup]
    private let relaxations: [Double]
    private var tracks: [Track] = []
    /// Index of the track, by group and relaxation.
    private var trackOf: [[Int]] = []

    /// A meter before the first tick. Throws `ClearingError` when no solver can be had.
    init(_ experiment: Experiment, groups: [WorkGroup], relaxations: [Double]) throws(ClearingError) {
        self.experiment = experiment
        self.groups = groups
        self.relaxations = relaxations
        let kappa = experiment.mechanism.carbonPriceUSDPerKg
        let mechanism = kappa == 0 ? Mechanism(.leastCost) : Mechanism(.carbonPriced, carbonPriceUSDPerKg: kappa)
        var known: [RelaxedMasks: Int] = [:]
        for group in groups {
            var row: [Int] = []
            for relaxation in relaxations {
                let masks = RelaxedMasks(experiment, relaxationMilliseconds: relaxation, where: group.contains)
                if let index = known[masks] {
                    row.append(index)
                    continue
                }
                known[masks] = tracks.count
                row.append(tracks.count)
                do {
                    tracks.append(Track(masks: masks, house: try ClearingHouse(mechanism: mechanism)))
                } catch {
                    throw ClearingError(unavailable: error)
                }
            }
            trackOf.append(row)
        }
    }

    /// Clears a tick under every set of masks.
    mutating func add(_ book: OrderBook, isAbsent: (Int) -> Bool) throws(ClearingError) {
        for index in tracks.indices {
            let relaxed = tracks[index].masks.applied(to: book, of: experiment, isAbsent: isAbsent)
            let placement = try tracks[index].house.clear(relaxed)
            tracks[index].value.add(placement.objective)
            tracks[index].cost.add(placement.costUSD)
            tracks[index].emissions.add(placement.emissionsKg)
            for award in placement.awards {
                let order = relaxed.orders[award.order]
                guard order.line.options[award.option].region != order.home else { continue }
                tracks[index].relocated.add(award.energyMWh)
            }
        }
    }

    /// The frontier of the system.
    var frontier: [FrontierPoint] {
        zip(relaxations, trackOf[0]).map { relaxation, track in
            FrontierPoint(
                relaxationMilliseconds: relaxation, valueUSD: tracks[track].value.value,
                costUSD: tracks[track].cost.value, emissionsKg: tracks[track].emissions.value,
                relocatedMWh: tracks[track].relocated.value)
        }
    }

    /// The elasticities of all groups, with the IT demand of each, MWh.
    func elasticities(demandsMWh: [Double]) -> [ElasticityMetric] {
        groups.indices.flatMap { group in
            relaxations.indices.dropLast().map { step in
                let (from, to) = (tracks[trackOf[group][step]], tracks[trackOf[group][step + 1]])
                let width = relaxations[step + 1] - relaxations[step]
                let saved = (from.value.value - to.value.value) / width
                let avoided = (from.emissions.value - to.emissions.value) / width
                let demand = demandsMWh[group]
                return ElasticityMetric(
                    scope: groups[group].scope, name: groups[group].name, fromMilliseconds: relaxations[step],
                    toMilliseconds: relaxations[step + 1], valueUSDPerMillisecond: saved,
                    valueUSDPerMillisecondMWh: demand > 0 ? saved / demand : nil, emissionsKgPerMillisecond: avoided,
                    emissionsKgPerMillisecondMWh: demand > 0 ? avoided / demand : nil)
            }
        }
    }
}
