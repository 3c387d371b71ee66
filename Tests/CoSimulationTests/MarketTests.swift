import CoSimulation
import InferencePlacement
import Testing

/// What the market makes of answers: whose signal reaches whom, what stands in, what is refused.
@Suite struct MarketTests {
    private func lead(_ run: ScriptedRun, tick: Int, agent: Int) -> Question? {
        run.asks.first { $0.tick == tick && $0.agent == agent && $0.phase == .bidding }?.question
    }

    /// Regions of several operators in turn: each hears its own bus, and each bus its own load.
    @Test func regionsKeepTheirOrder() throws {
        let experiment = ScriptedRun.experiment(ticks: 3)
        let run = try ScriptedRun(experiment) { ask, answer in
            answer.signalling { bus, signal in signal.priceUSDPerMWh = Double(100 * ask.agent + bus) }
        }
        for record in run.records {
            for region in 0..<4 {
                guard case .region(let signal, _, _)? = lead(run, tick: record.tick, agent: 2 + region) else {
                    Issue.record("region \(region) was not asked in tick \(record.tick)")
                    continue
                }
                #expect(signal.priceUSDPerMWh == Double(100 * (region % 2) + region / 2))
            }
            guard case .service(let signals, _)? = lead(run, tick: record.tick, agent: 6) else {
                Issue.record("node 0 was not asked in tick \(record.tick)")
                continue
            }
            #expect(signals.map(\.priceUSDPerMWh) == [0, 100, 1, 101])
            for number in 0..<2 {
                let ask = run.asks.first { $0.tick == record.tick && $0.phase == .dispatching && $0.agent == number }
                let loads = [record.clearing.regions[number].gridMWh, record.clearing.regions[number + 2].gridMWh]
                #expect(
                    ask?.question == .grid(dispatchLoadMW: loads, signalTick: record.tick < 2 ? record.tick + 1 : nil))
            }
        }
    }

    @Test func lastSignalStandsIn() throws {
        let experiment = ScriptedRun.experiment(ticks: 4)
        let run = try ScriptedRun(experiment) { ask, answer in
            // The signal for tick 2 never comes: operator 0 is away when it should dispatch tick 1.
            if ask.agent == 0, ask.tick == 1, ask.phase == .dispatching { return nil }
            return answer.signalling { _, signal in signal.priceUSDPerMWh = Double(10 + ask.tick) }
        }
        func price(_ tick: Int) -> Double? {
            guard case .region(let signal, _, _)? = lead(run, tick: tick, agent: 2) else { return nil }
            return signal.priceUSDPerMWh
        }
        #expect((0..<4).map(price) == [10, 10, 10, 12], "tick 1 is signalled in tick 0; tick 2 repeats it")
        #expect(run.records[2].signals[0] == nil && run.records[2].signals[1] != nil)
        #expect(run.records[2].absences == [Absence(agent: 0, phase: .signalling)])
    }

    /// An operator that was never heard lets its regions draw nothing; on-site power still runs.
    @Test func unheardOperatorsGiveNoPower() throws {
        let experiment = ScriptedRun.experiment(ticks: 1)
        let run = try ScriptedRun(experiment) { ask, answer in
            if ask.agent == 0 { return nil }
            return answer.offering { $0.blocks.append(OfferBlock(source: .onSite, limitMW: 3, markUpUSDPerMWh: 0)) }
        }
        let regions = run.records[0].clearing.regions
        #expect(regions[0].gridMWh == 0 && regions[2].gridMWh == 0)
        #expect(abs(regions[0].facilityMWh - 3) < 1e-6, "\(regions[0])")
    }

    /// A cap lowers the connection, in MW whatever the tick, and leaves on-site power alone.
    @Test(arguments: [300 as Int64, 3600, 10_800])
    func capsBind(tickSeconds: Int64) throws {
        var experiment = ScriptedRun.experiment(ticks: 2)
        experiment.clock = Clock(startSeconds: 0, tickSeconds: tickSeconds, tickCount: 2)
        let run = try ScriptedRun(experiment) { ask, answer in
            answer
                .signalling { bus, signal in if ask.agent == 0, bus == 0 { signal.capMW = 5 } }
                .offering { $0.blocks.append(OfferBlock(source: .onSite, limitMW: 3, markUpUSDPerMWh: 0)) }
                .bidding { $0.options.removeAll { _ in false } }
        }
        let hours = Double(tickSeconds) / 3600
        for record in run.records {
            let outcome = record.clearing.regions[0]
            #expect(outcome.gridMWh <= 5 * hours * (1 + 1e-9), "tick \(record.tick)")
            #expect(outcome.facilityMWh <= 8 * hours * (1 + 1e-9), "tick \(record.tick)")
            let ask = run.asks.first { $0.tick == record.tick && $0.phase == .dispatching && $0.agent == 0 }
            guard case .grid(let loads?, _)? = ask?.question else { continue }
            #expect(abs(loads[0] - outcome.gridMWh / hours) < 1e-9)
        }
        #expect(run.records.contains { $0.clearing.regions[0].gridMWh > 4.9 * hours }, "the cap must bind")
    }

    @Test func lastBidStandsInAtHome() throws {
        let experiment = ScriptedRun.experiment(ticks: 3)
        let run = try ScriptedRun(experiment) { ask, answer in
            ask.agent == 7 && ask.tick == 1 ? nil : answer
        }
        let asked = run.records[0].bids[1]!.lines
        let record = run.records[1]
        #expect(record.bids[1] == nil)
        for line in asked {
            let awards = record.clearing.awards.filter { $0.service == 1 && $0.workloadClass == line.workloadClass }
            let unserved = record.clearing.unserved.filter { $0.service == 1 && $0.workloadClass == line.workloadClass }
            #expect(awards.allSatisfy { $0.region == experiment.services[1].home })
            let requests = awards.map(\.requests).reduce(0, +) + unserved.map(\.requests).reduce(0, +)
            #expect(abs(requests - line.requests) < 1e-6 * line.requests)
        }
        guard case .service(_, let last)? = lead(run, tick: 2, agent: 7) else {
            Issue.record("node 1 was not asked again")
            return
        }
        #expect(last == nil, "an absent node hears nothing of what stood in for it")
        #expect(run.reports.isEmpty, "after an absence nobody knows what was held back")
    }

    /// Held requests must come back, once.
    @Test func heldRequestsAreConserved() throws {
        func run(release: Double) throws -> ScriptedRun {
            try ScriptedRun(ScriptedRun.experiment(ticks: 2)) { ask, answer in
                guard ask.agent == 6 else { return answer }
                return answer.bidding { line in
                    line.arrivedRequests = 1000
                    line.deferredRequests = ask.tick == 0 ? 400 : 0
                    line.requests = ask.tick == 0 ? 600 : 1000 + release
                }
            }
        }
        #expect(try run(release: 400).reports.isEmpty)
        for release in [0, 399.0, 401, 800] {
            let reports = try run(release: release).reports
            #expect(reports.count == 1 && reports[0].text.contains("loses requests"), "released \(release): \(reports)")
        }
    }

    /// Violations come by phase, then agent, whether an answer was discarded or only trimmed.
    @Test func violationsAreInOrder() throws {
        let run = try ScriptedRun(ScriptedRun.experiment(ticks: 2)) { ask, answer in
            switch ask.agent {
            case 9: return answer.bidding { $0.requests = -1 }
            case 8, 6:
                return answer.bidding { line in
                    line.options = (0..<4).map { PlacementOption(region: $0, frictionUSDPerRequest: 0) }
                    line.movableShare = 1
                }
            case 3: return answer.offering { $0.pue = 0 }
            default: return answer
            }
        }
        for record in run.records {
            let agents = record.violations.map(\.agent)
            #expect(agents == agents.sorted() && Set(agents) == [3, 6, 8, 9], "tick \(record.tick): \(agents)")
        }
        #expect(run.records.flatMap(\.violations) == run.reports)
    }
}
