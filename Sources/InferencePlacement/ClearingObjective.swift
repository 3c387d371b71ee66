/// The costs an objective gives to placing, serving and not serving, per MWh of IT energy: a weighted sum of criteria.
struct ClearingObjective {
    let mechanism: Mechanism
    private var energy = 0.0
    private var carbon = 0.0
    private var emissions = 0.0
    private var delay = 0.0
    private var water = 0.0
    private var friction = 0.0
    private var switching = 0.0
    private var roundTrip = 0.0
    private var lostValue = 0.0
    /// What not serving costs where the objective is not money: far above anything it is weighed against, so that work
    /// is served first and the objective decides where.
    private var servicePriority = 0.0

    /// The objective of a mechanism; of a lexicographic one its last priority.
    init(mechanism: Mechanism, book: OrderBook) {
        guard mechanism.objective != .lexicographic else {
            self = ClearingObjective(mechanism.priorities.last ?? .cost, mechanism)
            return
        }
        self.mechanism = mechanism
        switch mechanism.objective {
        case .home, .leastCost: add(.cost, 1)
        case .carbonPriced:
            add(.cost, 1)
            add(.emissions, mechanism.carbonPriceUSDPerKg)
        case .nearest: add(.roundTrip, 1)
        case .leastCarbon: add(.emissions, 1)
        case .weighted:
            add(.energy, mechanism.weights.energy)
            add(.carbon, mechanism.weights.carbon)
            add(.delay, mechanism.weights.delay)
            add(.water, mechanism.weights.waterUSDPerLitre)
            add(.friction, 1)
            (switching, lostValue) = (1, 1)
        case .lexicographic: preconditionFailure("a lexicographic objective is that of its last criterion")
        }
        if lostValue == 0 { servicePriority = Self.priority(roundTrip: roundTrip > 0, book) }
    }

    /// One criterion alone. What is not served costs its value where the criterion is cost, else nothing: a lexicographic
    /// order makes that least before anything else, and a price on it would only blur what a priority may give way by.
    init(_ criterion: Criterion, _ mechanism: Mechanism) {
        self.mechanism = mechanism
        add(criterion, 1)
    }

    private mutating func add(_ criterion: Criterion, _ weight: Double) {
        switch criterion {
        case .energy: energy = weight
        case .carbon: carbon = weight
        case .emissions: emissions = weight
        case .delay: delay = weight
        case .water: water = weight
        case .friction: friction = weight
        case .roundTrip: roundTrip = weight
        case .cost: (energy, friction, switching, lostValue) = (weight, weight, weight, weight)
        }
    }

    private static func priority(roundTrip: Bool, _ book: OrderBook) -> Double {
        var largest = 1.0
        if roundTrip {
            for order in book.orders {
                for roundTrip in order.roundTripMilliseconds { largest = max(largest, roundTrip) }
            }
        } else {
            for supply in book.supplies {
                for block in supply.blocks { largest = max(largest, abs(block.emissionsKgPerMWh) * supply.pue) }
            }
        }
        return 1000 * largest
    }

    /// Of IT energy from a block, such as eta (pi + kappa gamma) in $/MWh, or eta gamma in kg/MWh.
    func blockCost(_ block: EnergyBlock, pue: Double) -> Double {
        var cost = energy * block.priceUSDPerMWh + emissions * block.emissionsKgPerMWh
        if carbon != 0 { cost += carbon * block.carbonTaxUSDPerKg * block.emissionsKgPerMWh }
        if water != 0 { cost += water * block.waterLitresPerMWh }
        return pue * cost
    }

    /// Of placing an order at its option with this index, such as friction in $/MWh, or the round trip in ms.
    func optionCost(_ order: WorkOrder, _ index: Int) -> Double {
        var cost = 0.0
        if friction != 0 { cost += friction * order.perMWh(order.line.options[index].frictionUSDPerRequest) }
        if delay != 0 { cost += delay * order.perMWh(order.delayUSDPerRequest(index)) }
        if roundTrip != 0 { cost += roundTrip * order.roundTripMilliseconds[index] }
        return cost
    }

    /// Of moving an order's work since the last tick, $/MWh.
    func switchingCost(_ order: WorkOrder) -> Double {
        switching * order.perMWh(order.line.switchingUSDPerRequest)
    }

    /// Of not serving an order.
    func unservedCost(_ order: WorkOrder) -> Double {
        lostValue * order.perMWh(order.line.valueUSDPerRequest) + servicePriority
    }
}

extension WorkOrder {
    /// $ per request as $ per MWh of IT energy.
    func perMWh(_ usdPerRequest: Double) -> Double { usdPerRequest / line.energyKWhPerRequest * 1000 }

    /// Delay of the order if all of it ran at an option, seconds (bracket of MODEL 2.7).
    func delaySeconds(_ option: Int, requests: Double? = nil) -> Double {
        let option = line.options[option]
        return option.delaySeconds + option.delaySecondsPerRequest * (requests ?? line.requests)
    }

    /// What a request at an option adds to the cost of delay, $: rho times its share of the order's delay (MODEL 2.8).
    func delayUSDPerRequest(_ option: Int, requests: Double? = nil) -> Double {
        let requests = requests ?? line.requests
        return requests > 0 ? line.delayUSDPerSecond * delaySeconds(option, requests: requests) / requests : 0
    }
}
