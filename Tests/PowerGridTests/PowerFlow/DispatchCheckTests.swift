import Testing

@testable import PowerGrid

/// The check before a dispatch is returned: it must see what is wrong (negative controls).
@Suite("Check of a dispatch")
struct DispatchCheckTests {
    @Test("Faults of balance, limit, flow law and cost are seen, and only by their own measure")
    func faults() throws {
        let (powerFlow, good) = try ThreeBus.solved()
        #expect(powerFlow.check(good).passes)
        var dispatch = good
        dispatch.generationMW[0] += 1e-4
        #expect(powerFlow.check(dispatch).balanceMW > 9e-5 && !powerFlow.check(dispatch).passes)
        dispatch = good
        dispatch.flowMW[1] += 1e-4
        #expect(powerFlow.check(dispatch).limitMW > 9e-5 && !powerFlow.check(dispatch).passes)
        dispatch = good
        dispatch.angleDegrees[2] += 1e-3
        #expect(powerFlow.check(dispatch).flowLawMW > 1e-4 && powerFlow.check(dispatch).balanceMW < 1e-9)
        dispatch = good
        dispatch.objectiveUSDPerHour += 1
        #expect(powerFlow.check(dispatch).costError > 1e-5 && powerFlow.check(dispatch).limitMW < 1e-9)
        dispatch = good
        dispatch.flowMW[0] = .nan
        #expect(!powerFlow.check(dispatch).passes)
    }

    @Test("Rounding of a file does not make a cost concave, a bend does")
    func convexity() {
        let rounded = CostCurve.piecewiseLinear([
            SIMD2(396, 3_208.986), SIMD2(397.33333, 3_219.79067), SIMD2(398.66667, 3_230.59533), SIMD2(400, 3_241.4),
        ])
        #expect(CostSegments(rounded)?.slopes.count == 2)
        #expect(CostSegments(.piecewiseLinear([SIMD2(0, 0), SIMD2(10, 100), SIMD2(20, 190)])) == nil)
        #expect(CostSegments(.piecewiseLinear([SIMD2(0, 0)])) == nil)
        #expect(CostSegments(.piecewiseLinear([SIMD2(0, 0), SIMD2(0, 1)])) == nil)
        #expect(CostSegments(.polynomial(c2: -1, c1: 0, c0: 0)) == nil)
    }

    @Test("Pieces of a range add up to it, and to the cost of the curve")
    func pieces() {
        let curve = CostCurve.piecewiseLinear([SIMD2(-20, -300), SIMD2(0, 0), SIMD2(30, 600), SIMD2(50, 1_200)])
        let segments = CostSegments(curve)!
        for (minimum, maximum) in [(-30.0, 70.0), (-10, 10), (5, 5), (35, 60), (-25, -22)] {
            let bounds = segments.slopes.indices.map {
                segments.bounds(ofPiece: $0, minimumMW: minimum, maximumMW: maximum)
            }
            #expect(agree(bounds.reduce(0) { $0 + $1.lower }, minimum, 1e-12))
            #expect(agree(bounds.reduce(0) { $0 + $1.upper }, maximum, 1e-12))
            let cost = zip(bounds, segments.slopes).reduce(segments.constant) { $0 + $1.0.upper * $1.1 }
            #expect(agree(cost, segments.cost(atMW: maximum), 1e-12))
        }
        #expect([-20, 0, 30, 50].map { segments.cost(atMW: $0) } == [-300, 0, 600, 1_200])
    }

    @Test("Independent cycles: one for each branch outside a forest, closed, and each with one of its own")
    func cycles() {
        for seed in 1...60 as ClosedRange<UInt64> {
            let network = RandomNetwork(seed: seed, busCount: 3...40).network
            let cycles = CycleBasis(busCount: network.buses.count, branches: network.branches) { _ in true }.cycles
            #expect(cycles.count == network.branches.count - network.buses.count + 1, "seed \(seed)")
            var seen: Set<Int> = []
            for cycle in cycles {
                var degrees = [Double](repeating: 0, count: network.buses.count)
                for step in cycle {
                    degrees[network.branches[step.branch].from] -= step.sign
                    degrees[network.branches[step.branch].to] += step.sign
                }
                #expect(degrees.allSatisfy { $0 == 0 }, "seed \(seed)")
                #expect(!seen.contains(cycle[0].branch), "seed \(seed)")
                seen.formUnion(cycle.map(\.branch))
            }
        }
    }
}
