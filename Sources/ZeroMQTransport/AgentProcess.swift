public import CoSimulation

/// Agents as a process: joins a run over a link and answers until it is told to stop.
public enum AgentProcess {
    /// Joins the run at an endpoint and plays one agent, or several, to its end.
    ///
    /// - Parameters:
    ///   - names: the agents' names in the scenario, at least one.
    ///   - scenario: the scenario it must be; nil joins whatever runs.
    ///   - catalogue: where the strategies the coordinator names are looked up.
    ///   - patience: longest time to wait for the coordinator's welcome.
    ///   - keys: its key and the coordinator's, which a run over tcp asks for; of several agents, all of one key.
    ///   - insecure: whether it may join over tcp without.
    ///   - watchesCoordinator: whether it ends when the connection does: for a process without a launcher that would end it.
    /// - Throws: `AgentError`.
    public static func run(
        names: [String], endpoint: Endpoint, scenario: Digest?, catalogue: AgentCatalogue,
        patience: Duration = .seconds(30), keys: LinkKeys? = nil, insecure: Bool = false,
        watchesCoordinator: Bool = false
    ) throws(AgentError) {
        let link = try AgentLink(
            names: names, endpoint: endpoint, scenario: scenario, keys: keys, insecure: insecure,
            watchesCoordinator: watchesCoordinator)
        defer { link.close() }
        var players: [Int: AgentPlayer] = [:]
        for welcome in try link.greet(patience: patience) {
            guard case .agent(let number, let seed, let strategy, let setup) = welcome else {
                throw AgentError(.protocolBroken, "\(link.name) was welcomed as a recorder")
            }
            do {
                players[number] = try AgentPlayer(
                    number: number, seed: seed, strategy: strategy, setup: setup, catalogue: catalogue)
            } catch {
                throw try link.fail(error.text, setting: error.setting, from: number)
            }
        }
        while let ask = try link.nextAsk() {
            do {
                let start = SuspendingClock.now
                guard let reply = try players[ask.agent]?.answer(ask) else {
                    throw AgentPlayer.Inability(text: "it was asked as agent \(ask.agent), which it does not play")
                }
                try link.send(reply, to: ask, computing: SuspendingClock.now - start)
            } catch let error as AgentPlayer.Inability {
                throw try link.fail(error.text, setting: error.setting, from: ask.agent)
            } catch let error as AgentError {
                throw error
            } catch {
                throw AgentError(.failed, "\(link.name): \(error)")
            }
        }
    }
}

/// The link of an agent, of several that one process plays, or of a recorder, with the greeting.
public final class AgentLink {
    /// The name it greets by.
    public let name: String
    private let link: Link
    private let others: [String]
    private let scenario: Digest?
    /// The numbers of its agents, in the order of their names.
    private var numbers: [Int] = []
    private var signalMemory = SignalMemory()
    private var encoder = MessageEncoder()
    /// What it took to read the message that came last.
    private var reading = Duration.zero

    /// Starts to connect, under the first of the names; over tcp with keys, unless it may be insecure. One that watches the
    /// coordinator throws `coordinatorLost` when the connection is gone in the middle of a run. Throws `AgentError`.
    public init(
        names: [String], endpoint: Endpoint, scenario: Digest?, keys: LinkKeys? = nil, insecure: Bool = false,
        watchesCoordinator: Bool = false
    ) throws(AgentError) {
        precondition(!names.isEmpty, "somebody must speak")
        name = names[0]
        others = Array(names.dropFirst())
        self.scenario = scenario
        do {
            link = try Link(
                to: endpoint, name: name, keys: keys, insecure: insecure, watchesConnection: watchesCoordinator)
        } catch {
            throw AgentError(.transport, "\(names[0]) cannot connect: \(error)")
        }
    }

    /// Says hello and waits to be welcomed: once for each name, in their order. Throws `AgentError`, also when refused.
    public func greet(patience: Duration, nextTick: Int = 0) throws(AgentError) -> [Welcome] {
        let software = "gridtide \(Software.version)"
        try send(
            .hello(Hello(name: name, others: others, scenario: scenario, software: software, nextTick: nextTick)))
        let deadline = SuspendingClock.now + patience
        var welcomes: [Welcome] = []
        while welcomes.count < 1 + others.count {
            switch try awaitGreeting(until: deadline) {
            case .welcome(let welcome):
                welcomes.append(welcome)
                if case .agent(let number, _, _, _) = welcome { numbers.append(number) }
            case .refusal(let refusal): throw refused(refusal)
            case .stop: throw AgentError(.refused, "the run ended before \(name) was welcomed")
            case nil:
                let hint = link.cutConnectionCount > 0 ? "; connections were cut: its key may be of another run" : ""
                throw AgentError(
                    .noCoordinator,
                    "no coordinator answered \(name) at \(link.endpoint) within \(patience.brief)\(hint)")
            default: throw AgentError(.protocolBroken, "\(name) was answered with something else than a welcome")
            }
        }
        return welcomes
    }

    private func refused(_ refusal: Refusal) -> AgentError {
        AgentError(.refused, "\(name) was refused (\(refusal.code.rawValue)): \(refusal.text)")
    }

    /// The answer to a greeting. A coordinator that refuses the key says so to libzmq alone, which gives up then.
    private func awaitGreeting(until deadline: SuspendingClock.Instant) throws(AgentError) -> Message? {
        while true {
            let left = max(.zero, deadline - .now)
            if let message = try receive(patience: min(left, .milliseconds(200))) { return message }
            if let fault = link.connectionFault() {
                throw AgentError(.refused, "\(name) cannot talk to the coordinator at \(link.endpoint): \(fault)")
            }
            if .now >= deadline { return nil }
        }
    }

    /// The next ask to any of its agents; nil when the run is over. Throws `AgentError`.
    func nextAsk() throws(AgentError) -> Ask? {
        switch try receive(patience: nil) {
        case .ask(let ask): return ask
        case .stop, nil: return nil
        case .refusal(let refusal): throw refused(refusal)
        case let other?:
            throw AgentError(.protocolBroken, "\(name) got a message of kind \(other.kind) in the middle of a run")
        }
    }

    /// What a recorder gets next.
    public enum RecorderEvent: Sendable {
        /// A finished tick.
        case record(RecordedTick)
        /// Nothing for a while.
        case idle
        /// The run is over.
        case over
    }

    /// What the coordinator sends a recorder next, waiting for so long at most. Throws `AgentError`.
    public func nextTick(patience: Duration) throws(AgentError) -> RecorderEvent {
        switch try receive(patience: patience) {
        case .record(let tick): return .record(tick)
        case .stop: return .over
        case nil: return .idle
        case .refusal(let refusal): throw refused(refusal)
        case let other?:
            throw AgentError(.protocolBroken, "\(name) got a message of kind \(other.kind) in the middle of a run")
        }
    }

    /// Sends the answer to a question, with what it took if that is wanted. Throws `AgentError`.
    func send(_ reply: Reply, to ask: Ask, computing: Duration) throws(AgentError) {
        let message = Message.reply(reply)
        let body =
            ask.wantsEffort
            ? encoder.body(of: reply, reading: reading, computing: computing) : encoder.body(of: message)
        try send(kind: message.kind, body, from: ask.agent)
    }

    /// Sends a message, of several agents in the name of the one of a number. Throws `AgentError`.
    public func send(_ message: Message, from agent: Int? = nil) throws(AgentError) {
        try send(kind: message.kind, encoder.body(of: message), from: agent)
    }

    private func send(kind: UInt8, _ body: [UInt8], from agent: Int?) throws(AgentError) {
        do {
            if let agent, !others.isEmpty {
                try link.send(kind: kind, body, from: agent)
            } else {
                try link.send(kind: kind, body)
            }
        } catch {
            throw AgentError(.transport, "\(name): \(error)")
        }
    }

    /// Tells the coordinator that this agent, or one of several, cannot go on, and returns the error to throw. Throws
    /// `AgentError` if it cannot be told.
    public func fail(
        _ text: String, setting: ParameterError? = nil, from agent: Int? = nil
    ) throws(AgentError) -> AgentError {
        try send(.failure(text, setting: setting), from: agent)
        return AgentError(.failed, "\(name): \(text)")
    }

    /// Sends what is under way and closes the link.
    public func close() {
        // What cannot be sent within the linger time has no reader any more.
        try? link.close()
    }

    /// The next message; nil when none came in time or the link was closed.
    private func receive(patience: Duration?) throws(AgentError) -> Message? {
        let kind: UInt8
        do {
            switch try link.receive(timeoutMilliseconds: patience.map { Int($0 / .milliseconds(1)) }) {
            case .message(let value): kind = value
            case .timedOut, .closed: return nil
            case .lost:
                throw AgentError(
                    .coordinatorLost,
                    "\(name): the connection to the coordinator at \(link.endpoint) ended before the run did; the run goes "
                        + "on when the coordinator and all others are started again")
            case .violation(let violation): throw AgentError(.protocolBroken, "\(name): \(violation)")
            }
        } catch let error as ZeroMQError {
            throw AgentError(.transport, "\(name): \(error)")
        } catch let error as AgentError {
            throw error
        } catch {
            throw AgentError(.transport, "\(name): \(error)")
        }
        let agent = link.addressee ?? numbers.first ?? 0
        let start = SuspendingClock.now
        defer { reading = SuspendingClock.now - start }
        do {
            return try link.withBody { (bytes) throws(WireError) in
                kind == Message.askKind
                    ? .ask(try signalMemory.ask(decoding: bytes, agent: agent))
                    : try Message(kind: kind, body: bytes, agent: agent)
            }
        } catch {
            throw AgentError(.protocolBroken, "\(name) got a message that cannot be read: \(error)")
        }
    }
}

/// Why an agent or recorder could not take part to the end.
public struct AgentError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// Nobody answered at the endpoint.
        case noCoordinator = "no-coordinator"
        /// The coordinator refused it.
        case refused
        /// The connection to the coordinator is gone: its process, its host, or the way to it.
        case coordinatorLost = "coordinator-lost"
        /// The coordinator sent what it must not send.
        case protocolBroken = "protocol-broken"
        /// The link failed.
        case transport
        /// The agent itself cannot go on.
        case failed
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, in one line.
    public let description: String

    /// A failure from its parts.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
