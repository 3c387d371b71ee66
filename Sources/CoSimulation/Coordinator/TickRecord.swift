public import InferencePlacement

/// A finished tick: what was said, what was decided, what happened. The unit of journal and digest.
///
/// The answers are kept as the agents gave them, so that a run can be recomputed from its records alone.
public struct TickRecord: Sendable, Equatable {
    /// The tick, from 0.
    public var tick: Int
    /// The signal of each grid operator; nil where it was absent and the last one stood in.
    public var signals: [GridSignal?]
    /// The offer of each region; nil where it was absent and offered nothing.
    public var offers: [CapacityOffer?]
    /// The bid of each service node; nil where it was absent and its last bid stood in, at home only.
    public var bids: [WorkBid?]
    /// The quotes of each grid operator, round by round; empty under sequential coupling.
    public var quoteRounds: [[GridQuote?]]
    /// What was placed where, at what price.
    public var clearing: ClearingRecord
    /// The dispatch of each grid operator; nil where it was absent.
    public var dispatches: [GridDispatch?]
    /// Who paid whom.
    public var settlement: [Payment]
    /// Agents that did not answer, ascending by phase, then agent.
    public var absences: [Absence]
    /// Answers that broke a rule, in ascending order of phase, then agent.
    public var violations: [Violation]
    /// Faults of the scenario that befell agents, ascending by agent.
    public var faults: [FaultRecord]

    /// A record from its parts; without faults unless given.
    public init(
        tick: Int, signals: [GridSignal?], offers: [CapacityOffer?], bids: [WorkBid?], quoteRounds: [[GridQuote?]] = [],
        clearing: ClearingRecord, dispatches: [GridDispatch?], settlement: [Payment], absences: [Absence],
        violations: [Violation], faults: [FaultRecord] = []
    ) {
        self.faults = faults
        self.tick = tick
        self.signals = signals
        self.offers = offers
        self.bids = bids
        self.quoteRounds = quoteRounds
        self.clearing = clearing
        self.dispatches = dispatches
        self.settlement = settlement
        self.absences = absences
        self.violations = violations
    }
}

/// The outcome of a clearing as it is recorded.
public struct ClearingRecord: Sendable, Equatable {
    /// Value of the mechanism's objective, in the mechanism's own unit per tick.
    public var objective: Double
    /// Relative primal-dual gap of the solution.
    public var relativeGap: Double
    /// Cost V of MODEL 1.1 without the carbon price: energy, friction, switching and lost value, $ per tick.
    public var costUSD: Double
    /// Energy part of the cost, mark-ups included, $ per tick.
    public var energyUSD: Double
    /// Friction part of the cost, $ per tick.
    public var frictionUSD: Double
    /// Switching part of the cost, $ per tick.
    public var switchingUSD: Double
    /// Value lost on work not served, $ per tick.
    public var unservedUSD: Double
    /// Emissions at the signalled marginal rates, kgCO2 per tick (G of MODEL 1).
    public var emissionsKg: Double
    /// Placed work, ascending by service node, class, region; none is zero.
    public var awards: [AwardRecord]
    /// Work not served, ascending by service node, class; none is zero.
    public var unserved: [UnservedRecord]
    /// Work that waits on and goes back to its node, ascending by service node, class; none is zero.
    public var waiting: [UnservedRecord]
    /// Energy and prices by region, in the order of the scenario.
    public var regions: [RegionClearing]
    /// How the placement and the grid came together.
    public var coupling: CouplingOutcome

    /// An outcome from its parts.
    public init(
        objective: Double, relativeGap: Double, costUSD: Double, energyUSD: Double, frictionUSD: Double,
        switchingUSD: Double,
        unservedUSD: Double, emissionsKg: Double, awards: [AwardRecord], unserved: [UnservedRecord],
        regions: [RegionClearing],
        coupling: CouplingOutcome = CouplingOutcome(), waiting: [UnservedRecord] = []
    ) {
        self.waiting = waiting
        self.coupling = coupling
        self.objective = objective
        self.relativeGap = relativeGap
        self.costUSD = costUSD
        self.energyUSD = energyUSD
        self.frictionUSD = frictionUSD
        self.switchingUSD = switchingUSD
        self.unservedUSD = unservedUSD
        self.emissionsKg = emissionsKg
        self.awards = awards
        self.unserved = unserved
        self.regions = regions
    }
}

/// How the placement and the grid came together in a tick (MODEL 3.4).
public struct CouplingOutcome: Sendable, Equatable {
    /// Rounds of quotes; 0 under sequential coupling.
    public var rounds: Int
    /// Whether loads settled or the gap closed before the round limit.
    public var hasConverged: Bool
    /// Relative gap between the placement taken and the joint optimum; 0 where no bound is known.
    public var gap: Double

    /// An outcome from its parts; that of sequential coupling unless given.
    public init(rounds: Int = 0, hasConverged: Bool = true, gap: Double = 0) {
        self.rounds = rounds
        self.hasConverged = hasConverged
        self.gap = gap
    }
}

/// Work of one class from one service node placed in one region.
public struct AwardRecord: Sendable, Equatable {
    /// Index of the service node.
    public var service: Int
    /// Index of the class.
    public var workloadClass: Int
    /// Index of the region.
    public var region: Int
    /// Requests placed (x_skct), per tick.
    public var requests: Double
    /// IT energy of them, MWh per tick.
    public var energyMWh: Double

    /// An award from its parts.
    public init(service: Int, workloadClass: Int, region: Int, requests: Double, energyMWh: Double) {
        self.service = service
        self.workloadClass = workloadClass
        self.region = region
        self.requests = requests
        self.energyMWh = energyMWh
    }
}

/// Work of one class from one service node that was not served, or waits on.
public struct UnservedRecord: Sendable, Equatable {
    /// Index of the service node.
    public var service: Int
    /// Index of the class.
    public var workloadClass: Int
    /// Requests not served (u_skt), or waiting, per tick.
    public var requests: Double

    /// Unserved work from its parts.
    public init(service: Int, workloadClass: Int, requests: Double) {
        self.service = service
        self.workloadClass = workloadClass
        self.requests = requests
    }
}

/// A payment between two parties in a tick.
public struct Payment: Sendable, Equatable {
    /// Who pays or is paid.
    public enum Party: Sendable, Equatable {
        /// An agent by number.
        case agent(Int)
        /// The network that carries relocated work: egress, cold starts, premiums.
        case transport
        /// Where the internal carbon price is paid to.
        case carbonFund
    }

    /// What is paid for.
    public enum Purpose: Int, Sendable, CaseIterable {
        /// Electricity, at the realised price.
        case energy = 1
        /// Compute, at the clearing price.
        case compute = 2
        /// Friction and switching of relocated work.
        case relocation = 3
        /// Emissions at the internal carbon price.
        case carbon = 4
        /// What a region drew less than its customer baseline at a grid's request.
        case curtailment = 5
    }

    /// Who pays.
    public var payer: Party
    /// Who is paid.
    public var payee: Party
    /// What for.
    public var purpose: Purpose
    /// How much, $; negative when a negative price turns the payment round.
    public var amountUSD: Double

    /// A payment from its parts.
    public init(payer: Party, payee: Party, purpose: Purpose, amountUSD: Double) {
        self.payer = payer
        self.payee = payee
        self.purpose = purpose
        self.amountUSD = amountUSD
    }
}

/// An agent that did not answer.
public struct Absence: Sendable, Equatable {
    /// Number of the agent.
    public var agent: Int
    /// The phase it missed.
    public var phase: Phase

    /// An absence from its parts.
    public init(agent: Int, phase: Phase) {
        self.agent = agent
        self.phase = phase
    }
}

/// An answer that broke a rule of the protocol or of the market.
public struct Violation: Sendable, Equatable {
    /// Number of the agent.
    public var agent: Int
    /// The phase it answered in.
    public var phase: Phase
    /// What was wrong and what the coordinator did about it, in words.
    public var text: String

    /// A violation from its parts.
    public init(agent: Int, phase: Phase, text: String) {
        self.agent = agent
        self.phase = phase
        self.text = text
    }
}
