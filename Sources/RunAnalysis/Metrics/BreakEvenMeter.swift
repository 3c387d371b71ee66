internal import CoSimulation
internal import InferencePlacement

/// Compares every region with home for each class of each service node, tick by tick (MODEL 1.10).
struct BreakEvenMeter {
    /// Sums over the ticks of one class, service node and region.
    fileprivate struct Tally {
        var count = 0
        var held = 0
        var saving = Sum()
        var avoided = Sum()
        var energy = Sum()
        var requestFriction = Sum()
    }

    private let experiment: Experiment
    /// By service node, class and region.
    private var tallies: [[[Tally]]]

    init(_ experiment: Experiment) {
        self.experiment = experiment
        tallies = experiment.services.map { _ in
            experiment.classes.map { _ in experiment.regions.map { _ in Tally() } }
        }
    }

    /// Compares the regions for each order of a book with work in it.
    mutating func add(_ book: OrderBook) {
        for order in book.orders where order.line.requests > 0 {
            for region in experiment.regions.indices where region != order.home {
                guard let even = experiment.breakEven(of: order, in: region, of: book) else { continue }
                tallies[order.service][order.line.workloadClass][region].add(even)
            }
        }
    }

    /// One row for each class, service node and region other than home that could be compared, allowed or not.
    var metrics: [BreakEvenMetric] {
        var metrics: [BreakEvenMetric] = []
        for (service, site) in experiment.services.enumerated() {
            for k in experiment.classes.indices {
                for region in experiment.regions.indices where tallies[service][k][region].count > 0 {
                    metrics.append(metric(service, site, k, region))
                }
            }
        }
        return metrics
    }

    private func metric(_ service: Int, _ site: ServiceNodeSite, _ k: Int, _ region: Int) -> BreakEvenMetric {
        let tally = tallies[service][k][region]
        let even = tally.mean(
            friction: experiment.classes[k].friction, egressUSDPerGB: site.egressUSDPerGB[region],
            carbonPriceUSDPerKg: experiment.mechanism.carbonPriceUSDPerKg)
        return BreakEvenMetric(
            workloadClass: experiment.classes[k].name, service: site.agent.name,
            home: experiment.regions[site.home].agent.name, region: experiment.regions[region].agent.name,
            isAllowed: experiment.isAllowed(service: service, workloadClass: k, region: region),
            tickCount: tally.count, heldTickCount: tally.held, holds: even.holds,
            marginUSDPerRequest: even.marginUSDPerRequest, marginUSDPerMWh: even.marginUSDPerMWh,
            frictionUSDPerRequest: even.frictionUSDPerRequest,
            highestFrictionUSDPerRequest: even.highestFrictionUSDPerRequest,
            lowestEnergyKWhPerRequest: even.lowestEnergyKWhPerRequest,
            lowestRequestsPerSession: even.lowestRequestsPerSession,
            lowestCarbonPriceUSDPerKg: even.lowestCarbonPriceUSDPerKg)
    }
}

extension BreakEvenMeter.Tally {
    fileprivate mutating func add(_ even: BreakEven) {
        count += 1
        if even.holds { held += 1 }
        saving.add(even.savingUSDPerMWh)
        avoided.add(even.avoidedKgPerMWh)
        energy.add(even.energyKWhPerRequest)
        requestFriction.add(even.friction.requestUSD)
    }

    /// The comparison of the means over the ticks.
    fileprivate func mean(friction: Friction, egressUSDPerGB: Double, carbonPriceUSDPerKg: Double) -> BreakEven {
        let ticks = Double(count)
        let energyKWh = energy.value / ticks
        var split = SplitFriction(friction, egressUSDPerGB: egressUSDPerGB, energyKWhPerRequest: energyKWh)
        split.requestUSD = requestFriction.value / ticks
        return BreakEven(
            savingUSDPerMWh: saving.value / ticks, avoidedKgPerMWh: avoided.value / ticks,
            carbonPriceUSDPerKg: carbonPriceUSDPerKg, energyKWhPerRequest: energyKWh, friction: split)
    }
}

extension Experiment {
    /// The break-even of an order in a region at the prices of a book: friction as it is bid, else by 1.5.
    func breakEven(of order: WorkOrder, in region: Int, of book: OrderBook) -> BreakEven? {
        let friction = SplitFriction(
            classes[order.line.workloadClass].friction,
            egressUSDPerGB: services[order.service].egressUSDPerGB[region],
            energyKWhPerRequest: order.line.energyKWhPerRequest,
            statedUSDPerRequest: order.line.options.first { $0.region == region }?.frictionUSDPerRequest)
        return BreakEven(
            home: book.supplies[order.home], region: book.supplies[region],
            carbonPriceUSDPerKg: mechanism.carbonPriceUSDPerKg, energyKWhPerRequest: order.line.energyKWhPerRequest,
            friction: friction)
    }
}
