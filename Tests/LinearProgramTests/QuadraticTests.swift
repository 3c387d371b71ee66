import LinearProgram
import Testing

@Suite("Convex quadratic objectives", .enabled(if: Backend.hasHighs, "HiGHS not found: no quadratic backend"))
struct QuadraticTests {
    @Test("An unconstrained parabola")
    func parabola() throws {
        var model = LinearModel()
        let column = model.addColumn(cost: -6, lower: -.infinity)
        model.addQuadraticCost(column, column, coefficient: 1)
        model.objectiveOffset = 10
        var solver = try LinearSolver(model)
        #expect(solver.backend == .highs)
        #expect(try solver.solve() == .optimal)
        #expect(agree(solver.solution.columnValues, [3], 1e-6))
        #expect(agree(solver.solution.objective, 1))
    }

    /// Marginal costs a + b p of (10 + 0.2 p), (20 + 0.1 p), the second at most 50 MW, and 200 MW of load: the second
    /// is full at 25, the first gives 150 MW at 40 USD per MWh. At 60 MW both run, at 62 / 3 USD per MWh.
    @Test("Two generators with rising marginal cost meet at one price")
    func economicDispatch() throws {
        var model = LinearModel()
        let balance = model.addRow(lower: 200, upper: 200)
        let first = model.addColumn(cost: 10, upper: 300, entries: [(balance, 1)])
        let second = model.addColumn(cost: 20, upper: 50, entries: [(balance, 1)])
        model.addQuadraticCost(first, first, coefficient: 0.1)
        model.addQuadraticCost(second, second, coefficient: 0.05)
        var solver = try LinearSolver(model)
        #expect(try solver.solve() == .optimal)
        #expect(agree(solver.solution.columnValues, [150, 50], 1e-7))
        #expect(agree(solver.solution.rowDuals[balance], 40, 1e-7))
        #expect(agree(solver.solution.reducedCosts[second], -15, 1e-7))
        let cost: Double = 1_500 + 2_250 + 1_000 + 125
        #expect(agree(solver.solution.objective, cost))
        solver.model.setRowBounds(lower: 60, upper: 60, row: balance)
        #expect(try solver.solve() == .optimal)
        #expect(agree(solver.solution.rowDuals[balance], 62.0 / 3, 1e-7))
    }

    /// The gradient of x² + y² + xy - 3x - 3y vanishes at (1, 1).
    @Test("Cross terms")
    func crossTerms() throws {
        var model = LinearModel()
        let columns = (0..<2).map { _ in model.addColumn(cost: -3, lower: -.infinity) }
        model.addQuadraticCost(columns[0], columns[0], coefficient: 1)
        model.addQuadraticCost(columns[1], columns[1], coefficient: 1)
        model.addQuadraticCost(columns[0], columns[1], coefficient: 1)
        var solver = try LinearSolver(model)
        #expect(try solver.solve() == .optimal)
        #expect(agree(solver.solution.columnValues, [1, 1], 1e-7))
        #expect(agree(solver.solution.objective, -3, 1e-7))
    }

    @Test("Random strictly convex models satisfy Karush, Kuhn and Tucker")
    func randomModels() throws {
        for seed in 1...150 as ClosedRange<UInt64> {
            var random = Random(seed: 10_000 + seed)
            var (model, _) = LinearModel.randomWithOptimum(
                &random, columns: random.integer(1...10), rows: random.integer(1...6))
            for column in 0..<model.columnCount {
                model.addQuadraticCost(column, column, coefficient: random.real(0.5...3))
            }
            for column in 1..<max(1, model.columnCount) {
                model.addQuadraticCost(column, column - 1, coefficient: random.real(-0.4...0.4))
            }
            var solver = try LinearSolver(model)
            #expect(try solver.solve() == .optimal, "seed \(seed)")
            let check = OptimalityCheck(
                model, columnValues: solver.solution.columnValues, rowDuals: solver.solution.rowDuals)
            #expect(check.passes(1e-7), "seed \(seed): \(check)")
            var nudged = solver.solution.columnValues
            nudged[0] += 0.01
            let control = OptimalityCheck(model, columnValues: nudged, rowDuals: solver.solution.rowDuals)
            #expect(!control.passes(1e-7), "seed \(seed)")
        }
    }

    /// Random networks with linear and quadratic generators, load shedding, and angles without bounds: the form on
    /// which the active set of HiGHS now and then runs in circles.
    @Test("Optimal power flow with quadratic costs always ends in an optimum")
    func powerFlow() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            let model = LinearModel.powerFlow(seed: 30_000 + seed)
            for backend in Backend.available {
                var solver = try LinearSolver(model, backend: backend)
                #expect(try solver.solve() == .optimal, "seed \(seed) on \(backend)")
                #expect(solver.solution.optimality.passes(1e-6), "seed \(seed): \(solver.solution.optimality)")
            }
        }
    }

    @Test("Separable: some columns quadratic, others linear, free, fixed")
    func separable() throws {
        for seed in 1...150 as ClosedRange<UInt64> {
            var random = Random(seed: 50_000 + seed)
            var (model, _) = LinearModel.randomWithOptimum(
                &random, columns: random.integer(1...12), rows: random.integer(1...8))
            for column in 0..<model.columnCount where random.chance(0.5) {
                model.addQuadraticCost(column, column, coefficient: random.real(0.01...2))
            }
            model.addQuadraticCost(0, 0, coefficient: 0.5)
            var solver = try LinearSolver(model)
            #expect(try solver.solve() == .optimal, "seed \(seed)")
            let check = OptimalityCheck(
                model, columnValues: solver.solution.columnValues, rowDuals: solver.solution.rowDuals)
            #expect(check.passes(1e-7), "seed \(seed): \(check)")
        }
    }

    @Test("Without products of columns, Clp reaches the optimum of HiGHS")
    func descent() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            var random = Random(seed: 40_000 + seed)
            var model = LinearModel.transport(&random, sources: 4, sinks: 5)
            for column in 0..<20 { model.addQuadraticCost(column, column, coefficient: random.real(0.05...0.5)) }
            var first = try LinearSolver(model, backend: .clp)
            var second = try LinearSolver(model, backend: .highs)
            #expect(try first.solve() == .optimal, "seed \(seed)")
            #expect(try second.solve() == .optimal, "seed \(seed)")
            #expect(agree(first.solution.objective, second.solution.objective, 1e-6), "seed \(seed)")
        }
    }

    @Test("Convex but not strictly: most columns are linear, as flows and angles are")
    func semidefinite() throws {
        for seed in 1...150 as ClosedRange<UInt64> {
            var random = Random(seed: 20_000 + seed)
            var (model, _) = LinearModel.randomWithOptimum(
                &random, columns: random.integer(2...12), rows: random.integer(1...8))
            for column in 0..<model.columnCount where random.chance(0.4) {
                model.addQuadraticCost(column, column, coefficient: random.real(0.01...1))
            }
            model.addQuadraticCost(0, 0, coefficient: 1)
            model.addQuadraticCost(0, 1, coefficient: -2)
            model.addQuadraticCost(1, 1, coefficient: 1)
            var solver = try LinearSolver(model)
            #expect(try solver.solve() == .optimal, "seed \(seed)")
            #expect(solver.solution.optimality.passes(1e-7), "seed \(seed): \(solver.solution.optimality)")
        }
    }

    @Test("Same changes, same bits")
    func determinism() throws {
        func run() throws -> [[UInt64]] {
            var random = Random(seed: 9)
            var model = LinearModel.transport(&random, sources: 3, sinks: 4)
            for column in 0..<12 { model.addQuadraticCost(column, column, coefficient: 0.25) }
            var solver = try LinearSolver(model)
            return try (0..<6).map { _ in
                solver.model.setRowLowers((0..<4).map { _ in random.real(1...8) }, from: 3)
                try solver.solve()
                return solver.solution.bits
            }
        }
        #expect(try run() == run())
    }

    @Test("Concave objectives and the wrong backend are refused with a remedy")
    func refusals() throws {
        var model = LinearModel()
        let first = model.addColumn(upper: 1)
        let second = model.addColumn(upper: 1)
        model.addQuadraticCost(first, second, coefficient: 1)
        let concave = #expect(throws: SolverError.self) { try LinearSolver(model, backend: .highs) }
        #expect(concave?.code == .notConvex)
        model.addQuadraticCost(first, first, coefficient: 1)
        model.addQuadraticCost(second, second, coefficient: 1)
        let wrong = #expect(throws: SolverError.self) { try LinearSolver(model, backend: .clp) }
        #expect(wrong?.code == .unsupportedModel)
        #expect(wrong?.description.contains("Choose the HiGHS backend") == true)
    }
}
