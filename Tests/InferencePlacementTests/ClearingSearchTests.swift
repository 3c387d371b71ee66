import LinearProgram
import Testing

@testable import InferencePlacement

/// The search by few orders in question against the program with all of them.
@Suite struct ClearingSearchTests {
    /// As few in question as can be, whatever the size.
    private static let narrow = ClearingSearch.Effort(wholeOptionCount: 0, ordersPerRegion: 1)

    private func houses(_ mechanism: Mechanism) throws -> (searching: ClearingHouse, whole: ClearingHouse) {
        var searching = try ClearingHouse(mechanism: mechanism)
        searching.effort = Self.narrow
        var whole = try ClearingHouse(mechanism: mechanism)
        whole.effort.wholeOptionCount = .max
        return (searching, whole)
    }

    /// Clears a book both ways and commits both houses to the same placement.
    @discardableResult
    private func compare(
        _ houses: inout (searching: ClearingHouse, whole: ClearingHouse), _ book: OrderBook,
        under cuts: [SupplyCut] = [], _ label: String
    ) throws -> TrialPlacement {
        let expected: TrialPlacement
        let found: TrialPlacement
        do {
            expected = try houses.whole.attempt(book, under: cuts)
        } catch {
            throw LabelledFailure(description: "\(label), the whole program: \(error)")
        }
        do {
            found = try houses.searching.attempt(book, under: cuts)
        } catch {
            throw LabelledFailure(description: "\(label): \(error)")
        }
        let (value, optimum) =
            cuts.isEmpty
            ? (found.placement.objective, expected.placement.objective) : (found.boundUSD!, expected.boundUSD!)
        #expect(abs(value - optimum) <= 1e-7 * (1 + abs(optimum)), "\(label): \(value), the whole program's \(optimum)")
        #expect(found.placement.relativeGap <= 1e-7, "\(label): gap \(found.placement.relativeGap)")
        houses.searching.commit(found.placement)
        houses.whole.commit(found.placement)
        return found
    }

    @Test(arguments: Mechanism.Objective.plain)
    func equalsTheWholeProgram(objective: Mechanism.Objective) throws {
        var givenUp = 0
        for seed in 0..<100 as Range<UInt64> {
            var source = RandomBook(seed: seed + 20_000, regions: 2...7, services: 1...14)
            let mechanism = source.mechanism(objective)
            var houses = try houses(mechanism)
            for tick in 0..<5 {
                try compare(&houses, source.next(), "\(objective.rawValue), seed \(seed), tick \(tick)")
            }
            givenUp += houses.searching.givenUpCount
        }
        #expect(givenUp < 25, "\(objective.rawValue): \(givenUp) of 500 searches ended with everything in question")
    }

    /// Larger books, in which most orders are never in question.
    @Test(arguments: [Mechanism.Objective.leastCost, .nearest, .carbonPriced])
    func largerBooks(objective: Mechanism.Objective) throws {
        for seed in 0..<6 as Range<UInt64> {
            var source = RandomBook(seed: seed + 21_000, regions: 8...12, services: 80...120)
            let mechanism = source.mechanism(objective)
            var houses = try houses(mechanism)
            for tick in 0..<4 {
                try compare(&houses, source.next(), "\(objective.rawValue), seed \(seed), tick \(tick)")
            }
            #expect(houses.searching.givenUpCount == 0, "\(objective.rawValue), seed \(seed)")
        }
    }

    /// Nothing but ties: one cost, one size, limits that are met exactly; then regions that fail, one after another.
    @Test func tiesAndFailures() throws {
        for seed in 0..<40 as Range<UInt64> {
            var random = SeededRandom(seed + 22_000)
            let regions = random.integer(2...6)
            let orders = (0..<random.integer(1...40)).map { index in
                let line = BidLine(
                    workloadClass: 0, requests: 10, arrivedRequests: 10, energyKWhPerRequest: 1, workPerRequest: [1],
                    movableShare: random.chance(0.3) ? 0.5 : 1, valueUSDPerRequest: 1,
                    switchingUSDPerRequest: random.chance(0.5) ? 0.01 : 0,
                    options: (0..<regions).map {
                        PlacementOption(region: $0, frictionUSDPerRequest: $0 == index % regions ? 0 : 0.02)
                    })
                return WorkOrder(
                    service: index, home: index % regions, line: line,
                    roundTripMilliseconds: (0..<regions).map { _ in 50 })
            }
            let block = EnergyBlock(limitMWh: 0.05, priceUSDPerMWh: 20, emissionsKgPerMWh: 0, isFromGrid: true)
            let supply = RegionSupply(
                capacity: [100], connectionMWh: 0.1, pue: 1, blocks: Array(repeating: block, count: 3))
            var book = OrderBook(tickHours: 1, supplies: Array(repeating: supply, count: regions), orders: orders)
            var houses = try houses(Mechanism(.leastCost))
            for tick in 0..<6 {
                try compare(&houses, book, "seed \(seed), tick \(tick)")
                let region = random.integer(0...(regions - 1))
                switch random.integer(0...3) {
                case 0: book.supplies[region].capacity = [0]
                case 1: book.supplies[region].blocks = []
                case 2: book.supplies[region].connectionMWh = 0
                default: book.supplies[region] = supply
                }
            }
        }
    }

    /// Suppliers that bound what they cost by tangents, more of them with every attempt (MODEL 3.4).
    @Test func cuts() throws {
        for seed in 0..<60 as Range<UInt64> {
            var source = RandomBook(seed: seed + 23_000, regions: 2...6, services: 2...12)
            var houses = try houses(Mechanism(.leastCost))
            for tick in 0..<3 {
                let book = source.next()
                var cuts: [SupplyCut] = []
                for round in 0..<4 {
                    for supplier in 0..<2 {
                        let own = book.supplies.indices.filter { $0 % 2 == supplier }
                        cuts.append(
                            SupplyCut(
                                supplier: supplier, regions: own,
                                loadMW: own.map { _ in source.random.uniform(0, 0.2) },
                                priceUSDPerMWh: own.map { _ in source.random.uniform(5, 120) },
                                costUSDPerHour: source.random.uniform(0, 10)))
                    }
                    try compare(&houses, book, under: cuts, "seed \(seed), tick \(tick), round \(round)")
                }
            }
        }
    }

    /// The same books, the same placements bit for bit, also by a copy; with another effort they may differ.
    @Test func repeats() throws {
        for seed in 0..<10 as Range<UInt64> {
            var source = RandomBook(seed: seed + 24_000, regions: 4...6, services: 10...20)
            let mechanism = source.mechanism(.carbonPriced)
            var first = try houses(mechanism).searching
            var second = first
            for tick in 0..<8 {
                let book = source.next()
                var copy = first
                let placement = try first.clear(book, "seed \(seed), tick \(tick)")
                #expect(try second.clear(book) == placement, "seed \(seed), tick \(tick)")
                #expect(try copy.clear(book) == placement, "seed \(seed), tick \(tick), copy")
            }
        }
    }

    /// What the gap is made of sees an order that is placed badly, and prices that are wrong, in orders of whatever kind.
    @Test func regretsShowWhatIsWrong() throws {
        var (placements, prices) = (0, 0)
        for seed in 0..<60 as Range<UInt64> {
            var source = RandomBook(seed: seed + 25_000, regions: 3...5, services: 4...8)
            let mechanism = source.mechanism(.leastCost)
            let book = source.next()
            let objective = ClearingObjective(mechanism: mechanism, book: book)
            var units = ClearingUnits()
            units.fit(to: book)
            var history = ClearingHistory()
            history.resolve(book)
            let table = ClearingTable(book, objective, units, history)
            var search = ClearingSearch(
                book: book, objective: objective, units: units, cuts: [], slotCount: history.slotCount,
                effort: Self.narrow, solver: try LinearSolver(LinearModel()), basis: nil)
            let found = try search.solve(table, near: nil)
            let rounding = 1e-6 * (1 + abs(found.objective))
            #expect(OrderRegrets(table, found.fills, at: found.prices).total <= rounding, "seed \(seed)")

            var spoilt = OrderFills()
            for order in 0..<table.orderCount {
                spoilt.add(OrderChoice.unserved, table.demands[order])
                spoilt.endOrder()
            }
            let regrets = OrderRegrets(table, spoilt, at: found.prices)
            if regrets.total > rounding, !regrets.avoidable.isEmpty { placements += 1 }

            var wrong = found.prices
            for region in wrong.energy.indices { wrong.energy[region] += source.random.uniform(-50, 50) }
            if OrderRegrets(table, found.fills, at: wrong).total > rounding { prices += 1 }
        }
        #expect(placements > 50 && prices > 40, "\(placements) placements and \(prices) prices seen to be wrong of 60")
    }
}
