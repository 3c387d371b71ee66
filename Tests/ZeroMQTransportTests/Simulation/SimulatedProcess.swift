import CoSimulation
import ZeroMQTransport

/// A process of a simulated run, with its link to the hub: what agents and recorder have in common.
class SimulatedProcess {
    /// How a process ends: with a status, or of a signal.
    typealias Status = Int?

    /// The name it greets by.
    let name: String
    /// Names of further agents that it plays.
    let others: [String]
    let world: SimulatedWorld
    let hub: SimulatedHub
    private(set) var isAlive = true
    /// Called when it has ended, with its status.
    var ended: (Status) -> Void = { _ in }
    private var connection: SimulatedConnection?
    /// Written while there is no connection.
    private var unsent: [(agent: Int?, message: Message)] = []
    private var welcomeCount = 0
    /// What it has received and not looked at.
    private var inbox: [Message] = []
    private var isBusy = false
    private var signalMemory = SignalMemory()

    init(name: String, others: [String] = [], hub: SimulatedHub) {
        self.name = name
        self.others = others
        self.hub = hub
        world = hub.world
    }

    /// The number messages to it are read for that do not name one of several agents.
    var agentNumber: Int { 0 }
    private var isWelcomed: Bool { welcomeCount == others.count + 1 }

    /// Connects and greets; gives up when nobody answers.
    func begin(scenario: Digest?, nextTick: Int = 0) {
        connect()
        send(.hello(Hello(name: name, others: others, scenario: scenario, software: "simulation", nextTick: nextTick)))
        world.after(30_000_000) { [self] in
            if !isWelcomed { end(status: 1, because: "nobody answers") }
        }
    }

    /// Takes the welcome. Returns false to give up.
    func take(_ welcome: Welcome) -> Bool { false }

    /// Takes a message of the run, when it is done with those before.
    func take(_ message: Message) {}

    func send(_ message: Message, from agent: Int? = nil) {
        guard isAlive else { return }
        guard let connection else { return unsent.append((agent, message)) }
        hub.carry(
            Frame.encoding(kind: message.kind, body: message.body()), from: connection,
            agent: others.isEmpty ? nil : agent)
    }

    func sendBytes(_ bytes: [UInt8]) {
        if isAlive, let connection { hub.carry(bytes, from: connection, agent: nil) }
    }

    /// Ends. What it has sent and is under way may be lost, as by a signal, or arrives.
    func end(status: Status, because reason: String) {
        guard isAlive else { return }
        isAlive = false
        world.count("process ends", "\(name): \(reason)")
        if let connection { hub.hangUp(connection, losingAll: status == nil && world.chance(0.5)) }
        connection = nil
        world.after(world.delay()) { [self] in ended(status) }
    }

    /// Loses its connection with all that is under way, and makes a new one before long.
    func breakConnection() {
        guard let connection else { return }
        world.count("connection breaks", name)
        hub.hangUp(connection, losingAll: true)
        reconnect()
    }

    private func reconnect() {
        connection = nil
        world.after(world.number(in: 20_000...1_000_000)) { [self] in connect() }
    }

    private func connect() {
        guard isAlive, connection == nil else { return }
        let new = SimulatedConnection(
            name: name, deliver: { [self] in receive($1, agent: $0) }, dropped: { [self] in if isAlive { reconnect() } }
        )
        connection = new
        signalMemory = SignalMemory()
        hub.accept(new)
        for (agent, message) in unsent { send(message, from: agent) }
        unsent = []
    }

    private func receive(_ bytes: [UInt8], agent: Int?) {
        guard isAlive else { return }
        let message = bytes.withUnsafeBytes { bytes -> Message? in
            let body = UnsafeRawBufferPointer(rebasing: bytes[Frame.headerBytes...])
            if bytes[3] == Message.askKind {
                return (try? signalMemory.ask(decoding: body, agent: agent ?? agentNumber)).map(Message.ask)
            }
            return try? Message(kind: bytes[3], body: body, agent: agent ?? agentNumber)
        }
        guard let message else { return end(status: 1, because: "cannot read what it was sent") }
        inbox.append(message)
        if !isBusy { stall(world.delay()) }
    }

    /// Does nothing for a while, and then looks at what has come.
    func stall(_ duration: Int, then body: @escaping () -> Void = {}) {
        isBusy = true
        world.after(duration) { [self] in
            guard isAlive else { return }
            isBusy = false
            body()
            if !isBusy, !inbox.isEmpty { hear(inbox.removeFirst()) }
            if !isBusy, !inbox.isEmpty { stall(world.delay()) }
        }
    }

    private func hear(_ message: Message) {
        switch message {
        case .stop: end(status: isWelcomed ? 0 : 1, because: "is told to stop")
        case .refusal(let refusal): end(status: 1, because: "refused: \(refusal.text)")
        case .welcome(let welcome) where !isWelcomed:
            welcomeCount += 1
            if !take(welcome) { end(status: 1, because: "was welcomed as something else") }
        case _ where isWelcomed: take(message)
        default: end(status: 1, because: "was not welcomed first")
        }
    }
}
