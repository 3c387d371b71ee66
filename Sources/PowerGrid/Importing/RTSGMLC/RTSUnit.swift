/// A unit of the RTS-GMLC system beyond what a network holds: fuel, heat, starts, storage.
public struct RTSUnit: Sendable, Equatable {
    /// Name, such as `101_CT_1`.
    public let name: String
    /// Unit type, such as `CT`.
    public let type: String
    /// Fuel, such as `Oil`.
    public let fuel: String
    /// Fuel price, $/MMBTU.
    public let fuelUSDPerMMBTU: Double
    /// Operation and maintenance, $/MWh.
    public let maintenanceUSDPerMWh: Double
    /// Heat input, points (MW, MMBTU/h) from the least to the greatest output; empty where heat costs nothing.
    public let heatMMBTUPerHour: [SIMD2<Double>]
    /// Emission of the fuel, kgCO2/MMBTU.
    public let emissionsKgPerMMBTU: Double
    /// Shortest time in operation, hours.
    public let minimumUpHours: Double
    /// Shortest time out of operation, hours.
    public let minimumDownHours: Double
    /// Heat of a start, MMBTU.
    public let startHeatMMBTU: Start
    /// Hours since the shutdown from which a start is hot, warm, cold.
    public let startHours: Start
    /// Cost of a start without fuel, $.
    public let otherStartUSD: Double
    /// Energy a storage holds, MWh; zero for other units.
    public let storageMWh: Double
    /// Greatest intake of a storage, MW.
    public let pumpMW: Double
    /// Share of the energy taken in that a storage gives back; zero for other units.
    public let roundTripShare: Double

    /// A value for each state a unit starts from.
    public struct Start: Sendable, Equatable {
        /// From cold.
        public let cold: Double
        /// From warm.
        public let warm: Double
        /// From hot.
        public let hot: Double
    }

    /// Cost of a start from cold, $, as NREL's MATPOWER case has it.
    public var coldStartUSD: Double { startHeatMMBTU.cold * fuelUSDPerMMBTU + otherStartUSD }

    /// Heat input at full output over full output, BTU/kWh; zero without heat.
    public var fullLoadHeatRate: Double {
        guard let last = heatMMBTUPerHour.last, last.x > 0 else { return 0 }
        return last.y / last.x * 1000
    }

    /// Emission rate at full output, kgCO2/MWh: the e_g that the network carries.
    public var fullLoadEmissionsKgPerMWh: Double { emissionsKgPerMMBTU * fullLoadHeatRate / 1000 }
}
