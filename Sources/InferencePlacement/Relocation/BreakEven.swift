/// Whether it pays to run work in a region rather than at home, and what would tip the balance (MODEL 1.10):
/// e [eta0 (pi0 + kappa gamma0) - eta (pi + kappa gamma)] > phi.
///
/// pi and gamma are those of the block of energy with the least eta (pi + kappa gamma) in the region and the greatest at
/// home, mark-ups included: what the first MWh that moves saves at best. Where a region offers one block, as most do,
/// there is no choice. Of the forms, each is solved for one quantity while the others stay as they are.
public struct BreakEven: Sendable, Equatable {
    /// What running there saves of energy cost, $/MWh of IT energy: eta0 pi0 - eta pi.
    public var savingUSDPerMWh: Double
    /// What it avoids of marginal emissions, kgCO2/MWh of IT energy: eta0 gamma0 - eta gamma; may be negative.
    public var avoidedKgPerMWh: Double
    /// Internal carbon price kappa, $/kg.
    public var carbonPriceUSDPerKg: Double
    /// IT energy of a request e, kWh.
    public var energyKWhPerRequest: Double
    /// What moving costs.
    public var friction: SplitFriction

    /// A comparison from its parts.
    public init(
        savingUSDPerMWh: Double, avoidedKgPerMWh: Double, carbonPriceUSDPerKg: Double, energyKWhPerRequest: Double,
        friction: SplitFriction
    ) {
        self.savingUSDPerMWh = savingUSDPerMWh
        self.avoidedKgPerMWh = avoidedKgPerMWh
        self.carbonPriceUSDPerKg = carbonPriceUSDPerKg
        self.energyKWhPerRequest = energyKWhPerRequest
        self.friction = friction
    }

    /// Compares a region with home; nil where one of them offers no energy, so that there is no price to compare.
    public init?(
        home: RegionSupply, region: RegionSupply, carbonPriceUSDPerKg kappa: Double, energyKWhPerRequest: Double,
        friction: SplitFriction
    ) {
        func cost(_ block: EnergyBlock) -> Double { block.priceUSDPerMWh + kappa * block.emissionsKgPerMWh }
        guard let from = home.openBlocks.max(by: { cost($0) < cost($1) }),
            let to = region.openBlocks.min(by: { cost($0) < cost($1) })
        else { return nil }
        self.init(
            savingUSDPerMWh: home.pue * from.priceUSDPerMWh - region.pue * to.priceUSDPerMWh,
            avoidedKgPerMWh: home.pue * from.emissionsKgPerMWh - region.pue * to.emissionsKgPerMWh,
            carbonPriceUSDPerKg: kappa, energyKWhPerRequest: energyKWhPerRequest, friction: friction)
    }

    /// Saving with emissions priced, $/MWh of IT energy.
    private var gainUSDPerMWh: Double { savingUSDPerMWh + carbonPriceUSDPerKg * avoidedKgPerMWh }

    /// Friction phi, $/request.
    public var frictionUSDPerRequest: Double { friction.costUSDPerRequest(energyKWhPerRequest: energyKWhPerRequest) }

    /// What moving a request gains beyond its friction, $; negative where it loses.
    public var marginUSDPerRequest: Double { energyKWhPerRequest / 1000 * gainUSDPerMWh - frictionUSDPerRequest }

    /// The same for each MWh of IT energy, $/MWh.
    public var marginUSDPerMWh: Double { marginUSDPerRequest / energyKWhPerRequest * 1000 }

    /// Whether moving gains something.
    public var holds: Bool { marginUSDPerRequest > 0 }

    /// Whether moving loses nothing, rounding aside: it may be as good as staying, and a clearing may then do either.
    public var isNoLoss: Bool {
        let size = abs(savingUSDPerMWh) + abs(carbonPriceUSDPerKg * avoidedKgPerMWh) + 1
        return marginUSDPerMWh >= -1e-7 * size
    }

    /// Friction below which moving pays, $/request; nil where it would not pay even for nothing.
    public var highestFrictionUSDPerRequest: Double? {
        gainUSDPerMWh > 0 ? energyKWhPerRequest / 1000 * gainUSDPerMWh : nil
    }

    /// IT energy of a request above which moving pays, kWh; 0 where any does, nil where none does.
    ///
    /// A surcharge on energy grows with it, the rest of friction does not.
    public var lowestEnergyKWhPerRequest: Double? {
        let gain = gainUSDPerMWh - friction.surchargeUSDPerMWh
        let fixed = friction.costUSDPerRequest(energyKWhPerRequest: 0)
        return gain > 0 ? max(0, fixed / gain * 1000) : nil
    }

    /// Requests of a session above which moving pays, at least one; nil where no length is enough.
    public var lowestRequestsPerSession: Double? {
        var endless = friction
        endless.sessionUSD = 0
        let gain =
            energyKWhPerRequest / 1000 * gainUSDPerMWh
            - endless.costUSDPerRequest(energyKWhPerRequest: energyKWhPerRequest)
        return gain > 0 ? max(1, friction.sessionUSD / gain) : nil
    }

    /// Internal carbon price above which moving pays, $/kg; 0 where it pays without one, nil where no price is enough.
    ///
    /// Where moving adds emissions, the price it pays at is the lower, the better: it is 0 or none.
    public var lowestCarbonPriceUSDPerKg: Double? {
        let missing = frictionUSDPerRequest / energyKWhPerRequest * 1000 - savingUSDPerMWh
        if missing < 0 { return 0 }
        return avoidedKgPerMWh > 0 ? missing / avoidedKgPerMWh : nil
    }
}

/// Migration friction phi by what it grows with (MODEL 1.5): the request, the session, the energy.
public struct SplitFriction: Sendable, Equatable {
    /// Part of every request, $: egress of the payload, reliability, and what a bid states beyond 1.5.
    public var requestUSD: Double
    /// Part of every session, $: egress of its state, cold start (a B + warm).
    public var sessionUSD: Double
    /// Requests per session (N).
    public var requestsPerSession: Double
    /// Part of the IT energy, $/MWh.
    public var surchargeUSDPerMWh: Double

    /// Friction by 1.5 at an egress price; where a bid states another phi, the difference is a part of every request.
    public init(
        _ friction: Friction, egressUSDPerGB: Double, energyKWhPerRequest: Double, statedUSDPerRequest: Double? = nil
    ) {
        requestUSD = egressUSDPerGB * friction.payloadGBPerRequest + friction.reliabilityUSDPerRequest
        sessionUSD = egressUSDPerGB * friction.sessionStateGB + friction.coldStartUSD
        requestsPerSession = friction.requestsPerSession
        surchargeUSDPerMWh = friction.surchargeUSDPerMWh
        guard let statedUSDPerRequest else { return }
        requestUSD += statedUSDPerRequest - costUSDPerRequest(energyKWhPerRequest: energyKWhPerRequest)
    }

    /// Friction phi of a request, $.
    public func costUSDPerRequest(energyKWhPerRequest: Double) -> Double {
        requestUSD + sessionUSD / requestsPerSession + surchargeUSDPerMWh * energyKWhPerRequest / 1000
    }
}

extension RegionSupply {
    /// Blocks that can give energy.
    var openBlocks: [EnergyBlock] {
        blocks.filter { $0.limitMWh > 0 && (!$0.isFromGrid || connectionMWh > 0) }
    }
}
