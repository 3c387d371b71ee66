import LinearProgram
import Testing

@Suite("Solving again after changes")
struct WarmStartTests {
    /// Changes costs, bounds, right-hand sides and coefficients of a transport problem, as ticks do.
    private static func change(_ model: inout LinearModel, _ random: inout Random) {
        switch random.integer(0...4) {
        case 0: model.setCosts((0..<model.columnCount).map { _ in random.real(1...9) })
        case 1: model.setCost(random.real(1...9), column: random.integer(0...(model.columnCount - 1)))
        case 2:
            let demands = (0..<6).map { _ in Double(random.integer(1...8)) }
            model.setRowLowers(demands[...], from: 4)
        case 3:
            let column = random.integer(0...(model.columnCount - 1))
            model.setColumnBounds(lower: 0, upper: Double(random.integer(3...9)), column: column)
        default:
            let column = random.integer(0...23)
            model.setCoefficient(random.real(0.8...1.2), row: 4 + column % 6, column: column)
        }
    }

    @Test("Warm and cold reach the same objective", arguments: Backend.available)
    func warmIsCold(backend: Backend) throws {
        for seed in 1...30 as ClosedRange<UInt64> {
            var random = Random(seed: 40 + seed)
            var warm = try LinearSolver(
                LinearModel.transport(&random, sources: 4, sinks: 6), backend: backend)
            try warm.solve()
            for step in 0..<20 {
                Self.change(&warm.model, &random)
                var cold = warm
                #expect(try warm.solve() == cold.solveCold(), "seed \(seed), step \(step)")
                guard warm.solution.status == .optimal else { continue }
                #expect(agree(warm.solution.objective, cold.solution.objective), "seed \(seed), step \(step)")
                #expect(warm.solution.optimality.passes(1e-7), "seed \(seed), step \(step)")
            }
        }
    }

    @Test("Nothing changed: no iteration", arguments: Backend.available)
    func noChange(backend: Backend) throws {
        var random = Random(seed: 3)
        var solver = try LinearSolver(LinearModel.transport(&random, sources: 8, sinks: 9), backend: backend)
        try solver.solve()
        let first = solver.solution
        try solver.solve()
        #expect(solver.solution.iterations == 0)
        #expect(agree(solver.solution.columnValues, first.columnValues))
    }

    @Test("New columns and rows keep the basis", arguments: Backend.available)
    func additions(backend: Backend) throws {
        for seed in 1...30 as ClosedRange<UInt64> {
            var random = Random(seed: 900 + seed)
            var solver = try LinearSolver(
                LinearModel.transport(&random, sources: 4, sinks: 6), backend: backend)
            try solver.solve()
            let before = solver.solution.objective
            for sink in 0..<6 { solver.model.addColumn(cost: 50, lower: 0, entries: [(4 + sink, 1)]) }
            solver.model.addRow(upper: 1_000, entries: [(0, 1), (24, 1)])
            try solver.solve()
            #expect(agree(solver.solution.objective, before), "seed \(seed)")
            #expect(solver.solution.iterations == 0, "seed \(seed)")
            solver.model.addColumn(cost: 0.5, upper: 2, entries: [(4, 1), (5, 1)])
            solver.model.addRow(upper: 1, entries: [(1, 1)])
            var cold = solver
            #expect(try solver.solve() == .optimal, "seed \(seed)")
            try cold.solveCold()
            #expect(agree(solver.solution.objective, cold.solution.objective), "seed \(seed)")
        }
    }

    @Test("A basis means the same to both backends", .enabled(if: Backend.hasHighs, "HiGHS not found"))
    func basisIsPortable() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            var random = Random(seed: 70 + seed)
            let (model, optimum) = LinearModel.randomWithOptimum(&random, columns: 9, rows: 7)
            var first = try LinearSolver(model, backend: .clp)
            var second = try LinearSolver(model, backend: .highs)
            try first.solve()
            second.basis = first.basis
            try second.solve()
            #expect(second.solution.iterations == 0, "seed \(seed)")
            #expect(agree(second.solution.objective, optimum), "seed \(seed)")
            try second.solveCold()
            first.basis = second.basis
            try first.solve()
            #expect(first.solution.iterations == 0, "seed \(seed)")
        }
    }

    @Test("A basis of another model, or a singular one, does no harm", arguments: Backend.available)
    func badBasis(backend: Backend) throws {
        var random = Random(seed: 5)
        var solver = try LinearSolver(LinearModel.transport(&random, sources: 3, sinks: 3), backend: backend)
        try solver.solve()
        let objective = solver.solution.objective
        let bad = [
            Basis(columns: [], rows: []),
            Basis(columns: [.basic], rows: Array(repeating: .basic, count: 7)),
            Basis(
                columns: Array(repeating: .basic, count: 6) + [.free, .atUpper, .atLower],
                rows: Array(repeating: .atLower, count: 6)),
            Basis(columns: Array(repeating: .atUpper, count: 9), rows: Array(repeating: .atUpper, count: 6)),
        ]
        for basis in bad {
            solver.basis = basis
            #expect(try solver.solve() == .optimal)
            #expect(agree(solver.solution.objective, objective))
        }
    }
}
