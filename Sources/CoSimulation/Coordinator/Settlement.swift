internal import InferencePlacement

/// Settles a tick: who pays whom for energy, compute, relocation and carbon.
///
/// Service nodes pay regions the clearing price of energy and capacity, and the transport network for what moved.
/// Regions pay their grid operator the realised price, and the carbon fund what the clearing charged. Every payment has
/// two sides, so that all positions add up to zero (MODEL 5).
struct Settlement {
    let experiment: Experiment
    let book: OrderBook
    let placement: Placement
    /// Realised price at each region's bus, $/MWh; the signalled one where the operator was absent.
    let realisedPrices: [Double]

    func payments() -> [Payment] {
        var payments = computePayments() + relocationPayments()
        for (region, outcome) in placement.regions.enumerated() where outcome.gridMWh > 0 {
            let agent = Payment.Party.agent(experiment.regionAgents.lowerBound + region)
            let gridOperator = Payment.Party.agent(experiment.regions[region].gridOperator)
            payments.append(
                Payment(
                    payer: agent, payee: gridOperator, purpose: .energy,
                    amountUSD: outcome.gridMWh * realisedPrices[region]))
            let carbon = carbonUSD(region)
            if carbon != 0 {
                payments.append(Payment(payer: agent, payee: .carbonFund, purpose: .carbon, amountUSD: carbon))
            }
        }
        return payments
    }

    /// What a region pays for the emissions of its blocks at the mechanism's carbon price.
    private func carbonUSD(_ region: Int) -> Double {
        let emissions = zip(placement.blockMWh[region], book.supplies[region].blocks).map { $0 * $1.emissionsKgPerMWh }
            .reduce(0, +)
        return emissions * experiment.mechanism.carbonPriceUSDPerKg
    }

    /// Compute at the regions' clearing prices, by service node and region.
    private func computePayments() -> [Payment] {
        var owed = [[Double?]](
            repeating: Array(repeating: nil, count: experiment.regions.count), count: experiment.services.count)
        for award in placement.awards {
            let order = book.orders[award.order]
            let region = order.line.options[award.option].region
            let prices = placement.regions[region]
            let work = zip(order.line.workPerRequest, prices.capacityPriceUSD).map { $0 * $1 }.reduce(0, +)
            owed[order.service][region] =
                (owed[order.service][region] ?? 0) + award.energyMWh * prices.energyPriceUSDPerMWh + award.requests
                * work
        }
        var payments: [Payment] = []
        for (service, row) in owed.enumerated() {
            for (region, amount) in row.enumerated() {
                guard let amount else { continue }
                payments.append(
                    Payment(
                        payer: .agent(experiment.serviceAgents.lowerBound + service),
                        payee: .agent(experiment.regionAgents.lowerBound + region), purpose: .compute, amountUSD: amount
                    ))
            }
        }
        return payments
    }

    /// Friction and switching, by service node.
    private func relocationPayments() -> [Payment] {
        var owed = [Double](repeating: 0, count: experiment.services.count)
        for award in placement.awards {
            let order = book.orders[award.order]
            owed[order.service] += award.requests * order.line.options[award.option].frictionUSDPerRequest
            owed[order.service] += award.movedRequests * order.line.switchingUSDPerRequest
        }
        return owed.enumerated().filter { $0.element != 0 }.map { service, amount in
            Payment(
                payer: .agent(experiment.serviceAgents.lowerBound + service), payee: .transport, purpose: .relocation,
                amountUSD: amount)
        }
    }
}
