public import CoSimulation
internal import InferencePlacement

/// What an agent made of a run: one figure in $ by its role, added up tick by tick, and how much it did for it.
public struct AgentAccount: Sendable {
    private let experiment: Experiment
    private let agent: Int
    private let demand: [Double]?
    private var stated: [Double]
    private var served: [Double]
    private var moneyUSD = 0.0
    /// What it did for it, in the unit of its role.
    public private(set) var volume = 0.0

    /// An empty account of an agent by number. The requests that count as a service node's are the `demand` it has in the
    /// experiment, whatever it bids; without that setting, those it says have arrived.
    public init(of agent: Int, in experiment: Experiment) {
        self.agent = agent
        self.experiment = experiment
        demand = experiment.demand(ofAgent: agent)
        stated = experiment.classes.map { _ in 0 }
        served = stated
    }

    /// The figure of its role, $ per run.
    public var figureUSD: Double {
        zip(experiment.classes, zip(demand ?? stated, served)).reduce(moneyUSD) { sum, entry in
            let (kind, (arrived, served)) = entry
            return sum + kind.valueUSDPerRequest * max(0, arrived - served)
        }
    }

    /// Adds a finished tick.
    public mutating func add(_ record: TickRecord) {
        switch experiment.role(ofAgent: agent) {
        case .gridOperator:
            for area in record.dispatches[agent]?.areas ?? [] {
                moneyUSD += area.costUSD
                volume += area.unservedMW * experiment.clock.tickHours
            }
        case .computeRegion:
            moneyUSD += received(record)
            volume += record.clearing.regions[agent - experiment.regionAgents.lowerBound].facilityMWh
        case .serviceNode:
            let service = agent - experiment.serviceAgents.lowerBound
            moneyUSD -= received(record)
            for line in record.bids[service]?.lines ?? [] { stated[line.workloadClass] += line.arrivedRequests }
            for award in record.clearing.awards where award.service == service {
                served[award.workloadClass] += award.requests
                volume += award.requests
            }
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

extension Experiment {
    /// Requests of each class that arrive at a service node in the run, by its setting `demand`; nil for other agents, and
    /// where it has no such setting.
    public func demand(ofAgent number: Int) -> [Double]? {
        guard role(ofAgent: number) == .serviceNode, case .section(let demand)? = agent(number).parameters["demand"]
        else { return nil }
        var requests: [Double] = []
        for kind in classes {
            switch demand[kind.name] {
            case nil: requests.append(0)
            case .number(let perTick)?: requests.append(perTick * Double(clock.tickCount))
            case .series(let perTick)?: requests.append(perTick.reduce(0, +))
            default: return nil
            }
        }
        return requests
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
            "cost: what it paid for compute and relocation, plus the class's value of each request of its demand that was not served, $ per run; lower is better"
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
