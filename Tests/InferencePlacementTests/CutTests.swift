import LinearProgram
import Testing

@testable import InferencePlacement

/// Regions that have energy of their own beside a supplier that says what it costs by tangents (MODEL 3.4).
@Suite struct CutTests {
    private func order(_ megawattHours: Double, service: Int = 0, regions: Int = 1) -> WorkOrder {
        let line = BidLine(
            workloadClass: 0, requests: megawattHours * 1000, arrivedRequests: megawattHours * 1000,
            energyKWhPerRequest: 1, workPerRequest: [], movableShare: 1, valueUSDPerRequest: 1,
            switchingUSDPerRequest: 0,
            options: (0..<regions).map { PlacementOption(region: $0, frictionUSDPerRequest: 0) })
        return WorkOrder(
            service: service, home: 0, line: line, roundTripMilliseconds: (0..<regions).map { _ in 5 })
    }

    private func supply(onSiteMWh: Double, priceUSDPerMWh: Double) -> RegionSupply {
        RegionSupply(
            capacity: [], connectionMWh: .infinity, pue: 1,
            blocks: [
                EnergyBlock(
                    limitMWh: onSiteMWh, priceUSDPerMWh: priceUSDPerMWh, emissionsKgPerMWh: 0, isFromGrid: false),
                EnergyBlock(limitMWh: .infinity, priceUSDPerMWh: 0, emissionsKgPerMWh: 0, isFromGrid: true),
            ])
    }

    /// The supplier's cost has a kink at 5 MW, from 20 to 40 $/MWh; own energy costs 30. The price of energy is 30 then,
    /// and where the grid ends and own energy begins is the kink, of which prices say nothing.
    @Test func drawsUpToTheKinkOfTheSupplier() throws {
        let book = OrderBook(
            tickHours: 1, supplies: [supply(onSiteMWh: 10, priceUSDPerMWh: 30)], orders: [order(12)])
        let cuts = [
            SupplyCut(supplier: 0, regions: [0], loadMW: [0], priceUSDPerMWh: [20], costUSDPerHour: 0),
            SupplyCut(supplier: 0, regions: [0], loadMW: [10], priceUSDPerMWh: [40], costUSDPerHour: 300),
        ]
        var house = try ClearingHouse(mechanism: Mechanism(.leastCost))
        let trial = try house.attempt(book, under: cuts)
        #expect(abs(trial.placement.regions[0].gridMWh - 5) < 1e-9)
        #expect(abs(trial.placement.blockMWh[0][0] - 7) < 1e-9)
        #expect(abs(trial.placement.blockMWh[0][1] - 5) < 1e-9)
        #expect(abs(trial.placement.regions[0].energyPriceUSDPerMWh - 30) < 1e-9)
        #expect(abs(try #require(trial.boundUSD) - 310) < 1e-6)
    }

    /// Own energy that costs nothing, and a supplier that is paid for a draw of up to 3 MW and wants nothing for the next
    /// ones: what is drawn is what pays.
    @Test func drawsWhereTheSupplierPays() throws {
        let book = OrderBook(tickHours: 1, supplies: [supply(onSiteMWh: 20, priceUSDPerMWh: 0)], orders: [order(12)])
        let cuts = [
            SupplyCut(supplier: 0, regions: [0], loadMW: [3], priceUSDPerMWh: [-10], costUSDPerHour: -30),
            SupplyCut(supplier: 0, regions: [0], loadMW: [3], priceUSDPerMWh: [15], costUSDPerHour: -30),
        ]
        var house = try ClearingHouse(mechanism: Mechanism(.leastCost))
        let trial = try house.attempt(book, under: cuts)
        #expect(abs(trial.placement.regions[0].gridMWh - 3) < 1e-9)
        #expect(abs(try #require(trial.boundUSD) + 30) < 1e-6)
    }

    /// For convex costs of which every tangent needed is known, the placement's own cost is the bound: nothing cheaper
    /// exists, and this placement has it.
    @Test func placementCostsWhatTheBoundSays() throws {
        for seed in 0..<200 as Range<UInt64> {
            var random = SeededRandom(seed + 26_000)
            let regions = random.integer(1...4)
            let own = (0..<regions).map { _ in
                supply(
                    onSiteMWh: random.chance(0.2) ? 0 : random.uniform(1, 10),
                    priceUSDPerMWh: random.chance(0.4) ? 0 : Double(random.integer(1...6)) * 10)
            }
            let orders = (0..<random.integer(1...5)).map {
                order(random.uniform(1, 10), service: $0, regions: regions)
            }
            let book = OrderBook(tickHours: 1, supplies: own, orders: orders)
            // One supplier a region, whose cost is the largest of lines with rising slopes and kinks at whole MW.
            let lines = (0..<regions).map { _ in Self.lines(&random) }
            let cuts = lines.enumerated().flatMap { region, lines in
                lines.map {
                    SupplyCut(
                        supplier: region, regions: [region], loadMW: [0], priceUSDPerMWh: [$0.slope],
                        costUSDPerHour: $0.intercept)
                }
            }
            var house = try ClearingHouse(mechanism: Mechanism(.leastCost))
            let trial: TrialPlacement
            do {
                trial = try house.attempt(book, under: cuts)
            } catch {
                throw LabelledFailure(description: "seed \(seed): \(error)")
            }
            var cost = trial.costBesidesGridUSD
            for (region, lines) in lines.enumerated() {
                let draw = trial.placement.regions[region].gridMWh
                cost += lines.map { $0.intercept + $0.slope * draw }.max()!
            }
            let bound = try #require(trial.boundUSD)
            #expect(abs(cost - bound) <= 1e-6 * (1 + abs(bound)), "seed \(seed): \(cost) $, bound \(bound)")
        }
    }

    private static func lines(_ random: inout SeededRandom) -> [(slope: Double, intercept: Double)] {
        var (slope, intercept) = (Double(random.integer(-1...2)) * 10, 0.0)
        var lines = [(slope: slope, intercept: intercept)]
        for kink in 1..<random.integer(2...5) {
            let next = slope + Double(random.integer(1...3)) * 10
            intercept -= (next - slope) * Double(2 * kink)
            slope = next
            lines.append((slope, intercept))
        }
        return lines
    }
}
