import LinearProgram
import Testing

@Suite("Which limits conflict")
struct InfeasibilityTests {
    /// 150 MW of load behind a line of 40 MW, with 80 MW of generation beside it: 30 MW too little.
    @Test("An overloaded line is named", arguments: Backend.available)
    func overloadedLine(backend: Backend) throws {
        var model = LinearModel()
        let near = model.addRow(lower: 0, upper: 0)
        let far = model.addRow(lower: 150, upper: 150)
        let unrelated = model.addRow(upper: 500)
        let cheap = model.addColumn(cost: 10, upper: 400, entries: [(near, 1), (unrelated, 1)])
        let local = model.addColumn(cost: 50, upper: 80, entries: [(far, 1)])
        let line = model.addColumn(lower: -40, upper: 40, entries: [(near, -1), (far, 1)])
        var solver = try LinearSolver(model, backend: backend)
        #expect(try solver.solve() == .infeasible)
        let certificate = try #require(solver.infeasibility)
        #expect(certificate.conflictingRows == [far])
        #expect(certificate.conflictingColumns == [local, line])
        #expect(agree(certificate.rowRelaxations[far], -30))
        #expect(agree(certificate.margin, 30))
        #expect(certificate.columnMultipliers[line] < 0 && certificate.columnMultipliers[cheap] == 0)
        solver.model.setColumnBounds(lower: -70, upper: 70, column: line)
        #expect(try solver.solve() == .optimal)
        #expect(solver.infeasibility == nil)
    }

    /// A plant that must run at 90 MW behind a line of 40 MW, with 20 MW of load beside it: 30 MW too much.
    @Test("Output that cannot leave is named from above", arguments: Backend.available)
    func trappedOutput(backend: Backend) throws {
        var model = LinearModel()
        let mustRun = model.addColumn(lower: 90, upper: 200)
        let line = model.addColumn(lower: -40, upper: 40)
        let node = model.addRow(upper: 20, entries: [(mustRun, 1), (line, -1)])
        var solver = try LinearSolver(model, backend: backend)
        #expect(try solver.solve() == .infeasible)
        let certificate = try #require(solver.infeasibility)
        #expect(agree(certificate.rowRelaxations[node], 30))
        #expect(certificate.rowMultipliers[node] < 0)
        #expect(certificate.columnMultipliers[mustRun] > 0 && certificate.columnMultipliers[line] < 0)
    }

    @Test("Bounds that cross are named", arguments: Backend.available)
    func crossedBounds(backend: Backend) throws {
        var model = LinearModel()
        model.addColumn(cost: 1, lower: 3, upper: 2)
        model.addRow(lower: 0, upper: 1)
        var solver = try LinearSolver(model, backend: backend)
        #expect(try solver.solve() == .infeasible)
        #expect(solver.infeasibility?.conflictingColumns == [0])
        #expect(solver.infeasibility?.margin == 1)
        solver.model.setColumnBounds(lower: 1, upper: 2, column: 0)
        solver.model.setRowBounds(lower: 2, upper: 1, row: 0)
        #expect(try solver.solve() == .infeasible)
        #expect(solver.infeasibility?.conflictingRows == [0])
    }

    @Test("A feasible start that turns infeasible and back", arguments: Backend.available)
    func thereAndBack(backend: Backend) throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            var random = Random(seed: 300 + seed)
            let model = LinearModel.transport(&random, sources: 3, sinks: 4)
            var solver = try LinearSolver(model, backend: backend)
            #expect(try solver.solve() == .optimal, "seed \(seed)")
            let objective = solver.solution.objective
            let lower = model.rowLowers[5]
            solver.model.setRowBounds(lower: 18.5, upper: 30, row: 5)
            #expect(try solver.solve() == .infeasible, "seed \(seed)")
            #expect(agree(solver.infeasibility?.margin ?? 0, 0.5), "seed \(seed)")
            solver.model.setRowBounds(lower: lower, upper: .infinity, row: 5)
            #expect(try solver.solve() == .optimal, "seed \(seed)")
            #expect(agree(solver.solution.objective, objective), "seed \(seed)")
        }
    }

    @Test("A quadratic model that is infeasible says why", .enabled(if: Backend.hasHighs, "HiGHS not found"))
    func quadratic() throws {
        var model = LinearModel()
        let column = model.addColumn(upper: 1)
        model.addQuadraticCost(column, column, coefficient: 1)
        let row = model.addRow(lower: 2, entries: [(column, 1)])
        var solver = try LinearSolver(model)
        #expect(try solver.solve() == .infeasible)
        #expect(solver.infeasibility?.conflictingRows == [row])
    }
}
