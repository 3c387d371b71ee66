/// An agent at work: a strategy, its number and its randomness. It answers asks, in whatever process it lives.
public struct AgentProgram: Sendable {
    private enum Role: Sendable {
        case gridOperator(any GridOperator)
        case computeRegion(any ComputeRegion)
        case serviceNode(any ServiceNode)
    }

    /// Number of the agent.
    public let number: Int
    /// Name of the agent.
    public let name: String
    private let seed: UInt64
    private var role: Role

    /// An agent with a strategy of a catalogue. Throws `ParameterError` when the strategy refuses its settings.
    ///
    /// The entry must be of the setup's role.
    public init(number: Int, seed: UInt64, entry: CatalogueEntry, setup: AgentSetup) throws(ParameterError) {
        self.number = number
        self.seed = seed
        switch (entry.maker, setup) {
        case (.gridOperator(let type), .gridOperator(let setup)):
            name = setup.name
            role = .gridOperator(try type.init(setup: setup))
        case (.computeRegion(let type), .computeRegion(let setup)):
            name = setup.name
            role = .computeRegion(try type.init(setup: setup))
        case (.serviceNode(let type), .serviceNode(let setup)):
            name = setup.name
            role = .serviceNode(try type.init(setup: setup))
        default:
            preconditionFailure(
                "strategy \(entry.name) plays \(entry.role.rawValue), the setup is for \(setup.role.rawValue)")
        }
    }

    /// The answer to an ask of this agent's role. An ask of another role is a fault of the coordinator and traps.
    public mutating func answer(_ ask: Ask) -> Reply {
        let answer: Answer
        switch (role, ask.question) {
        case (.gridOperator(var agent), .grid(let loadMW, let signalTick)):
            let dispatch = loadMW.map {
                agent.dispatch(DispatchObservation(context: context(ask.tick, .dispatching), loadMW: $0))
            }
            let signal = signalTick.map { agent.signal(SignalObservation(context: context($0, .signalling))) }
            role = .gridOperator(agent)
            answer = .grid(dispatch: dispatch, signal: signal)
        case (.gridOperator(let agent), .quote(let loadMW)):
            answer = .quote(agent.quote(QuoteObservation(tick: ask.tick, loadMW: loadMW)))
        case (.computeRegion(var agent), .region(let signal, let last, let baselineMW)):
            answer = .offer(
                agent.offer(
                    RegionObservation(
                        context: context(ask.tick, .bidding), signal: signal, last: last,
                        customerBaselineMW: baselineMW)))
            role = .computeRegion(agent)
        case (.serviceNode(var agent), .service(let signals, let last)):
            answer = .bid(
                agent.bid(ServiceObservation(context: context(ask.tick, .bidding), signals: signals, last: last)))
            role = .serviceNode(agent)
        default: preconditionFailure("agent \(name) was asked \(ask.question)")
        }
        return Reply(agent: number, tick: ask.tick, phase: ask.phase, round: ask.round, answer: answer)
    }

    private func context(_ tick: Int, _ phase: Phase) -> TickContext {
        TickContext(tick: tick, random: RandomStream(seed: seed, agent: number, tick: tick, phase: phase))
    }
}

extension Experiment {
    /// Every agent of the experiment, by number. Throws the first setting a strategy refuses; a strategy must be in the
    /// catalogue, and no agent foreign.
    public func agents(from catalogue: AgentCatalogue) throws(ParameterError) -> [AgentProgram] {
        var programs: [AgentProgram] = []
        for number in 0..<agentCount {
            guard let program = try program(ofAgent: number, from: catalogue) else {
                throw ParameterError(
                    path: "strategy",
                    problem: "agent \(agent(number).name) is a program of its own, which cannot run in this process",
                    remedy: "Give each agent a process: leave out --in-process")
            }
            programs.append(program)
        }
        return programs
    }

    /// An agent of the experiment, nil if it is foreign. Throws the first setting its strategy refuses.
    func program(ofAgent number: Int, from catalogue: AgentCatalogue) throws(ParameterError) -> AgentProgram? {
        guard !agent(number).isForeign else { return nil }
        guard let entry = catalogue.entry(role(ofAgent: number), agent(number).strategy) else {
            throw ParameterError(
                path: "strategy",
                problem: "agent \(agent(number).name) has the unknown strategy '\(agent(number).strategy)'",
                remedy: "Choose one of: \(catalogue.names(role(ofAgent: number)).joined(separator: ", "))")
        }
        return try AgentProgram(number: number, seed: seed, entry: entry, setup: setup(ofAgent: number))
    }
}
