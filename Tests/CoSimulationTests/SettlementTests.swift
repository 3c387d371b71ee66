import CoSimulation
import InferencePlacement
import Testing

/// Who pays whom, recomputed from the records.
@Suite struct SettlementTests {
    /// Runs with on-site power, mark-ups, prices of either sign by region; operator 1 does not dispatch in odd ticks.
    private func run(_ experiment: Experiment) throws -> ScriptedRun {
        try ScriptedRun(experiment) { ask, answer in
            if ask.phase == .dispatching, ask.agent == 1, ask.tick % 2 == 1 { return nil }
            return
                answer
                .signalling { bus, signal in signal.priceUSDPerMWh = 40 - 35 * Double(bus) - 10 * Double(ask.agent) }
                .dispatching { bus, outcome in outcome.priceUSDPerMWh = 10 * Double(ask.agent) - 7 + 30 * Double(bus) }
                .offering { offer in
                    offer.blocks = [
                        OfferBlock(source: .onSite, limitMW: 6, markUpUSDPerMWh: 1),
                        OfferBlock(source: .grid, limitMW: 20, markUpUSDPerMWh: 2),
                        OfferBlock(source: .grid, limitMW: 300, markUpUSDPerMWh: 9),
                    ]
                }
        }
    }

    private func total(_ payments: [Payment], _ isMeant: (Payment) -> Bool) -> Double {
        payments.filter(isMeant).map(\.amountUSD).reduce(0, +)
    }

    @Test(arguments: Mechanism.Objective.plain)
    func everyPaymentHasItsReason(objective: Mechanism.Objective) throws {
        let kappa = objective == .carbonPriced ? 0.05 : 0
        let experiment = ScriptedRun.experiment(ticks: 5, mechanism: Mechanism(objective, carbonPriceUSDPerKg: kappa))
        let run = try run(experiment)
        #expect(run.reports.isEmpty && run.records.count == 5)
        var wasAway = false
        for record in run.records {
            let label: Comment = "\(objective.rawValue), tick \(record.tick)"
            wasAway = wasAway || record.dispatches[1] == nil
            for (region, outcome) in record.clearing.regions.enumerated() {
                let agent = Payment.Party.agent(experiment.regionAgents.lowerBound + region)
                let (number, bus) = (region % 2, region / 2)
                let price =
                    record.dispatches[number]?.buses[bus].priceUSDPerMWh
                    ?? record.signals[number]!.buses[bus].priceUSDPerMWh
                let paid = total(record.settlement) {
                    $0.payer == agent && $0.payee == .agent(number) && $0.purpose == .energy
                }
                #expect(abs(paid - outcome.gridMWh * price) < 1e-9 * (1 + abs(paid)), label)
                #expect(outcome.gridMWh <= outcome.facilityMWh + 1e-9, label)
            }
            let carbon = total(record.settlement) { $0.payee == .carbonFund && $0.purpose == .carbon }
            #expect(abs(carbon - kappa * record.clearing.emissionsKg) < 1e-9 * (1 + abs(carbon)), label)
            let relocation = total(record.settlement) { $0.payee == .transport && $0.purpose == .relocation }
            let friction = record.clearing.frictionUSD + record.clearing.switchingUSD
            #expect(abs(relocation - friction) < 1e-9 * (1 + relocation), label)
            checkParties(record, experiment, label)
        }
        #expect(wasAway, "the test must meet an absent operator")
    }

    /// All positions add up to zero, each purpose joins the parties it should, and a node owes what its awards cost.
    private func checkParties(_ record: TickRecord, _ experiment: Experiment, _ label: Comment) {
        var positions = [Double](repeating: 0, count: experiment.agentCount + 2)
        func slot(_ party: Payment.Party) -> Int {
            switch party {
            case .agent(let number): number
            case .transport: experiment.agentCount
            case .carbonFund: experiment.agentCount + 1
            }
        }
        for payment in record.settlement {
            #expect(payment.amountUSD.isFinite && payment.payer != payment.payee, label)
            positions[slot(payment.payer)] -= payment.amountUSD
            positions[slot(payment.payee)] += payment.amountUSD
            if case .agent(let payer) = payment.payer {
                let expected: AgentRole =
                    payment.purpose == .compute || payment.purpose == .relocation ? .serviceNode : .computeRegion
                #expect(experiment.role(ofAgent: payer) == expected, label)
            }
        }
        let size = positions.map(abs).reduce(0, +)
        #expect(abs(positions.reduce(0, +)) < 1e-9 * (1 + size), label)
        for service in experiment.services.indices {
            let agent = Payment.Party.agent(experiment.serviceAgents.lowerBound + service)
            var owed = 0.0
            for award in record.clearing.awards where award.service == service {
                owed += charge(award, record)
            }
            let paid = total(record.settlement) { $0.payer == agent && $0.purpose == .compute }
            #expect(abs(paid - owed) < 1e-9 * (1 + abs(owed)), label)
        }
    }

    /// What an award costs at its region's clearing prices.
    private func charge(_ award: AwardRecord, _ record: TickRecord) -> Double {
        let prices = record.clearing.regions[award.region]
        var charge = award.energyMWh * prices.energyPriceUSDPerMWh
        for line in record.bids[award.service]!.lines where line.workloadClass == award.workloadClass {
            for (work, price) in zip(line.workPerRequest, prices.capacityPriceUSD) {
                charge += award.requests * work * price
            }
        }
        return charge
    }
}
