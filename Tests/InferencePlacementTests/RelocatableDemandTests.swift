import InferencePlacement
import Testing

/// The nested meanings of relocatable inference demand (MODEL 1.8) and the break-even condition (MODEL 1.10).
@Suite struct RelocatableDemandTests {
    /// Economic <= feasible <= technical and realised without loss <= economic, whatever placed the work: 500 books.
    @Test(arguments: Mechanism.Objective.plain)
    func nestingUnderEveryObjective(objective: Mechanism.Objective) throws {
        for seed in 0..<100 as Range<UInt64> {
            var source = RandomBook(seed: seed + 20_000)
            let mechanism = source.mechanism(objective)
            let book = source.next()
            let label = "\(objective.rawValue), seed \(seed)"
            let placement = try ClearingHouse.clear(book, by: mechanism, label)
            for demand in try answers(question(book, placement, mechanism)) {
                let slack = 1e-6 * (1 + demand.demandMWh)
                #expect(demand.technicalMWh <= demand.demandMWh + slack, "\(label)")
                #expect(demand.feasibleMWh <= demand.technicalMWh + slack, "\(label): \(demand)")
                #expect(demand.economicMWh <= demand.feasibleMWh + slack, "\(label): \(demand)")
                #expect(demand.realisedMWh <= demand.feasibleMWh + slack, "\(label): \(demand)")
                let gainful = demand.realisedMWh - demand.realisedAtLossMWh
                #expect(gainful <= demand.economicMWh + slack, "\(label): \(demand)")
            }
        }
    }

    /// The whole chain where 1.1 is what is least, homes have room and moving is free of switching: 500 books.
    @Test(arguments: [Mechanism.Objective.leastCost, .carbonPriced])
    func wholeChainUnderCost(objective: Mechanism.Objective) throws {
        for seed in 0..<250 as Range<UInt64> {
            var source = RandomBook(seed: seed + 30_000)
            source.isAmple = true
            source.hasSwitching = false
            let mechanism = source.mechanism(objective)
            let book = source.next()
            let label = "\(objective.rawValue), seed \(seed)"
            let placement = try ClearingHouse.clear(book, by: mechanism, label)
            for demand in try answers(question(book, placement, mechanism)) {
                #expect(demand.isNested, "\(label): \(demand)")
                #expect(demand.realisedAtLossMWh <= 1e-6 * (1 + demand.demandMWh), "\(label): \(demand)")
            }
        }
    }

    /// The control: with the same room, an objective that is no cost moves work at a loss, and full homes do under cost.
    @Test func chainBreaksWithoutItsConditions() throws {
        func broken(_ objective: Mechanism.Objective, isAmple: Bool) throws -> Int {
            try (0..<60 as Range<UInt64>).count { seed in
                var source = RandomBook(seed: seed + 40_000)
                source.isAmple = isAmple
                source.hasSwitching = false
                let mechanism = source.mechanism(objective)
                let book = source.next()
                let placement = try ClearingHouse.clear(book, by: mechanism, "seed \(seed)")
                return try answers(question(book, placement, mechanism)).contains { !$0.isNested }
            }
        }
        #expect(try broken(.leastCarbon, isAmple: true) > 0)
        #expect(try broken(.leastCost, isAmple: false) > 0)
        #expect(try broken(.home, isAmple: false) == 0)
    }

    /// The potentials of system, classes and nodes as the textbook simplex finds them from 1.2 to 1.4.
    @Test func potentialsOfTheTextbook() throws {
        for seed in 0..<60 as Range<UInt64> {
            var source = RandomBook(seed: seed + 50_000)
            let book = source.next()
            let mechanism = source.mechanism(.leastCost)
            let placement = try ClearingHouse.clear(book, by: mechanism, "seed \(seed)")
            let question = question(book, placement, mechanism)
            for (orders, demand) in zip(groups(of: book), try answers(question)) {
                let feasible = try textbook(question, orders) { _, _ in true }
                let economic = try textbook(question, orders) { question.isEconomic[$0][$1] }
                #expect(abs(demand.feasibleMWh - feasible) <= 1e-6, "seed \(seed): \(demand), not \(feasible)")
                #expect(abs(demand.economicMWh - economic) <= 1e-6, "seed \(seed): \(demand), not \(economic)")
            }
        }
    }

    /// The most of some orders that can move where it counts, each MWh of it worth 1 $ and all else nothing.
    private func textbook(
        _ question: RelocationQuestion, _ orders: [Int], where counts: (Int, Int) -> Bool
    ) throws -> Double {
        var book = question.book.repriced(question.book.supplies.map { _ in 0 })
        for region in book.supplies.indices {
            for block in book.supplies[region].blocks.indices {
                book.supplies[region].blocks[block].priceUSDPerMWh = 0
            }
        }
        for (index, order) in book.orders.enumerated() {
            book.orders[index].line.valueUSDPerRequest = 0
            book.orders[index].line.switchingUSDPerRequest = 0
            for (option, place) in order.line.options.enumerated() {
                let isWorth = place.region != order.home && orders.contains(index) && counts(index, option)
                book.orders[index].line.options[option].frictionUSDPerRequest =
                    isWorth ? -order.line.energyKWhPerRequest / 1000 : 0
            }
        }
        let oracle = PlacementOracle(book: book, mechanism: Mechanism(.leastCost), last: PlacementOracle.atHome(book))
        return -(try #require(oracle.solve()).objective)
    }

    /// MODEL's instance, worked by hand: of class A only Virginia's has anywhere to go, and the homes have room for the rest.
    @Test func illustrativeInstance() throws {
        let book = IllustrativeInstance().book()
        let mechanism = Mechanism(.leastCost)
        let placement = try ClearingHouse.clear(book, by: mechanism, "instance")
        let system = try #require(try answers(question(book, placement, mechanism)).first)
        #expect(abs(system.demandMWh - 300) < 1e-9)
        // All classes B, C, D of three homes (60 % of 300) and class A of USE (40).
        #expect(abs(system.technicalMWh - 220) < 1e-9)
        #expect(abs(system.feasibleMWh - 220) < 1e-6, "\(system)")
        #expect(system.isNested && system.realisedAtLossMWh < 1e-6, "\(system)")
    }

    /// Each form of break-even is where the margin changes its sign.
    @Test func formsOfBreakEven() throws {
        var random = SeededRandom(5)
        var counts = [0, 0, 0, 0]
        for _ in 0..<500 {
            let friction = Friction(
                payloadGBPerRequest: random.uniform(0, 0.01), sessionStateGB: random.uniform(0, 1),
                requestsPerSession: random.uniform(1, 100), coldStartUSD: random.uniform(0, 0.1),
                reliabilityUSDPerRequest: random.uniform(0, 0.001), surchargeUSDPerMWh: random.uniform(0, 20))
            let energy = random.logUniform(0.001, 5)
            let even = BreakEven(
                savingUSDPerMWh: random.uniform(-50, 100), avoidedKgPerMWh: random.uniform(-400, 800),
                carbonPriceUSDPerKg: random.uniform(0, 0.2), energyKWhPerRequest: energy,
                friction: SplitFriction(friction, egressUSDPerGB: 0.05, energyKWhPerRequest: energy))
            let phi = friction.costUSDPerRequest(egressUSDPerGB: 0.05, energyKWhPerRequest: energy)
            #expect(abs(even.frictionUSDPerRequest - phi) <= 1e-12 * (1 + phi))
            #expect(abs(even.marginUSDPerMWh * energy / 1000 - even.marginUSDPerRequest) <= 1e-9)
            if let highest = even.highestFrictionUSDPerRequest {
                counts[0] += 1
                #expect(even.holds == (phi < highest))
            }
            if let lowest = even.lowestEnergyKWhPerRequest {
                counts[1] += 1
                check(even, lowest) { $0.energyKWhPerRequest = $1 }
            }
            if let lowest = even.lowestRequestsPerSession, lowest > 1 {
                counts[2] += 1
                check(even, lowest) { $0.friction.requestsPerSession = $1 }
            }
            if let lowest = even.lowestCarbonPriceUSDPerKg, lowest > 0 {
                counts[3] += 1
                check(even, lowest) { $0.carbonPriceUSDPerKg = $1 }
            }
        }
        #expect(counts.allSatisfy { $0 > 20 }, "every form must come up: \(counts)")
    }

    private func check(_ even: BreakEven, _ lowest: Double, _ set: (inout BreakEven, Double) -> Void) {
        var (above, below) = (even, even)
        set(&above, lowest * 1.001)
        set(&below, lowest * 0.999)
        #expect(above.holds && !below.holds, "\(even): \(lowest)")
    }

    /// The question of a book whose options are all within the latency mask, as a placement answers it.
    private func question(_ book: OrderBook, _ placement: Placement, _ mechanism: Mechanism) -> RelocationQuestion {
        var placed = book.orders.map { $0.line.options.map { _ in 0.0 } }
        for award in placement.awards { placed[award.order][award.option] = award.energyMWh }
        let isEconomic = book.orders.map { order in
            order.line.options.map { option in
                guard option.region != order.home else { return false }
                let friction = SplitFriction(
                    Friction(), egressUSDPerGB: 0, energyKWhPerRequest: order.line.energyKWhPerRequest,
                    statedUSDPerRequest: option.frictionUSDPerRequest)
                return BreakEven(
                    home: book.supplies[order.home], region: book.supplies[option.region],
                    carbonPriceUSDPerKg: mechanism.carbonPriceUSDPerKg,
                    energyKWhPerRequest: order.line.energyKWhPerRequest, friction: friction)?.isNoLoss ?? false
            }
        }
        return RelocationQuestion(
            book: book,
            isTechnical: book.orders.map { order in order.line.options.contains { $0.region != order.home } },
            isEconomic: isEconomic, placedMWh: placed)
    }

    /// Positions of the orders of the system first, then of each class, then of each service node.
    private func groups(of book: OrderBook) -> [[Int]] {
        let orders = book.orders
        let all = Array(orders.indices)
        let classes = Set(orders.map(\.line.workloadClass)).sorted().map { k in
            all.filter { orders[$0].line.workloadClass == k }
        }
        let services = Set(orders.map(\.service)).sorted().map { s in all.filter { orders[$0].service == s } }
        return [all] + classes + services
    }

    private func answers(_ question: RelocationQuestion) throws -> [RelocatableDemand] {
        var potential = try RelocationPotential()
        return try potential.demands(of: groups(of: question.book), in: question)
    }
}
