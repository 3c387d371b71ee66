import LinearProgram

/// What consumption at each bus is said to emit, by marginal and by average measures (MODEL 3.2), kgCO2/MWh.
///
/// Marginal and average signals answer different questions and are never mixed. Demand times signal adds up to all
/// emissions for `averageKgPerMWh` (ACE), `tracedKgPerMWh` (LACE) and `adjustedKgPerMWh` (ALMCE), not for the LME.
/// Demand is what is drawn: served demand, Gs, what dispatchable loads take, and losses where a line arrives.
public struct EmissionSignals: Sendable, Equatable {
    /// Emissions of all generation, kgCO2/h (E).
    public internal(set) var emissionsKgPerHour: Double
    /// Power drawn at each bus, MW.
    public internal(set) var consumptionMW: [Double]
    /// One-sided marginal emissions and prices.
    public internal(set) var marginal: MarginalSignals
    /// Emissions per MWh of all consumption, the same everywhere (ACE).
    public internal(set) var averageKgPerMWh: Double
    /// Emissions of the mixture that flows through each bus (LACE).
    public internal(set) var tracedKgPerMWh: [Double]
    /// Marginal emissions shifted evenly so that they account for all emissions (ALMCE).
    public internal(set) var adjustedKgPerMWh: [Double]

    /// Marginal emissions of demand at each bus (LME): of the next MWh, or of the last one where no more can be served.
    public var marginalKgPerMWh: [Double] { marginal.emissionsKgPerMWh }

    /// Worst relative miss of the three identities: consumption times signal is all emissions.
    public var accountingError: Double {
        guard consumptionMW.contains(where: { $0 != 0 }) else { return 0 }
        let average = consumptionMW.reduce(0) { $0 + $1 * averageKgPerMWh }
        let sums = [average, sum(tracedKgPerMWh), sum(adjustedKgPerMWh)]
        let scale =
            1 + abs(emissionsKgPerHour) + zip(consumptionMW, adjustedKgPerMWh).reduce(0) { $0 + abs($1.0 * $1.1) }
        return sums.map { abs($0 - emissionsKgPerHour) / scale }.reduce(0, max)
    }

    private func sum(_ signal: [Double]) -> Double { zip(consumptionMW, signal).reduce(0) { $0 + $1.0 * $1.1 } }
}

extension DCOptimalPowerFlow {
    /// The emission signals at the dispatch found last.
    ///
    /// Costs one factorisation and one solve with its transpose, and one of each more per kink that is resolved.
    ///
    /// - Parameter resolvesKinks: whether both sides are found where derivatives have two; else the basis decides.
    /// - Returns: nil when the last solve found no optimum.
    /// - Throws: `PowerFlowError` when a solve at a slightly changed demand fails.
    public func emissionSignals(resolvesKinks: Bool = true) throws(PowerFlowError) -> EmissionSignals? {
        guard let dispatch else { return nil }
        let marginal = try marginalSignals(resolvesKinks: resolvesKinks)
        let consumption = consumptionMW(dispatch)
        let total = consumption.reduce(0, +)
        let emissions = dispatch.emissionsKgPerHour
        let lme = marginal.emissionsKgPerMWh
        let missing = emissions - zip(consumption, lme).reduce(0) { $0 + $1.0 * $1.1 }
        let hasDemand = total > Self.atLimitMW
        return EmissionSignals(
            emissionsKgPerHour: emissions, consumptionMW: consumption, marginal: marginal,
            averageKgPerMWh: hasDemand ? emissions / total : 0, tracedKgPerMWh: mixture(dispatch),
            adjustedKgPerMWh: lme.map { hasDemand ? $0 + missing / total : $0 })
    }

    /// Power drawn at each bus, MW; a fixed feed-in is supply.
    private func consumptionMW(_ dispatch: NetworkDispatch) -> [Double] {
        var drawn = network.buses.indices.map { max(0, busDrawMW($0, dispatch)) }
        for (index, generator) in network.generators.enumerated() {
            drawn[generator.bus] += max(0, -delivered(index, dispatch))
        }
        for sending in lineSendings { drawn[sending.to] += sending.lostMW }
        for (index, line) in network.dcLines.enumerated() where isClosed(dcLine: index) {
            drawn[line.to] += line.fixedLossMW
        }
        return drawn
    }

    private func busDrawMW(_ index: Int, _ dispatch: NetworkDispatch) -> Double {
        let bus = network.buses[index]
        return bus.isIsolated ? 0 : bus.demandMW + bus.shuntMW - dispatch.unservedMW[index]
    }

    private func delivered(_ generator: Int, _ dispatch: NetworkDispatch) -> Double {
        dispatch.generationMW[generator] - dispatch.surplusMW[generator]
    }

    private func mixture(_ dispatch: NetworkDispatch) -> [Double] {
        var supplied = network.buses.indices.map { max(0, -busDrawMW($0, dispatch)) }
        var emissions = [Double](repeating: 0, count: network.buses.count)
        for (index, generator) in network.generators.enumerated() {
            let output = dispatch.generationMW[index]
            supplied[generator.bus] += max(0, delivered(index, dispatch))
            emissions[generator.bus] += emissionRate(index, outputMW: output) * output
        }
        return FlowTracing.mixture(
            suppliedMW: supplied, emissionsKgPerHour: emissions, sendings: sendings(dispatch))
    }

    private func sendings(_ dispatch: NetworkDispatch) -> [FlowTracing.Sending] {
        var found: [FlowTracing.Sending] = []
        for (branch, flow) in zip(network.branches, dispatch.flowMW) where flow != 0 {
            let ends = flow > 0 ? (branch.from, branch.to) : (branch.to, branch.from)
            found.append(FlowTracing.Sending(from: ends.0, to: ends.1, powerMW: abs(flow)))
        }
        return found + lineSendings
    }

    /// What direct-current lines carry at the last solution.
    private var lineSendings: [FlowTracing.Sending] {
        network.dcLines.indices.flatMap { index -> [FlowTracing.Sending] in
            let line = network.dcLines[index]
            let forward = solver.solution.columnValues[model.layout.forward + index]
            let backward = solver.solution.columnValues[model.layout.backward + index] / (1 - line.lossShare)
            let ahead = FlowTracing.Sending(
                from: line.from, to: line.to, powerMW: max(0, forward), lostMW: line.lossShare * max(0, forward))
            let back = FlowTracing.Sending(
                from: line.to, to: line.from, powerMW: max(0, backward) + max(0, -forward),
                lostMW: line.lossShare * max(0, backward))
            return [ahead, back].filter { $0.powerMW > 0 }
        }
    }
}
