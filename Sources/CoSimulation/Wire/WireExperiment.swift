internal import InferencePlacement

extension Experiment: WireCodable {
    var wire: WireExperiment {
        var message = WireExperiment()
        message.name = name
        message.seed = seed
        message.clock = clock.wire
        message.resources = resources
        message.classes = classes.map(\.wire)
        message.gridOperators = gridOperators.map(\.wire)
        message.regions = regions.map(\.wire)
        message.services = services.map(\.wire)
        message.mechanism = mechanism.wire
        if delayRule != DelayRule() { message.delayRule = delayRule.wire }
        message.coupling = coupling.wire
        message.localLimitMilliseconds = layerLimits.localMilliseconds
        message.regionalLimitMilliseconds = layerLimits.regionalMilliseconds
        message.events = events.map(\.wire)
        message.withholdsRequests = withholdsRequests
        if let branch { message.branch = branch.wire }
        message.faults = faults.map(\.wire)
        return message
    }

    init(wire: WireExperiment) throws(WireError) {
        let classCount = wire.classes.count
        var services: [ServiceNodeSite] = []
        for service in wire.services { services.append(try ServiceNodeSite(wire: service, classCount: classCount)) }
        self.init(
            name: wire.name, seed: wire.seed, clock: try Clock(wire: wire.clock), resources: wire.resources,
            classes: try values(wire.classes), gridOperators: try values(wire.gridOperators),
            regions: try values(wire.regions),
            services: services,
            mechanism: try Mechanism(wire: wire.mechanism),
            coupling: try Coupling(wire: wire.coupling),
            layerLimits: LayerLimits(
                localMilliseconds: wire.localLimitMilliseconds, regionalMilliseconds: wire.regionalLimitMilliseconds),
            events: try values(wire.events))
        withholdsRequests = wire.withholdsRequests
        delayRule = try DelayRule(wire: wire.delayRule)
        faults = try values(wire.faults)
        if wire.hasBranch { branch = try Branch(wire: wire.branch) }
        try checkReferences()
    }

    /// Indices of a decoded experiment lie within their tables.
    private func checkReferences() throws(WireError) {
        for region in regions where !gridOperators.indices.contains(region.gridOperator) {
            throw WireError(
                "region \(region.agent.name) names grid operator \(region.gridOperator) of \(gridOperators.count)")
        }
        for service in services {
            let delays = [service.bandwidthMbitPerSecond, service.propagationSeconds]
            let complete =
                regions.indices.contains(service.home) && service.roundTripMilliseconds.count == regions.count
                && delays.allSatisfy { $0.isEmpty || $0.count == regions.count }
                && service.egressUSDPerGB.count == regions.count
                && service.permitted.allSatisfy { $0.count == regions.count }
            guard complete else {
                throw WireError("service node \(service.agent.name) does not fit \(regions.count) regions")
            }
        }
        for kind in classes
        where ![0, regions.count].contains(kind.delay.processingSecondsPerToken.count) {
            throw WireError("class \(kind.name) does not fit \(regions.count) regions")
        }
        if let branch {
            guard (1..<clock.tickCount).contains(branch.tick), obstacle(toBranchFrom: branch.parent) == nil else {
                throw WireError("its branch at tick \(branch.tick) does not fit the run it leaves")
            }
        }
        for event in events where !regions.indices.contains(event.region) {
            throw WireError("event \(event.name) names region \(event.region) of \(regions.count)")
        }
        for fault in faults {
            guard let last = fault.agents.max(), last >= agentCount else { continue }
            throw WireError("fault \(fault.name) names agent \(last) of \(agentCount)")
        }
    }

    /// Canonical bytes: the head of the journal.
    public func canonicalBytes() -> [UInt8] { encoded() }

    /// An experiment from its canonical bytes. Throws `WireError` for anything else.
    public init(canonicalBytes bytes: [UInt8]) throws(WireError) {
        try self.init(decoding: bytes)
    }

    /// What "the same scenario" means: the digest of the canonical bytes.
    public var digest: Digest { Digest(of: canonicalBytes()) }
}

extension Coupling: WireCodable {
    var wire: WireCoupling {
        var message = WireCoupling()
        message.kind = kind.rawValue
        message.damping = damping
        message.toleranceMw = toleranceMW
        message.roundLimit = UInt32(roundLimit)
        message.gap = gap
        return message
    }

    init(wire: WireCoupling) throws(WireError) {
        guard let kind = Kind(rawValue: wire.kind) else { throw WireError("coupling '\(wire.kind)' is unknown") }
        self.init(
            kind, damping: wire.damping, toleranceMW: wire.toleranceMw, roundLimit: Int(wire.roundLimit), gap: wire.gap)
    }
}

extension GridEvent: WireCodable {
    var wire: WireGridEvent {
        var message = WireGridEvent()
        message.name = name
        message.region = UInt32(region)
        message.fromTick = UInt32(ticks.lowerBound)
        message.toTick = UInt32(ticks.upperBound)
        switch kind {
        case .curtailment(let reductionMW, let priceUSDPerMWh):
            message.curtailment.reductionMw = reductionMW
            message.curtailment.priceUsdPerMwh = priceUSDPerMWh
        case .cap(let capMW): message.capMw = capMW
        case .priceSpike(let adderUSDPerMWh): message.priceAdderUsdPerMwh = adderUSDPerMWh
        }
        return message
    }

    init(wire: WireGridEvent) throws(WireError) {
        guard wire.fromTick <= wire.toTick else { throw WireError("event \(wire.name) ends before it begins") }
        let kind: Kind
        switch wire.kind {
        case .curtailment(let request):
            kind = .curtailment(reductionMW: request.reductionMw, priceUSDPerMWh: request.priceUsdPerMwh)
        case .capMw(let capMW): kind = .cap(capMW: capMW)
        case .priceAdderUsdPerMwh(let adder): kind = .priceSpike(adderUSDPerMWh: adder)
        case nil: throw WireError("event \(wire.name) has no kind")
        }
        self.init(
            name: wire.name, region: Int(wire.region), ticks: Int(wire.fromTick)..<Int(wire.toTick), kind: kind)
    }
}

extension Clock: WireCodable {
    var wire: WireClock {
        var message = WireClock()
        message.startSeconds = startSeconds
        message.tickSeconds = tickSeconds
        message.tickCount = UInt32(tickCount)
        return message
    }

    init(wire: WireClock) throws(WireError) {
        guard wire.tickSeconds > 0, wire.tickCount > 0 else { throw WireError("a clock without length") }
        self.init(startSeconds: wire.startSeconds, tickSeconds: wire.tickSeconds, tickCount: Int(wire.tickCount))
    }
}

extension WorkloadClass: WireCodable {
    var wire: WireWorkloadClass {
        var message = WireWorkloadClass()
        message.name = name
        message.latencyBudgetMilliseconds = latencyBudgetMilliseconds
        message.clientLegMilliseconds = clientLegMilliseconds
        message.processingMilliseconds = processingMilliseconds
        message.queueingMilliseconds = queueingMilliseconds
        message.energyKwhPerRequest = energyKWhPerRequest
        message.workAcceleratorSecondsPerRequest = workPerRequest
        message.movableShare = movableShare
        message.valueUsdPerRequest = valueUSDPerRequest
        message.switchingUsdPerRequest = switchingUSDPerRequest
        message.deadlineHours = deadlineHours
        message.payloadGbPerRequest = friction.payloadGBPerRequest
        message.sessionStateGb = friction.sessionStateGB
        message.requestsPerSession = friction.requestsPerSession
        message.coldStartUsd = friction.coldStartUSD
        message.reliabilityUsdPerRequest = friction.reliabilityUSDPerRequest
        message.surchargeUsdPerMwh = friction.surchargeUSDPerMWh
        if delay != DelayTerms() { message.delay = delay.wire }
        return message
    }

    init(wire: WireWorkloadClass) throws(WireError) {
        self.init(
            name: wire.name, latencyBudgetMilliseconds: wire.latencyBudgetMilliseconds,
            clientLegMilliseconds: wire.clientLegMilliseconds, processingMilliseconds: wire.processingMilliseconds,
            queueingMilliseconds: wire.queueingMilliseconds, energyKWhPerRequest: wire.energyKwhPerRequest,
            workPerRequest: wire.workAcceleratorSecondsPerRequest, movableShare: wire.movableShare,
            valueUSDPerRequest: wire.valueUsdPerRequest, switchingUSDPerRequest: wire.switchingUsdPerRequest,
            deadlineHours: wire.deadlineHours,
            friction: Friction(
                payloadGBPerRequest: wire.payloadGbPerRequest, sessionStateGB: wire.sessionStateGb,
                requestsPerSession: wire.requestsPerSession, coldStartUSD: wire.coldStartUsd,
                reliabilityUSDPerRequest: wire.reliabilityUsdPerRequest, surchargeUSDPerMWh: wire.surchargeUsdPerMwh),
            delay: try DelayTerms(wire: wire.delay))
    }
}

extension Location: WireCodable {
    var wire: WireLocation {
        var message = WireLocation()
        message.latitudeDegrees = latitudeDegrees
        message.longitudeDegrees = longitudeDegrees
        return message
    }

    init(wire: WireLocation) throws(WireError) {
        self.init(latitudeDegrees: wire.latitudeDegrees, longitudeDegrees: wire.longitudeDegrees)
    }
}

extension AgentSite: WireCodable {
    var wire: WireAgentSite {
        var message = WireAgentSite()
        message.name = name
        message.strategy = strategy
        message.isForeign = isForeign
        message.parameters = parameters.wire
        return message
    }

    init(wire: WireAgentSite) throws(WireError) {
        self.init(
            name: wire.name, strategy: wire.strategy, isForeign: wire.isForeign,
            parameters: try Parameters(wire: wire.parameters))
    }
}

extension GridOperatorSite: WireCodable {
    var wire: WireGridOperatorSite {
        var message = WireGridOperatorSite()
        message.agent = agent.wire
        if let location { message.location = location.wire }
        return message
    }

    init(wire: WireGridOperatorSite) throws(WireError) {
        self.init(
            agent: try AgentSite(wire: wire.agent), location: wire.hasLocation ? try Location(wire: wire.location) : nil
        )
    }
}

extension ComputeRegionSite: WireCodable {
    var wire: WireComputeRegionSite {
        var message = WireComputeRegionSite()
        message.agent = agent.wire
        message.gridOperator = UInt32(gridOperator)
        message.bus = bus
        if let location { message.location = location.wire }
        return message
    }

    init(wire: WireComputeRegionSite) throws(WireError) {
        self.init(
            agent: try AgentSite(wire: wire.agent), gridOperator: Int(wire.gridOperator), bus: wire.bus,
            location: wire.hasLocation ? try Location(wire: wire.location) : nil)
    }
}

extension ServiceNodeSite {
    var wire: WireServiceNodeSite {
        var message = WireServiceNodeSite()
        message.agent = agent.wire
        message.home = UInt32(home)
        if let location { message.location = location.wire }
        message.roundTripMilliseconds = roundTripMilliseconds
        message.egressUsdPerGb = egressUSDPerGB
        message.permitted = permitted.flatMap { $0 }
        message.bandwidthMbitPerSecond = bandwidthMbitPerSecond
        message.propagationSeconds = propagationSeconds
        return message
    }

    init(wire: WireServiceNodeSite, classCount: Int) throws(WireError) {
        self.init(
            agent: try AgentSite(wire: wire.agent), home: Int(wire.home),
            location: wire.hasLocation ? try Location(wire: wire.location) : nil,
            roundTripMilliseconds: wire.roundTripMilliseconds, egressUSDPerGB: wire.egressUsdPerGb,
            permitted: try rows(wire.permitted, count: classCount, what: "the permission mask"),
            bandwidthMbitPerSecond: wire.bandwidthMbitPerSecond, propagationSeconds: wire.propagationSeconds)
    }
}

extension AgentSetup: WireCodable {
    var wire: WireAgentSetup {
        var message = WireAgentSetup()
        switch self {
        case .gridOperator(let setup):
            message.name = setup.name
            message.clock = setup.clock.wire
            message.parameters = setup.parameters.wire
            var role = WireGridOperatorSetup()
            role.regions = setup.regions.map { region in
                var connected = WireConnectedRegion()
                connected.name = region.name
                connected.bus = region.bus
                return connected
            }
            message.gridOperator = role
        case .computeRegion(let setup):
            message.name = setup.name
            message.clock = setup.clock.wire
            message.parameters = setup.parameters.wire
            var role = WireComputeRegionSetup()
            role.resources = setup.resources
            role.horizonTicks = UInt32(setup.horizonTicks)
            message.computeRegion = role
        case .serviceNode(let setup):
            message.name = setup.name
            message.clock = setup.clock.wire
            message.parameters = setup.parameters.wire
            message.serviceNode = setup.role
        }
        return message
    }

    init(wire: WireAgentSetup) throws(WireError) {
        let clock = try Clock(wire: wire.clock)
        let parameters = try Parameters(wire: wire.parameters)
        switch wire.role {
        case .gridOperator(let role):
            let regions = role.regions.map { ConnectedRegion(name: $0.name, bus: $0.bus) }
            self = .gridOperator(
                GridOperatorSetup(name: wire.name, clock: clock, regions: regions, parameters: parameters))
        case .computeRegion(let role):
            self = .computeRegion(
                ComputeRegionSetup(
                    name: wire.name, clock: clock, resources: role.resources,
                    horizonTicks: max(1, Int(role.horizonTicks)), parameters: parameters))
        case .serviceNode(let role):
            self = .serviceNode(
                ServiceNodeSetup(
                    name: wire.name, clock: clock, classes: try values(role.classes), regions: role.regions,
                    home: Int(role.home),
                    roundTripMilliseconds: role.roundTripMilliseconds, egressUSDPerGB: role.egressUsdPerGb,
                    allowed: try rows(role.allowed, count: role.classes.count, what: "the mask"),
                    bandwidthMbitPerSecond: role.bandwidthMbitPerSecond, propagationSeconds: role.propagationSeconds,
                    delayRule: try DelayRule(wire: role.delayRule), horizonTicks: max(1, Int(role.horizonTicks)),
                    parameters: parameters))
        case nil: throw WireError("an agent setup names no role")
        }
    }
}

extension ServiceNodeSetup {
    fileprivate var role: WireServiceNodeSetup {
        var role = WireServiceNodeSetup()
        role.classes = classes.map(\.wire)
        role.regions = regions
        role.home = UInt32(home)
        role.roundTripMilliseconds = roundTripMilliseconds
        role.egressUsdPerGb = egressUSDPerGB
        role.allowed = allowed.flatMap { $0 }
        role.bandwidthMbitPerSecond = bandwidthMbitPerSecond
        role.propagationSeconds = propagationSeconds
        if delayRule != DelayRule() { role.delayRule = delayRule.wire }
        role.horizonTicks = UInt32(horizonTicks)
        return role
    }
}
