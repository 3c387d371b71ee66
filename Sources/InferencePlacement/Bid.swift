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
    /// Regions the node accepts, ascending by region, no region twice.
    public var options: [PlacementOption]

    /// A line from its parts.
    public init(
        workloadClass: Int, requests: Double, arrivedRequests: Double, deferredRequests: Double = 0,
        energyKWhPerRequest: Double,
        workPerRequest: [Double], movableShare: Double = 1, valueUSDPerRequest: Double,
        switchingUSDPerRequest: Double = 0,
        options: [PlacementOption]
    ) {
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

    /// An option from its parts.
    public init(region: Int, frictionUSDPerRequest: Double) {
        self.region = region
        self.frictionUSDPerRequest = frictionUSDPerRequest
    }
}
