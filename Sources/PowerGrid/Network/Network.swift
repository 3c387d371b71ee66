/// An electricity network as data: what is there, and nothing of the problem posed on it.
///
/// Elements name buses by index into `buses`; importers keep the numbers and names their files use. Power is in MW,
/// angles are in degrees, impedances per unit on `baseMVA`.
public struct Network: Sendable, Equatable {
    /// Name of the case.
    public var name: String
    /// Base of the per-unit values, MVA.
    public var baseMVA: Double
    /// Buses.
    public var buses: [Bus]
    /// Lines and transformers.
    public var branches: [Branch]
    /// Generators.
    public var generators: [NetworkGenerator]
    /// Direct-current lines.
    public var dcLines: [DCLine]
    /// Net transfer capacities between areas.
    public var transferLimits: [TransferLimit]

    /// A network from its parts; indices must be valid.
    public init(
        name: String, baseMVA: Double, buses: [Bus], branches: [Branch], generators: [NetworkGenerator],
        dcLines: [DCLine] = [], transferLimits: [TransferLimit] = []
    ) {
        self.transferLimits = transferLimits
        self.name = name
        self.baseMVA = baseMVA
        self.buses = buses
        self.branches = branches
        self.generators = generators
        self.dcLines = dcLines
    }
}

/// A place where power is put in or taken out.
public struct Bus: Sendable, Equatable {
    /// Number in the file it came from, unique within a network.
    public var number: Int
    /// Name; empty where the file has none.
    public var name: String
    /// Whether its angle is the reference of its island.
    public var isReference: Bool
    /// Whether it is out of service (MATPOWER type 4).
    public var isIsolated: Bool
    /// Demand, MW; negative for a fixed feed-in.
    public var demandMW: Double
    /// Shunt conductance as power at nominal voltage (Gs), MW.
    public var shuntMW: Double
    /// Number of its area in the file.
    public var area: Int
    /// Nominal voltage, kV.
    public var baseKV: Double
    /// Latitude and longitude in degrees; nil where unknown.
    public var latitudeLongitude: SIMD2<Double>?

    /// A bus; everything but its number may be left out.
    public init(
        number: Int, name: String = "", isReference: Bool = false, isIsolated: Bool = false, demandMW: Double = 0,
        shuntMW: Double = 0,
        area: Int = 1, baseKV: Double = 0, latitudeLongitude: SIMD2<Double>? = nil
    ) {
        self.number = number
        self.name = name
        self.isReference = isReference
        self.isIsolated = isIsolated
        self.demandMW = demandMW
        self.shuntMW = shuntMW
        self.area = area
        self.baseKV = baseKV
        self.latitudeLongitude = latitudeLongitude
    }
}

/// A line or transformer.
public struct Branch: Sendable, Equatable {
    /// Name; empty where the file has none.
    public var name: String
    /// Index of the bus it leaves.
    public var from: Int
    /// Index of the bus it enters.
    public var to: Int
    /// Series resistance, per unit.
    public var resistance: Double
    /// Series reactance, per unit; may be negative, never zero.
    public var reactance: Double
    /// Greatest flow either way, MW; infinite where there is no limit.
    public var limitMW: Double
    /// Off-nominal turns ratio; 1 for a line.
    public var tapRatio: Double
    /// Phase shift, degrees.
    public var shiftDegrees: Double
    /// Least angle difference from minus to, degrees; minus infinity where there is no limit.
    public var leastAngleDegrees: Double
    /// Greatest angle difference from minus to, degrees; infinity where there is no limit.
    public var greatestAngleDegrees: Double
    /// Whether it is in service.
    public var isInService: Bool

    /// A branch; limits, tap and shift may be left out.
    public init(
        name: String = "", from: Int, to: Int, resistance: Double = 0, reactance: Double, limitMW: Double = .infinity,
        tapRatio: Double = 1,
        shiftDegrees: Double = 0, leastAngleDegrees: Double = -.infinity, greatestAngleDegrees: Double = .infinity,
        isInService: Bool = true
    ) {
        self.name = name
        self.from = from
        self.to = to
        self.resistance = resistance
        self.reactance = reactance
        self.limitMW = limitMW
        self.tapRatio = tapRatio
        self.shiftDegrees = shiftDegrees
        self.leastAngleDegrees = leastAngleDegrees
        self.greatestAngleDegrees = greatestAngleDegrees
        self.isInService = isInService
    }
}

/// A generator at a bus.
public struct NetworkGenerator: Sendable, Equatable {
    /// Name; empty where the file has none.
    public var name: String
    /// Technology or fuel; empty where unknown.
    public var technology: String
    /// Index of its bus.
    public var bus: Int
    /// Least output, MW; negative for a dispatchable load.
    public var minimumMW: Double
    /// Greatest output, MW.
    public var maximumMW: Double
    /// What its output costs.
    public var cost: CostCurve
    /// Emission rate, kgCO2/MWh (e_g).
    public var emissionsKgPerMWh: Double
    /// Greatest change of output, MW per minute; infinite where there is no limit.
    public var rampMWPerMinute: Double
    /// Whether it is in service.
    public var isInService: Bool

    /// A generator; emissions, ramp and names may be left out.
    public init(
        name: String = "", technology: String = "", bus: Int, minimumMW: Double = 0, maximumMW: Double, cost: CostCurve,
        emissionsKgPerMWh: Double = 0, rampMWPerMinute: Double = .infinity, isInService: Bool = true
    ) {
        self.name = name
        self.technology = technology
        self.bus = bus
        self.minimumMW = minimumMW
        self.maximumMW = maximumMW
        self.cost = cost
        self.emissionsKgPerMWh = emissionsKgPerMWh
        self.rampMWPerMinute = rampMWPerMinute
        self.isInService = isInService
    }
}

/// What output costs per hour.
public enum CostCurve: Sendable, Equatable {
    /// c2 p^2 + c1 p + c0 in $/h, p in MW; c2 at least 0.
    case polynomial(c2: Double, c1: Double, c0: Double)
    /// Straight lines through points (MW, $/h), ascending in MW, convex; beyond the ends the last line goes on.
    case piecewiseLinear([SIMD2<Double>])
}

/// A direct-current line with a schedule range and linear losses.
public struct DCLine: Sendable, Equatable {
    /// Name; empty where the file has none.
    public var name: String
    /// Index of the bus it leaves.
    public var from: Int
    /// Index of the bus it enters.
    public var to: Int
    /// Least flow at the leaving end, MW.
    public var minimumMW: Double
    /// Greatest flow at the leaving end, MW.
    public var maximumMW: Double
    /// Loss whatever the flow, MW.
    public var fixedLossMW: Double
    /// Loss per MW of flow.
    public var lossShare: Double
    /// Whether it is in service.
    public var isInService: Bool

    /// A direct-current line; losses may be left out.
    public init(
        name: String = "", from: Int, to: Int, minimumMW: Double, maximumMW: Double, fixedLossMW: Double = 0,
        lossShare: Double = 0,
        isInService: Bool = true
    ) {
        self.name = name
        self.from = from
        self.to = to
        self.minimumMW = minimumMW
        self.maximumMW = maximumMW
        self.fixedLossMW = fixedLossMW
        self.lossShare = lossShare
        self.isInService = isInService
    }
}

/// How the numbers of a network become a direct-current model (MODEL 3.1); published optima differ by it.
public enum NetworkConvention: String, Sendable, CaseIterable {
    /// b = x / (r^2 + x^2), taps and shifts ignored, angle limits on.
    case pglib
    /// b = 1 / (x tap), shifts applied, angle limits off, bus shunt as load.
    case matpower
    /// b = 1 / x, taps ignored.
    case plexos
}
