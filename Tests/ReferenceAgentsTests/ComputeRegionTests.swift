import CoSimulation
import InferencePlacement
import Testing

@testable import ReferenceAgents

/// What each compute region offers, by hand.
@Suite struct ComputeRegionTests {
    private let plant: [String: ParameterValue] = [
        "accelerators": .number(1000), "connectionMW": .number(2), "pue": .number(1.1), "markUpUSDPerMWh": .number(3),
    ]

    @Test func honestOffersAllAtItsMarkUp() throws {
        var region = try HonestRegion(plant)
        #expect(
            region.offer(tick: 0)
                == CapacityOffer(
                    capacity: [3_600_000], connectionMW: 2, pue: 1.1,
                    blocks: [OfferBlock(source: .grid, limitMW: 2, markUpUSDPerMWh: 3)]))
    }

    @Test func onSitePowerComesFirst() throws {
        let sun = (0..<48).map { Double($0 % 2) }
        var region = try HonestRegion(plant.merging(["onSiteRenewableMW": .series(sun)]) { $1 })
        #expect(region.offer(tick: 1).blocks[0] == OfferBlock(source: .onSite, limitMW: 1, markUpUSDPerMWh: 3))
        #expect(region.offer(tick: 2).blocks[0].limitMW == 0)
    }

    @Test func capacityIsStatedInOneOfThreeWays() throws {
        var direct = try HonestRegion(["capacityAcceleratorSeconds": .number(500), "connectionMW": .number(1)])
        #expect(direct.offer(tick: 0).capacity == [500])
        let devices = Settings.section([("gpu", .number(2)), ("memory", .number(3))])
        var several = try HonestRegion(
            ["capacity": devices, "connectionMW": .number(1)], resources: ["memory", "gpu"])
        #expect(several.offer(tick: 0).capacity == [3 * 3600, 2 * 3600])
        #expect(path(try HonestRegion(["connectionMW": .number(1)])) == "accelerators")
        #expect(
            path(try HonestRegion(["capacity": devices, "connectionMW": .number(1)])) == "capacity")
        #expect(
            path(try HonestRegion(plant, resources: ["a", "b"])) == "accelerators")
        #expect(
            path(try HonestRegion(plant.merging(["capacityAcceleratorSeconds": .number(1)]) { $1 }))
                == "capacityAcceleratorSeconds")
    }

    @Test func scarcityPricingAsksMoreForTheLastBlocks() throws {
        var region = try ScarcityPricingRegion(
            plant.merging(["blockCount": .number(3), "lastMarkUpUSDPerMWh": .number(43)]) { $1 })
        let blocks = region.offer(tick: 0).blocks
        #expect(blocks.map(\.markUpUSDPerMWh) == [3, 13, 43])
        #expect(blocks.allSatisfy { $0.limitMW == 2.0 / 3 })
        #expect(
            path(try ScarcityPricingRegion(plant.merging(["lastMarkUpUSDPerMWh": .number(2)]) { $1 }))
                == "lastMarkUpUSDPerMWh")
    }

    @Test func adaptiveMarginFollowsUtilisation() throws {
        var region = try AdaptiveMarginRegion(
            plant.merging([
                "greatestMarkUpUSDPerMWh": .number(8), "stepUSDPerMWh": .number(2), "perturbationUSDPerMWh": .number(0),
            ]) { $1 })
        let used: [Double] = [0, 2, 1.9, 1.5, 2, 0.4, 0.4, 0.4]
        let markUps = used.enumerated().map { tick, facilityMWh in
            let last = RegionResult(
                facilityMWh: facilityMWh, gridMWh: facilityMWh, revenueUSD: 0, costUSD: 0, realisedPriceUSDPerMWh: 0)
            return region.offer(tick: tick, last: tick == 0 ? nil : last).blocks[0].markUpUSDPerMWh
        }
        #expect(markUps == [3, 5, 7, 7, 8, 6, 4, 3])
    }

    @Test func adaptiveMarginDrawsFromItsOwnStream() throws {
        func markUps(seed: UInt64) throws -> [Double] {
            var region = try AdaptiveMarginRegion(plant)
            return (0..<48).map { region.offer(tick: $0, seed: seed).blocks[0].markUpUSDPerMWh }
        }
        #expect(try markUps(seed: 1) == markUps(seed: 1))
        #expect(try markUps(seed: 1) != markUps(seed: 2))
        #expect(try markUps(seed: 3).allSatisfy { (3...50).contains($0) })
    }

    @Test func priceResponsiveWithdrawsWhenDear() throws {
        var region = try PriceResponsiveRegion(
            plant.merging(["thresholdUSDPerMWh": .number(100), "withdrawnShare": .number(0.75)]) { $1 })
        #expect(region.offer(tick: 0, price: 100).connectionMW == 2)
        let dear = region.offer(tick: 1, price: 101)
        #expect(dear.connectionMW == 0.5 && dear.capacity == [900_000] && dear.blocks[0].limitMW == 0.5)
    }
}
