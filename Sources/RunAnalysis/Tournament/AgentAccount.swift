public import CoSimulation
internal import InferencePlacement

/// What an agent made of a run: one figure in $ by its role, added up tick by tick, and how much it did for it.
public struct AgentAccount: Sendable {
    private let experiment: Experiment
    private let agent: Int
    /// The figure of its role, $ per run.
    public private(set) var figureUSD = 0.0
    /// What it did for it, in the unit of its role.
    public private(set) var volume = 0.0

    /// An empty account of an agent by number.
    public init(of agent: Int, in experiment: Experiment) {
        self.agent = agent
        self.experiment = experiment
    }

    /// Adds a finished tick.
    public mutating func add(_ record: TickRecord) {
        switch experiment.role(ofAgent: agent) {
        case .gridOperator:
            for area in record.dispatches[agent]?.areas ?? [] {
                figureUSD += area.costUSD
                volume += area.unservedMW * experiment.clock.tickHours
            }
        case .computeRegion:
            figureUSD += received(record)
            volume += record.clearing.regions[agent - experiment.regionAgents.lowerBound].facilityMWh
        case .serviceNode:
            let service = agent - experiment.serviceAgents.lowerBound
            figureUSD -= received(record)
            for unserved in record.clearing.unserved where unserved.service == service {
                figureUSD += unserved.requests * experiment.classes[unserved.workloadClass].valueUSDPerRequest
            }
            for award in record.clearing.awards where award.service == service { volume += award.requests }
        }
    }

    /// What it was paid in a tick less what it paid, $.
    private func received(_ record: TickRecord) -> Double {
        record.settlement.reduce(0) { sum, payment in
            sum + (payment.payee == .agent(agent) ? payment.amountUSD : 0)
                - (payment.payer == .agent(agent) ? payment.amountUSD : 0)
        }
    }
}

extension AgentRole {
    /// What agents of the role are ranked by, exactly.
    public var figureText: String {
        switch self {
        case .gridOperator:
            "cost: generation and unserved demand of its areas as it reports them, $ per run; lower is better"
        case .computeRegion:
            "profit: what it was paid for compute and for drawing less, less what it paid for energy and carbon, $ per run; higher is better"
        case .serviceNode:
            "cost: what it paid for compute and relocation, plus the class's value of each request that was bid and not served, $ per run; lower is better"
        }
    }

    /// What the volume beside it is.
    public var volumeText: String {
        switch self {
        case .gridOperator: "unserved MWh"
        case .computeRegion: "facility MWh"
        case .serviceNode: "placed requests"
        }
    }

    /// Whether a greater figure is the better one.
    public var prefersGreater: Bool { self == .computeRegion }
}
