import LinearProgram
import Testing

@Suite("The optimality check")
struct OptimalityCheckTests {
    private static func solved() throws -> LinearSolver {
        var random = Random(seed: 77)
        var model = LinearModel.transport(&random, sources: 4, sinks: 6)
        model.setCosts((0..<24).map { 1 + Double(($0 * 37) % 11) })
        var solver = try LinearSolver(model)
        try solver.solve()
        return solver
    }

    private static func check(_ solver: LinearSolver, values: [Double]? = nil, duals: [Double]? = nil)
        -> OptimalityCheck
    {
        OptimalityCheck(
            solver.model, columnValues: values ?? solver.solution.columnValues,
            rowDuals: duals ?? solver.solution.rowDuals)
    }

    @Test("An optimum passes, and both objectives agree")
    func acceptsOptimum() throws {
        let solver = try Self.solved()
        let check = Self.check(solver)
        #expect(check.passes(1e-9))
        #expect(agree(check.primalObjective, check.dualObjective))
        #expect(check == solver.solution.optimality)
    }

    @Test("Negative control: any moved column value is rejected")
    func rejectsMovedValues() throws {
        let solver = try Self.solved()
        for column in 0..<solver.model.columnCount {
            for step in [-1e-3, 1e-3] {
                var values = solver.solution.columnValues
                values[column] += step
                let isHarmless = abs(solver.solution.reducedCosts[column]) < 1e-12
                let check = Self.check(solver, values: values)
                #expect(!check.passes(1e-7) || isHarmless, "column \(column)")
            }
        }
        #expect(!Self.check(solver, values: solver.solution.columnValues.map { $0 + 1e-3 }).passes(1e-7))
    }

    @Test("Negative control: any moved dual is rejected")
    func rejectsMovedDuals() throws {
        let solver = try Self.solved()
        for row in 0..<solver.model.rowCount {
            var duals = solver.solution.rowDuals
            duals[row] += 20
            #expect(!Self.check(solver, duals: duals).passes(1e-7), "row \(row)")
            duals[row] -= 40
            #expect(!Self.check(solver, duals: duals).passes(1e-7), "row \(row)")
        }
        #expect(!Self.check(solver, duals: duals(of: solver, times: -1)).passes(1e-7))
    }

    @Test("A feasible point that is not optimal has a gap")
    func rejectsSuboptimal() throws {
        var solver = try Self.solved()
        let best = solver.solution
        let costs = solver.model.costs
        solver.model.setCosts(costs.map { -$0 })
        try solver.solve()
        let worst = solver.solution
        solver.model.setCosts(costs)
        let check = Self.check(solver, values: worst.columnValues, duals: best.rowDuals)
        #expect(check.primalInfeasibility < 1e-9 && check.dualInfeasibility < 1e-9)
        #expect(check.relativeGap > 0.1)
    }

    @Test("Not-a-number never passes")
    func rejectsNaN() throws {
        let solver = try Self.solved()
        var values = solver.solution.columnValues
        values[3] = .nan
        #expect(!Self.check(solver, values: values).passes(1e9))
        #expect(!Self.check(solver, duals: duals(of: solver, times: .nan)).passes(1e9))
    }

    @Test("A missing bound cannot carry a multiplier")
    func missingBound() {
        var model = LinearModel()
        model.addColumn(cost: -1)
        let check = OptimalityCheck(model, columnValues: [0], rowDuals: [])
        #expect(check.dualInfeasibility == 0.5)
    }

    private func duals(of solver: LinearSolver, times factor: Double) -> [Double] {
        solver.solution.rowDuals.map { $0 * factor }
    }
}
