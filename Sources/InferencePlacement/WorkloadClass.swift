/// A kind of inference work: what a request of it costs to run and how far it may travel (MODEL 1, index k).
public struct WorkloadClass: Sendable, Equatable {
    /// Name, unique within a scenario.
    public var name: String
    /// Longest acceptable latency of a request in ms (tau_k), relaxation Delta_k already added.
    public var latencyBudgetMilliseconds: Double
    /// Client leg l_U in ms.
    public var clientLegMilliseconds: Double
    /// Processing time l_P in ms.
    public var processingMilliseconds: Double
    /// Queueing time l_Q in ms.
    public var queueingMilliseconds: Double
    /// IT energy of a request in kWh (e_k). A bid may state another value, for example from token counts.
    public var energyKWhPerRequest: Double
    /// Work of a request per compute resource (w_k), in the order of the scenario's resources; accelerator-seconds.
    public var workPerRequest: [Double]
    /// Share of the class whose state is not pinned at home (sigma_k), 0 to 1.
    public var movableShare: Double
    /// Value lost when a request is not served (VOLL_k), $.
    public var valueUSDPerRequest: Double
    /// Cost of moving a request's place since the last tick (psi_k, MODEL 1.6), $.
    public var switchingUSDPerRequest: Double
    /// Hours a request may wait before it must start; 0 means at once.
    public var deadlineHours: Double
    /// What leaving home costs.
    public var friction: Friction
    /// What delay it takes and what that costs.
    public var delay: DelayTerms

    /// A class; everything that may be left out is zero, the movable share one.
    public init(
        name: String, latencyBudgetMilliseconds: Double, clientLegMilliseconds: Double = 0,
        processingMilliseconds: Double = 0,
        queueingMilliseconds: Double = 0, energyKWhPerRequest: Double, workPerRequest: [Double] = [],
        movableShare: Double = 1,
        valueUSDPerRequest: Double, switchingUSDPerRequest: Double = 0, deadlineHours: Double = 0,
        friction: Friction = Friction(), delay: DelayTerms = DelayTerms()
    ) {
        self.delay = delay
        self.name = name
        self.latencyBudgetMilliseconds = latencyBudgetMilliseconds
        self.clientLegMilliseconds = clientLegMilliseconds
        self.processingMilliseconds = processingMilliseconds
        self.queueingMilliseconds = queueingMilliseconds
        self.energyKWhPerRequest = energyKWhPerRequest
        self.workPerRequest = workPerRequest
        self.movableShare = movableShare
        self.valueUSDPerRequest = valueUSDPerRequest
        self.switchingUSDPerRequest = switchingUSDPerRequest
        self.deadlineHours = deadlineHours
        self.friction = friction
    }

    /// Whether a region this far away keeps the budget: l_U + R + l_P + l_Q <= tau + Delta (MODEL 1.3).
    public func accepts(roundTripMilliseconds: Double) -> Bool {
        clientLegMilliseconds + roundTripMilliseconds + processingMilliseconds + queueingMilliseconds
            <= latencyBudgetMilliseconds
    }
}

/// The parts of migration friction that belong to a class (MODEL 1.5, reconstruction).
public struct Friction: Sendable, Equatable {
    /// Payload of a request, GB (b_k).
    public var payloadGBPerRequest: Double
    /// Session state moved once per session, GB (B_k).
    public var sessionStateGB: Double
    /// Requests per session (N_k), at least one.
    public var requestsPerSession: Double
    /// Cold start of a session elsewhere, $ (warm_ck).
    public var coldStartUSD: Double
    /// Reliability premium, $/request (rho_k).
    public var reliabilityUSDPerRequest: Double
    /// A further surcharge on relocated IT energy, $/MWh, for studies that state friction that way.
    public var surchargeUSDPerMWh: Double

    /// Friction from its parts; all zero unless given.
    public init(
        payloadGBPerRequest: Double = 0, sessionStateGB: Double = 0, requestsPerSession: Double = 1,
        coldStartUSD: Double = 0,
        reliabilityUSDPerRequest: Double = 0, surchargeUSDPerMWh: Double = 0
    ) {
        self.payloadGBPerRequest = payloadGBPerRequest
        self.sessionStateGB = sessionStateGB
        self.requestsPerSession = requestsPerSession
        self.coldStartUSD = coldStartUSD
        self.reliabilityUSDPerRequest = reliabilityUSDPerRequest
        self.surchargeUSDPerMWh = surchargeUSDPerMWh
    }

    /// Friction phi of a request that runs away from home, $/request (MODEL 1.5): a b + (a B + warm) / N + rho, plus the surcharge.
    public func costUSDPerRequest(egressUSDPerGB: Double, energyKWhPerRequest: Double) -> Double {
        egressUSDPerGB * payloadGBPerRequest
            + (egressUSDPerGB * sessionStateGB + coldStartUSD) / requestsPerSession
            + reliabilityUSDPerRequest
            + surchargeUSDPerMWh * energyKWhPerRequest / 1000
    }
}
