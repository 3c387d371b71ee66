import CoSimulation
import InferencePlacement
import RunAnalysis
import Testing

/// What a tournament counts for a service node: money, and the demand of the scenario that was not served.
@Suite struct AgentAccountTests {
    /// Classes are worth $ 100 a request; the node has a demand of two of them.
    private func experiment(_ demand: ParameterValue?) -> Experiment {
        var experiment = IllustrativeRun(hasAbsence: true).experiment
        experiment.services[1].agent.parameters["demand"] = demand
        return experiment
    }

    private let demand = ParameterValue.section(Parameters([("A", .number(10)), ("B", .series([3, 4]))]))

    /// The figure of a node that bids and is served so much of class A in both ticks, and pays $ 7 in each.
    private func figureUSD(bids: Double, served: Double, _ demand: ParameterValue?) throws -> Double {
        let experiment = experiment(demand)
        let node = experiment.serviceAgents.lowerBound + 1
        var account = AgentAccount(of: node, in: experiment)
        for var record in try IllustrativeRun(hasAbsence: true).records() {
            var line = record.bids[1]!.lines[0]
            (line.requests, line.arrivedRequests) = (bids, bids)
            record.bids[1] = WorkBid(lines: [line])
            record.clearing.awards = [
                AwardRecord(service: 1, workloadClass: 0, region: 0, requests: served, energyMWh: 0),
                AwardRecord(service: 0, workloadClass: 0, region: 0, requests: 1000, energyMWh: 0),
            ]
            record.settlement = [
                Payment(payer: .agent(node), payee: .agent(0), purpose: .compute, amountUSD: 9),
                Payment(payer: .agent(0), payee: .agent(node), purpose: .compute, amountUSD: 2),
            ]
            account.add(record)
        }
        #expect(account.volume == 2 * served)
        return account.figureUSD
    }

    @Test func demandThatIsNotBidIsNotServed() throws {
        #expect(try figureUSD(bids: 10, served: 10, demand) == 14 + 700, "none of class B was served")
        #expect(try figureUSD(bids: 0, served: 0, demand) == 14 + 2000 + 700)
        #expect(try figureUSD(bids: 4, served: 4, demand) == 14 + 1200 + 700)
    }

    @Test func moreThanTheDemandEarnsNothing() throws {
        #expect(try figureUSD(bids: 50, served: 50, demand) == 14 + 700, "A in plenty does not make up for B")
    }

    @Test func aNodeWithoutDemandIsTakenAtItsWord() throws {
        #expect(try figureUSD(bids: 10, served: 4, nil) == 14 + 1200)
        #expect(try figureUSD(bids: 10, served: 4, .text("plenty")) == 14 + 1200)
        #expect(experiment(.section(Parameters([("A", .text("plenty"))]))).demand(ofAgent: 12) == nil)
        #expect(experiment(demand).demand(ofAgent: 12) == [20, 7, 0, 0])
        #expect(experiment(demand).demand(ofAgent: 0) == nil, "a grid operator has none")
    }
}
