internal import CoSimulation
internal import InferencePlacement

/// Which regions each class of each service node may run in when latency budgets are relaxed (MODEL 1.3).
struct RelaxedMasks: Hashable {
    /// By service node, class and region.
    let allowed: [[[Bool]]]

    /// Masks with the budgets of some classes of some nodes relaxed by Delta ms beyond their own; law and system stay.
    init(
        _ experiment: Experiment, relaxationMilliseconds: Double,
        where isRelaxed: (_ service: Int, _ workloadClass: Int) -> Bool = { _, _ in true }
    ) {
        allowed = experiment.services.indices.map { service in
            experiment.classes.indices.map { k in
                let relaxation = isRelaxed(service, k) ? relaxationMilliseconds : 0
                return experiment.regions.indices.map { region in
                    experiment.services[service].home == region
                        || experiment.services[service].permitted[k][region]
                            && experiment.keepsBudget(service, k, region, relaxationMilliseconds: relaxation)
                }
            }
        }
    }

    /// A book whose orders may use every region within these masks; what a node bids of friction stands, else it is 1.5.
    ///
    /// A node that is absent stays at home. Batteries are left out: what they draw is no decision of the clearing.
    func applied(to book: OrderBook, of experiment: Experiment, isAbsent: (Int) -> Bool) -> OrderBook {
        var widened = book
        for region in widened.supplies.indices { widened.supplies[region].chargeMWh = 0 }
        widened.orders = book.orders.map { order in
            var order = order
            let k = order.line.workloadClass
            let site = experiment.services[order.service]
            let stated = order.line.options
            order.line.options = experiment.regions.indices.filter { region in
                region == order.home || allowed[order.service][k][region] && !isAbsent(order.service)
            }.map { region in
                stated.first { $0.region == region }
                    ?? PlacementOption(
                        region: region,
                        frictionUSDPerRequest: region == order.home
                            ? 0
                            : experiment.classes[k].friction.costUSDPerRequest(
                                egressUSDPerGB: site.egressUSDPerGB[region],
                                energyKWhPerRequest: order.line.energyKWhPerRequest))
            }
            order.roundTripMilliseconds = order.line.options.map { site.roundTripMilliseconds[$0.region] }
            return order
        }
        return widened
    }
}

extension Experiment {
    /// Whether a region is within the latency mask of a class of a service node, whatever law and system say.
    func keepsBudget(_ service: Int, _ k: Int, _ region: Int, relaxationMilliseconds: Double = 0) -> Bool {
        var relaxed = classes[k]
        relaxed.latencyBudgetMilliseconds += relaxationMilliseconds
        return relaxed.accepts(roundTripMilliseconds: services[service].roundTripMilliseconds[region])
    }

    /// Relaxation from which on a region is within the latency mask, ms; negative where it is with time to spare.
    func neededRelaxationMilliseconds(_ service: Int, _ k: Int, _ region: Int) -> Double {
        let kind = classes[k]
        return kind.clientLegMilliseconds + services[service].roundTripMilliseconds[region]
            + kind.processingMilliseconds + kind.queueingMilliseconds - kind.latencyBudgetMilliseconds
    }
}
