/// What an optimal power flow may do beyond the network data.
public struct PowerFlowOptions: Sendable, Equatable {
    /// Price of energy not served, $/MWh; nil where all demand must be served.
    public var unservedEnergyUSDPerMWh: Double?
    /// Price of output that a unit must make but nobody takes, $/MWh; nil where there is no such way out.
    ///
    /// Output turned away is paid for at the unit's cost and emits like any other, as in `Fleet`; this comes on top.
    public var surplusEnergyUSDPerMWh: Double?
    /// Whether angle-difference limits hold; nil leaves that to the convention.
    public var enforcesAngleLimits: Bool?

    /// Options; by default all demand must be served, minimum output must be taken and the convention decides.
    public init(
        unservedEnergyUSDPerMWh: Double? = nil, surplusEnergyUSDPerMWh: Double? = nil, enforcesAngleLimits: Bool? = nil
    ) {
        self.unservedEnergyUSDPerMWh = unservedEnergyUSDPerMWh
        self.surplusEnergyUSDPerMWh = surplusEnergyUSDPerMWh
        self.enforcesAngleLimits = enforcesAngleLimits
    }
}
