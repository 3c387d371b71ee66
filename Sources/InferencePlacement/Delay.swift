/// What delay a class takes and what it costs (MODEL 2.7, 2.8).
public struct DelayTerms: Sendable, Equatable {
    /// Most delay of a service node's work of the class in a tick (Delta_ik), seconds; infinite where there is no limit.
    public var limitSeconds: Double
    /// Price of that delay (rho_k), $/s.
    public var priceUSDPerSecond: Double
    /// Tokens of a request, in and out (h + f).
    public var tokensPerRequest: Double
    /// Data of a token (beta), KB.
    public var payloadKBPerToken: Double
    /// Processing of a token (v_jk) by region, seconds; empty where it takes no time.
    public var processingSecondsPerToken: [Double]

    /// Terms from their parts; no delay, no limit and no price unless given.
    public init(
        limitSeconds: Double = .infinity, priceUSDPerSecond: Double = 0, tokensPerRequest: Double = 0,
        payloadKBPerToken: Double = 0, processingSecondsPerToken: [Double] = []
    ) {
        self.limitSeconds = limitSeconds
        self.priceUSDPerSecond = priceUSDPerSecond
        self.tokensPerRequest = tokensPerRequest
        self.payloadKBPerToken = payloadKBPerToken
        self.processingSecondsPerToken = processingSecondsPerToken
    }

    /// Whether delay is limited or priced, so that bids must state it.
    public var matters: Bool { limitSeconds.isFinite || priceUSDPerSecond > 0 }
}

/// How the delay of MODEL 2.7 is reckoned. The published results take a slot's transmission and processing together, and KB over
/// Mbit/s without conversion; the default is the delay of a request in seconds.
public struct DelayRule: Sendable, Equatable {
    /// Whether transmission and processing are those of all requests of a slot together, propagation that of one.
    public var isBySlot: Bool
    /// Whether KB over Mbit/s counts as seconds without conversion.
    public var hasPublishedUnits: Bool

    /// A rule; by the request and in seconds unless given.
    public init(isBySlot: Bool = false, hasPublishedUnits: Bool = false) {
        self.isBySlot = isBySlot
        self.hasPublishedUnits = hasPublishedUnits
    }

    /// Megabits in a kilobyte.
    private static let megabitsPerKB = 0.008

    /// Delay of work at a region: what does not depend on the number of requests, and what each request adds, seconds
    /// (bracket of MODEL 2.7).
    public func delay(
        tokens: Double, payloadKBPerToken: Double, processingSecondsPerToken: Double, propagationSeconds: Double,
        bandwidthMbitPerSecond: Double
    ) -> (fixedSeconds: Double, secondsPerRequest: Double) {
        let unit = hasPublishedUnits ? 1 : Self.megabitsPerKB
        let request = tokens * (payloadKBPerToken * unit / bandwidthMbitPerSecond + processingSecondsPerToken)
        return isBySlot ? (propagationSeconds, request) : (propagationSeconds + request, 0)
    }
}
