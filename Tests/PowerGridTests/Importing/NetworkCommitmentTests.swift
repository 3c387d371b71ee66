import PowerGrid
import Testing

/// A network without commitment has the slopes of the one with it, and no cost at zero.
@Suite struct NetworkCommitmentTests {
    private func unit(_ points: [SIMD2<Double>], minimumMW: Double) -> NetworkGenerator {
        NetworkGenerator(bus: 0, minimumMW: minimumMW, maximumMW: points.last!.x, cost: .piecewiseLinear(points))
    }

    @Test func costsBeginAtZero() {
        // 10 $/MWh up to 40 MW with 100 $/h at no load, then 20 $/MWh.
        let network = Network(
            name: "two", baseMVA: 100, buses: [Bus(number: 1, isReference: true)], branches: [],
            generators: [
                unit([SIMD2(20, 300), SIMD2(40, 500), SIMD2(60, 900)], minimumMW: 20),
                unit([SIMD2(0, 50), SIMD2(30, 350)], minimumMW: 0),
                NetworkGenerator(bus: 0, minimumMW: -5, maximumMW: 0, cost: .polynomial(c2: 0, c1: 7, c0: 3)),
            ])
        #expect(network.noLoadUSDPerHour(0) == 100 && network.noLoadUSDPerHour(1) == 50)
        #expect(network.noLoadUSDPerHour(2) == nil)
        let free = network.withoutCommitment.generators
        #expect(free.map(\.minimumMW) == [0, 0, -5])
        #expect(free[0].cost == .piecewiseLinear([SIMD2(0, 0), SIMD2(40, 400), SIMD2(60, 800)]))
        #expect(free[1].cost == .piecewiseLinear([SIMD2(0, 0), SIMD2(30, 300)]))
        #expect(free[2] == network.generators[2])
    }

    /// The optimum differs from the one with commitment by the no-load costs where no minimum binds.
    @Test func optimumDiffersByNoLoadCosts() throws {
        var network = Network(
            name: "two", baseMVA: 100, buses: [Bus(number: 1, isReference: true, demandMW: 90)], branches: [],
            generators: [
                unit([SIMD2(20, 300), SIMD2(40, 500), SIMD2(60, 900)], minimumMW: 20),
                unit([SIMD2(10, 200), SIMD2(50, 800)], minimumMW: 10),
            ])
        func optimum() throws -> Double {
            var flow = try DCOptimalPowerFlow(network, convention: .matpower)
            return try flow.solve().dispatch?.objectiveUSDPerHour ?? .nan
        }
        let noLoad = (0..<2).compactMap(network.noLoadUSDPerHour).reduce(0, +)
        let committed = try optimum()
        network = network.withoutCommitment
        #expect(abs(try optimum() - (committed - noLoad)) < 1e-9)
    }
}
