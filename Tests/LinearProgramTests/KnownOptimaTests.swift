import LinearProgram
import Testing

@Suite("Models with known optima")
struct KnownOptimaTests {
    @Test("HiGHS can be loaded", .enabled(if: Backend.hasHighs, "HiGHS not found: every test runs on Clp alone"))
    func highsIsThere() throws {
        let library = try HighsLibrary.load()
        #expect(library.version.split(separator: ".").count == 3)
    }

    /// Two generators serve 100 MW: 60 MW at 10, the rest at 30 USD per MWh; an hour costs 1,800 USD.
    @Test("Merit order: price, rent and signs", arguments: Backend.available)
    func meritOrder(backend: Backend) throws {
        var model = LinearModel()
        let balance = model.addRow(lower: 100, upper: 100)
        let cheap = model.addColumn(cost: 10, upper: 60, entries: [(balance, 1)])
        let dear = model.addColumn(cost: 30, upper: 80, entries: [(balance, 1)])
        var solver = try LinearSolver(model, backend: backend)
        #expect(try solver.solve() == .optimal)
        let solution = solver.solution
        #expect(agree(solution.objective, 1_800))
        #expect(agree(solution.columnValues, [60, 40]))
        #expect(agree(solution.rowDuals[balance], 30))
        #expect(agree(solution.reducedCosts[cheap], -20))
        #expect(agree(solution.reducedCosts[dear], 0))
        #expect(solution.isPrimalValid && solution.isDualValid)
    }

    @Test("Duals are the slope of the objective in each bound", arguments: Backend.available)
    func dualsAreSlopes(backend: Backend) throws {
        var model = LinearModel()
        let floor = model.addRow(lower: 4)
        let ceiling = model.addRow(upper: 9)
        let range = model.addRow(lower: -1, upper: 3)
        model.addColumn(cost: 3, upper: 5, entries: [(floor, 1), (range, 1)])
        model.addColumn(cost: -2, upper: 20, entries: [(ceiling, 1), (range, -1), (floor, 0.5)])
        model.addColumn(cost: 1, lower: 0.5, entries: [(floor, 0.25), (ceiling, 0.5)])
        var solver = try LinearSolver(model, backend: backend)
        try solver.solve()
        let base = solver.solution
        for row in 0..<model.rowCount {
            var moved = solver
            moved.model.setRowBounds(
                lower: model.rowLowers[row] + 1e-3, upper: model.rowUppers[row] + 1e-3, row: row)
            try moved.solve()
            #expect(agree(moved.solution.objective - base.objective, 1e-3 * base.rowDuals[row]), "row \(row)")
        }
    }

    /// The diet-like textbook problem: min 2x + 3y, x + y ≥ 4, x + 3y ≥ 6, x ≤ 3 has its optimum 9 at (3, 1).
    @Test("Textbook corner", arguments: Backend.available)
    func textbookCorner(backend: Backend) throws {
        var model = LinearModel()
        let first = model.addColumn(cost: 2, upper: 3)
        let second = model.addColumn(cost: 3)
        model.addRow(lower: 4, entries: [(first, 1), (second, 1)])
        model.addRow(lower: 6, entries: [(first, 1), (second, 3)])
        var solver = try LinearSolver(model, backend: backend)
        #expect(try solver.solve() == .optimal)
        #expect(agree(solver.solution.objective, 9))
        #expect(agree(solver.solution.columnValues, [3, 1]))
    }

    @Test("Random models meet the optimum they were built around", arguments: Backend.available)
    func randomModels(backend: Backend) throws {
        for seed in 1...400 as ClosedRange<UInt64> {
            var random = Random(seed: seed)
            let columns = random.integer(1...14)
            let rows = random.integer(0...12)
            let (model, optimum) = LinearModel.randomWithOptimum(&random, columns: columns, rows: rows)
            var solver = try LinearSolver(model, backend: backend)
            #expect(try solver.solve() == .optimal, "seed \(seed)")
            #expect(agree(solver.solution.objective, optimum), "seed \(seed)")
            let check = OptimalityCheck(
                model, columnValues: solver.solution.columnValues, rowDuals: solver.solution.rowDuals)
            #expect(check.passes(1e-7), "seed \(seed): \(check)")
        }
    }

    @Test("Larger random models: both backends agree", .enabled(if: Backend.hasHighs, "HiGHS not found"))
    func backendsAgree() throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            var random = Random(seed: 1_000 + seed)
            let (model, optimum) = LinearModel.randomWithOptimum(&random, columns: 120, rows: 80)
            for backend in Backend.available {
                var solver = try LinearSolver(model, backend: backend)
                #expect(try solver.solve() == .optimal, "seed \(seed)")
                #expect(agree(solver.solution.objective, optimum), "seed \(seed) on \(backend)")
                #expect(solver.solution.optimality.passes(1e-7), "seed \(seed) on \(backend)")
            }
        }
    }

    @Test("Tiny models agree with the enumeration of all vertices", arguments: Backend.available)
    func vertexEnumeration(backend: Backend) throws {
        var infeasible = 0
        for seed in 1...300 as ClosedRange<UInt64> {
            var random = Random(seed: 5_000 + seed)
            let columns = random.integer(1...3)
            var model = LinearModel()
            for _ in 0..<columns {
                let lower = Double(random.integer(-4...2))
                model.addColumn(
                    cost: Double(random.integer(-5...5)), lower: lower, upper: lower + Double(random.integer(0...6)))
            }
            let rows = (0..<random.integer(1...4)).map { _ in
                (0..<columns).map { _ in Double(random.integer(-3...3)) }
            }
            for row in rows {
                let lower = random.chance(0.3) ? -Double.infinity : Double(random.integer(-8...6))
                let upper = random.chance(0.3) ? Double.infinity : max(lower, -4) + Double(random.integer(0...8))
                model.addRow(lower: lower, upper: upper, entries: row.enumerated().map { ($0.offset, $0.element) })
            }
            var solver = try LinearSolver(model, backend: backend)
            try solver.solve()
            if let optimum = VertexEnumeration(model, rows: rows).optimum() {
                #expect(solver.solution.status == .optimal, "seed \(seed)")
                #expect(agree(solver.solution.objective, optimum), "seed \(seed)")
            } else {
                infeasible += 1
                #expect(solver.solution.status == .infeasible, "seed \(seed)")
            }
        }
        #expect(infeasible > 10, "the cases should include infeasible ones")
    }
}
