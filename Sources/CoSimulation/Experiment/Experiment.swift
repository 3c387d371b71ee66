public import InferencePlacement

/// A validated experiment: everything that decides the outcome of a run, and nothing else.
///
/// It names no file, host, process layout or transport; its canonical bytes are the head of the journal, and their
/// digest is what "the same scenario" means.
public struct Experiment: Sendable, Equatable {
    /// Name of the scenario.
    public var name: String
    /// Seed of every random stream.
    public var seed: UInt64
    /// Time of the run.
    public var clock: Clock
    /// Names of the compute resources that work and capacity are counted in.
    public var resources: [String]
    /// Workload classes.
    public var classes: [WorkloadClass]
    /// Grid operators, in the order of the scenario.
    public var gridOperators: [GridOperatorSite]
    /// Compute regions, in the order of the scenario.
    public var regions: [ComputeRegionSite]
    /// Service nodes, in the order of the scenario.
    public var services: [ServiceNodeSite]
    /// How work is placed.
    public var mechanism: Mechanism
    /// How the placement meets the grid.
    public var coupling: Coupling
    /// Thresholds of the layers local and regional (MODEL 1.11).
    public var layerLimits: LayerLimits
    /// Demand-response events of the scenario, in its order.
    public var events: [GridEvent]
    /// Faults of agents and messages, in the scenario's order. A baseline keeps them: they are of the world.
    public var faults: [AgentFault] = []
    /// Whether grid operators' requests to draw less are kept from regions, as they are in a baseline.
    public var withholdsRequests = false
    /// How delay is reckoned (MODEL 2.7).
    public var delayRule = DelayRule()
    /// The run it leaves and where, of a branch; nil of an experiment that begins with its first tick.
    public var branch: Branch?

    /// An experiment from its parts; references between sites must be valid indices.
    public init(
        name: String, seed: UInt64, clock: Clock, resources: [String], classes: [WorkloadClass],
        gridOperators: [GridOperatorSite],
        regions: [ComputeRegionSite], services: [ServiceNodeSite], mechanism: Mechanism,
        coupling: Coupling = Coupling(),
        layerLimits: LayerLimits = LayerLimits(), events: [GridEvent] = []
    ) {
        self.events = events
        self.coupling = coupling
        self.name = name
        self.seed = seed
        self.clock = clock
        self.resources = resources
        self.classes = classes
        self.gridOperators = gridOperators
        self.regions = regions
        self.services = services
        self.mechanism = mechanism
        self.layerLimits = layerLimits
    }

    /// The same experiment with everything at home, without events, and nobody asked to draw less: what effects are
    /// measured against (MODEL 4). Of a branch too it begins with the first tick.
    public var baseline: Experiment {
        var home = self
        home.branch = nil
        home.mechanism = Mechanism(.home)
        home.coupling = Coupling()
        home.events = []
        home.withholdsRequests = true
        return home
    }
}

/// Round-trip limits of the layers, ms (MODEL 1.11).
public struct LayerLimits: Sendable, Equatable {
    /// Up to here work counts as local.
    public var localMilliseconds: Double
    /// Up to here work counts as regional.
    public var regionalMilliseconds: Double

    /// Limits; 30 and 120 ms unless given.
    public init(localMilliseconds: Double = 30, regionalMilliseconds: Double = 120) {
        self.localMilliseconds = localMilliseconds
        self.regionalMilliseconds = regionalMilliseconds
    }
}

/// What every agent of an experiment has.
public struct AgentSite: Sendable, Equatable {
    /// Name, unique among all agents.
    public var name: String
    /// Name of its strategy in the catalogue, or what a scenario calls a foreign one.
    public var strategy: String
    /// Whether a program of its own plays it. How that is started is no part of the experiment: what a program does
    /// shows in its answers, and settings that decide them are parameters.
    public var isForeign: Bool
    /// Settings of the strategy.
    public var parameters: Parameters

    /// An agent from its parts.
    public init(name: String, strategy: String, isForeign: Bool = false, parameters: Parameters) {
        self.name = name
        self.strategy = strategy
        self.isForeign = isForeign
        self.parameters = parameters
    }
}

/// A grid operator of an experiment.
public struct GridOperatorSite: Sendable, Equatable {
    /// The agent.
    public var agent: AgentSite
    /// Where it is drawn on maps; nil where it has no place.
    public var location: Location?

    /// A grid operator from its parts.
    public init(agent: AgentSite, location: Location? = nil) {
        self.agent = agent
        self.location = location
    }
}

/// A compute region of an experiment.
public struct ComputeRegionSite: Sendable, Equatable {
    /// The agent.
    public var agent: AgentSite
    /// Index of the grid operator it is connected to.
    public var gridOperator: Int
    /// Bus it is connected to; empty where the grid has one.
    public var bus: String
    /// Where it is.
    public var location: Location?

    /// A compute region from its parts.
    public init(agent: AgentSite, gridOperator: Int, bus: String = "", location: Location? = nil) {
        self.agent = agent
        self.gridOperator = gridOperator
        self.bus = bus
        self.location = location
    }
}

/// A service node of an experiment.
public struct ServiceNodeSite: Sendable, Equatable {
    /// The agent.
    public var agent: AgentSite
    /// Index of the home region (c0).
    public var home: Int
    /// Where it is.
    public var location: Location?
    /// Round trip to each region, ms (R_sc).
    public var roundTripMilliseconds: [Double]
    /// Price of data leaving for each region, $/GB (a_sc).
    public var egressUSDPerGB: [Double]
    /// Whether law and system let a class run in a region, [class][region] (Mlegal times Msystem); home is always allowed.
    public var permitted: [[Bool]]
    /// Bandwidth to each region (B_ij, MODEL 2.7), Mbit/s; empty where it is not limited.
    public var bandwidthMbitPerSecond: [Double]
    /// Propagation to each region (d_ij, MODEL 2.7), seconds; empty where it is half the round trip.
    public var propagationSeconds: [Double]

    /// A service node from its parts; without limits of bandwidth and with propagation from round trips unless given.
    public init(
        agent: AgentSite, home: Int, location: Location? = nil, roundTripMilliseconds: [Double],
        egressUSDPerGB: [Double],
        permitted: [[Bool]], bandwidthMbitPerSecond: [Double] = [], propagationSeconds: [Double] = []
    ) {
        self.bandwidthMbitPerSecond = bandwidthMbitPerSecond
        self.propagationSeconds = propagationSeconds
        self.agent = agent
        self.home = home
        self.location = location
        self.roundTripMilliseconds = roundTripMilliseconds
        self.egressUSDPerGB = egressUSDPerGB
        self.permitted = permitted
    }
}
