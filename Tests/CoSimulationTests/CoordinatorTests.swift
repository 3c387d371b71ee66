import CoSimulation
import InferencePlacement
import TestKit
import Testing

/// The coordinator as a value: what it directs, and that nothing but the answers decides the outcome.
@Suite struct CoordinatorTests {
    /// Runs an experiment with answers delivered in an order the generator picks, and returns the digest of its chain.
    private func digest(_ experiment: Experiment, deliveringWith random: inout RandomStream) throws -> Digest {
        var coordinator = try Coordinator(experiment: experiment)
        var agents = try experiment.agents(from: SampleAgents.catalogue)
        var digest = experiment.digest
        var replies: [Reply] = []
        var directives = try coordinator.start()
        while true {
            for directive in directives {
                switch directive {
                case .ask(let ask): replies.append(agents[ask.agent].answer(ask))
                case .record(let record): digest = digest.chained(with: record.canonicalBytes())
                case .report(let violation, _): Issue.record("\(violation)")
                case .refuse(let agent, let text): Issue.record("agent \(agent): \(text)")
                case .contradiction(let contradiction): Issue.record("\(contradiction)")
                case .finish: return digest
                }
            }
            let index = Int(random.next() % UInt64(replies.count))
            directives = try coordinator.receive(replies.remove(at: index))
        }
    }

    @Test func orderOfArrivalDoesNotMatter() throws {
        let experiment = SampleExperiment.make()
        let expected = try SampleRun(experiment).digest
        for seed in 0..<40 as Range<UInt64> {
            var random = RandomStream(seed: seed, agent: 0, tick: 0, phase: .bidding)
            #expect(try digest(experiment, deliveringWith: &random) == expected, "seed \(seed)")
        }
    }

    /// The control: what may change the digest does change it.
    @Test func whatMattersChangesTheDigest() throws {
        let experiment = SampleExperiment.make()
        let expected = try SampleRun(experiment).digest
        #expect(try SampleRun(SampleExperiment.make(seed: 8)).digest != expected)
        #expect(try SampleRun(experiment.baseline).digest != expected)
        var nudged = experiment
        nudged.services[1].roundTripMilliseconds[0] += 1e-9
        #expect(try SampleRun(nudged).digest != expected)
    }

    @Test func firstDirectivesAskEveryGridOperator() throws {
        let experiment = SampleExperiment.make(size: 2)
        var coordinator = try Coordinator(experiment: experiment)
        let expected = [0, 1].map {
            Directive.ask(
                Ask(agent: $0, tick: 0, phase: .signalling, question: .grid(dispatchLoadMW: nil, signalTick: 0)))
        }
        #expect(try coordinator.start() == expected)
        #expect(coordinator.awaited == [0, 1])
    }

    /// The order of phases and audiences of a whole run.
    @Test func executionGraph() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 2)
        var coordinator = try Coordinator(experiment: experiment)
        var agents = try experiment.agents(from: SampleAgents.catalogue)
        var log: [String] = []
        var directives = try coordinator.start()
        var next = 0
        while next < directives.count {
            switch directives[next] {
            case .ask(let ask):
                log.append("\(ask.tick) \(ask.phase.name) \(experiment.agent(ask.agent).name)")
                directives += try coordinator.receive(agents[ask.agent].answer(ask))
            case .record(let record): log.append("\(record.tick) record")
            case .contradiction: log.append("contradiction")
            case .finish: log.append("finish")
            case .report, .refuse: Issue.record("\(directives[next])")
            }
            next += 1
        }
        #expect(
            log == [
                "0 signalling grid-0", "0 signalling grid-1",
                "0 bidding region-0", "0 bidding region-1", "0 bidding node-0", "0 bidding node-1",
                "0 dispatching grid-0", "0 dispatching grid-1", "0 record",
                "1 bidding region-0", "1 bidding region-1", "1 bidding node-0", "1 bidding node-1",
                "1 dispatching grid-0", "1 dispatching grid-1", "1 record", "finish",
            ])
    }

    @Test func answersNobodyAskedForChangeNothing() throws {
        let experiment = SampleExperiment.make(size: 2)
        var coordinator = try Coordinator(experiment: experiment)
        var agents = try experiment.agents(from: SampleAgents.catalogue)
        let asks = try coordinator.start().compactMap { if case .ask(let ask) = $0 { ask } else { nil } }
        let reply = agents[0].answer(asks[0])
        #expect(try coordinator.receive(reply).isEmpty)
        let strays = [
            reply, Reply(agent: 1, tick: 3, phase: .signalling, answer: reply.answer),
            Reply(agent: 1, tick: 0, phase: .bidding, answer: reply.answer),
            Reply(agent: 1, tick: 0, phase: .signalling, answer: .bid(WorkBid(lines: []))),
            Reply(agent: 99, tick: 0, phase: .signalling, answer: reply.answer),
        ]
        for stray in strays {
            guard case .refuse(let agent, let text)? = try coordinator.receive(stray).first else {
                Issue.record("not refused: \(stray)")
                continue
            }
            #expect(agent == stray.agent && !text.isEmpty)
        }
        #expect(coordinator.awaited == [1])
    }

    @Test func replayFromRecordsGivesTheSameRecords() throws {
        let experiment = SampleExperiment.make()
        let run = try SampleRun(experiment)
        var coordinator = try Coordinator(experiment: experiment)
        for record in run.records {
            let again = try coordinator.replay(record).record
            #expect(FieldDifference(between: record, and: again) == nil)
        }
        var forged = run.records[0]
        forged.clearing.costUSD += 1
        var other = try Coordinator(experiment: experiment)
        let difference = FieldDifference(between: forged, and: try other.replay(forged).record)
        #expect(difference?.path == "clearing.costUSD", "a forged record must be found out")
    }

    @Test func aRunGoesOnWithoutAbsentAgents() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 3)
        var coordinator = try Coordinator(experiment: experiment)
        var agents = try experiment.agents(from: SampleAgents.catalogue)
        var records: [TickRecord] = []
        var directives = try coordinator.start()
        var next = 0
        // From tick 1 on, region-1 (agent 3), node-1 (agent 5) and grid-0 (agent 0, dispatching) are away.
        while next < directives.count {
            switch directives[next] {
            case .ask(let ask):
                let isAway = ask.tick >= 1 && [0, 3, 5].contains(ask.agent)
                directives +=
                    isAway
                    ? try coordinator.declareAbsent(agent: ask.agent)
                    : try coordinator.receive(agents[ask.agent].answer(ask))
            case .record(let record): records.append(record)
            case .finish, .report, .refuse, .contradiction: break
            }
            next += 1
        }
        #expect(records.count == 3)
        #expect(records[0].absences.isEmpty)
        #expect(records[1].absences.map(\.agent) == [3, 5, 0])
        #expect(
            records[2].absences == [
                Absence(agent: 0, phase: .signalling), Absence(agent: 3, phase: .bidding),
                Absence(agent: 5, phase: .bidding),
                Absence(agent: 0, phase: .dispatching),
            ])
        #expect(records[1].clearing.regions[1].energyMWh == 0, "an absent region runs nothing")
        #expect(
            records[1].clearing.awards.allSatisfy { $0.service == 0 || $0.region == 1 }, "an absent node stays at home")
        #expect(records[1].clearing.unserved.contains { $0.service == 1 }, "whose region is away too")
    }

    @Test func brokenAnswersCountAsAbsences() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 1)
        let broken: [(agent: Int, answer: Answer, fragment: String)] = [
            (2, .offer(CapacityOffer(capacity: [1], connectionMW: 1, pue: 0.9, blocks: [])), "PUE is 0.9"),
            (
                2, .offer(CapacityOffer(capacity: [], connectionMW: 1, pue: 1.1, blocks: [])),
                "0 capacities for 1 resources"
            ),
            (2, .offer(CapacityOffer(capacity: [.nan], connectionMW: 1, pue: 1.1, blocks: [])), "negative capacity"),
            (4, .bid(WorkBid(lines: [line(requests: -1)])), "negative or no finite number"),
            (4, .bid(WorkBid(lines: [line(requests: .infinity)])), "negative or no finite number"),
            (4, .bid(WorkBid(lines: [line(region: 9)])), "region 9 out of order or past the last"),
            (4, .bid(WorkBid(lines: [line(), line()])), "class 0 out of order"),
            (4, .bid(WorkBid(lines: [line(friction: -1)])), "the friction -1.0 for region region-0"),
            (4, .bid(WorkBid(lines: [line(requests: 5, arrived: 7)])), "loses requests"),
        ]
        for (agent, answer, fragment) in broken {
            var coordinator = try Coordinator(experiment: experiment)
            var agents = try experiment.agents(from: SampleAgents.catalogue)
            var directives = try coordinator.start()
            var next = 0
            var reports: [Violation] = []
            while next < directives.count {
                switch directives[next] {
                case .ask(let ask):
                    var reply = agents[ask.agent].answer(ask)
                    if ask.agent == agent { reply.answer = answer }
                    directives += try coordinator.receive(reply)
                case .report(let violation, let tick):
                    #expect(tick == 0)
                    reports.append(violation)
                case .record(let record):
                    #expect(record.violations == reports)
                    #expect(record.absences.contains(Absence(agent: agent, phase: .bidding)))
                case .finish, .refuse, .contradiction: break
                }
                next += 1
            }
            #expect(reports.count == 1 && reports[0].text.contains(fragment), "\(fragment): \(reports)")
        }
    }

    /// The answer to a dispatch carries the signal of the next tick.
    @Test func aReportNamesTheTickThatTheAnswerIsAbout() throws {
        let experiment = SampleExperiment.make(size: 2, ticks: 3)
        var coordinator = try Coordinator(experiment: experiment)
        var agents = try experiment.agents(from: SampleAgents.catalogue)
        var directives = try coordinator.start()
        var reports: [String] = []
        var next = 0
        while next < directives.count {
            if case .ask(let ask) = directives[next] {
                var reply = agents[ask.agent].answer(ask)
                if ask.agent == 0, ask.tick == 1, ask.phase == .dispatching {
                    reply.answer = .grid(
                        dispatch: GridDispatch(buses: [], areas: []), signal: GridSignal(buses: []))
                }
                directives += try coordinator.receive(reply)
            }
            if case .report(let violation, let tick) = directives[next] {
                reports.append("\(violation.phase.name) \(tick)")
            }
            next += 1
        }
        #expect(reports == ["dispatching 1", "signalling 2"])
    }

    private func line(requests: Double = 10, arrived: Double? = nil, region: Int = 0, friction: Double = 0) -> BidLine {
        BidLine(
            workloadClass: 0, requests: requests, arrivedRequests: arrived ?? requests, energyKWhPerRequest: 0.001,
            workPerRequest: [1],
            valueUSDPerRequest: 1, options: [PlacementOption(region: region, frictionUSDPerRequest: friction)])
    }

    /// Masks hold whatever an agent claims, and the claim is on record.
    @Test func optionsOutsideTheMasksAreStruckOut() throws {
        let experiment = SampleExperiment.make(size: 3, ticks: 1)
        var coordinator = try Coordinator(experiment: experiment)
        var agents = try experiment.agents(from: SampleAgents.catalogue)
        var directives = try coordinator.start()
        var next = 0
        var reports: [Violation] = []
        while next < directives.count {
            switch directives[next] {
            case .ask(let ask):
                var reply = agents[ask.agent].answer(ask)
                if ask.agent == 6, case .bid(var bid) = reply.answer {
                    for index in bid.lines.indices {
                        bid.lines[index].movableShare = 1
                        bid.lines[index].options = (0..<3).map { PlacementOption(region: $0, frictionUSDPerRequest: 0) }
                    }
                    reply.answer = .bid(bid)
                }
                directives += try coordinator.receive(reply)
            case .report(let violation, let tick):
                #expect(tick == 0)
                reports.append(violation)
            case .record(let record):
                for award in record.clearing.awards {
                    #expect(
                        experiment.isAllowed(
                            service: award.service, workloadClass: award.workloadClass, region: award.region))
                }
            case .finish, .refuse, .contradiction: break
            }
            next += 1
        }
        #expect(reports.map(\.text).contains { $0.contains("outside its masks") && $0.contains("region-2") })
        #expect(reports.map(\.text).contains { $0.contains("0.8 may move") })
    }

    @Test func paymentsAddUpToZeroAndCoverWhatWasPlaced() throws {
        let experiment = SampleExperiment.make(ticks: 6)
        for record in try SampleRun(experiment).records {
            let energy = record.settlement.filter { $0.purpose == .energy }.map(\.amountUSD).reduce(0, +)
            let expected = record.clearing.regions.enumerated().map { region, outcome in
                outcome.gridMWh * record.dispatches[experiment.regions[region].gridOperator]!.buses[0].priceUSDPerMWh
            }.reduce(0, +)
            #expect(abs(energy - expected) < 1e-6 * (1 + abs(expected)))
            let relocation = record.settlement.filter { $0.purpose == .relocation }.map(\.amountUSD).reduce(0, +)
            let friction = record.clearing.frictionUSD + record.clearing.switchingUSD
            #expect(abs(relocation - friction) < 1e-9 * (1 + friction))
            let carbon = record.settlement.filter { $0.purpose == .carbon }.map(\.amountUSD).reduce(0, +)
            #expect(abs(carbon - 0.05 * record.clearing.emissionsKg) < 1e-6 * (1 + abs(carbon)))
        }
    }
}
