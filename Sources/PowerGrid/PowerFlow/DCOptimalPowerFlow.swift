public import LinearProgram

/// Least-cost operation of a network under the laws of direct-current power flow (MODEL 3.1).
///
/// A value, like `LinearSolver`: a solve is a function of the network, the options and the basis alone. Change the
/// network in place from tick to tick and solve again, each time from the last basis; copy it to branch.
///
///     var powerFlow = try DCOptimalPowerFlow(network, convention: .matpower)
///     powerFlow.setDemand(demandMW)
///     switch try powerFlow.solve() {
///     case .optimal(let dispatch): … dispatch.lmpUSDPerMWh …
///     case .infeasible(let conflict): … print(conflict) …
///     case .unbounded: …
///     }
///
/// Variables are outputs by cost piece and flows; angles follow from the flows. The flow law is one equation for each
/// independent cycle, angle limits are limits of flow, convex piecewise linear costs are columns with bounds. With angles
/// as variables instead, a random mesh of 2,400 buses took Clp 370 to 590 ms cold (380 to 1,900 with more branches and
/// limits) where this takes 77 (170), check and reading included; warm ticks are alike, 6 to 10 ms and 9 (10 to 16 and
/// 13), and 0.2 ms with 73 and 118 buses. Each island balances on its own. Demand, Gs included, is served in full unless an option prices what is not. Branches
/// have no losses. A direct-current line loses `fixedLossMW` at its entering end while in service and `lossShare` of
/// what is sent, in either direction; at prices below zero it may send both ways at once to burn energy.
public struct DCOptimalPowerFlow: Sendable {
    /// The network with every change made so far.
    public internal(set) var network: Network
    /// How its numbers become a model.
    public let convention: NetworkConvention
    /// What is allowed beyond the network data.
    public let options: PowerFlowOptions
    /// The dispatch found by the last solve, if it was optimal and nothing has changed since.
    public internal(set) var dispatch: NetworkDispatch?

    let laws: [BranchLaw]
    var segments: [CostSegments]
    var model: PowerFlowModel
    var solver: LinearSolver
    /// Range of output that ramping allows, MW, by generator; empty where ramps are not limited.
    var rampRangesMW: [ClosedRange<Double>] = []

    /// A power flow of a network.
    ///
    /// Costs must be convex; slopes that fall by 1e-4 of themselves or less are taken for rounding of the file. The
    /// backend is chosen by the kind of the objective unless it is named.
    public init(
        _ network: Network, convention: NetworkConvention, options: PowerFlowOptions = PowerFlowOptions(),
        backend: Backend? = nil
    ) throws(PowerFlowError) {
        self.network = network
        self.convention = convention
        self.options = options
        let hasAngleLimits = options.enforcesAngleLimits ?? (convention == .pglib)
        laws = network.branches.map {
            BranchLaw($0, baseMVA: network.baseMVA, convention: convention, hasAngleLimits: hasAngleLimits)
        }
        segments = []
        for index in network.generators.indices {
            segments.append(try Self.segments(of: network.generators[index].cost, generator: index, in: network))
        }
        model = PowerFlowModel(network, laws: laws, segments: segments, options: options) { branch in
            !network.hasIsolatedEnd(branch)
        }
        solver = try Self.solver(model, segments, backend)
        setAllBounds()
    }

    /// The vertex from which the next solve starts; nil for a cold start. It belongs to what must be kept to resume.
    public var basis: Basis? {
        get { solver.basis }
        set { solver.basis = newValue }
    }

    /// Finds the least-cost dispatch, from the last basis where there is one, and checks it.
    ///
    /// - Throws: `PowerFlowError` when the solver ends without an answer or the answer fails its `DispatchCheck`.
    @discardableResult
    public mutating func solve() throws(PowerFlowError) -> DispatchOutcome {
        dispatch = nil
        solver.model.objectiveOffset = fixedCostUSDPerHour
        let isWarm = solver.basis != nil
        var status = try run()
        if status == .optimal, isWarm, !makeDispatch().check.passes {
            solver.basis = nil
            status = try run()
        }
        switch status {
        case .optimal:
            let found = makeDispatch()
            guard found.check.passes else {
                throw PowerFlowError(
                    .notConfirmed, "The dispatch of \(network.name) fails its check: \(found.check)",
                    remedy: "Look for reactances or limits of very different size, or choose the other backend")
            }
            dispatch = found
            return .optimal(found)
        case .infeasible:
            return .infeasible(makeConflict())
        case .unbounded:
            return .unbounded
        case .iterationLimit, .failed:
            throw PowerFlowError(
                .notSolved, "The solver ended without an answer for \(network.name) (\(status))",
                remedy: "Look for reactances or limits of very different size, or choose the other backend")
        }
    }

    /// Poses the problem anew after a change of the columns, or of the quadratic part alone.
    mutating func rebuild(keepsColumns: Bool) throws(PowerFlowError) {
        if !keepsColumns {
            let network = network
            model = PowerFlowModel(network, laws: laws, segments: segments, options: options) { branch in
                !network.hasIsolatedEnd(branch)
            }
        }
        let isQuadratic = segments.contains { $0.curvature > 0 }
        let backend = isQuadratic == solver.model.isQuadratic ? solver.backend : nil
        solver = try Self.solver(model, segments, backend)
        setAllBounds()
    }

    private static func solver(
        _ model: PowerFlowModel, _ segments: [CostSegments], _ backend: Backend?
    ) throws(PowerFlowError) -> LinearSolver {
        do throws(SolverError) {
            return try LinearSolver(model.linearModel(curvatures: segments.map(\.curvature)), backend: backend)
        } catch { throw PowerFlowError(error) }
    }

    /// Cost of everything in service at no output, as the first piece of its curve has it, $/h.
    private var fixedCostUSDPerHour: Double {
        var sum = 0.0
        for index in segments.indices where isRunning(index) { sum += segments[index].constant }
        return sum
    }

    private mutating func run() throws(PowerFlowError) -> SolutionStatus {
        do throws(SolverError) { return try solver.solve() } catch { throw PowerFlowError(error) }
    }

    static func segments(
        of cost: CostCurve, generator: Int, in network: Network
    ) throws(PowerFlowError) -> CostSegments {
        guard let segments = CostSegments(cost) else {
            throw PowerFlowError(
                .costNotConvex, "The cost of \(network.label(generator: generator)) is not convex",
                remedy: "Give c2 >= 0, or at least two points of ascending output and ascending slope")
        }
        return segments
    }
}
