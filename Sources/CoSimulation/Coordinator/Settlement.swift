internal import InferencePlacement

/// Settles a tick: who pays whom for energy, compute, relocation and carbon.
///
/// Service nodes pay regions the clearing price of energy and capacity, and the transport network for what moved.
/// Regions pay their grid operator the realised price, and the carbon fund what the clearing charged; a region that was
/// asked to draw less is paid for what it drew less than its customer baseline, up to what was asked. Every payment has two
/// sides, so that all positions add up to zero (MODEL 5).
struct Settlement {
    let experiment: Experiment
    let book: OrderBook
    let placement: Placement
    /// Realised price at each region's bus, $/MWh; the signalled one where the operator was absent.
    let realisedPrices: [Double]
    /// Request to each region to draw less, nil where there is none.
    let requests: [CurtailmentRequest?]
    /// Draw of each region that its answer is counted from, MW.
    let customerBaselinesMW: [Double]

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
        return payments + curtailmentPayments()
    }

    private func curtailmentPayments() -> [Payment] {
        let hours = experiment.clock.tickHours
        return placement.regions.indices.compactMap { region in
            guard let request = requests[region] else { return nil }
            let lessMW = customerBaselinesMW[region] - placement.regions[region].gridMWh / hours
            let deliveredMW = min(request.reductionMW, lessMW)
            guard deliveredMW > 0, request.priceUSDPerMWh != 0 else { return nil }
            return Payment(
                payer: .agent(experiment.regions[region].gridOperator),
                payee: .agent(experiment.regionAgents.lowerBound + region), purpose: .curtailment,
                amountUSD: deliveredMW * hours * request.priceUSDPerMWh)
        }
    }

    /// What a region pays for the emissions of its blocks at the mechanism's carbon price.
    private func carbonUSD(_ region: Int) -> Double {
        let supply = book.supplies[region]
        let emissions = zip(placement.blockMWh[region], supply.blocks).map { $0 * $1.emissionsKgPerMWh }.reduce(0, +)
        let charging = supply.chargeMWh * supply.gridEmissionsKgPerMWh
        return (emissions + charging) * experiment.mechanism.carbonPriceUSDPerKg
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
