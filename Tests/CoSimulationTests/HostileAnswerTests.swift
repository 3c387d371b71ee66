import CoSimulation
import InferencePlacement
import Testing

/// Answers with the worst numbers a message can carry: each is refused in words or cleared, and nothing traps.
@Suite struct HostileAnswerTests {
    static let numbers: [Double] = [
        .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, 0,
        -0.0, -1, 1e-300,
        1e300, 1e-12, 1e18, 1e12, -1e12, 1e9, 1e-9,
    ]

    private func spoil(_ answer: Answer, _ field: Int, _ value: Double) -> Answer {
        switch field {
        case 0: answer.signalling { _, signal in signal.priceUSDPerMWh = value }
        case 1: answer.signalling { _, signal in signal.marginalEmissionsKgPerMWh = value }
        case 2: answer.signalling { _, signal in signal.capMW = value }
        case 3:
            answer.signalling { _, signal in
                signal.forecastPriceUSDPerMWh = [value]; signal.forecastMarginalEmissionsKgPerMWh = [value]
            }
        case 4: answer.dispatching { _, outcome in outcome.priceUSDPerMWh = value }
        case 5: answer.offering { $0.capacity = [value] }
        case 6: answer.offering { $0.connectionMW = value }
        case 7: answer.offering { $0.pue = value }
        case 8: answer.offering { $0.blocks[0].limitMW = value }
        case 9: answer.offering { $0.blocks[0].markUpUSDPerMWh = value }
        case 10:
            answer.bidding {
                $0.requests = value; $0.arrivedRequests = value; $0.deferredRequests = 0
            }
        case 11: answer.bidding { $0.energyKWhPerRequest = value }
        case 12: answer.bidding { $0.workPerRequest = [value] }
        case 13: answer.bidding { $0.valueUSDPerRequest = value }
        case 14: answer.bidding { $0.switchingUSDPerRequest = value }
        case 15: answer.bidding { $0.movableShare = value }
        case 16:
            answer.bidding { line in
                for index in line.options.indices { line.options[index].frictionUSDPerRequest = value }
            }
        default:
            answer.bidding {
                $0.deferredRequests = value; $0.arrivedRequests = value
            }
        }
    }

    @Test(arguments: 0...17)
    func oneField(field: Int) throws {
        let experiment = ScriptedRun.experiment(ticks: 3)
        for value in Self.numbers {
            // One agent of each role spoils one field in every tick but the first.
            let run = try ScriptedRun(experiment) { ask, answer in
                [0, 3, 7].contains(ask.agent) && ask.tick > 0 ? spoil(answer, field, value) : answer
            }
            #expect(run.records.count == 3, "field \(field) at \(value)")
            for record in run.records {
                let numbers = [record.clearing.costUSD, record.clearing.emissionsKg, record.clearing.objective]
                #expect(
                    numbers.allSatisfy(\.isFinite) && record.settlement.allSatisfy { $0.amountUSD.isFinite },
                    "field \(field) at \(value)")
            }
        }
    }

    /// Several at once, from the first tick on.
    @Test func manyFields() throws {
        let experiment = ScriptedRun.experiment(ticks: 3)
        for seed in 0..<200 as Range<UInt64> {
            var spoilt: [String] = []
            do {
                let run = try ScriptedRun(experiment) { ask, answer in
                    var random = RandomStream(seed: seed, agent: ask.agent, tick: ask.tick, phase: ask.phase)
                    return (0..<18).reduce(answer) { answer, field in
                        guard random.uniform() < 0.08 else { return answer }
                        let value = Self.numbers[Int(random.next() % UInt64(Self.numbers.count))]
                        spoilt.append("tick \(ask.tick), agent \(ask.agent), field \(field): \(value)")
                        return spoil(answer, field, value)
                    }
                }
                #expect(run.records.count == 3, "seed \(seed)")
            } catch {
                Issue.record("seed \(seed): \(error); \(spoilt)")
            }
        }
    }

    @Test func listsOfTheWrongLength() throws {
        let experiment = ScriptedRun.experiment(ticks: 2)
        let spoilers: [(Int, Answer)] = [
            (0, .grid(dispatch: nil, signal: GridSignal(buses: []))),
            (0, .grid(dispatch: GridDispatch(buses: [], areas: []), signal: nil)),
            (0, .grid(dispatch: nil, signal: nil)),
            (3, .offer(CapacityOffer(capacity: [], connectionMW: 0, pue: 1, blocks: []))),
            (3, .offer(CapacityOffer(capacity: [1], connectionMW: 1, pue: 1, blocks: []))),
            (7, .bid(WorkBid(lines: []))),
        ]
        for (agent, given) in spoilers {
            let run = try ScriptedRun(experiment) { ask, answer in ask.agent == agent ? given : answer }
            #expect(run.records.count == 2, "agent \(agent): \(given)")
        }
    }
}
