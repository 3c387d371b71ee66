public import InferencePlacement

/// A strategy of any role: a value made from its setup, with its settings described.
public protocol Strategy: Sendable {
    /// The settings the strategy takes from a scenario.
    static var fields: [Field] { get }
    /// One sentence for the catalogue: what it does.
    static var summary: String { get }
}

/// A grid operator: answers with prices and emissions, and dispatches what was placed.
public protocol GridOperator: Strategy {
    /// A grid operator at the start of a run. Throws what is wrong with settings that ranges alone cannot tell.
    init(setup: GridOperatorSetup) throws(ParameterError)
    /// Signals for a tick, before work is placed: one per connected region.
    mutating func signal(_ observation: SignalObservation) -> GridSignal
    /// Dispatches the load that was really placed and reports what happened.
    mutating func dispatch(_ observation: DispatchObservation) -> GridDispatch
    /// What trial loads would cost in the tick under way; nil from an operator that cannot say. It leaves no trace: the
    /// same question gets the same answer, whatever was asked before.
    func quote(_ observation: QuoteObservation) -> GridQuote?
    /// Whether it can quote, which iterated and co-optimised coupling need.
    static var quotes: Bool { get }
    /// Whether its prices are given, so that no load changes them: what price-taker coupling needs.
    static var hasGivenPrices: Bool { get }
}

extension GridOperator {
    /// An operator that cannot say.
    public func quote(_ observation: QuoteObservation) -> GridQuote? { nil }
    /// An operator that cannot quote.
    public static var quotes: Bool { false }
    /// An operator whose prices answer the load.
    public static var hasGivenPrices: Bool { false }
}

/// A compute region: offers what it can run.
public protocol ComputeRegion: Strategy {
    /// A region at the start of a run. Throws what is wrong with settings that ranges alone cannot tell.
    init(setup: ComputeRegionSetup) throws(ParameterError)
    /// The offer for a tick.
    mutating func offer(_ observation: RegionObservation) -> CapacityOffer
}

/// A service node: bids for the placement of its clients' work.
public protocol ServiceNode: Strategy {
    /// A service node at the start of a run. Throws what is wrong with settings that ranges alone cannot tell.
    init(setup: ServiceNodeSetup) throws(ParameterError)
    /// The bid for a tick.
    mutating func bid(_ observation: ServiceObservation) -> WorkBid
}

/// What a strategy finds wrong with its settings beyond the ranges its fields state.
public struct ParameterError: Error, Sendable, Equatable {
    /// The setting, as a path below the agent's section, such as `fleet[2].costUSDPerMWh`.
    public let path: String
    /// What is wrong, with the value.
    public let problem: String
    /// What to do about it.
    public let remedy: String

    /// An error about one setting.
    public init(path: String, problem: String, remedy: String) {
        self.path = path
        self.problem = problem
        self.remedy = remedy
    }
}
