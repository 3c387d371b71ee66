import Testing

@testable import PowerGrid

@Suite("Sparse factors and flow tracing")
struct SparseLUTests {
    @Test("Random matrices, forwards and transposed")
    func randomMatrices() {
        for seed in 1...200 as ClosedRange<UInt64> {
            var random = Numbers(state: seed)
            let size = 1 + random.integer(below: 40)
            let columns = Self.columns(size, &random)
            guard let factors = SparseLU(size: size, columns: columns) else { continue }
            let known = (0..<size).map { _ in random.between(-5, 5) }
            var forward = [Double](repeating: 0, count: size)
            var transposed = forward
            for (column, entries) in columns.enumerated() {
                for entry in entries {
                    forward[entry.row] += entry.value * known[column]
                    transposed[column] += entry.value * known[entry.row]
                }
            }
            #expect(agree(factors.solve(forward), known, 1e-6), "seed \(seed)")
            #expect(agree(factors.solveTransposed(transposed), known, 1e-6), "seed \(seed)")
        }
    }

    @Test("Singular matrices have no factors")
    func singular() {
        #expect(SparseLU(size: 2, columns: [[(0, 1), (1, 2)], [(0, 2), (1, 4)]]) == nil)
        #expect(SparseLU(size: 2, columns: [[(0, 1)], []]) == nil)
        #expect(SparseLU(size: 2, columns: [[(0, 1)], [(0, 1)]]) == nil)
        #expect(SparseLU(size: 0, columns: [])?.solve([]) == [])
    }

    @Test("Mixtures at a confluence, and of nothing")
    func mixture() {
        // Buses 0 and 1 send 30 MW at 900 and 10 MW at 100 to bus 2, which sends 40 to 3; nothing passes 4.
        let mixture = FlowTracing.mixture(
            suppliedMW: [30, 10, 0, 0, 0], emissionsKgPerHour: [27_000, 1_000, 0, 0, 0],
            sendings: [
                FlowTracing.Sending(from: 0, to: 2, powerMW: 30), FlowTracing.Sending(from: 1, to: 2, powerMW: 10),
                FlowTracing.Sending(from: 2, to: 3, powerMW: 40),
            ])
        #expect(agree(mixture, [900, 100, 700, 700, 0], 1e-9))
    }

    /// Dominant diagonals, shuffled, so that there is a well-conditioned answer behind an unfriendly order.
    private static func columns(_ size: Int, _ random: inout Numbers) -> [[(row: Int, value: Double)]] {
        var order = Array(0..<size)
        for index in order.indices.reversed() { order.swapAt(index, random.integer(below: index + 1)) }
        return (0..<size).map { column in
            var values: [Int: Double] = [order[column]: random.between(3, 9)]
            for _ in 0..<random.integer(below: 4) {
                let row = random.integer(below: size)
                if row != order[column] { values[row] = random.between(-0.7, 0.7) }
            }
            return values.sorted { $0.key < $1.key }.map { (row: $0.key, value: $0.value) }
        }
    }
}
