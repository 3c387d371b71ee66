import InferencePlacement
import Testing

/// What must hold between mechanisms, and when limits loosen, on random books.
@Suite struct MechanismTests {
    /// Whether `smaller` is at most `larger`, up to rounding.
    private func isAtMost(_ smaller: Double, _ larger: Double) -> Bool {
        smaller <= larger + 1e-6 * (1 + abs(larger))
    }

    /// What a mechanism minimises, first things first: unserved energy where the objective is no money, then the rest.
    private func goals(_ placement: Placement, _ book: OrderBook, _ mechanism: Mechanism) -> (
        unserved: Double, value: Double
    ) {
        let unserved = zip(book.orders, placement.unservedRequests).map { $1 * $0.line.energyKWhPerRequest / 1000 }
            .reduce(0, +)
        switch mechanism.objective {
        case .home, .leastCost, .carbonPriced: return (0, placement.objective)
        case .nearest: return (unserved, latency(placement, book))
        case .leastCarbon: return (unserved, placement.emissionsKg)
        case .weighted, .lexicographic: preconditionFailure("not among the plain objectives")
        }
    }

    private func latency(_ placement: Placement, _ book: OrderBook) -> Double {
        placement.awards.map { $0.energyMWh * book.orders[$0.order].roundTripMilliseconds[$0.option] }.reduce(0, +)
    }

    /// The rules of MODEL 1.2 to 1.4, from the awards and the book alone.
    @Test(arguments: Mechanism.Objective.plain)
    func rules(objective: Mechanism.Objective) throws {
        for seed in 0..<60 as Range<UInt64> {
            var source = RandomBook(seed: seed + 1000)
            let mechanism = source.mechanism(objective)
            let book = source.next()
            let label = "\(objective.rawValue), seed \(seed)"
            let placement = try ClearingHouse.clear(book, by: mechanism, label)
            for (index, order) in book.orders.enumerated() {
                let awards = placement.awards.filter { $0.order == index }
                let served = awards.map(\.requests).reduce(0, +)
                let remote = awards.filter { order.line.options[$0.option].region != order.home }.map(\.requests)
                    .reduce(0, +)
                #expect(
                    abs(served + placement.unservedRequests[index] - order.line.requests) < 1e-6,
                    "\(label), order \(index)")
                #expect(
                    isAtMost(remote, objective == .home ? 0 : order.line.movableShare * order.line.requests),
                    "\(label), order \(index)")
                #expect(
                    awards.allSatisfy { $0.requests > 0 && order.line.options.indices.contains($0.option) },
                    "\(label), order \(index)")
            }
            for (region, supply) in book.supplies.enumerated() {
                let awards = placement.awards.filter { book.orders[$0.order].line.options[$0.option].region == region }
                let energy = awards.map { $0.requests * book.orders[$0.order].line.energyKWhPerRequest / 1000 }.reduce(
                    0, +)
                let outcome = placement.regions[region]
                #expect(
                    abs(outcome.energyMWh - energy) < 1e-9 && abs(outcome.facilityMWh - energy * supply.pue) < 1e-9,
                    "\(label), region \(region)")
                #expect(isAtMost(outcome.gridMWh, supply.connectionMWh), "\(label), region \(region)")
                for (taken, block) in zip(placement.blockMWh[region], supply.blocks) {
                    #expect(taken >= 0 && isAtMost(taken, block.limitMWh), "\(label)")
                }
                for (resource, limit) in supply.capacity.enumerated() {
                    let work = awards.map { $0.requests * book.orders[$0.order].line.workPerRequest[resource] }.reduce(
                        0, +)
                    #expect(isAtMost(work, limit), "\(label), region \(region), resource \(resource)")
                }
            }
        }
    }

    /// A wider mask (which is what a higher budget gives), more capacity, power or movable share never makes it worse.
    @Test(arguments: Mechanism.Objective.plain)
    func looserLimitsNeverHurt(objective: Mechanism.Objective) throws {
        for seed in 0..<60 as Range<UInt64> {
            var source = RandomBook(seed: seed + 2000)
            let mechanism = source.mechanism(objective)
            let book = source.next()
            let before = goals(try ClearingHouse.clear(book, by: mechanism, "seed \(seed)"), book, mechanism)
            for (what, looser) in loosened(book) {
                let label = "\(objective.rawValue), seed \(seed), \(what)"
                let after = goals(try ClearingHouse.clear(looser, by: mechanism, label), looser, mechanism)
                let isBetter = after.unserved < before.unserved - 1e-7
                #expect(
                    isAtMost(after.unserved, before.unserved) && (isBetter || isAtMost(after.value, before.value)),
                    "\(label): \(before), then \(after)")
            }
        }
    }

    private func loosened(_ book: OrderBook) -> [(String, OrderBook)] {
        var mask = book
        for index in mask.orders.indices {
            let order = mask.orders[index]
            let missing = book.supplies.indices.filter { region in !order.line.options.contains { $0.region == region }
            }
            mask.orders[index].line.options += missing.map {
                PlacementOption(region: $0, frictionUSDPerRequest: $0 == order.home ? 0 : 0.01)
            }
            mask.orders[index].roundTripMilliseconds += missing.map { $0 == order.home ? 5 : 100 }
        }
        var share = book
        for index in share.orders.indices {
            share.orders[index].line.movableShare = min(1, share.orders[index].line.movableShare + 0.3)
        }
        var capacity = book
        var power = book
        for region in book.supplies.indices {
            capacity.supplies[region].capacity = book.supplies[region].capacity.map { $0 * 1.5 + 1 }
            power.supplies[region].connectionMWh = book.supplies[region].connectionMWh * 1.5 + 0.01
            for block in book.supplies[region].blocks.indices { power.supplies[region].blocks[block].limitMWh += 0.02 }
        }
        return [("mask", mask), ("share", share), ("capacity", capacity), ("power", power)]
    }

    /// With room for everything: home stays at home, and each mechanism is best at what it minimises.
    @Test func eachIsBestAtItsOwn() throws {
        for seed in 0..<60 as Range<UInt64> {
            var source = RandomBook(seed: seed + 3000)
            source.isAmple = true
            source.hasSwitching = false
            var book = source.next()
            for index in book.orders.indices { book.orders[index].line.valueUSDPerRequest = 1000 }
            let all = try Mechanism.Objective.plain.map { objective in
                (
                    objective,
                    try ClearingHouse.clear(book, by: Mechanism(objective), "\(objective.rawValue), seed \(seed)")
                )
            }
            let by = Dictionary(uniqueKeysWithValues: all)
            let isHome = by[.home]!.awards.allSatisfy {
                book.orders[$0.order].line.options[$0.option].region == book.orders[$0.order].home
            }
            #expect(isHome && by[.home]!.frictionUSD == 0, "seed \(seed)")
            for (objective, placement) in all {
                let label = "seed \(seed), against \(objective.rawValue)"
                #expect(placement.unservedUSD == 0, "\(label)")
                #expect(isAtMost(by[.leastCost]!.costUSD, placement.costUSD), "\(label)")
                #expect(isAtMost(by[.leastCarbon]!.emissionsKg, placement.emissionsKg), "\(label)")
                #expect(isAtMost(latency(by[.nearest]!, book), latency(placement, book)), "\(label)")
            }
        }
    }

    /// Least cost beats every mechanism in cost, and the carbon-priced objective every placement's value at its price.
    @Test func moneyIsMinimised() throws {
        for seed in 0..<60 as Range<UInt64> {
            var source = RandomBook(seed: seed + 4000)
            source.hasSwitching = false
            let priced = source.mechanism(.carbonPriced)
            let book = source.next()
            let least = try ClearingHouse.clear(book, by: Mechanism(.leastCost), "seed \(seed)")
            let carbon = try ClearingHouse.clear(book, by: priced, "seed \(seed)")
            for objective in Mechanism.Objective.plain {
                let mechanism = objective == .carbonPriced ? priced : Mechanism(objective)
                let label = "seed \(seed), against \(objective.rawValue)"
                let placement = try ClearingHouse.clear(book, by: mechanism, label)
                #expect(isAtMost(least.costUSD, placement.costUSD), "\(label)")
                let value = placement.costUSD + priced.carbonPriceUSDPerKg * placement.emissionsKg
                #expect(isAtMost(carbon.objective, value), "\(label): \(carbon.objective) against \(value)")
            }
        }
    }

    /// A higher carbon price never raises emissions and never lowers cost.
    @Test func carbonPriceIsMonotone() throws {
        for seed in 0..<40 as Range<UInt64> {
            var source = RandomBook(seed: seed + 5000)
            let book = source.next()
            var last: (emissions: Double, cost: Double)?
            for price in [0, 0.02, 0.05, 0.1, 0.3, 1, 5] {
                let mechanism = Mechanism(.carbonPriced, carbonPriceUSDPerKg: price)
                let placement = try ClearingHouse.clear(book, by: mechanism, "seed \(seed), \(price) $/kg")
                if let last {
                    #expect(isAtMost(placement.emissionsKg, last.emissions), "seed \(seed), \(price) $/kg")
                    #expect(isAtMost(last.cost, placement.costUSD), "seed \(seed), \(price) $/kg")
                }
                last = (placement.emissionsKg, placement.costUSD)
            }
        }
    }
}
