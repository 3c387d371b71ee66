public import InferencePlacement

/// What a grid operator knows at the start of a run.
public struct GridOperatorSetup: Sendable, Equatable {
    /// Name of the operator.
    public var name: String
    /// Time of the run.
    public var clock: Clock
    /// The compute regions connected to its grid, in the order its answers follow.
    public var regions: [ConnectedRegion]
    /// Its settings.
    public var parameters: Parameters

    /// A setup from its parts.
    public init(name: String, clock: Clock, regions: [ConnectedRegion], parameters: Parameters) {
        self.name = name
        self.clock = clock
        self.regions = regions
        self.parameters = parameters
    }
}

/// A compute region as its grid operator knows it.
public struct ConnectedRegion: Sendable, Equatable {
    /// Name of the region.
    public var name: String
    /// Name of the bus it is connected to; empty where the grid has one bus.
    public var bus: String

    /// A connection from its parts.
    public init(name: String, bus: String) {
        self.name = name
        self.bus = bus
    }
}

/// What a compute region knows at the start of a run.
public struct ComputeRegionSetup: Sendable, Equatable {
    /// Name of the region.
    public var name: String
    /// Time of the run.
    public var clock: Clock
    /// Names of the compute resources, in the order offers follow.
    public var resources: [String]
    /// Ticks that are cleared together; above 1 an offer may say what it expects.
    public var horizonTicks: Int
    /// Its settings.
    public var parameters: Parameters

    /// A setup from its parts; with ticks cleared one by one unless given.
    public init(name: String, clock: Clock, resources: [String], horizonTicks: Int = 1, parameters: Parameters) {
        self.horizonTicks = horizonTicks
        self.name = name
        self.clock = clock
        self.resources = resources
        self.parameters = parameters
    }
}

/// What a service node knows at the start of a run.
public struct ServiceNodeSetup: Sendable, Equatable {
    /// Name of the node.
    public var name: String
    /// Time of the run.
    public var clock: Clock
    /// Workload classes, in the order bids follow.
    public var classes: [WorkloadClass]
    /// Names of the compute regions, in the order bids follow.
    public var regions: [String]
    /// Index of the home region (c0).
    public var home: Int
    /// Round trip to each region, ms (R_sc).
    public var roundTripMilliseconds: [Double]
    /// Price of data leaving for each region, $/GB (a_sc).
    public var egressUSDPerGB: [Double]
    /// Whether a class may run in a region, [class][region]: legal, system and latency masks together (M of MODEL 1.3).
    public var allowed: [[Bool]]
    /// Bandwidth to each region (B_ij, MODEL 2.7), Mbit/s; empty where it is not limited.
    public var bandwidthMbitPerSecond: [Double]
    /// Propagation to each region (d_ij, MODEL 2.7), seconds; empty where it is half the round trip.
    public var propagationSeconds: [Double]
    /// How delay is reckoned.
    public var delayRule: DelayRule
    /// Ticks that are cleared together; above 1 work may wait in the market's hands.
    public var horizonTicks: Int
    /// Its settings.
    public var parameters: Parameters

    /// A setup from its parts; without delays and with ticks cleared one by one unless given.
    public init(
        name: String, clock: Clock, classes: [WorkloadClass], regions: [String], home: Int,
        roundTripMilliseconds: [Double],
        egressUSDPerGB: [Double], allowed: [[Bool]], bandwidthMbitPerSecond: [Double] = [],
        propagationSeconds: [Double] = [], delayRule: DelayRule = DelayRule(), horizonTicks: Int = 1,
        parameters: Parameters
    ) {
        self.bandwidthMbitPerSecond = bandwidthMbitPerSecond
        self.propagationSeconds = propagationSeconds
        self.delayRule = delayRule
        self.horizonTicks = horizonTicks
        self.name = name
        self.clock = clock
        self.classes = classes
        self.regions = regions
        self.home = home
        self.roundTripMilliseconds = roundTripMilliseconds
        self.egressUSDPerGB = egressUSDPerGB
        self.allowed = allowed
        self.parameters = parameters
    }

    /// The honest line for so many requests of a class that arrive now: true friction and delay of every allowed region.
    public func line(workloadClass k: Int, requests: Double) -> BidLine {
        let kind = classes[k]
        return BidLine(
            workloadClass: k, requests: requests, arrivedRequests: requests,
            energyKWhPerRequest: kind.energyKWhPerRequest, workPerRequest: kind.workPerRequest,
            movableShare: kind.movableShare, valueUSDPerRequest: kind.valueUSDPerRequest,
            switchingUSDPerRequest: kind.switchingUSDPerRequest, delayLimitSeconds: kind.delay.limitSeconds,
            delayUSDPerSecond: kind.delay.priceUSDPerSecond,
            options: options(workloadClass: k, energyKWhPerRequest: kind.energyKWhPerRequest))
    }

    /// The regions a class may run in with their friction (MODEL 1.5) and delay (MODEL 2.7), ascending by region.
    ///
    /// Tokens and data of a request are those of the class unless given.
    public func options(
        workloadClass k: Int, energyKWhPerRequest: Double, tokensPerRequest: Double? = nil,
        payloadKBPerToken: Double? = nil
    ) -> [PlacementOption] {
        let kind = classes[k]
        return regions.indices.filter { allowed[k][$0] }.map { region in
            let friction =
                region == home
                ? 0
                : kind.friction.costUSDPerRequest(
                    egressUSDPerGB: egressUSDPerGB[region], energyKWhPerRequest: energyKWhPerRequest)
            guard kind.delay.matters else {
                return PlacementOption(region: region, frictionUSDPerRequest: friction)
            }
            let processing = kind.delay.processingSecondsPerToken
            let delay = delayRule.delay(
                tokens: tokensPerRequest ?? kind.delay.tokensPerRequest,
                payloadKBPerToken: payloadKBPerToken ?? kind.delay.payloadKBPerToken,
                processingSecondsPerToken: processing.isEmpty ? 0 : processing[region],
                propagationSeconds: propagationSeconds.isEmpty
                    ? roundTripMilliseconds[region] / 2000 : propagationSeconds[region],
                bandwidthMbitPerSecond: bandwidthMbitPerSecond.isEmpty ? .infinity : bandwidthMbitPerSecond[region])
            return PlacementOption(
                region: region, frictionUSDPerRequest: friction, delaySeconds: delay.fixedSeconds,
                delaySecondsPerRequest: delay.secondsPerRequest)
        }
    }
}
