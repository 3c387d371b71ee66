internal import CoSimulation
internal import InferencePlacement

/// Adds up relocatable inference demand in its four meanings (MODEL 1.8), by group of work.
struct RelocatableMeter {
    private let experiment: Experiment
    private let groups: [WorkGroup]
    private let masks: RelaxedMasks
    private var potential: RelocationPotential
    private var demands: [RelocatableDemand]

    /// A meter before the first tick. Throws `ClearingError` when no solver can be had.
    init(_ experiment: Experiment, groups: [WorkGroup]) throws(ClearingError) {
        self.experiment = experiment
        self.groups = groups
        masks = RelaxedMasks(experiment, relaxationMilliseconds: 0)
        potential = try RelocationPotential()
        demands = groups.map { _ in RelocatableDemand() }
    }

    /// Adds a tick: its book as it was bid, and what ran where.
    mutating func add(_ book: OrderBook, awards: [AwardRecord], isAbsent: (Int) -> Bool) throws(ClearingError) {
        let book = masks.applied(to: book, of: experiment, isAbsent: isAbsent)
        let question = question(book, awards)
        let found = try potential.demands(of: groups.map { $0.orders(of: book) }, in: question)
        for (index, demand) in found.enumerated() { demands[index] += demand }
    }

    private func question(_ book: OrderBook, _ awards: [AwardRecord]) -> RelocationQuestion {
        var energyOf: [[Int]: Double] = [:]
        for award in awards { energyOf[[award.service, award.workloadClass, award.region]] = award.energyMWh }
        let isTechnical = book.orders.map { order in
            experiment.regions.indices.contains {
                $0 != order.home && experiment.keepsBudget(order.service, order.line.workloadClass, $0)
            }
        }
        let isEconomic = book.orders.map { order in
            order.line.options.map { option in
                option.region != order.home
                    && experiment.breakEven(of: order, in: option.region, of: book)?.isNoLoss ?? false
            }
        }
        let placed = book.orders.map { order in
            order.line.options.map { energyOf[[order.service, order.line.workloadClass, $0.region]] ?? 0 }
        }
        return RelocationQuestion(book: book, isTechnical: isTechnical, isEconomic: isEconomic, placedMWh: placed)
    }

    /// IT demand of each group, MWh.
    var demandsMWh: [Double] { demands.map(\.demandMWh) }

    /// The demand of each group.
    var metrics: [RelocatableMetric] {
        zip(groups, demands).map { RelocatableMetric(scope: $0.scope, name: $0.name, demand: $1) }
    }
}
