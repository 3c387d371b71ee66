/// What a small change of demand at one bus does to cost and emissions, by solving again: the oracle of MODEL 3.2.
public struct DemandDifference: Sendable, Equatable {
    /// Change of cost per MWh when demand rises, $; nil where no dispatch exists.
    public let priceAboveUSDPerMWh: Double?
    /// Change of cost per MWh when demand falls, $.
    public let priceBelowUSDPerMWh: Double?
    /// Change of emissions per MWh when demand rises, kgCO2.
    public let emissionsAboveKgPerMWh: Double?
    /// Change of emissions per MWh when demand falls, kgCO2.
    public let emissionsBelowKgPerMWh: Double?
}

extension DCOptimalPowerFlow {
    /// One-sided differences at a bus over a step of demand, MW: two solves.
    ///
    /// - Returns: nil when the last solve found no optimum.
    /// - Throws: `PowerFlowError` when a solve fails.
    public func demandDifference(bus: Int, stepMW: Double = 1e-3) throws(PowerFlowError) -> DemandDifference? {
        precondition(stepMW > 0, "a step is positive")
        guard let dispatch else { return nil }
        let above = try slopes(from: dispatch, bus: bus, stepMW: stepMW)
        let below = try slopes(from: dispatch, bus: bus, stepMW: -stepMW)
        return DemandDifference(
            priceAboveUSDPerMWh: above?.price, priceBelowUSDPerMWh: below?.price,
            emissionsAboveKgPerMWh: above?.emissions, emissionsBelowKgPerMWh: below?.emissions)
    }

    private func slopes(
        from here: NetworkDispatch, bus: Int, stepMW: Double
    ) throws(PowerFlowError) -> (price: Double, emissions: Double)? {
        var moved = self
        moved.setDemand(network.buses[bus].demandMW + stepMW, bus: bus)
        guard case .optimal(let there) = try moved.solve() else { return nil }
        return (
            (there.objectiveUSDPerHour - here.objectiveUSDPerHour) / stepMW,
            (there.emissionsKgPerHour - here.emissionsKgPerHour) / stepMW
        )
    }
}
