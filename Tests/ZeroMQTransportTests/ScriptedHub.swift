import CoSimulation
import TestKit
import ZeroMQTransport

/// A hub whose peers are honest and answer at once, but for what a test has them say instead; its time passes when nothing
/// is said.
final class ScriptedHub: Switchboard {
    let endpoint = Endpoint.inproc(name: "scripted")
    let peerNames: [String]
    private(set) var now = SuspendingClock.now
    /// What a peer says in place of what it should; nil leaves it at that. Asked with each message to a peer.
    var script: (_ name: String, Message) -> [Message]? = { _, _ in nil }
    /// What was sent to whom.
    private(set) var sent: [(name: String, message: Message)] = []
    private let experiment: Experiment
    private var players: [AgentPlayer?]
    private var queue: [(slot: Int, kind: UInt8, body: [UInt8])] = []
    private var held: [(slot: Int, kind: UInt8, body: [UInt8])] = []
    private var later: () -> Void = {}
    private var wakes = 0
    private var current: (slot: Int, body: [UInt8]) = (0, [])

    /// A hub at which everybody has just greeted.
    init(_ experiment: Experiment) {
        self.experiment = experiment
        peerNames = CoordinatorService.peerNames(of: experiment)
        players = Array(repeating: nil, count: experiment.agentCount)
        for name in peerNames { greet(name) }
    }

    func greet(_ name: String) { say(.hello(Hello(name: name, scenario: nil, software: "test")), as: name) }

    func say(_ message: Message, as name: String) { say(kind: message.kind, message.body(), as: name) }

    func say(kind: UInt8, _ body: [UInt8], as name: String) {
        queue.append((peerNames.firstIndex(of: name)!, kind, body))
    }

    /// Keeps what a peer has said back until it is released.
    func hold(_ name: String) {
        let slot = peerNames.firstIndex(of: name)!
        held += queue.filter { $0.slot == slot }
        queue.removeAll { $0.slot == slot }
    }

    func release() {
        // Behind what is under way.
        later = { [self] in
            queue += held
            held = []
        }
    }

    func wake() { wakes += 1 }

    func receive(timeoutMilliseconds: Int?) -> HubEvent {
        if wakes > 0 {
            wakes -= 1
            return .woken
        }
        if queue.isEmpty {
            later()
            later = {}
        }
        guard !queue.isEmpty else {
            now += .milliseconds(timeoutMilliseconds ?? 0)
            return .timedOut
        }
        let next = queue.removeFirst()
        current = (next.slot, next.body)
        return .message(slot: next.slot, kind: next.kind)
    }

    func withBody<Result, Failure: Error>(
        _ use: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try current.body.withUnsafeBytes { bytes in Swift.Result { () throws(Failure) in try use(bytes) } }.get()
    }

    func send(kind: UInt8, _ body: [UInt8], to slot: Int) {
        let name = peerNames[slot]
        let message = body.withUnsafeBytes { try! Message(kind: kind, body: $0, agent: slot) }
        sent.append((name, message))
        for answer in script(name, message) ?? self.answer(slot, message) { say(answer, as: name) }
    }

    private func answer(_ slot: Int, _ message: Message) -> [Message] {
        switch message {
        case .welcome(.agent(let number, let seed, let strategy, let setup)):
            players[slot] = try! AgentPlayer(
                number: number, seed: seed, strategy: strategy, setup: setup, catalogue: SampleAgents.catalogue)
            return []
        case .ask(let ask): return [.reply(try! players[slot]!.answer(ask))]
        case .record(let record):
            let tick = try! TickRecord(canonicalBytes: record.bytes, experiment: experiment).tick
            return [.receipt(nextTick: tick + 1)]
        default: return []
        }
    }

    func respond(kind: UInt8, _ body: [UInt8]) { send(kind: kind, body, to: current.slot) }
    func recognise(_ slot: Int, speakingFor others: [Int]) {}
    func isEntitled(to slots: [Int]) -> Bool { true }
    func isRecognised(_ slot: Int) -> Bool { true }
    func allowTakeover(_ isAllowed: Bool) {}
    func takeRefusals() -> [String] { [] }
    func close() {}
}
