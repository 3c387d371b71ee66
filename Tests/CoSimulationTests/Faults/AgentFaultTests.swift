import CoSimulation
import InferencePlacement
import TestKit
import Testing

/// Faults of agents and messages as data: what each does to a run, and what it leaves alone.
@Suite struct AgentFaultTests {
    private let experiment = SampleExperiment.make(size: 3, ticks: 8)

    private func run(_ faults: [AgentFault], _ experiment: Experiment? = nil) throws -> [TickRecord] {
        var experiment = experiment ?? self.experiment
        experiment.faults = faults
        return try SampleRun(experiment).records
    }

    private func fault(_ kind: AgentFault.Kind, _ agents: [Int] = Array(3..<9), _ ticks: Range<Int> = 0..<8)
        -> AgentFault
    {
        AgentFault(name: "fault", agents: agents, ticks: ticks, kind: kind)
    }

    // MARK: Nothing

    /// What cannot happen and what happens after the run changes no record; the control is the same a little more likely.
    @Test(arguments: 0..<12 as Range<UInt64>)
    func faultsThatDoNotHappenChangeNothing(seed: UInt64) throws {
        let experiment = SampleExperiment.make(size: 3, ticks: 8, seed: seed)
        let quiet = try run([], experiment)
        let nothing = [
            fault(.lostSignals(probability: 0)), fault(.lostBids(probability: 0)), fault(.lateSignals(delayTicks: 0)),
            fault(.outage, [0, 3, 6], 8..<20), fault(.lostBids(probability: 1), [4], 8..<9), fault(.outage, []),
        ]
        #expect(try run(nothing, experiment) == quiet, "seed \(seed)")
        #expect(try run([fault(.lostBids(probability: 0.5))], experiment) != quiet, "seed \(seed)")
        #expect(try run([fault(.lostSignals(probability: 0.5))], experiment) != quiet, "seed \(seed)")
        #expect(try run([fault(.lateSignals(delayTicks: 1))], experiment) != quiet, "seed \(seed)")
        #expect(try run([fault(.outage, [3], 7..<8)], experiment) != quiet, "seed \(seed)")
    }

    // MARK: Outages

    /// An outage is what `absent` is, for a while: the same records as where a shell goes on without the agent, and asks a
    /// grid operator for a signal when it is back.
    @Test(arguments: 0..<12 as Range<UInt64>)
    func anOutageIsAnAbsence(seed: UInt64) throws {
        var random = RandomStream(seed: seed, agent: 0, tick: 0, phase: .bidding)
        let experiment = SampleExperiment.make(
            size: 3, ticks: 8, seed: seed,
            coupling: seed % 3 == 0 ? Coupling(.iterated, damping: 0.5, toleranceMW: 0.5, roundLimit: 4) : Coupling())
        let from = Int.random(in: 0..<8, using: &random)
        let ticks = from..<(from + Int.random(in: 1...4, using: &random))
        let agents = (0..<9).filter { _ in random.uniform() < 0.4 }
        let faulty = try run([fault(.outage, agents, ticks)], experiment)
        let absent = try AbsentRun(experiment, agents: agents, ticks: ticks).records
        for (one, other) in zip(faulty, absent) {
            var one = one
            let expected = ticks.contains(one.tick) ? agents.map { FaultRecord(agent: $0, kind: .outage) } : []
            #expect(one.faults == expected, "seed \(seed), tick \(one.tick)")
            one.faults = []
            #expect(one == other, "seed \(seed), agents \(agents) in \(ticks), tick \(one.tick)")
        }
        // The control: a tick more is another run.
        guard !agents.isEmpty, ticks.upperBound < 8 else { return }
        let longer = try AbsentRun(experiment, agents: agents, ticks: from..<(ticks.upperBound + 1)).records
        #expect(longer[ticks.upperBound].absences != faulty[ticks.upperBound].absences, "seed \(seed)")
    }

    /// A region that is out serves nothing and draws nothing; it hears nothing of those ticks when it is back.
    @Test func aRegionThatIsOutDrawsNothing() throws {
        let records = try run([fault(.outage, [4], 2..<5)])
        for record in records {
            let isOut = (2..<5).contains(record.tick)
            #expect((record.clearing.regions[1].facilityMWh == 0) == isOut, "tick \(record.tick)")
            #expect((record.offers[1] == nil) == isOut)
            #expect(record.clearing.awards.contains { $0.region == 1 } == !isOut)
        }
        #expect(records[5].absences.isEmpty)
    }

    /// With everybody out nobody is asked, and the run goes on by itself, however long.
    @Test func aWorldWithoutAnybodyGoesOn() throws {
        var experiment = SampleExperiment.make(size: 1, ticks: 2_000)
        experiment.faults = [fault(.outage, [0, 1, 2], 0..<1_999)]
        let records = try SampleRun(experiment).records
        #expect(records.count == 2_000)
        #expect(records[700].absences.map(\.agent) == [0, 1, 2, 0])
        #expect(records[1_999].absences.isEmpty && !records[1_999].clearing.awards.isEmpty)
    }

    // MARK: Signals

    /// What each agent hears, with every signal stamped with its tick: what a messenger brings who is given the faults.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func agentsHearWhatArrived(seed: UInt64) throws {
        var experiment = SampleFaults.experiment(seed: seed, ticks: 10)
        experiment.faults = experiment.faults.filter { $0.kind != .outage }
        let run = try ScriptedRun(experiment) { ask, answer in
            guard case .grid(_, .some) = answer, case .grid(_, let tick?) = ask.question else { return answer }
            return answer.signalling { _, signal in signal.priceUSDPerMWh = Double(tick) }
        }
        var heard = [Int](repeating: 0, count: experiment.agentCount)
        for record in run.records {
            for agent in 3..<experiment.agentCount {
                let told = record.faults.compactMap { fault -> Int? in
                    guard fault.agent == agent, case .staleSignals(let tick) = fault.kind else { return nil }
                    return tick
                }
                let delays = experiment.faults.compactMap { fault -> Int? in
                    guard fault.agents.contains(agent), fault.ticks.contains(record.tick),
                        case .lateSignals(let delay) = fault.kind
                    else { return nil }
                    return delay
                }
                let arriving = max(heard[agent], record.tick - (delays.max() ?? 0))
                // What was lost is chance: either nothing came, and a fault may lose it, or what was due.
                let now = told.first ?? record.tick
                let mayLose = experiment.faults.contains { fault in
                    guard case .lostSignals(let probability) = fault.kind else { return false }
                    return probability > 0 && fault.agents.contains(agent) && fault.ticks.contains(record.tick)
                }
                #expect(now == arriving || (mayLose && now == heard[agent]), "seed \(seed), agent \(agent)")
                heard[agent] = now
                let ask = run.asks.first { $0.tick == record.tick && $0.agent == agent && $0.phase == .bidding }
                switch ask?.question {
                case .region(let signal, _, _): #expect(signal.priceUSDPerMWh == Double(now), "seed \(seed)")
                case .service(let signals, _):
                    #expect(signals.allSatisfy { $0.priceUSDPerMWh == Double(now) }, "seed \(seed)")
                default: Issue.record("agent \(agent) was not asked in tick \(record.tick)")
                }
            }
        }
    }

    /// With probability 1 the signal before the fault stands; when it ends, the current one is heard.
    @Test func signalsThatAreAllLostLeaveTheLast() throws {
        let records = try run([
            fault(.lostSignals(probability: 1), [5, 8], 3..<6), fault(.lateSignals(delayTicks: 2), [5]),
        ])
        func heard(_ agent: Int) -> [Int] {
            records.map { record in
                let own = record.faults.first { $0.agent == agent }
                guard case .staleSignals(let tick)? = own?.kind else { return record.tick }
                return tick
            }
        }
        #expect(heard(8) == [0, 1, 2, 2, 2, 2, 6, 7])
        #expect(heard(5) == [0, 0, 0, 0, 0, 0, 4, 5], "a late signal that is lost never comes")
        #expect(heard(4) == Array(0..<8))
    }

    /// A region offers, and is cleared, at the price it knows; the control is the same without the fault.
    @Test func theMarketClearsAtThePriceARegionKnows() throws {
        func prices(_ faults: [AgentFault]) throws -> [Double] {
            var experiment = experiment
            experiment.faults = faults
            let run = try ScriptedRun(experiment) { ask, answer in
                guard case .grid(_, let tick?) = ask.question else { return answer }
                return answer.signalling { _, signal in signal.priceUSDPerMWh = Double(10 + 10 * tick) }
            }
            var replay = BookReplay(experiment: experiment)
            return run.records.map { replay.book(of: $0).supplies[0].gridPriceUSDPerMWh }
        }
        let lost = fault(.lostSignals(probability: 1), [3], 2..<5)
        #expect(try prices([lost]) == [10, 20, 20, 20, 20, 60, 70, 80])
        #expect(try prices([]) == [10, 20, 30, 40, 50, 60, 70, 80])
    }

    /// A cap holds at the connection, whether or not the region heard of it.
    @Test func aCapHoldsUnheard() throws {
        var experiment = experiment
        experiment.events = [GridEvent(name: "cap", region: 0, ticks: 3..<6, kind: .cap(capMW: 4))]
        experiment.faults = [fault(.lostSignals(probability: 1), [3, 6], 1..<8)]
        let run = try ScriptedRun(experiment) { _, answer in answer }
        for record in run.records where (3..<6).contains(record.tick) {
            #expect(record.clearing.regions[0].gridMWh <= 4 + 1e-6, "tick \(record.tick)")
        }
        #expect(run.records[2].clearing.regions[0].gridMWh > 4, "the control: without the cap it draws more")
        #expect(run.reports.isEmpty)
    }

    // MARK: Bids

    /// What does not arrive counts as absent, though the agent answered; with probability 1 in every tick.
    @Test(arguments: 0..<12 as Range<UInt64>)
    func lostBidsAreAbsences(seed: UInt64) throws {
        let experiment = SampleExperiment.make(size: 3, ticks: 12, seed: seed)
        let records = try run([fault(.lostBids(probability: 0.4), Array(3..<9), 0..<12)], experiment)
        for record in records {
            let lost = record.faults.map(\.agent)
            #expect(record.faults.allSatisfy { $0.kind == .lostBid })
            #expect(record.absences == lost.map { Absence(agent: $0, phase: .bidding) }, "seed \(seed)")
            for agent in 3..<9 {
                let isNil = agent < 6 ? record.offers[agent - 3] == nil : record.bids[agent - 6] == nil
                #expect(isNil == lost.contains(agent), "seed \(seed), tick \(record.tick)")
            }
        }
        #expect(records.contains { !$0.faults.isEmpty } && records.contains { $0.faults.count < 6 })
        let all = try run([fault(.lostBids(probability: 1))], experiment)
        #expect(all.prefix(8).allSatisfy { $0.faults.count == 6 && $0.clearing.awards.isEmpty })
    }

    /// Chance is common to probabilities: what is lost at a small one is lost at a greater one, and the share is right.
    @Test func agreaterProbabilityLosesMore() throws {
        let experiment = SampleExperiment.make(size: 3, ticks: 60)
        func losses(_ probability: Double) throws -> Set<String> {
            let kind = AgentFault.Kind.lostBids(probability: probability)
            let records = try run([fault(kind, Array(3..<9), 0..<60)], experiment)
            return Set(records.flatMap { record in record.faults.map { "\(record.tick) \($0.agent)" } })
        }
        let (few, many) = (try losses(0.2), try losses(0.6))
        #expect(few.isStrictSubset(of: many))
        #expect((0.12...0.28).contains(Double(few.count) / 360) && (0.5...0.7).contains(Double(many.count) / 360))
        // The control: signals are lost by other chance than bids.
        let signals = try run([fault(.lostSignals(probability: 0.6), Array(3..<9), 0..<60)], experiment)
        let stale = Set(signals.flatMap { record in record.faults.map { "\(record.tick) \($0.agent)" } })
        #expect(!stale.isSubset(of: many) && !many.isSubset(of: stale))
    }
}
