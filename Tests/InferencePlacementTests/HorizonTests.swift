import InferencePlacement
import LinearProgram
import Testing

/// Clearing over several ticks: against the plain clearing, against the paper's own program, and by hand (MODEL 2).
@Suite struct HorizonTests {
    private func optimum(_ mechanism: Mechanism, _ window: HorizonWindow) throws -> [Double] {
        var house = HorizonHouse(mechanism: mechanism)
        return try house.clear(window).optima
    }

    private func isClose(_ found: Double, _ expected: Double, _ tolerance: Double = 1e-6) -> Bool {
        abs(found - expected) <= tolerance * (1 + abs(expected))
    }

    // MARK: One tick

    /// A horizon of one tick is the plain clearing, whatever its objective.
    @Test(arguments: [
        Mechanism.Objective.home, .nearest, .leastCost, .leastCarbon, .carbonPriced,
    ])
    func oneTickIsThePlainClearing(objective: Mechanism.Objective) throws {
        let mechanism = Mechanism(objective, carbonPriceUSDPerKg: objective == .carbonPriced ? 0.07 : 0)
        for seed in 0..<60 as Range<UInt64> {
            var random = RandomBook(seed: seed)
            let book = random.next()
            var house = try ClearingHouse(mechanism: mechanism)
            let plain = try house.clear(book)
            let window = HorizonWindow(
                tickHours: book.tickHours, supplies: [book.supplies],
                orders: book.orders.map { HorizonOrder(order: $0, expectedRequests: []) })
            var horizon = HorizonHouse(mechanism: mechanism)
            let result = try horizon.clear(window)
            #expect(isClose(result.placement.objective, plain.objective), "seed \(seed)")
            #expect(isClose(result.optima[0], plain.objective), "seed \(seed)")
            #expect(result.waitingRequests.allSatisfy { $0 == 0 }, "seed \(seed)")
        }
    }

    // MARK: The paper

    /// M0 to M3 of MODEL 2 over a horizon, with and without binding water and delay, equal the paper's own program.
    @Test func weightedSumsEqualThePapersProgram() throws {
        let models: [(ObjectiveWeights, GreenLLMInstance.Weights)] = [
            (.m0, .init(energy: 1.0 / 3, carbon: 1.0 / 3, delay: 1.0 / 3)), (.m1, .init(energy: 1)),
            (.m2, .init(carbon: 1)), (.m3, .init(energy: 0.25, carbon: 0.5, delay: 0.25)),
        ]
        var compared = 0
        for seed in 0..<40 as Range<UInt64> {
            var instance = GreenLLMInstance(seed: seed)
            let least = try #require(try instance.optimum(.init(water: 1)), "seed \(seed)")
            if seed % 3 > 0 { instance.waterLimit = least * 1.05 }
            if seed % 2 > 0 { tightenDelay(&instance) }
            for (weights, paper) in models {
                guard let expected = try instance.optimum(paper) else { continue }
                let found = try optimum(Mechanism(.weighted, weights: weights), instance.window)[0]
                #expect(isClose(found, expected), "seed \(seed), \(weights): \(found) and \(expected)")
                compared += 1
            }
        }
        #expect(compared > 120)
    }

    /// A limit on each type's delay that the delay-free optimum breaks.
    private func tightenDelay(_ instance: inout GreenLLMInstance) {
        for k in instance.delayLimit.indices {
            var (best, worst) = (0.0, 0.0)
            for i in 0..<instance.areas {
                for t in 0..<instance.hours {
                    let all = (0..<instance.centres).map { j in
                        let delay = instance.delay(i, j, k, t)
                        return delay.fixed + delay.perQuery * instance.queries[i][k][t]
                    }
                    best = max(best, all.min()!)
                    worst = max(worst, all.max()!)
                }
            }
            instance.delayLimit[k] = best + 0.3 * (worst - best)
        }
    }

    /// Each criterion is as good as those before it allow, with the slack of a thousandth (MODEL 2).
    @Test func prioritiesEqualThePapersProgramStepByStep() throws {
        let orders: [[Criterion]] = [
            [.energy, .carbon, .delay], [.carbon, .delay, .energy], [.delay, .energy, .carbon],
            [.water, .carbon, .energy],
        ]
        func weights(_ criterion: Criterion) -> GreenLLMInstance.Weights {
            switch criterion {
            case .energy: .init(energy: 1)
            case .carbon: .init(carbon: 1)
            case .delay: .init(delay: 1)
            default: .init(water: 1)
            }
        }
        for seed in 0..<12 as Range<UInt64> {
            let instance = GreenLLMInstance(seed: seed + 100)
            for order in orders {
                let found = try optimum(Mechanism(.lexicographic, priorities: order), instance.window)
                var limits: [(GreenLLMInstance.Weights, Double)] = []
                for (criterion, value) in zip(order, found) {
                    let expected = try #require(try instance.optimum(weights(criterion), limits: limits))
                    #expect(isClose(value, expected, 1e-5), "seed \(seed), \(order), \(criterion)")
                    limits.append((weights(criterion), expected + 0.001 * abs(expected)))
                }
            }
        }
    }

    /// Only the minimised quantity is unique: M1 leaves carbon to chance, priorities do not.
    @Test func laterPrioritiesSettleTies() throws {
        for seed in 0..<8 as Range<UInt64> {
            var instance = GreenLLMInstance(seed: seed + 300)
            instance.price = instance.price.map { $0.map { _ in 0.1 } }
            let energyThenCarbon = try optimum(
                Mechanism(.lexicographic, priorities: [.energy, .carbon], prioritySlack: 0), instance.window)
            let carbonAlone = try optimum(Mechanism(.weighted, weights: .m2), instance.window)
            let energyAlone = try optimum(Mechanism(.weighted, weights: .m1), instance.window)
            #expect(isClose(energyThenCarbon[0], energyAlone[0]))
            #expect(energyThenCarbon[1] >= carbonAlone[0] * (1 - 1e-6))
        }
    }

    // MARK: Waiting

    private func deferrable(prices: [Double], due: [Double], arriving: [Double], limitMWh: Double = 100)
        -> HorizonWindow
    {
        let line = BidLine(
            workloadClass: 0, requests: due.reduce(0, +), arrivedRequests: 0, energyKWhPerRequest: 1,
            workPerRequest: [0], valueUSDPerRequest: 50, dueRequests: due,
            options: [PlacementOption(region: 0, frictionUSDPerRequest: 0)])
        return HorizonWindow(
            tickHours: 1,
            supplies: prices.map { price in
                [
                    RegionSupply(
                        capacity: [1e9], connectionMWh: limitMWh, pue: 1,
                        blocks: [
                            EnergyBlock(
                                limitMWh: .infinity, priceUSDPerMWh: price, emissionsKgPerMWh: 0, isFromGrid: true)
                        ])
                ]
            },
            orders: [
                HorizonOrder(
                    order: WorkOrder(service: 0, home: 0, line: line, roundTripMilliseconds: [0]),
                    expectedRequests: arriving)
            ])
    }

    /// Work waits for cheaper ticks up to its deadline, and not beyond.
    @Test func workWaitsForCheaperTicks() throws {
        var house = HorizonHouse(mechanism: Mechanism(.leastCost, horizonTicks: 3))
        // 1,000 requests of 1 kWh: 200 due now, 300 in the next tick, 500 in the one after.
        let falling = try house.clear(
            deferrable(prices: [30, 20, 10], due: [200, 300, 500], arriving: [0, 0]))
        #expect(isClose(falling.waitingRequests[0], 800))
        #expect(isClose(falling.optima[0], 0.2 * 30 + 0.3 * 20 + 0.5 * 10))
        let rising = try house.clear(
            deferrable(prices: [10, 20, 30], due: [200, 300, 500], arriving: [0, 0]))
        #expect(rising.waitingRequests[0] == 0 && isClose(rising.optima[0], 10))
        let dip = try house.clear(
            deferrable(prices: [30, 5, 10], due: [200, 300, 500], arriving: [100, 100]))
        // What arrives next may wait two more ticks, and the window ends first.
        #expect(isClose(dip.waitingRequests[0], 800))
        #expect(isClose(dip.optima[0], 0.2 * 30 + 0.9 * 5 + 0.1 * 10))
    }

    /// Where the cheap tick is full the rest runs now.
    @Test func aFullTickPushesWorkBack() throws {
        var house = HorizonHouse(mechanism: Mechanism(.leastCost, horizonTicks: 2))
        let result = try house.clear(
            deferrable(prices: [30, 10], due: [0, 1000], arriving: [0], limitMWh: 0.7))
        #expect(isClose(result.waitingRequests[0], 700))
        #expect(result.placement.unservedRequests[0] == 0)
        #expect(isClose(result.book.orders[0].line.requests, 300))
    }

    /// A horizon never costs more than its ticks one by one, over random books.
    @Test func lookingAheadNeverCostsMore() throws {
        for seed in 0..<40 as Range<UInt64> {
            let instance = GreenLLMInstance(seed: seed + 500)
            let whole = try optimum(Mechanism(.weighted, weights: .m0), instance.window)[0]
            var sum = 0.0
            for t in 0..<instance.hours {
                var one = instance.window
                one.supplies = [one.supplies[t]]
                for index in one.orders.indices {
                    let arrivals =
                        [one.orders[index].order.line.requests] + one.orders[index].expectedRequests
                    one.orders[index].order.line.requests = arrivals[t]
                    one.orders[index].expectedRequests = []
                }
                sum += try optimum(Mechanism(.weighted, weights: .m0), one)[0]
            }
            #expect(isClose(whole, sum, 1e-5), "seed \(seed): nothing ties the ticks of this instance together")
        }
    }

    // MARK: Traps of MODEL 2

    /// Delay is that of a slot: twice the queries, twice the transmission and processing, propagation as before.
    @Test func delayIsASlotAggregate() throws {
        let instance = GreenLLMInstance(seed: 1)
        let order = instance.window.orders[0].order
        let (once, twice) = (order.delayOfAll(1000), order.delayOfAll(2000))
        let fixed = instance.propagation[0][0]
        #expect(isClose(twice - fixed, 2 * (once - fixed), 1e-12) && once > fixed)
    }
}

extension WorkOrder {
    /// Delay if so many requests all ran at the first option, s.
    fileprivate func delayOfAll(_ requests: Double) -> Double {
        line.options[0].delaySeconds + line.options[0].delaySecondsPerRequest * requests
    }
}
