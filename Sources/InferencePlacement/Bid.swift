/// What a service node asks for in one tick: one line per workload class it has work in.
public struct WorkBid: Sendable, Equatable {
    /// Lines in ascending order of class, no class twice.
    public var lines: [BidLine]

    /// A bid from its lines.
    public init(lines: [BidLine]) {
        self.lines = lines
    }
}

/// The work of one class a service node wants placed in one tick.
public struct BidLine: Sendable, Equatable {
    /// Index of the class in the scenario's list.
    public var workloadClass: Int
    /// Requests to place now (lambda_skt), per tick.
    public var requests: Double
    /// Requests that arrived in this tick.
    public var arrivedRequests: Double
    /// Requests held back for a later tick, this tick's arrivals included.
    public var deferredRequests: Double
    /// IT energy of a request, kWh (e_k).
    public var energyKWhPerRequest: Double
    /// Work of a request per resource (w_k), accelerator-seconds.
    public var workPerRequest: [Double]
    /// Share that may leave home (sigma_k), 0 to 1.
    public var movableShare: Double
    /// Value lost when a request is not served (VOLL_k), $.
    public var valueUSDPerRequest: Double
    /// Cost of changing a request's place since the last tick (psi_k), $.
    public var switchingUSDPerRequest: Double
    /// Most delay of the whole line in the tick (Delta_ik, MODEL 2.7), seconds; infinite where there is no limit.
    public var delayLimitSeconds: Double
    /// Price of its delay (rho_k, MODEL 2.8), $/s.
    public var delayUSDPerSecond: Double
    /// Requests by the ticks they may still wait, this one (0) first; they add up to `requests`. Empty where all must run
    /// now. Only a horizon lets requests wait; those it leaves go back to the node.
    public var dueRequests: [Double]
    /// Requests expected to arrive in the ticks after this one, next tick first; as many as now where it says nothing.
    public var forecastRequests: [Double]
    /// Regions the node accepts, ascending by region, no region twice.
    public var options: [PlacementOption]

    /// A line from its parts; without delay, deadlines and forecast unless given.
    public init(
        workloadClass: Int, requests: Double, arrivedRequests: Double, deferredRequests: Double = 0,
        energyKWhPerRequest: Double,
        workPerRequest: [Double], movableShare: Double = 1, valueUSDPerRequest: Double,
        switchingUSDPerRequest: Double = 0, delayLimitSeconds: Double = .infinity, delayUSDPerSecond: Double = 0,
        dueRequests: [Double] = [], forecastRequests: [Double] = [],
        options: [PlacementOption]
    ) {
        self.delayLimitSeconds = delayLimitSeconds
        self.delayUSDPerSecond = delayUSDPerSecond
        self.dueRequests = dueRequests
        self.forecastRequests = forecastRequests
        self.workloadClass = workloadClass
        self.requests = requests
        self.arrivedRequests = arrivedRequests
        self.deferredRequests = deferredRequests
        self.energyKWhPerRequest = energyKWhPerRequest
        self.workPerRequest = workPerRequest
        self.movableShare = movableShare
        self.valueUSDPerRequest = valueUSDPerRequest
        self.switchingUSDPerRequest = switchingUSDPerRequest
        self.options = options
    }
}

/// A region a bid line accepts.
public struct PlacementOption: Sendable, Equatable {
    /// Index of the region in the scenario's list.
    public var region: Int
    /// Cost of running a request there rather than at home (phi_skc), $; 0 at home.
    public var frictionUSDPerRequest: Double
    /// Delay of the line if all of it ran there, seconds, the part that does not depend on the number of requests:
    /// propagation d_ij, or all of it where delay is counted by the request (MODEL 2.7).
    public var delaySeconds: Double
    /// What each request of the line adds to that, seconds: transmission and processing of a slot (MODEL 2.7).
    public var delaySecondsPerRequest: Double

    /// An option from its parts; without delay unless given.
    public init(
        region: Int, frictionUSDPerRequest: Double, delaySeconds: Double = 0, delaySecondsPerRequest: Double = 0
    ) {
        self.region = region
        self.frictionUSDPerRequest = frictionUSDPerRequest
        self.delaySeconds = delaySeconds
        self.delaySecondsPerRequest = delaySecondsPerRequest
    }
}
