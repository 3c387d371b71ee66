import CoSimulation
import InferencePlacement
import Testing

@testable import ReferenceAgents

/// What each service node bids, by hand.
@Suite struct ServiceNodeTests {
    private let demand = ["demand": Settings.section([("chat", .number(1000)), ("batch", .number(100))])]
    private let signals = [BusSignal.of(20), BusSignal.of(50, emissions: 400), BusSignal.of(60, emissions: 900)]

    @Test func honestBidsAllWithTrueFriction() throws {
        var node = try HonestNode(demand)
        let lines = node.bid(tick: 0, signals).lines
        #expect(lines[0].options.map(\.region) == [1, 2], "chat may not run far away")
        #expect(
            lines[1]
                == BidLine(
                    workloadClass: 1, requests: 100, arrivedRequests: 100, energyKWhPerRequest: 0.01,
                    workPerRequest: [30], movableShare: 0.8, valueUSDPerRequest: 1, switchingUSDPerRequest: 0.001,
                    options: [
                        PlacementOption(region: 0, frictionUSDPerRequest: 0.1 * 0.001),
                        PlacementOption(region: 1, frictionUSDPerRequest: 0),
                        PlacementOption(region: 2, frictionUSDPerRequest: 0.02 * 0.001),
                    ]))
    }

    @Test func tokensStateTheEnergy() throws {
        var node = try HonestNode(
            demand.merging([
                "inputTokensPerRequest": Settings.section([("chat", .series([1000] + Array(repeating: 500, count: 47)))]
                ),
                "outputTokensPerRequest": Settings.section([("chat", .number(200))]),
                "energyWhPerInputToken": Settings.section([("chat", .number(0.001))]),
                "energyWhPerOutputToken": Settings.section([("chat", .number(0.005))]),
            ]) { $1 })
        let first = node.bid(tick: 0, signals).lines[0]
        #expect(abs(first.energyKWhPerRequest - 0.002) < 1e-15)
        #expect(abs(first.workPerRequest[0] - 8) < 1e-12, "twice the class's energy, twice its work")
        #expect(abs(node.bid(tick: 1, signals).lines[0].energyKWhPerRequest - 0.0015) < 1e-15)
    }

    @Test func wrongClassesAreNamed() {
        #expect(path(try HonestNode(["demand": Settings.section([("chess", .number(1))])])) == "demand.chess")
        let tokens = ["inputTokensPerRequest": Settings.section([("chat", .number(1))])]
        #expect(path(try HonestNode(demand.merging(tokens) { $1 })) == "outputTokensPerRequest.chat")
    }

    @Test func carbonAwareAddsOrSparesFriction() throws {
        var node = try CarbonAwareNode(demand.merging(["internalCarbonPriceUSDPerTonne": .number(50)]) { $1 })
        let options = node.bid(tick: 0, signals).lines[1].options
        #expect(options[0].frictionUSDPerRequest == 0, "the carbon saved outweighs the friction, which stops at zero")
        #expect(options[1].frictionUSDPerRequest == 0)
        #expect(abs(options[2].frictionUSDPerRequest - (0.02 * 0.001 + 0.05 * 0.01 / 1000 * 500)) < 1e-15)
    }

    @Test func nearbyKeepsToItsLimit() throws {
        var node = try NearbyNode(demand)
        #expect(node.bid(tick: 0, signals).lines.map { $0.options.map(\.region) } == [[1, 2], [1, 2]])
        var home = try NearbyNode(demand.merging(["greatestRoundTripMilliseconds": .number(0)]) { $1 })
        #expect(home.bid(tick: 0, signals).lines.map { $0.options.map(\.region) } == [[1], [1]])
    }

    @Test func aClassWithoutDemandHasNoLine() throws {
        var node = try HonestNode(["demand": Settings.section([("batch", .number(0))])])
        #expect(node.bid(tick: 0, signals).lines.map(\.workloadClass) == [1])
    }
}
