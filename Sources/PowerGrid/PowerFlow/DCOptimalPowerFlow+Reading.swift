import LinearProgram

/// The dispatch from the solution of the linear model.
extension DCOptimalPowerFlow {
    func makeDispatch() -> NetworkDispatch {
        var dispatch = NetworkDispatch()
        dispatch.objectiveUSDPerHour = solver.solution.objective
        dispatch.iterations = solver.solution.iterations
        readQuantities(&dispatch)
        readPrices(&dispatch)
        readBindingLimits(&dispatch)
        dispatch.isUnique = isUnique
        dispatch.check = check(dispatch)
        return dispatch
    }

    private func readQuantities(_ dispatch: inout NetworkDispatch) {
        let values = solver.solution.columnValues
        let layout = model.layout
        let generators = network.generators.indices
        dispatch.generationMW = generators.map { layout.pieces(of: $0).reduce(0) { $0 + values[$1] } }
        dispatch.generationCostUSDPerHour = generators.map {
            isRunning($0) ? segments[$0].cost(atMW: dispatch.generationMW[$0]) : 0
        }
        dispatch.surplusMW = generators.map { layout.surplus == nil ? 0 : amount(values[layout.surplus! + $0]) }
        dispatch.curtailedMW = generators.map { curtailedMW($0, dispatch) }
        dispatch.unservedMW = network.buses.indices.map {
            layout.unserved == nil ? 0 : amount(values[layout.unserved! + $0])
        }
        dispatch.flowMW = network.branches.indices.map { values[layout.flow + $0] }
        for (index, line) in network.dcLines.enumerated() {
            let (forward, backward) = (values[layout.forward + index], values[layout.backward + index])
            let fixed = isClosed(dcLine: index) ? line.fixedLossMW : 0
            dispatch.dcFlowMW.append(forward - backward)
            dispatch.dcLossMW.append(fixed + line.lossShare * (forward + backward / (1 - line.lossShare)))
        }
        dispatch.transferMW = network.transferLimits.indices.map { values[layout.transfer + $0] }
        let angles = VoltageAngles(network, laws: laws, flowMW: dispatch.flowMW, isClosed: isClosed(_:))
        dispatch.angleDegrees = angles.radians.map { $0 * BranchLaw.degreesPerRadian }
        dispatch.islandReference = angles.reference
        dispatch.emissionsKgPerHour = generators.reduce(0) {
            $0 + emissionRate($1, outputMW: dispatch.generationMW[$1]) * dispatch.generationMW[$1]
        }
    }

    /// A quantity that is never negative, as the solver has it: it keeps bounds within its tolerance only.
    private func amount(_ value: Double) -> Double { value < 0 && value > -Self.atLimitMW ? 0 : value }

    private func readPrices(_ dispatch: inout NetworkDispatch) {
        let layout = model.layout
        dispatch.lmpUSDPerMWh = prices(rowDuals: solver.solution.rowDuals)
        dispatch.branchShadowPriceUSDPerMWh = network.branches.indices.map {
            isClosed($0) ? abs(solver.solution.reducedCosts[layout.flow + $0]) : 0
        }
        var rent = 0.0
        let prices = dispatch.lmpUSDPerMWh
        for (index, branch) in network.branches.enumerated() {
            rent += dispatch.flowMW[index] * (prices[branch.to] - prices[branch.from])
        }
        for (index, line) in network.dcLines.enumerated() {
            let fixed = isClosed(dcLine: index) ? line.fixedLossMW : 0
            let arriving = dispatch.dcFlowMW[index] - dispatch.dcLossMW[index] + fixed
            rent += arriving * prices[line.to] - dispatch.dcFlowMW[index] * prices[line.from]
        }
        dispatch.congestionRentUSDPerHour = rent
    }

    /// Prices of demand from the duals of the balances: where none is served, more of it only adds to what is not.
    func prices(rowDuals: [Double]) -> [Double] {
        let ceiling = options.unservedEnergyUSDPerMWh
        return network.buses.indices.map { bus in
            guard let ceiling, network.buses[bus].demandMW >= 0 else { return rowDuals[bus] }
            return network.buses[bus].isIsolated ? 0 : min(ceiling, rowDuals[bus])
        }
    }

    /// Emission rate of a generator at an output, kgCO2/MWh: what a dispatchable load draws emits nothing.
    func emissionRate(_ index: Int, outputMW: Double) -> Double {
        let generator = network.generators[index]
        let isSource = outputMW > 0 || (outputMW == 0 && generator.maximumMW > 0)
        return isSource ? generator.emissionsKgPerMWh : 0
    }

    private func curtailedMW(_ index: Int, _ dispatch: NetworkDispatch) -> Double {
        let (range, output) = (outputRangeMW(index), dispatch.generationMW[index])
        let room = range.maximum - output
        let isFree =
            room.isFinite && room > 0 && output >= 0
            && segments[index].slopeAbove(output, toleranceMW: Self.atLimitMW) <= 0
        return dispatch.surplusMW[index] + (isFree ? room : 0)
    }

    /// Distance from a limit that counts as being at it, MW.
    static var atLimitMW: Double { 1e-7 }

    /// Price that counts as none, $/MWh.
    static var noPrice: Double { 1e-7 }

    private func readBindingLimits(_ dispatch: inout NetworkDispatch) {
        let reducedCosts = solver.solution.reducedCosts
        for branch in network.branches.indices where isClosed(branch) {
            let reduced = reducedCosts[model.layout.flow + branch]
            let angles = laws[branch].flowRangeMW
            let isAngle =
                reduced < 0
                ? angles.greatest < network.branches[branch].limitMW
                : angles.least > -network.branches[branch].limitMW
            if let limit = binding(isAngle ? .angle : .flow, branch, reduced) { dispatch.bindingBranches.append(limit) }
        }
        for line in network.dcLines.indices where isClosed(dcLine: line) {
            let (forward, backward) = (model.layout.forward + line, model.layout.backward + line)
            let reduced =
                dispatch.dcFlowMW[line] < 0 && network.dcLines[line].lossShare > 0
                ? -reducedCosts[backward] : reducedCosts[forward]
            if let limit = binding(.schedule, line, reduced) { dispatch.bindingBranches.append(limit) }
        }
        for transfer in network.transferLimits.indices {
            let reduced = reducedCosts[model.layout.transfer + transfer]
            if let limit = binding(.transfer, transfer, reduced) { dispatch.bindingBranches.append(limit) }
        }
        for generator in network.generators.indices where isRunning(generator) {
            let reduced = limitPrice(generator, dispatch)
            if let limit = binding(.output, generator, reduced) { dispatch.bindingGenerators.append(limit) }
        }
    }

    private func binding(_ quantity: BindingLimit.Quantity, _ index: Int, _ reduced: Double) -> BindingLimit? {
        guard abs(reduced) > Self.noPrice else { return nil }
        return BindingLimit(
            quantity: quantity, index: index, end: reduced < 0 ? .greatest : .least, shadowPriceUSDPerMWh: abs(reduced))
    }

    /// Cost per MW by which the limit moves at which a generator rests: negative at its maximum, zero between limits.
    private func limitPrice(_ index: Int, _ dispatch: NetworkDispatch) -> Double {
        let (range, output) = (outputRangeMW(index), dispatch.generationMW[index])
        let price = solver.solution.rowDuals[network.generators[index].bus]
        let below = segments[index].slopeBelow(output, toleranceMW: Self.atLimitMW) - price
        let above = segments[index].slopeAbove(output, toleranceMW: Self.atLimitMW) - price
        if output >= range.maximum - Self.atLimitMW, below < 0 { return below }
        if output <= range.minimum + Self.atLimitMW, above > 0 { return above }
        return 0
    }

    /// Whether every column that rests at a bound while it could move would cost something to move.
    private var isUnique: Bool {
        let (solution, basis) = (solver.solution, solver.basis)
        let curved = Set(segments.indices.filter { segments[$0].curvature > 0 }.map { model.layout.pieces[$0] })
        for column in 0..<model.layout.columnCount where !curved.contains(column) {
            let (lower, upper) = (solver.model.columnLowers[column], solver.model.columnUppers[column])
            guard lower < upper, abs(solution.reducedCosts[column]) <= Self.noPrice else { continue }
            if solver.model.isQuadratic {
                let value = solution.columnValues[column]
                let isFlow =
                    model.layout.flow..<model.layout.forward ~= column || column >= model.layout.transfer
                if !isFlow, value < lower + Self.atLimitMW || value > upper - Self.atLimitMW { return false }
            } else if let basis, basis.columns[column] != .basic {
                return false
            }
        }
        return true
    }
}
