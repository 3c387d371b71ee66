import InferencePlacement
import Testing

/// MODEL 1.7: against the relaxation of budgets, the objective is a non-increasing staircase that jumps at round trips only.
@Suite struct StaircaseTests {
    /// An instance, whose masks a budget on the round trip cuts from the full book.
    private struct Instance {
        let full: OrderBook
        let mechanism: Mechanism
        let label: String

        init(seed: UInt64) {
            var source = RandomBook(seed: seed + 40_000, regions: 3...5)
            source.hasSwitching = false
            let objectives: [Mechanism.Objective] = [.leastCost, .carbonPriced]
            mechanism = source.mechanism(objectives[Int(seed % 2)])
            full = source.next()
            label = "seed \(seed)"
        }

        /// Round trips of all options, ascending.
        var roundTrips: [Double] { Set(full.orders.flatMap(\.roundTripMilliseconds)).sorted() }

        /// The objective when work goes no further than a budget; home is within every one.
        func objective(budgetMilliseconds: Double) throws -> Double {
            var book = full
            for index in book.orders.indices {
                let order = full.orders[index]
                let kept = order.line.options.indices.filter {
                    order.line.options[$0].region == order.home
                        || order.roundTripMilliseconds[$0] <= budgetMilliseconds
                }
                book.orders[index].line.options = kept.map { order.line.options[$0] }
                book.orders[index].roundTripMilliseconds = kept.map { order.roundTripMilliseconds[$0] }
            }
            return try ClearingHouse.clear(book, by: mechanism, label).objective
        }
    }

    @Test func objectiveFallsAtRoundTripsOnly() throws {
        var jumps = 0
        for seed in 0..<500 as Range<UInt64> {
            let instance = Instance(seed: seed)
            var last = try instance.objective(budgetMilliseconds: 0)
            var start = 0.0
            for end in instance.roundTrips {
                // Anywhere on the plateau, and just before its end, it is what it was at its beginning.
                for budget in [(start + end) / 2, end.nextDown] {
                    let between = try instance.objective(budgetMilliseconds: budget)
                    #expect(abs(between - last) <= 1e-7 * (1 + abs(last)), "\(instance.label), \(budget) ms")
                }
                let here = try instance.objective(budgetMilliseconds: end)
                #expect(
                    here <= last + 1e-7 * (1 + abs(last)), "\(instance.label): \(here) at \(end) ms, \(last) before")
                if here < last - 1e-6 * (1 + abs(last)) { jumps += 1 }
                (last, start) = (here, end)
            }
        }
        #expect(jumps > 500, "the control: the staircases have steps")
    }

    /// Masks that are not cut by latency alone: options added in any order.
    @Test func widerMasksNeverRaiseTheObjective() throws {
        var gains = 0
        for seed in 0..<500 as Range<UInt64> {
            let instance = Instance(seed: seed)
            var random = SeededRandom(seed + 50_000)
            var book = instance.full
            var kept = book.orders.map { order in
                order.line.options.indices.filter { order.line.options[$0].region == order.home }
            }
            func objective() throws -> Double {
                for index in book.orders.indices {
                    let order = instance.full.orders[index]
                    book.orders[index].line.options = kept[index].map { order.line.options[$0] }
                    book.orders[index].roundTripMilliseconds = kept[index].map { order.roundTripMilliseconds[$0] }
                }
                return try ClearingHouse.clear(book, by: instance.mechanism, instance.label).objective
            }
            var last = try objective()
            let missing = kept.indices.flatMap { order in
                instance.full.orders[order].line.options.indices.filter { !kept[order].contains($0) }
                    .map { (order: order, option: $0) }
            }
            for added in random.shuffled(missing) {
                kept[added.order].append(added.option)
                let here = try objective()
                #expect(here <= last + 1e-7 * (1 + abs(last)), "\(instance.label): \(here) after \(last)")
                if here < last - 1e-6 * (1 + abs(last)) { gains += 1 }
                last = here
            }
        }
        #expect(gains > 500, "the control: wider masks are worth something")
    }
}
