internal import InferencePlacement

// Agents are numbered: grid operators first, then compute regions, then service nodes, each in the scenario's order.
// The number is an agent's slot in every table and its place on the wire.
extension Experiment {
    /// How many agents there are.
    public var agentCount: Int { gridOperators.count + regions.count + services.count }

    /// The numbers of the grid operators.
    public var gridOperatorAgents: Range<Int> { 0..<gridOperators.count }

    /// The numbers of the compute regions.
    public var regionAgents: Range<Int> { gridOperators.count..<(gridOperators.count + regions.count) }

    /// The numbers of the service nodes.
    public var serviceAgents: Range<Int> { (gridOperators.count + regions.count)..<agentCount }

    /// The agent with a number.
    public func agent(_ number: Int) -> AgentSite {
        switch role(ofAgent: number) {
        case .gridOperator: gridOperators[number].agent
        case .computeRegion: regions[number - gridOperators.count].agent
        case .serviceNode: services[number - gridOperators.count - regions.count].agent
        }
    }

    /// The role of an agent.
    public func role(ofAgent number: Int) -> AgentRole {
        precondition((0..<agentCount).contains(number), "agent \(number) of \(agentCount)")
        if gridOperatorAgents.contains(number) { return .gridOperator }
        return regionAgents.contains(number) ? .computeRegion : .serviceNode
    }

    /// The number of the agent with a name, nil if there is none.
    public func agent(named name: String) -> Int? {
        (0..<agentCount).first { agent($0).name == name }
    }

    /// The numbers asked in a phase, ascending.
    public func audience(of phase: Phase) -> Range<Int> {
        switch phase {
        case .signalling, .dispatching, .quoting: gridOperatorAgents
        case .bidding: gridOperators.count..<agentCount
        }
    }

    /// The regions connected to a grid operator, ascending; its answers follow this order.
    public func regions(ofGridOperator number: Int) -> [Int] {
        regions.indices.filter { regions[$0].gridOperator == number }
    }

    /// Whether a class of a service node may run in a region: legal, system and latency masks (M of MODEL 1.3).
    ///
    /// Home needs no latency check: what does not keep its budget at home has nowhere better to go.
    public func isAllowed(service: Int, workloadClass k: Int, region: Int) -> Bool {
        let site = services[service]
        if region == site.home { return true }
        return site.permitted[k][region]
            && classes[k].accepts(roundTripMilliseconds: site.roundTripMilliseconds[region])
    }

    /// What an agent knows at the start.
    public func setup(ofAgent number: Int) -> AgentSetup {
        let site = agent(number)
        switch role(ofAgent: number) {
        case .gridOperator:
            let connected = regions(ofGridOperator: number).map {
                ConnectedRegion(name: regions[$0].agent.name, bus: regions[$0].bus)
            }
            return .gridOperator(
                GridOperatorSetup(name: site.name, clock: clock, regions: connected, parameters: site.parameters))
        case .computeRegion:
            return .computeRegion(
                ComputeRegionSetup(
                    name: site.name, clock: clock, resources: resources, horizonTicks: mechanism.horizonTicks,
                    parameters: site.parameters))
        case .serviceNode:
            let service = number - serviceAgents.lowerBound
            let node = services[service]
            let allowed = classes.indices.map { k in
                regions.indices.map { isAllowed(service: service, workloadClass: k, region: $0) }
            }
            return .serviceNode(
                ServiceNodeSetup(
                    name: site.name, clock: clock, classes: classes, regions: regions.map(\.agent.name),
                    home: node.home,
                    roundTripMilliseconds: node.roundTripMilliseconds, egressUSDPerGB: node.egressUSDPerGB,
                    allowed: allowed, bandwidthMbitPerSecond: node.bandwidthMbitPerSecond,
                    propagationSeconds: node.propagationSeconds, delayRule: delayRule,
                    horizonTicks: mechanism.horizonTicks, parameters: site.parameters))
        }
    }
}

/// What an agent of any role knows at the start of a run.
public enum AgentSetup: Sendable, Equatable {
    /// A grid operator's.
    case gridOperator(GridOperatorSetup)
    /// A compute region's.
    case computeRegion(ComputeRegionSetup)
    /// A service node's.
    case serviceNode(ServiceNodeSetup)

    /// The role it is for.
    public var role: AgentRole {
        switch self {
        case .gridOperator: .gridOperator
        case .computeRegion: .computeRegion
        case .serviceNode: .serviceNode
        }
    }

    /// The settings of the agent.
    public var parameters: Parameters {
        get {
            switch self {
            case .gridOperator(let setup): setup.parameters
            case .computeRegion(let setup): setup.parameters
            case .serviceNode(let setup): setup.parameters
            }
        }
        set {
            switch self {
            case .gridOperator(var setup):
                setup.parameters = newValue
                self = .gridOperator(setup)
            case .computeRegion(var setup):
                setup.parameters = newValue
                self = .computeRegion(setup)
            case .serviceNode(var setup):
                setup.parameters = newValue
                self = .serviceNode(setup)
            }
        }
    }

    /// The setup with its settings as the fields describe them. Throws the first setting they refuse.
    public func checked(by fields: [Field]) throws(ParameterError) -> AgentSetup {
        var setup = self
        setup.parameters = try parameters.checked(by: fields)
        return setup
    }
}
