import LinearProgram
import Testing

@Suite("Edge cases of linear models")
struct EdgeCaseTests {
    @Test("No rows: every column goes to its better bound", arguments: Backend.available)
    func noRows(backend: Backend) throws {
        var model = LinearModel()
        model.addColumn(cost: 1, lower: -2, upper: 5)
        model.addColumn(cost: -1, lower: -2, upper: 5)
        model.objectiveOffset = 7
        var solver = try LinearSolver(model, backend: backend)
        #expect(try solver.solve() == .optimal)
        #expect(agree(solver.solution.objective, 0))
        #expect(try solver.solve() == .optimal)
    }

    @Test("No columns: feasible when zero is", arguments: Backend.available)
    func noColumns(backend: Backend) throws {
        var model = LinearModel()
        model.addRow(lower: -1, upper: 1)
        var solver = try LinearSolver(model, backend: backend)
        #expect(try solver.solve() == .optimal)
        solver.model.setRowBounds(lower: 1, upper: 2, row: 0)
        #expect(try solver.solve() == .infeasible)
        #expect(solver.infeasibility?.conflictingRows == [0])
    }

    @Test("Nothing at all", arguments: Backend.available)
    func emptyModel(backend: Backend) throws {
        var solver = try LinearSolver(LinearModel(), backend: backend)
        #expect(try solver.solve() == .optimal)
        #expect(solver.solution.objective == 0)
    }

    @Test("Empty rows and columns beside full ones", arguments: Backend.available)
    func emptyRowsAndColumns(backend: Backend) throws {
        var model = LinearModel()
        let used = model.addColumn(cost: 1)
        model.addColumn(cost: 2, lower: 3, upper: 9)
        model.addColumn(cost: -2, upper: 9)
        model.addRow(lower: -1)
        model.addRow(lower: 5, entries: [(used, 1)])
        var solver = try LinearSolver(model, backend: backend)
        for _ in 0..<2 {
            #expect(try solver.solve() == .optimal)
            #expect(agree(solver.solution.columnValues, [5, 3, 9]))
        }
    }

    @Test("Free and fixed columns", arguments: Backend.available)
    func freeAndFixed(backend: Backend) throws {
        var model = LinearModel()
        let angle = model.addColumn(lower: -.infinity)
        let fixed = model.addColumn(cost: 4, lower: 2, upper: 2)
        let flow = model.addColumn(cost: 1, lower: -10, upper: 10)
        model.addRow(lower: 0, upper: 0, entries: [(angle, 3), (flow, -1)])
        model.addRow(lower: -6, upper: -6, entries: [(flow, 1), (fixed, 1)])
        var solver = try LinearSolver(model, backend: backend)
        for _ in 0..<2 {
            #expect(try solver.solve() == .optimal)
            #expect(agree(solver.solution.columnValues, [-8.0 / 3, 2, -8]))
            #expect(agree(solver.solution.rowDuals, [0, 1]))
            #expect(agree(solver.solution.reducedCosts, [0, 3, 0]))
        }
    }

    @Test("Coefficients of one cell add up, and can be replaced", arguments: Backend.available)
    func repeatedEntries(backend: Backend) throws {
        var model = LinearModel()
        let column = model.addColumn(cost: 1)
        let row = model.addRow(lower: 12, entries: [(column, 1), (column, 2)])
        var solver = try LinearSolver(model, backend: backend)
        try solver.solve()
        #expect(agree(solver.solution.columnValues, [4]))
        solver.model.setCoefficient(6, row: row, column: column)
        try solver.solve()
        #expect(agree(solver.solution.columnValues, [2]))
        #expect(solver.model.entryCount == 1)
        let second = solver.model.addColumn(cost: 0.01, upper: 1)
        solver.model.setCoefficient(6, row: row, column: second)
        try solver.solve()
        #expect(agree(solver.solution.columnValues, [1, 1]))
        solver.model.setCoefficient(0, row: row, column: second)
        try solver.solve()
        #expect(agree(solver.solution.columnValues, [2, 0]))
    }

    @Test("Degenerate: many rows meet in the optimum", arguments: Backend.available)
    func degenerate(backend: Backend) throws {
        var model = LinearModel()
        let first = model.addColumn(cost: -1)
        let second = model.addColumn(cost: -1)
        for slope in 1...9 {
            model.addRow(upper: Double(slope) + 1, entries: [(first, Double(slope)), (second, 1)])
        }
        model.addRow(upper: 1, entries: [(first, 1)])
        var solver = try LinearSolver(model, backend: backend)
        #expect(try solver.solve() == .optimal)
        #expect(agree(solver.solution.objective, -2))
        #expect(solver.solution.optimality.passes(1e-9))
    }

    @Test("Unbounded, cold and warm", arguments: Backend.available)
    func unbounded(backend: Backend) throws {
        var model = LinearModel()
        let first = model.addColumn(cost: -1, upper: 4)
        let second = model.addColumn(cost: 1)
        model.addRow(upper: 3, entries: [(first, 1), (second, -1)])
        var solver = try LinearSolver(model, backend: backend)
        #expect(try solver.solve() == .optimal)
        solver.model.setColumnBounds(lower: 0, upper: .infinity, column: first)
        solver.model.setCost(-2, column: first)
        for _ in 0..<2 {
            #expect(try solver.solve() == .unbounded)
            #expect(solver.solution.columnValues.isEmpty && !solver.solution.isPrimalValid)
        }
        #expect(try solver.solveCold() == .unbounded)
        solver.model.setCost(1, column: first)
        #expect(try solver.solve() == .optimal)
    }

    @Test("Infeasible and unbounded at once is infeasible", arguments: Backend.available)
    func infeasibleBeforeUnbounded(backend: Backend) throws {
        var model = LinearModel()
        model.addColumn(cost: -1)
        let second = model.addColumn(upper: 1)
        model.addRow(lower: 2, entries: [(second, 1)])
        var solver = try LinearSolver(model, backend: backend)
        #expect(try solver.solve() == .infeasible)
    }

    @Test("The iteration limit is reported as such", arguments: Backend.available)
    func iterationLimit(backend: Backend) throws {
        var random = Random(seed: 8)
        var model = LinearModel.transport(&random, sources: 12, sinks: 15)
        model.setCosts((0..<180).map { Double(($0 * 7919) % 181) })
        var solver = try LinearSolver(model, backend: backend)
        try solver.solve()
        solver.model.setCosts((0..<180).map { Double(($0 * 6007) % 181) })
        solver.iterationLimit = 1
        #expect(try solver.solve() == .iterationLimit)
        solver.iterationLimit = nil
        #expect(try solver.solve() == .optimal)
    }
}
