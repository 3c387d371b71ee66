import LinearProgram

/// Marginal emissions by the optimal basis (MODEL 3.2), and their two sides at kinks.
///
/// At a degenerate optimum some column rests at a bound although it is basic. The basis then tells the truth in
/// those directions only in which none of them leaves its range: one transposed solve for each such column decides
/// that for every bus. For what stays open, demand is moved a little and solved for, and the basis found there settles
/// its side, and every other side in which it passes the same test.
extension DCOptimalPowerFlow {
    /// Change of demand by which the other side of a kink is looked for, MW: kinks nearer than this count as one.
    private static var kinkStepMW: Double { 1e-4 }

    func marginalSignals(resolvesKinks: Bool) throws(PowerFlowError) -> MarginalSignals {
        var sides = MarginalSides(busCount: network.buses.count)
        let response = OptimalResponse(self)
        var basisEmissions = [Double](repeating: 0, count: network.buses.count)
        var identityError: Double?
        if let response {
            basisEmissions = emissions(response)
            identityError = priceDeviation(response)
            settle(&sides, by: response, rowDuals: solver.solution.rowDuals)
        }
        while resolvesKinks, let (bus, change) = sides.firstOpen {
            try resolve(bus, change, &sides)
        }
        return sides.signals(basisEmissions: basisEmissions, identityError: identityError)
    }

    /// Emissions of demand at each bus by an optimal basis; where none is served, more of it emits nothing.
    private func emissions(_ response: OptimalResponse) -> [Double] {
        var emissions = Array(response.derivative(weights: emissionWeights).prefix(network.buses.count))
        for bus in network.buses.indices where isUnderCeiling(bus, solver.solution.rowDuals) { emissions[bus] = 0 }
        return emissions
    }

    /// Emission rate of each column: those of generators have one.
    private var emissionWeights: [Double] {
        var weights = [Double](repeating: 0, count: model.layout.columnCount)
        for generator in network.generators.indices {
            let columns = model.layout.pieces(of: generator)
            let output = columns.reduce(0) { $0 + solver.solution.columnValues[$1] }
            let rate = emissionRate(generator, outputMW: abs(output) < Self.atLimitMW ? 0 : output)
            for column in columns { weights[column] = rate }
        }
        return weights
    }

    /// Worst difference between the duals and the costs at the margin through the basis.
    private func priceDeviation(_ response: OptimalResponse) -> Double {
        let solution = solver.solution
        var slopes = solver.model.costs
        for (index, segment) in segments.enumerated() where segment.curvature > 0 {
            let column = model.layout.pieces[index]
            slopes[column] += 2 * segment.curvature * solution.columnValues[column]
        }
        let prices = response.derivative(weights: slopes)
        return network.buses.indices.reduce(0) { max($0, abs(prices[$1] - solution.rowDuals[$1])) }
    }

    /// Whether demand of a bus goes unserved at a price below the dual of its balance.
    private func isUnderCeiling(_ bus: Int, _ rowDuals: [Double]) -> Bool {
        guard let ceiling = options.unservedEnergyUSDPerMWh, network.buses[bus].demandMW >= 0 else { return false }
        return !network.buses[bus].isIsolated && rowDuals[bus] > ceiling + Self.noPrice
    }

    /// Settles the sides on which the basis stays feasible.
    private func settle(_ sides: inout MarginalSides, by response: OptimalResponse, rowDuals: [Double]) {
        let plain = response.derivative(weights: emissionWeights)
        let valid = validSides(response)
        for bus in network.buses.indices {
            for change in DemandChange.allCases where sides.isOpen(bus, change) {
                let isUnder = isUnderCeiling(bus, rowDuals) && (change == .up || network.buses[bus].demandMW > 0)
                if isUnder {
                    sides.settle(bus, change, emissions: 0, price: options.unservedEnergyUSDPerMWh)
                } else if valid[change]![bus] {
                    sides.settle(bus, change, emissions: plain[bus], price: rowDuals[bus])
                }
            }
        }
    }

    /// Whether no degenerate column leaves its range when demand rises or falls, by bus.
    private func validSides(_ response: OptimalResponse) -> [DemandChange: [Bool]] {
        var up = [Bool](repeating: true, count: network.buses.count)
        var down = up
        for position in response.degenerate {
            let column = response.column(at: position)
            let rates = response.derivative(ofMoving: position)
            let (isLow, isHigh) = ends(column)
            for bus in up.indices {
                let limitRate = isUnserved(column, of: bus) ? 1.0 : 0
                let (rises, falls) = (rates[bus] > 1e-7, rates[bus] < -1e-7)
                let (overtakes, lags) = (rates[bus] > limitRate + 1e-7, rates[bus] < limitRate - 1e-7)
                if isLow, falls { up[bus] = false }
                if isLow, rises { down[bus] = false }
                if isHigh, overtakes { up[bus] = false }
                if isHigh, lags { down[bus] = false }
            }
        }
        return [.up: up, .down: down]
    }

    /// At which ends of its range a column is; the slack of an equation is at both.
    private func ends(_ column: Int) -> (isLow: Bool, isHigh: Bool) {
        guard column < model.layout.columnCount else { return (true, true) }
        let value = solver.solution.columnValues[column]
        return (
            value <= solver.model.columnLowers[column] + Self.atLimitMW,
            value >= solver.model.columnUppers[column] - Self.atLimitMW
        )
    }

    private func isUnserved(_ column: Int, of bus: Int) -> Bool {
        guard let first = model.layout.unserved else { return false }
        return column == first + bus && network.buses[bus].demandMW >= 0
    }

    /// Settles one side by a solve at a slightly changed demand.
    private func resolve(_ bus: Int, _ change: DemandChange, _ sides: inout MarginalSides) throws(PowerFlowError) {
        guard !network.buses[bus].isIsolated else { return sides.settle(bus, change, emissions: nil, price: nil) }
        var moved = self
        let step = change.sign * Self.kinkStepMW
        moved.setDemand(network.buses[bus].demandMW + step, bus: bus)
        guard case .optimal(let near) = try moved.solve(), let here = dispatch else {
            return sides.settle(bus, change, emissions: nil, price: nil)
        }
        if let response = OptimalResponse(moved) {
            sides.settle(bus, change, emissions: moved.emissions(response)[bus], price: near.lmpUSDPerMWh[bus])
        } else {
            let difference = (near.emissionsKgPerHour - here.emissionsKgPerHour) / step
            sides.settle(bus, change, emissions: difference, price: near.lmpUSDPerMWh[bus])
        }
        guard !solver.model.isQuadratic else { return }
        var other = self
        other.solver.basis = moved.solver.basis
        if other.restsAsItsBasisSays, let response = OptimalResponse(other) {
            other.settle(&sides, by: response, rowDuals: moved.solver.solution.rowDuals)
        }
    }

    /// Whether every column that is not basic is at the bound its basis names: the basis is one of this optimum.
    private var restsAsItsBasisSays: Bool {
        guard let basis = solver.basis else { return false }
        return basis.columns.indices.allSatisfy { column in
            let value = solver.solution.columnValues[column]
            return switch basis.columns[column] {
            case .basic: true
            case .atLower: abs(value - solver.model.columnLowers[column]) <= Self.atLimitMW
            case .atUpper: abs(value - solver.model.columnUppers[column]) <= Self.atLimitMW
            case .free: abs(value) <= Self.atLimitMW
            }
        }
    }
}
