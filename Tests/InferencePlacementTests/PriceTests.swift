import InferencePlacement
import Testing

/// The duals as prices.
@Suite struct PriceTests {
    static let monetary = Mechanism.Objective.plain.filter { Mechanism($0).isMonetary }

    @Test(arguments: monetary)
    func pricesAreMarginal(objective: Mechanism.Objective) throws {
        var (marginalCount, scarceCount) = (0, 0)
        for seed in 0..<120 as Range<UInt64> {
            var source = RandomBook(seed: seed + 10_000)
            let mechanism = source.mechanism(objective)
            var house = try ClearingHouse(mechanism: mechanism)
            for tick in 0..<3 {
                let book = source.next()
                let label = "\(objective.rawValue), seed \(seed), tick \(tick)"
                let placement = try house.clear(book, label)
                for (region, supply) in book.supplies.enumerated() {
                    marginalCount += checkEnergy(placement, region, supply, mechanism, label)
                    scarceCount += checkCapacity(placement, region, supply, book, label)
                }
                checkValue(placement, book, label)
            }
        }
        #expect(
            marginalCount > 50 && scarceCount > 5,
            "the books must reach what is tested: \(marginalCount), \(scarceCount)")
    }

    /// The price of energy is what the block in use costs that is neither empty nor full.
    private func checkEnergy(
        _ placement: Placement, _ region: Int, _ supply: RegionSupply, _ mechanism: Mechanism, _ label: String
    ) -> Int {
        let hasConnection = placement.regions[region].gridMWh < supply.connectionMWh - 1e-6
        var count = 0
        for (taken, block) in zip(placement.blockMWh[region], supply.blocks) {
            guard taken > 1e-6, taken < block.limitMWh - 1e-6, hasConnection || !block.isFromGrid else { continue }
            let kappa = mechanism.objective == .carbonPriced ? mechanism.carbonPriceUSDPerKg : 0
            let cost = supply.pue * (block.priceUSDPerMWh + kappa * block.emissionsKgPerMWh)
            let price = placement.regions[region].energyPriceUSDPerMWh
            #expect(
                abs(price - cost) < 1e-6 * (1 + abs(cost)),
                "\(label), region \(region): price \(price), marginal cost \(cost)")
            count += 1
        }
        return count
    }

    /// Capacity costs something only where there is none left.
    private func checkCapacity(
        _ placement: Placement, _ region: Int, _ supply: RegionSupply, _ book: OrderBook, _ label: String
    ) -> Int {
        var count = 0
        for (resource, price) in placement.regions[region].capacityPriceUSD.enumerated() {
            #expect(price >= 0, "\(label), region \(region)")
            guard price > 1e-9 else { continue }
            let awards = placement.awards.filter { book.orders[$0.order].line.options[$0.option].region == region }
            let work = awards.map { $0.requests * book.orders[$0.order].line.workPerRequest[resource] }.reduce(0, +)
            #expect(
                work > supply.capacity[resource] - 1e-6 * (1 + work),
                "\(label), region \(region): \(work) at a price of \(price)")
            count += 1
        }
        return count
    }

    /// No request pays more than it is worth, friction and switching included.
    private func checkValue(_ placement: Placement, _ book: OrderBook, _ label: String) {
        for award in placement.awards {
            let line = book.orders[award.order].line
            let outcome = placement.regions[line.options[award.option].region]
            let work = zip(line.workPerRequest, outcome.capacityPriceUSD).map { $0 * $1 }.reduce(0, +)
            let paid = line.energyKWhPerRequest / 1000 * outcome.energyPriceUSDPerMWh + work
            let moved = award.movedRequests > 1e-6 * line.requests ? line.switchingUSDPerRequest : 0
            let all = paid + line.options[award.option].frictionUSDPerRequest + moved
            #expect(
                all <= line.valueUSDPerRequest * (1 + 1e-6) + 1e-6,
                "\(label), order \(award.order): \(all) for a value of \(line.valueUSDPerRequest)")
        }
    }
}
