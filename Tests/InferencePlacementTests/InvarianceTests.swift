import InferencePlacement
import Testing

/// What must not matter: the sequence of orders and options, the size of a request, where the solver starts.
@Suite struct InvarianceTests {
    @Test(arguments: Mechanism.Objective.plain)
    func sequenceOfOrdersAndOptions(objective: Mechanism.Objective) throws {
        for seed in 0..<40 as Range<UInt64> {
            var source = RandomBook(seed: seed + 6000)
            let mechanism = source.mechanism(objective)
            let book = source.next()
            let expected = try ClearingHouse.clear(book, by: mechanism, "seed \(seed)").objective
            var other = book
            other.orders = source.random.shuffled(book.orders)
            for index in other.orders.indices {
                let order = other.orders[index]
                let sequence = source.random.shuffled(Array(order.line.options.indices))
                other.orders[index].line.options = sequence.map { order.line.options[$0] }
                other.orders[index].roundTripMilliseconds = sequence.map { order.roundTripMilliseconds[$0] }
            }
            let found = try ClearingHouse.clear(other, by: mechanism, "seed \(seed), shuffled").objective
            #expect(abs(found - expected) <= 1e-9 * (1 + abs(expected)), "\(objective.rawValue), seed \(seed)")
        }
    }

    /// The same energy cut into other requests, and all of it larger or smaller; one house clears them all in turn.
    @Test(arguments: Mechanism.Objective.plain)
    func sizeOfRequestsAndDemand(objective: Mechanism.Objective) throws {
        for seed in 0..<15 as Range<UInt64> {
            var source = RandomBook(seed: seed + 7000)
            source.hasSwitching = false
            let mechanism = source.mechanism(objective)
            let book = source.next()
            let expected = try ClearingHouse.clear(book, by: mechanism, "seed \(seed)").objective
            var house = try ClearingHouse(mechanism: mechanism)
            for (size, demand) in [
                (1e-7, 1e9), (1e-7, 1e-3), (1, 1), (1e2, 1e9), (1e2, 1e-3), (1e-7, 1e7), (1e-4, 1e4),
            ] {
                let label = "\(objective.rawValue), seed \(seed), requests of \(size), demand of \(demand)"
                let found = try house.clear(scaled(book, size: size, demand: demand), label).objective / (size * demand)
                #expect(abs(found - expected) <= 1e-6 * (abs(expected) + 1e-3), "\(label): \(found), not \(expected)")
            }
        }
    }

    private func scaled(_ book: OrderBook, size: Double, demand: Double) -> OrderBook {
        var scaled = book
        for index in scaled.orders.indices {
            scaled.orders[index].line.requests *= demand
            scaled.orders[index].line.energyKWhPerRequest *= size
            scaled.orders[index].line.valueUSDPerRequest *= size
            scaled.orders[index].line.workPerRequest = scaled.orders[index].line.workPerRequest.map { $0 * size }
            for option in scaled.orders[index].line.options.indices {
                scaled.orders[index].line.options[option].frictionUSDPerRequest *= size
            }
        }
        for region in scaled.supplies.indices {
            scaled.supplies[region].connectionMWh *= size * demand
            scaled.supplies[region].capacity = scaled.supplies[region].capacity.map { $0 * size * demand }
            for block in scaled.supplies[region].blocks.indices {
                scaled.supplies[region].blocks[block].limitMWh *= size * demand
            }
        }
        return scaled
    }

    /// 200 ticks in which demand, prices, PUE, energy per request, blocks, options and orders come and go.
    @Test(arguments: Mechanism.Objective.plain)
    func warmEqualsCold(objective: Mechanism.Objective) throws {
        var source = RandomBook(seed: 8000, regions: 6...6, resources: 2...2, services: 8...8)
        source.hasSwitching = false
        let mechanism = source.mechanism(objective)
        var warm = try ClearingHouse(mechanism: mechanism)
        for tick in 0..<200 {
            let book = source.next()
            let label = "\(objective.rawValue), tick \(tick)"
            let found = try warm.clear(book, label).objective
            let expected = try ClearingHouse.clear(book, by: mechanism, label).objective
            #expect(abs(found - expected) <= 1e-7 * (1 + abs(expected)), "\(label): \(found), cold \(expected)")
        }
    }

    /// A copy goes on bit for bit; a house without the memory of the last ticks does not, which is the control.
    @Test func copiesGoOnAlike() throws {
        for seed in 0..<6 as Range<UInt64> {
            var source = RandomBook(seed: seed + 9000, regions: 4...5, services: 4...6)
            let mechanism = source.mechanism(.carbonPriced)
            var house = try ClearingHouse(mechanism: mechanism)
            for tick in 0..<10 { _ = try house.clear(source.next(), "seed \(seed), tick \(tick)") }
            var copy = house
            var fresh = try ClearingHouse(mechanism: mechanism)
            var differences = 0
            for tick in 10..<30 {
                let book = source.next()
                let placement = try house.clear(book, "seed \(seed), tick \(tick)")
                #expect(try copy.clear(book) == placement, "seed \(seed), tick \(tick)")
                if try fresh.clear(book) != placement { differences += 1 }
            }
            #expect(differences > 0, "seed \(seed): a house without history must differ")
        }
    }

    /// Starts that leave nothing to choose units from, and books with nothing in them.
    @Test(arguments: Mechanism.Objective.plain)
    func emptyBooks(objective: Mechanism.Objective) throws {
        var source = RandomBook(seed: 42, regions: 3...3, resources: 1...1, services: 3...3)
        let mechanism = source.mechanism(objective)
        let full = source.next()
        var house = try ClearingHouse(mechanism: mechanism)
        let nothing = RegionSupply(capacity: [0], connectionMWh: 0, pue: 1, blocks: [])
        let books = [
            OrderBook(tickHours: 1, supplies: [nothing, nothing, nothing], orders: []),
            OrderBook(tickHours: 1, supplies: full.supplies, orders: []),
            OrderBook(tickHours: 1, supplies: [nothing, nothing, nothing], orders: full.orders),
        ]
        for (tick, book) in books.enumerated() {
            let placement = try house.clear(book, "\(objective.rawValue), tick \(tick)")
            #expect(placement.awards.isEmpty && placement.emissionsKg == 0)
            #expect(placement.unservedRequests == book.orders.map(\.line.requests))
        }
        var empty = try ClearingHouse(mechanism: mechanism)
        let void = OrderBook(tickHours: 1, supplies: [], orders: [])
        #expect(try empty.clear(void, "no regions").objective == 0)
    }

    /// One capacity that is as good as infinite does not blunt the limits of the others.
    @Test func capacitiesFarApart() throws {
        for huge in [1e12, 1e18, 1e30, Double.infinity] {
            var book = IllustrativeInstance().book()
            book.supplies[IllustrativeInstance.region("SGP")].capacity = [huge]
            let cost = try ClearingHouse.clear(book, by: Mechanism(.leastCost), "capacity \(huge)").costUSD
            #expect(abs(cost - 31_003) < 1, "capacity \(huge): \(cost)")
        }
    }
}
