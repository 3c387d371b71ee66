public import InferencePlacement

/// The metrics of MODEL 1 for a run: how much of its work could move, what latency is worth, and what moving must gain.
///
/// All are of the posted prices and emissions, summed over ticks. `Codable` for `--json`; see docs/metrics.md.
public struct RunMetrics: Sendable, Equatable, Codable {
    /// Name of the scenario.
    public var name: String
    /// Objective of the run's clearing.
    public var mechanism: String
    /// Coupling of the run.
    public var coupling: String
    /// Internal carbon price of V (kappa), $/kg: that of the run, 0 where it has none.
    public var carbonPriceUSDPerKg: Double
    /// Ticks summed.
    public var tickCount: Int
    /// Relocatable inference demand (1.8) of the system, by class, by service node and by home area.
    public var relocatable: [RelocatableMetric]
    /// Points of the energy-latency frontier (1.7), ascending by relaxation.
    public var frontier: [FrontierPoint]
    /// Elasticities (1.9) between neighbouring points, of the same groups as relocatable demand.
    public var elasticities: [ElasticityMetric]
    /// Relaxations at which a region comes within a mask, where V can jump (1.7), ascending.
    public var jumps: [LatencyJump]
    /// Regions within reach of each class of each service node (1.3), home included.
    public var reach: [ReachMetric]
    /// Break-even (1.10) of each class of each service node in each region but its home.
    public var breakEven: [BreakEvenMetric]
    /// Work by class and layer (1.11).
    public var layers: [ClassLayers]
}

/// Whose work a metric is of.
public enum MetricScope: String, Sendable, Codable {
    /// All of it.
    case system
    /// That of a workload class.
    case workloadClass = "class"
    /// That of a service node.
    case service
    /// That of service nodes at home in a balancing area.
    case area
}

/// Relocatable inference demand of a group of work (MODEL 1.8).
public struct RelocatableMetric: Sendable, Equatable, Codable {
    /// Whose work.
    public var scope: MetricScope
    /// Name of the class, service node or area.
    public var name: String
    /// Its four meanings, MWh of IT energy.
    public var demand: RelocatableDemand
    /// Shares of the demand, nil without demand.
    public var shares: RelocatableShares?
    /// Whether realised <= economic <= feasible <= technical.
    public var isNested: Bool

    init(scope: MetricScope, name: String, demand: RelocatableDemand) {
        self.scope = scope
        self.name = name
        self.demand = demand
        shares = demand.demandMWh > 0 ? RelocatableShares(demand) : nil
        isNested = demand.isNested
    }
}

/// Relocatable demand as shares of all demand, 0 to 1.
public struct RelocatableShares: Sendable, Equatable, Codable {
    /// Technical.
    public var technical: Double
    /// Feasible.
    public var feasible: Double
    /// Economic.
    public var economic: Double
    /// Realised.
    public var realised: Double

    init(_ demand: RelocatableDemand) {
        technical = demand.technicalMWh / demand.demandMWh
        feasible = demand.feasibleMWh / demand.demandMWh
        economic = demand.economicMWh / demand.demandMWh
        realised = demand.realisedMWh / demand.demandMWh
    }
}

/// The optimum of 1.1 with all budgets relaxed, summed over ticks (MODEL 1.7).
public struct FrontierPoint: Sendable, Equatable, Codable {
    /// Relaxation Delta beyond the run's own budgets, ms.
    public var relaxationMilliseconds: Double
    /// Optimum V of 1.1, $: cost with emissions priced at kappa.
    public var valueUSD: Double
    /// Cost C at the optimum, $: energy, friction, switching and lost value.
    public var costUSD: Double
    /// Emissions G at the optimum and the posted marginal rates, kgCO2.
    public var emissionsKg: Double
    /// IT energy that runs away from home at the optimum, MWh.
    public var relocatedMWh: Double
}

/// What a ms of latency saves between two relaxations of one group's budgets, all others' as they are (MODEL 1.9).
public struct ElasticityMetric: Sendable, Equatable, Codable {
    /// Whose budgets are relaxed.
    public var scope: MetricScope
    /// Name of the class, service node or area.
    public var name: String
    /// Smaller relaxation, ms.
    public var fromMilliseconds: Double
    /// Greater relaxation, ms.
    public var toMilliseconds: Double
    /// EROL: [V(from) - V(to)] / (to - from), $/ms.
    public var valueUSDPerMillisecond: Double
    /// EROL for each MWh of the group's IT demand, $/(ms MWh); nil without demand.
    public var valueUSDPerMillisecondMWh: Double?
    /// CROL: [G(from) - G(to)] / (to - from), kgCO2/ms; negative where cost falls and emissions rise.
    public var emissionsKgPerMillisecond: Double
    /// CROL for each MWh of the group's IT demand, kgCO2/(ms MWh); nil without demand.
    public var emissionsKgPerMillisecondMWh: Double?
}

/// A region that comes within the masks of a class when its budget is relaxed.
public struct LatencyJump: Sendable, Equatable, Codable {
    /// Relaxation from which on it is within the latency mask, ms.
    public var relaxationMilliseconds: Double
    /// The class.
    public var workloadClass: String
    /// The service node.
    public var service: String
    /// The region.
    public var region: String
    /// Round trip between them, ms.
    public var roundTripMilliseconds: Double
}

/// How many regions a class of a service node can reach (MODEL 1.3), home included.
public struct ReachMetric: Sendable, Equatable, Codable {
    /// The class.
    public var workloadClass: String
    /// The service node.
    public var service: String
    /// Its home region.
    public var home: String
    /// Regions within the latency mask.
    public var withinLatency: Int
    /// Regions within all masks: latency, law and system.
    public var allowed: Int
}

/// Break-even of moving a class of a service node to a region (MODEL 1.10), of the means over the ticks it was bid in.
public struct BreakEvenMetric: Sendable, Equatable, Codable {
    /// The class.
    public var workloadClass: String
    /// The service node.
    public var service: String
    /// Its home region.
    public var home: String
    /// The region.
    public var region: String
    /// Whether the masks allow it.
    public var isAllowed: Bool
    /// Ticks in which there was work and both regions offered energy.
    public var tickCount: Int
    /// Ticks of these in which break-even held.
    public var heldTickCount: Int
    /// Whether it holds for the means.
    public var holds: Bool
    /// What moving gains beyond friction, $/request.
    public var marginUSDPerRequest: Double
    /// The same for each MWh of IT energy, $/MWh.
    public var marginUSDPerMWh: Double
    /// Friction phi, $/request.
    public var frictionUSDPerRequest: Double
    /// Friction below which it holds, $/request; nil where it holds for none.
    public var highestFrictionUSDPerRequest: Double?
    /// IT energy of a request above which it holds, kWh; nil where it holds for none.
    public var lowestEnergyKWhPerRequest: Double?
    /// Requests of a session above which it holds; nil where it holds for none.
    public var lowestRequestsPerSession: Double?
    /// Carbon price kappa above which it holds, $/kg; nil where it holds for none.
    public var lowestCarbonPriceUSDPerKg: Double?
}

/// IT energy of a class by how far from home it ran (MODEL 1.11), MWh.
public struct ClassLayers: Sendable, Equatable, Codable {
    /// The class.
    public var workloadClass: String
    /// At home or within the local limit.
    public var localMWh: Double
    /// Beyond it, within the regional limit.
    public var regionalMWh: Double
    /// Beyond both.
    public var energyOrientedMWh: Double
}
