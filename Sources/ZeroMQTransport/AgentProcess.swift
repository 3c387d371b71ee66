public import CoSimulation

/// An agent as a process: joins a run over a link and answers until it is told to stop.
public enum AgentProcess {
    /// Joins the run at an endpoint under a name and plays the agent to its end.
    ///
    /// - Parameters:
    ///   - name: the agent's name in the scenario.
    ///   - scenario: the scenario it must be; nil joins whatever runs.
    ///   - catalogue: where the strategy the coordinator names is looked up.
    ///   - patience: longest time to wait for the coordinator's welcome.
    ///   - keys: its key and the coordinator's, which a run over tcp asks for.
    ///   - insecure: whether it may join over tcp without.
    /// - Throws: `AgentError`.
    public static func run(
        name: String, endpoint: Endpoint, scenario: Digest?, catalogue: AgentCatalogue,
        patience: Duration = .seconds(30), keys: LinkKeys? = nil, insecure: Bool = false
    ) throws(AgentError) {
        let link = try AgentLink(name: name, endpoint: endpoint, scenario: scenario, keys: keys, insecure: insecure)
        defer { link.close() }
        guard case .agent(let number, let seed, let strategy, let setup) = try link.greet(patience: patience) else {
            throw AgentError(.protocolBroken, "agent \(name) was welcomed as a recorder")
        }
        do {
            var player = try AgentPlayer(
                number: number, seed: seed, strategy: strategy, setup: setup, catalogue: catalogue)
            while let ask = try link.nextAsk(agent: number) { try link.send(.reply(try player.answer(ask))) }
        } catch let error as AgentPlayer.Inability {
            throw try link.fail(error.text, setting: error.setting)
        } catch let error as AgentError {
            throw error
        } catch {
            throw AgentError(.failed, "\(name): \(error)")
        }
    }
}

/// The link of an agent or recorder, with the greeting.
public final class AgentLink {
    private let link: Link
    private let name: String
    private let scenario: Digest?

    /// Starts to connect; over tcp with keys, unless it may be insecure. Throws `AgentError`.
    public init(
        name: String, endpoint: Endpoint, scenario: Digest?, keys: LinkKeys? = nil, insecure: Bool = false
    ) throws(AgentError) {
        self.name = name
        self.scenario = scenario
        do {
            link = try Link(to: endpoint, name: name, keys: keys, insecure: insecure)
        } catch {
            throw AgentError(.transport, "\(name) cannot connect: \(error)")
        }
    }

    /// Says hello and waits to be welcomed. Throws `AgentError`, also when refused.
    public func greet(patience: Duration, nextTick: Int = 0) throws(AgentError) -> Welcome {
        try send(
            .hello(Hello(name: name, scenario: scenario, software: "gridtide \(Software.version)", nextTick: nextTick)))
        switch try awaitGreeting(patience) {
        case .welcome(let welcome): return welcome
        case .refusal(let refusal): throw refused(refusal)
        case .stop: throw AgentError(.refused, "the run ended before \(name) was welcomed")
        case nil:
            let hint = link.cutConnectionCount > 0 ? "; connections were cut: its key may be of another run" : ""
            throw AgentError(
                .noCoordinator, "no coordinator answered \(name) at \(link.endpoint) within \(patience.brief)\(hint)")
        default: throw AgentError(.protocolBroken, "\(name) was answered with something else than a welcome")
        }
    }

    private func refused(_ refusal: Refusal) -> AgentError {
        AgentError(.refused, "\(name) was refused (\(refusal.code.rawValue)): \(refusal.text)")
    }

    /// The answer to a greeting. A coordinator that refuses the key says so to libzmq alone, which gives up then.
    private func awaitGreeting(_ patience: Duration) throws(AgentError) -> Message? {
        let deadline = SuspendingClock.now + patience
        while true {
            let left = max(.zero, deadline - .now)
            if let message = try receive(patience: min(left, .milliseconds(200)), agent: 0) { return message }
            if let fault = link.connectionFault() {
                throw AgentError(.refused, "\(name) cannot talk to the coordinator at \(link.endpoint): \(fault)")
            }
            if .now >= deadline { return nil }
        }
    }

    /// The next ask; nil when the run is over. Throws `AgentError`.
    func nextAsk(agent: Int) throws(AgentError) -> Ask? {
        switch try receive(patience: nil, agent: agent) {
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
        switch try receive(patience: patience, agent: 0) {
        case .record(let tick): return .record(tick)
        case .stop: return .over
        case nil: return .idle
        case .refusal(let refusal): throw refused(refusal)
        case let other?:
            throw AgentError(.protocolBroken, "\(name) got a message of kind \(other.kind) in the middle of a run")
        }
    }

    /// Sends a message. Throws `AgentError`.
    public func send(_ message: Message) throws(AgentError) {
        do {
            try link.send(kind: message.kind, message.body())
        } catch {
            throw AgentError(.transport, "\(name): \(error)")
        }
    }

    /// Tells the coordinator that this agent cannot go on, and returns the error to throw. Throws `AgentError` if it cannot be told.
    public func fail(_ text: String, setting: ParameterError? = nil) throws(AgentError) -> AgentError {
        try send(.failure(text, setting: setting))
        return AgentError(.failed, "\(name): \(text)")
    }

    /// Sends what is under way and closes the link.
    public func close() {
        // What cannot be sent within the linger time has no reader any more.
        try? link.close()
    }

    /// The next message; nil when none came in time or the link was closed.
    private func receive(patience: Duration?, agent: Int) throws(AgentError) -> Message? {
        let kind: UInt8
        do {
            switch try link.receive(timeoutMilliseconds: patience.map { Int($0 / .milliseconds(1)) }) {
            case .message(let value): kind = value
            case .timedOut, .closed: return nil
            case .violation(let violation): throw AgentError(.protocolBroken, "\(name): \(violation)")
            }
        } catch let error as ZeroMQError {
            throw AgentError(.transport, "\(name): \(error)")
        } catch let error as AgentError {
            throw error
        } catch {
            throw AgentError(.transport, "\(name): \(error)")
        }
        do {
            return try link.withBody { (bytes) throws(WireError) in try Message(kind: kind, body: bytes, agent: agent) }
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
