/// What one workload class of a service node offers to have executed in another region, in plain numbers (MODEL 3.3).
///
/// It turns the terms of inference placement (MODEL 1) into the cap e η λ σ M and the bid φ / (e η) of a virtual link.
/// One link per class, since friction differs by class. The links of one class to several regions are capped one by one:
/// together they may move more than σ λ, up to all the load there is at the sender.
public struct PlacementTerm: Sendable, Equatable {
    /// IT energy of a request (e), kWh.
    public let energyKWhPerRequest: Double
    /// Requests per tick (λ).
    public let requestsPerTick: Double
    /// Share of the requests whose state is not pinned at home (σ), 0 to 1.
    public let relocatableShare: Double
    /// Whether latency, law and systems let the class run in the receiving region (M).
    public let isAllowed: Bool
    /// Migration friction (φ), $/request.
    public let frictionUSDPerRequest: Double

    /// A term from its parts; energy must be positive, requests and friction not negative, the share from 0 to 1.
    public init(
        energyKWhPerRequest: Double, requestsPerTick: Double, relocatableShare: Double, isAllowed: Bool,
        frictionUSDPerRequest: Double
    ) {
        precondition(energyKWhPerRequest.isFinite && energyKWhPerRequest > 0, "a request takes energy")
        precondition(requestsPerTick.isFinite && requestsPerTick >= 0, "requests are not negative")
        precondition((0...1).contains(relocatableShare), "a share lies from 0 to 1")
        precondition(frictionUSDPerRequest.isFinite && frictionUSDPerRequest >= 0, "friction is not negative")
        self.energyKWhPerRequest = energyKWhPerRequest
        self.requestsPerTick = requestsPerTick
        self.relocatableShare = relocatableShare
        self.isAllowed = isAllowed
        self.frictionUSDPerRequest = frictionUSDPerRequest
    }

    /// Greatest facility power that can be moved away from a home region of a given PUE (e η λ σ M), MW.
    public func capacityMW(senderPUE: Double, tickHours: Double) -> Double {
        guard isAllowed else { return 0 }
        return energyKWhPerRequest * senderPUE * requestsPerTick * relocatableShare / (1000 * tickHours)
    }

    /// Friction per facility energy at a home region of a given PUE (φ / (e η)), $/MWh.
    public func bidUSDPerMWh(senderPUE: Double) -> Double {
        frictionUSDPerRequest / (energyKWhPerRequest * senderPUE) * 1000
    }
}

extension VirtualLink {
    /// The virtual links of a service node between its home region and another one: one per class that may move, in the
    /// order of the terms (MODEL 3.3).
    public static func links(
        from home: MarketPoint, to region: MarketPoint, terms: [PlacementTerm], senderPUE: Double, tickHours: Double = 1
    ) -> [VirtualLink] {
        precondition(senderPUE >= 1 && senderPUE.isFinite, "PUE is at least 1")
        precondition(tickHours > 0 && tickHours.isFinite, "a tick lasts some time")
        return terms.compactMap { term in
            let capacity = term.capacityMW(senderPUE: senderPUE, tickHours: tickHours)
            guard capacity > 0 else { return nil }
            return VirtualLink(
                from: home, to: region, bidUSDPerMWh: term.bidUSDPerMWh(senderPUE: senderPUE), capacityMW: capacity)
        }
    }
}
