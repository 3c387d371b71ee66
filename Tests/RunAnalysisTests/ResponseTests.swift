import Foundation
import RunAnalysis
import RunStore
import Testing

@Suite("Response of relocated load to prices, emissions and requests")
struct ResponseTests {
    private func isClose(_ found: Double?, _ expected: Double) -> Bool {
        found.map { abs($0 - expected) <= 1e-9 * max(1, abs(expected)) } ?? false
    }

    private func comparison() throws -> RunComparison {
        let folder = try TemporaryFolder()
        return try RunComparison(
            of: TwoRegionRun(isRelocated: true, isStressed: true).recorded(in: folder.url),
            with: TwoRegionRun(isRelocated: false, isStressed: true).recorded(in: folder.url))
    }

    @Test("Predicted and realised saving of cost and emissions")
    func saving() throws {
        let response = try #require(try comparison().response)
        // In hours 1 and 2 north draws 33 MWh more and south 37.5 less, at published 20 and 60, then 20 and 100 $/MWh.
        #expect(isClose(response.system.predictedSavingUSD, 4680))
        #expect(isClose(response.system.realisedSavingUSD, 13_590))
        #expect(isClose(response.system.predictedAvoidedKg, 60_660))
        #expect(isClose(response.system.realisedAvoidedKg, 26_700))
    }

    @Test("The same by area, and what was predicted by region")
    func savingByArea() throws {
        let comparison = try comparison()
        let response = try #require(comparison.response)
        #expect(response.areas.map(\.name) == ["north", "south"])
        #expect(isClose(response.areas[0].predictedSavingUSD, -1320))
        #expect(isClose(response.areas[1].predictedSavingUSD, 37.5 * 160))
        // Home: 20 $/MWh on 474 MWh; relocated: 20 on 222 and 25 on 318.
        let north: Double = 9480 - 12_390
        #expect(isClose(response.areas[0].realisedSavingUSD, north))
        #expect(isClose(response.areas[1].realisedSavingUSD, 13_590 - north))
        #expect(isClose(response.areas[0].predictedAvoidedKg, 660))
        #expect(isClose(response.areas[1].realisedAvoidedKg, 400 * 75))
        #expect(response.regions.map(\.predictedSavingUSD) == response.areas.map(\.predictedSavingUSD))
        #expect(response.regions.allSatisfy { $0.realisedSavingUSD == nil && $0.realisedAvoidedKg == nil })
        #expect(comparison.effect("realised_saving", scope: .area, name: "north")?.value == north)
        #expect(comparison.effect("predicted_saving", scope: .region, name: "north-1")?.value == -1320)
    }

    @Test("Elasticity to price and to carbon")
    func elasticity() throws {
        let response = try #require(try comparison().response)
        // Load goes to 4 times in north and a quarter in south. Price over mean: 1/2 and 3/2, but 1/3 and 5/3 in hour 2.
        let usual: Double = pow(log(0.5), 2) + pow(log(1.5), 2)
        let high: Double = pow(log(1 / 3.0), 2) + pow(log(5 / 3.0), 2)
        let price: Double = -log(4.0) * log(15.0) / (3 * usual + high)
        let carbon: Double = -log(4.0) / (2 * log(800 / 395.0))
        #expect(isClose(response.priceElasticity, price))
        // Only south has positive marginal emissions: 800 against a mean of 395 in all four hours.
        #expect(isClose(response.carbonElasticity, carbon))
    }

    @Test("A request to draw 40 MW less is answered at once with 37.5; north draws what south does not")
    func event() throws {
        let comparison = try comparison()
        let events = try #require(comparison.response?.events)
        #expect(events.count == 1)
        #expect(events[0].name == "south request 5" && events[0].kind == "curtailment")
        #expect(events[0].region == "south-1")
        #expect(events[0].tickCount == 2)
        #expect(events[0].requestedMW == 40)
        #expect(events[0].deliveredMW == 37.5)
        #expect(events[0].responseTicks == 0)
        #expect(events[0].reboundMW == 0)
        #expect(isClose(events[0].reboundElsewhereMWh, 66))
        // Of rome's 40, 30 ran 150 ms away and 10 at 5 ms; at home all at 5.
        #expect(isClose(events[0].latencySpentMilliseconds, 113.75 - 5))
        #expect(isClose(events[0].costUSD, 2 * 37.5 * 200))
        #expect(comparison.effect("delivered_reduction", scope: .event, name: "south request 5 south-1")?.value == 37.5)
        #expect(comparison.csv.contains("event,south request 5 south-1,requested_reduction,MW,,40.0,,"))
    }

    @Test("Where nothing moved there is no saving and nothing is delivered; alone there is no response")
    func none() throws {
        let folder = try TemporaryFolder()
        let home = try TwoRegionRun(isRelocated: false, isStressed: true).recorded(in: folder.url)
        let response = try #require(try RunComparison(of: home, with: home).response)
        #expect(response.system.predictedSavingUSD == 0)
        #expect(response.priceElasticity == 0)
        #expect(response.events[0].deliveredMW == 0)
        #expect(response.events[0].responseTicks == nil)
        #expect(response.events[0].latencySpentMilliseconds == 0)
        #expect(try RunComparison(of: home).response == nil)
    }
}
