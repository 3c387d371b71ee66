import InferencePlacement
import LinearProgram
import Testing

/// The clearing against MODEL 1.1 to 1.6 as a textbook would solve them, tick after tick.
@Suite struct OracleTests {
    @Test(arguments: Mechanism.Objective.plain)
    func randomSequences(objective: Mechanism.Objective) throws {
        for seed in 0..<80 as Range<UInt64> {
            var source = RandomBook(seed: seed &* 31 &+ 7)
            let mechanism = source.mechanism(objective)
            var house = try ClearingHouse(mechanism: mechanism, backend: seed % 4 == 3 ? .highs : .clp)
            var memory: [OrderName: [Double]] = [:]
            for tick in 0..<4 {
                let book = source.next()
                let last = book.orders.map { order in
                    memory[OrderName(order)] ?? book.supplies.indices.map { $0 == order.home ? order.line.requests : 0 }
                }
                let label = "\(objective.rawValue), seed \(seed), tick \(tick)"
                let placement = try house.clear(book, label)
                try compare(placement, PlacementOracle(book: book, mechanism: mechanism, last: last), label)
                remember(placement, of: book, in: &memory)
            }
        }
    }

    private func compare(_ placement: Placement, _ oracle: PlacementOracle, _ label: String) throws {
        let book = oracle.book
        let optimum = try #require(oracle.solve(), "\(label): leaving work unserved is always possible")
        let unserved = zip(book.orders, placement.unservedRequests).map { $1 * $0.line.energyKWhPerRequest / 1000 }
            .reduce(0, +)
        var value = placement.objective
        switch oracle.mechanism.objective {
        case .home, .leastCost, .carbonPriced: break
        case .nearest:
            value = placement.awards.map { $0.energyMWh * book.orders[$0.order].roundTripMilliseconds[$0.option] }
                .reduce(0, +)
            #expect(
                abs(unserved - optimum.unservedMWh) <= 1e-7,
                "\(label): \(unserved) MWh unserved, the oracle's \(optimum.unservedMWh)")
        case .leastCarbon:
            value = placement.emissionsKg
            #expect(
                abs(unserved - optimum.unservedMWh) <= 1e-7,
                "\(label): \(unserved) MWh unserved, the oracle's \(optimum.unservedMWh)")
        case .weighted, .lexicographic: preconditionFailure("not among the plain objectives")
        }
        #expect(
            abs(value - optimum.objective) <= 1e-6 * (1 + abs(value)),
            "\(label): \(value), the oracle's \(optimum.objective)")
    }

    /// A row for every order ever seen: what it placed in the last tick, nothing if it was not in its book.
    private func remember(_ placement: Placement, of book: OrderBook, in memory: inout [OrderName: [Double]]) {
        for name in memory.keys { memory[name] = book.supplies.map { _ in 0 } }
        for order in book.orders { memory[OrderName(order)] = book.supplies.map { _ in 0 } }
        for award in placement.awards {
            let order = book.orders[award.order]
            memory[OrderName(order)]![order.line.options[award.option].region] = award.requests
        }
    }
}

/// Whose work of which class.
private struct OrderName: Hashable {
    let service: Int
    let workloadClass: Int

    init(_ order: WorkOrder) {
        service = order.service
        workloadClass = order.line.workloadClass
    }
}
