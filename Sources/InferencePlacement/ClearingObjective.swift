/// The costs a mechanism gives to placing, serving and not serving, per MWh of IT energy.
struct ClearingObjective {
    let mechanism: Mechanism
    /// What not serving costs where the objective is not money: far above anything it is weighed against, so that work
    /// is served first and the objective decides where.
    private let servicePriority: Double

    init(mechanism: Mechanism, book: OrderBook) {
        self.mechanism = mechanism
        var largest = 1.0
        switch mechanism.objective {
        case .nearest:
            for order in book.orders {
                for roundTrip in order.roundTripMilliseconds { largest = max(largest, roundTrip) }
            }
        case .leastCarbon:
            for supply in book.supplies {
                for block in supply.blocks { largest = max(largest, abs(block.emissionsKgPerMWh) * supply.pue) }
            }
        case .home, .leastCost, .carbonPriced: break
        }
        servicePriority = 1000 * largest
    }

    /// Of IT energy from a block: eta (pi + kappa gamma) in $/MWh, or eta gamma in kg/MWh.
    func blockCost(_ block: EnergyBlock, pue: Double) -> Double {
        switch mechanism.objective {
        case .home, .leastCost: pue * block.priceUSDPerMWh
        case .carbonPriced: pue * (block.priceUSDPerMWh + mechanism.carbonPriceUSDPerKg * block.emissionsKgPerMWh)
        case .leastCarbon: pue * block.emissionsKgPerMWh
        case .nearest: 0
        }
    }

    /// Of placing an order at its option with this index: friction in $/MWh, or the round trip in ms.
    func optionCost(_ order: WorkOrder, _ index: Int) -> Double {
        switch mechanism.objective {
        case .home, .leastCost, .carbonPriced: order.perMWh(order.line.options[index].frictionUSDPerRequest)
        case .nearest: order.roundTripMilliseconds[index]
        case .leastCarbon: 0
        }
    }

    /// Of moving an order's work since the last tick, $/MWh.
    func switchingCost(_ order: WorkOrder) -> Double {
        mechanism.isMonetary ? order.perMWh(order.line.switchingUSDPerRequest) : 0
    }

    /// Of not serving an order.
    func unservedCost(_ order: WorkOrder) -> Double {
        mechanism.isMonetary ? order.perMWh(order.line.valueUSDPerRequest) : servicePriority
    }
}

extension WorkOrder {
    /// $ per request as $ per MWh of IT energy.
    func perMWh(_ usdPerRequest: Double) -> Double { usdPerRequest / line.energyKWhPerRequest * 1000 }
}
