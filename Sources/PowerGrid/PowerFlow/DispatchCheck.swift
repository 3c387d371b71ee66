import LinearProgram

/// How far a dispatch is from exact, computed from the network and the dispatch alone; only the gap is the solver's.
public struct DispatchCheck: Sendable, Hashable, CustomStringConvertible {
    /// Worst difference of supply and demand at a bus, MW.
    public internal(set) var balanceMW = 0.0
    /// Worst excess over a limit, MW.
    public internal(set) var limitMW = 0.0
    /// Worst deviation of an angle difference from what flow, reactance and shift make of it, as MW on a branch of
    /// average reactance.
    public internal(set) var flowLawMW = 0.0
    /// Difference between the stated objective and the cost curves, relative.
    public internal(set) var costError = 0.0
    /// Difference of primal and dual objective, relative to the sum of their absolute terms.
    public internal(set) var relativeGap = 0.0

    /// Most that any of them may be: MW, or relative.
    public static let tolerance = 1e-6

    init() {}

    /// Whether every measure is within the tolerance; not-a-number is not.
    public var passes: Bool {
        [balanceMW, limitMW, flowLawMW, costError, relativeGap].allSatisfy { $0 <= Self.tolerance }
    }

    /// The measures in one line.
    public var description: String {
        "balance \(balanceMW) MW, limits \(limitMW) MW, flow law \(flowLawMW) MW, cost \(costError), gap \(relativeGap)"
    }
}

extension DCOptimalPowerFlow {
    /// Checks a dispatch against the network as it is now.
    func check(_ dispatch: NetworkDispatch) -> DispatchCheck {
        var check = DispatchCheck()
        check.balanceMW = worst(balances(dispatch).map(abs))
        check.limitMW = worst(excesses(dispatch) + transferErrors(dispatch))
        check.flowLawMW = worst(
            network.branches.indices.map { isClosed($0) ? abs(flowLawDeviation(dispatch, branch: $0)) : 0 })
        let cost = cost(of: dispatch)
        check.costError = abs(cost - dispatch.objectiveUSDPerHour) / (1 + abs(cost))
        check.relativeGap = solver.solution.optimality.relativeGap
        return check
    }

    /// Supply less demand of each bus, MW.
    private func balances(_ dispatch: NetworkDispatch) -> [Double] {
        var sums = network.buses.indices.map { dispatch.unservedMW[$0] - fixedLoadMW($0) }
        for (index, generator) in network.generators.enumerated() {
            sums[generator.bus] += dispatch.generationMW[index] - dispatch.surplusMW[index]
        }
        for (branch, flow) in zip(network.branches, dispatch.flowMW) {
            sums[branch.from] -= flow
            sums[branch.to] += flow
        }
        for (index, line) in network.dcLines.enumerated() {
            let fixed = isClosed(dcLine: index) ? line.fixedLossMW : 0
            sums[line.from] -= dispatch.dcFlowMW[index]
            sums[line.to] += dispatch.dcFlowMW[index] - dispatch.dcLossMW[index] + fixed
        }
        return sums
    }

    /// How far each quantity is outside its range, MW.
    private func excesses(_ dispatch: NetworkDispatch) -> [Double] {
        let outputs = network.generators.indices.map { index in
            let (range, output) = (outputRangeMW(index), dispatch.generationMW[index])
            return max(range.minimum - output, output - range.maximum, -dispatch.surplusMW[index])
        }
        let flows = network.branches.indices.map { index in
            let (range, flow) = (flowRangeMW(index), dispatch.flowMW[index])
            return max(range.least - flow, flow - range.greatest)
        }
        let lines = network.dcLines.indices.map { index in
            guard isClosed(dcLine: index) else { return abs(dispatch.dcFlowMW[index]) }
            let (line, flow) = (network.dcLines[index], dispatch.dcFlowMW[index])
            return max(line.minimumMW - flow, flow - line.maximumMW)
        }
        let unserved = network.buses.indices.map { bus in
            max(-dispatch.unservedMW[bus], dispatch.unservedMW[bus] - max(0, network.buses[bus].demandMW))
        }
        return outputs + flows + lines + unserved
    }

    /// How far each transfer is from the sum of the flows it stands for, and beyond its limits, MW.
    private func transferErrors(_ dispatch: NetworkDispatch) -> [Double] {
        network.transferLimits.enumerated().map { place, limit in
            var sum = 0.0
            for (branch, flow) in zip(network.branches, dispatch.flowMW) {
                sum += flow * limit.sign(from: network.buses[branch.from], to: network.buses[branch.to])
            }
            for (line, flow) in zip(network.dcLines, dispatch.dcFlowMW) {
                sum += flow * limit.sign(from: network.buses[line.from], to: network.buses[line.to])
            }
            return max(abs(sum - dispatch.transferMW[place]), sum - limit.forwardMW, -limit.reverseMW - sum)
        }
    }

    private func flowLawDeviation(_ dispatch: NetworkDispatch, branch index: Int) -> Double {
        let (branch, law) = (network.branches[index], laws[index])
        let degrees = dispatch.angleDegrees[branch.from] - dispatch.angleDegrees[branch.to]
        let expected = law.reactance * dispatch.flowMW[index] + law.shift
        return model.cycleScale * (degrees / BranchLaw.degreesPerRadian - expected)
    }

    private func cost(of dispatch: NetworkDispatch) -> Double {
        var sum = 0.0
        for index in segments.indices where isRunning(index) {
            sum += segments[index].cost(atMW: dispatch.generationMW[index])
        }
        sum += (options.surplusEnergyUSDPerMWh ?? 0) * dispatch.surplusMW.reduce(0, +)
        return sum + (options.unservedEnergyUSDPerMWh ?? 0) * dispatch.unservedMW.reduce(0, +)
    }

    /// The greatest value, at least zero; not-a-number is worse than anything.
    private func worst(_ values: [Double]) -> Double {
        values.reduce(0) { $1 <= $0 ? $0 : $1.isNaN ? .infinity : $1 }
    }
}
