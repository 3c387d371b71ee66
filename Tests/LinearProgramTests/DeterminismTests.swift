import LinearProgram
import Testing

@Suite("Determinism")
struct DeterminismTests {
    /// A sequence of costs and demands, as whole numbers so that ties abound.
    private static func run(
        _ backend: Backend, seed: UInt64, each: (inout LinearSolver, Int) throws -> Void = { _, _ in }
    ) throws -> [[UInt64]] {
        var random = Random(seed: seed)
        var solver = try LinearSolver(LinearModel.transport(&random, sources: 9, sinks: 14), backend: backend)
        var trace: [[UInt64]] = []
        for step in 0..<12 {
            try each(&solver, step)
            try solver.solve()
            trace.append(solver.solution.bits)
            solver.model.setCosts((0..<126).map { _ in Double(random.integer(1...3)) })
            solver.model.setRowLowers((0..<14).map { _ in Double(random.integer(1...8)) }, from: 9)
        }
        return trace
    }

    @Test("Same changes, same bits", arguments: Backend.available)
    func sameBits(backend: Backend) throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            #expect(try Self.run(backend, seed: seed) == Self.run(backend, seed: seed), "seed \(seed)")
        }
    }

    @Test("A solver rebuilt from model and basis goes on with the same bits", arguments: Backend.available)
    func resumed(backend: Backend) throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            let resumed = try Self.run(backend, seed: seed) { solver, _ in
                var fresh = try LinearSolver(solver.model, backend: backend)
                fresh.basis = solver.basis
                solver = fresh
            }
            #expect(try resumed == Self.run(backend, seed: seed), "seed \(seed)")
        }
    }

    @Test("A copy goes its own way without touching the original", arguments: Backend.available)
    func copies(backend: Backend) throws {
        let branched = try Self.run(backend, seed: 4) { solver, _ in
            var branch = solver
            branch.model.setCosts(repeatElement(2, count: 126))
            try branch.solve()
        }
        #expect(try branched == Self.run(backend, seed: 4))
    }

    @Test("Solvers on many threads do not disturb one another", arguments: Backend.available)
    func manyThreads(backend: Backend) async throws {
        let alone = try (1...12).map { try Self.run(backend, seed: $0) }
        let together = try await withThrowingTaskGroup(of: (Int, [[UInt64]]).self) { group in
            for seed in 1...12 { group.addTask { (seed, try Self.run(backend, seed: UInt64(seed))) } }
            var traces = [[[UInt64]]](repeating: [], count: 12)
            for try await (seed, trace) in group { traces[seed - 1] = trace }
            return traces
        }
        #expect(alone == together)
    }

    @Test("Negative control: forgetting the basis moves to other vertices", arguments: Backend.available)
    func forgottenBasisDiffers(backend: Backend) throws {
        var differing = 0
        for seed in 1...10 as ClosedRange<UInt64> {
            let cold = try Self.run(backend, seed: seed) { solver, _ in solver.basis = nil }
            if try cold != Self.run(backend, seed: seed) { differing += 1 }
        }
        #expect(differing > 0)
    }
}
