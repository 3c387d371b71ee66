import CoSimulation
import InferencePlacement
import Testing

/// Demand-response events of the scenario: what reaches agents, what is settled, and what replays.
@Suite struct GridEventTests {
    private let events = [
        GridEvent(
            name: "heat", region: 1, ticks: 2..<4, kind: .curtailment(reductionMW: 30, priceUSDPerMWh: 200)),
        GridEvent(name: "heat", region: 0, ticks: 3..<5, kind: .curtailment(reductionMW: 10, priceUSDPerMWh: 50)),
        GridEvent(name: "storm", region: 2, ticks: 1..<3, kind: .cap(capMW: 7)),
        GridEvent(name: "spike", region: 3, ticks: 2..<4, kind: .priceSpike(adderUSDPerMWh: 75)),
    ]

    private func experiment(events: [GridEvent], coupling: Coupling = Coupling()) -> Experiment {
        var experiment = ScriptedRun.experiment(ticks: 6)
        experiment.events = events
        experiment.coupling = coupling
        return experiment
    }

    /// What region questions of a run said, by tick and region.
    private func heard(_ run: ScriptedRun, tick: Int, region: Int) throws -> (BusSignal, Double) {
        let ask = run.asks.first { $0.tick == tick && $0.phase == .bidding && $0.agent == 2 + region }
        guard case .region(let signal, _, let baseline)? = ask?.question else {
            throw RunError(.clearing, "region \(region) was not asked in tick \(tick)")
        }
        return (signal, baseline)
    }

    @Test func reachRegionsInTheirTicksAlone() throws {
        let plain = try ScriptedRun(experiment(events: [])) { _, answer in answer }
        let run = try ScriptedRun(experiment(events: events)) { _, answer in answer }
        for tick in 0..<6 {
            let request = try heard(run, tick: tick, region: 1).0.request
            #expect(
                request
                    == ((2..<4).contains(tick)
                        ? CurtailmentRequest(
                            event: 0, reductionMW: 30, priceUSDPerMWh: 200, remainingTicks: 4 - tick) : nil))
            #expect(try heard(run, tick: tick, region: 2).0.capMW == ((1..<3).contains(tick) ? 7 : .infinity))
        }
        // The first tick in which events change anything is tick 1; up to its signals both runs are one.
        let spiked = try heard(run, tick: 2, region: 3).0.priceUSDPerMWh
        guard case .service(let signals, _)? = run.asks.first(where: { $0.tick == 2 && $0.agent == 6 })?.question else {
            throw RunError(.clearing, "no node was asked")
        }
        #expect(signals[3].priceUSDPerMWh == spiked, "nodes see what regions see")
        #expect(plain.records[0] == run.records[0])
        #expect(plain.records[1] != run.records[1])
    }

    @Test func aCapIsEnforced() throws {
        let run = try ScriptedRun(experiment(events: events)) { _, answer in answer }
        for tick in 1..<3 { #expect(run.records[tick].clearing.regions[2].gridMWh <= 7 + 1e-6) }
        #expect(run.records[3].clearing.regions[2].gridMWh > 7, "without the cap it draws more")
    }

    /// What a region draws less than in its last tick without a request or cap is paid, up to what was asked.
    @Test func aReductionIsSettledAgainstTheCustomerBaseline() throws {
        let run = try ScriptedRun(experiment(events: events)) { ask, answer in
            guard case .region(let signal, _, let baseline) = ask.question, let request = signal.request else {
                return answer
            }
            // The region gives up half of what it is asked for.
            return answer.offering { $0.connectionMW = max(0, baseline - request.reductionMW / 2) }
        }
        let usual = run.records[1].clearing.regions[1].gridMWh
        #expect(try heard(run, tick: 3, region: 1).1 == usual, "a tick of the event is no baseline")
        var sum = 0.0
        for tick in 2..<4 {
            let paid = run.records[tick].settlement.filter {
                $0.purpose == .curtailment && $0.payee == .agent(2 + 1) && $0.payer == .agent(1)
            }
            let less = min(30, max(0, usual - run.records[tick].clearing.regions[1].gridMWh))
            #expect(less >= 15 - 1e-6)
            #expect(abs(paid.map(\.amountUSD).reduce(0, +) - 200 * less) < 1e-6, "tick \(tick)")
            sum += less
        }
        #expect(sum > 0)
        #expect(run.records[5].settlement.allSatisfy { $0.purpose != .curtailment })
    }

    /// A price spike is paid on top of the grid's price, before the tick and after it.
    @Test func aPriceSpikeIsPaid() throws {
        let run = try ScriptedRun(experiment(events: events)) { _, answer in answer }
        for tick in 1..<5 {
            let record = run.records[tick]
            let paid = record.settlement.first { $0.payer == .agent(2 + 3) && $0.purpose == .energy }
            let price = record.dispatches[1]!.buses[1].priceUSDPerMWh + ((2..<4).contains(tick) ? 75 : 0)
            let expected = record.clearing.regions[3].gridMWh * price
            #expect(abs((paid?.amountUSD ?? 0) - expected) < 1e-6 * (1 + expected), "tick \(tick)")
        }
    }

    /// Under co-optimised coupling a spike is a cost of the region, with its slope: the gap still closes.
    @Test func aPriceSpikeKeepsTheJointOptimum() throws {
        // Nothing but the spike, so that both runs are one until it begins.
        var experiment = experiment(
            events: events.filter { $0.name == "spike" }, coupling: Coupling(.coOptimised))
        experiment.mechanism = Mechanism(.leastCost)
        let run = try ScriptedRun(experiment) { _, answer in answer }
        #expect(run.records.allSatisfy { $0.clearing.coupling.hasConverged })
        let drawn = run.records[2].clearing.regions[3].gridMWh
        experiment.events = []
        let plain = try ScriptedRun(experiment) { _, answer in answer }
        #expect(drawn < plain.records[2].clearing.regions[3].gridMWh - 1)
    }

    @Test func operatorsRequestsAreNumberedBehindTheScenarios() {
        let own = CurtailmentRequest(event: 0, reductionMW: 1, priceUSDPerMWh: 2, remainingTicks: 3)
        #expect(events.names == ["heat", "storm", "spike"])
        #expect(events.request(own, region: 2, tick: 0)?.event == 3)
        #expect(events.request(own, region: 1, tick: 2)?.event == 0, "the scenario's stands before the operator's")
        #expect([GridEvent]().request(own, region: 1, tick: 2) == own)
    }

    @Test func aSpikeIsForetoldWhileItLasts() {
        let signal = BusSignal(
            priceUSDPerMWh: 10, marginalEmissionsKgPerMWh: 0, averageEmissionsKgPerMWh: 0,
            forecastPriceUSDPerMWh: [10, 11, 12], forecastMarginalEmissionsKgPerMWh: [0, 0, 0])
        #expect(events.posted(signal, region: 3, tick: 2).forecastPriceUSDPerMWh == [85, 86, 12])
        #expect(events.posted(signal, region: 3, tick: 1) == signal, "nobody hears of it before it begins")
    }

    /// What an operator asks for reaches regions in a run, and nobody in its baseline.
    @Test func aBaselineAsksNobody() throws {
        func requests(_ experiment: Experiment) throws -> Int {
            let run = try ScriptedRun(experiment) { _, answer in
                answer.signalling { _, signal in
                    signal.request = CurtailmentRequest(event: 0, reductionMW: 1, priceUSDPerMWh: 2)
                }
            }
            return try (0..<6).count { try heard(run, tick: $0, region: 0).0.request != nil }
        }
        #expect(try requests(experiment(events: [])) == 6)
        #expect(try requests(experiment(events: []).baseline) == 0)
    }

    @Test func survivesTheJournalAndReplays() throws {
        let experiment = experiment(events: events)
        #expect(try Experiment(canonicalBytes: experiment.canonicalBytes()) == experiment)
        #expect(experiment.digest != self.experiment(events: Array(events.dropLast())).digest)
        #expect(experiment.baseline.events.isEmpty && experiment.baseline.withholdsRequests)
        #expect(try Experiment(canonicalBytes: experiment.baseline.canonicalBytes()) == experiment.baseline)
        let run = try ScriptedRun(experiment) { _, answer in answer }
        var replay = try Coordinator(experiment: experiment)
        for record in run.records { #expect(try replay.replay(record).record == record) }
    }
}

/// A battery's charge is part of what a region draws, pays and may be refused for.
@Suite struct ChargingTests {
    @Test(arguments: Coupling.Kind.allCases.filter { $0 != .priceTaker })
    func isDrawnAndPaid(kind: Coupling.Kind) throws {
        var experiment = ScriptedRun.experiment(ticks: 4, mechanism: Mechanism(.leastCost))
        experiment.coupling = Coupling(kind)
        let run = try ScriptedRun(experiment) { ask, answer in
            ask.agent == 2 ? answer.offering { $0.chargeMW = 20 } : answer
        }
        #expect(run.reports.isEmpty)
        for record in run.records {
            let region = record.clearing.regions[0]
            #expect(abs(region.gridMWh - region.facilityMWh - 20) < 1e-6)
            let load = record.dispatches[0]!.areas[0].computeLoadMW
            #expect(abs(load - record.clearing.regions[0].gridMWh - record.clearing.regions[2].gridMWh) < 1e-6)
            let paid = record.settlement.first { $0.payer == .agent(2) && $0.purpose == .energy }
            #expect(abs(paid!.amountUSD - region.gridMWh * record.dispatches[0]!.buses[0].priceUSDPerMWh) < 1e-6)
            #expect(kind != .coOptimised || record.clearing.coupling.hasConverged)
        }
    }

    @Test func moreThanTheConnectionIsAViolation() throws {
        let run = try ScriptedRun(ScriptedRun.experiment(ticks: 2)) { ask, answer in
            ask.agent == 2 ? answer.offering { $0.chargeMW = $0.connectionMW + 1 } : answer
        }
        #expect(run.reports.count == 2)
        #expect(run.reports.allSatisfy { $0.text.contains("battery charges") })
        #expect(run.records.allSatisfy { $0.clearing.regions[0].gridMWh == 0 })
    }
}
