import AllocationCounter
import CoSimulation
import ReferenceAgents
import Scenarios
import Support
import ZeroMQTransport

let usage = """
    usage: allocations SCENARIO ENDPOINT
    Sends every question and answer of a scenario to and fro over a hub and a link, and prints how often each message has
    memory asked for by what is done with it, from the second time on, and of how many blocks of memory it is.
    """

/// Every question of a scenario, with its answer.
func exchanges(of experiment: Experiment) throws -> [(ask: Ask, reply: Reply)] {
    var coordinator = try Coordinator(experiment: experiment)
    var agents = try experiment.agents(from: ReferenceAgents.catalogue)
    var directives = try coordinator.start()
    var found: [(Ask, Reply)] = []
    while let directive = directives.first {
        directives.removeFirst()
        guard case .ask(let ask) = directive else { continue }
        let reply = agents[ask.agent].answer(ask)
        found.append((ask, reply))
        directives += try coordinator.receive(reply)
    }
    return found
}

/// How often memory was asked for, by step.
struct Tally {
    /// What is done with a question and its answer, in order.
    static let steps = ["writing", "sending", "receiving", "reading"]
    private(set) var counts = [Int](repeating: 0, count: steps.count)

    mutating func count<Result>(_ step: Int, _ work: () throws -> Result) rethrows -> Result {
        let before = allocations_of_this_thread()
        let result = try work()
        counts[step] += allocations_of_this_thread() - before
        return result
    }
}

/// How many blocks of memory a value is of: its lists that are not empty, and its texts that are too long for their place.
func blockCount(of value: Any) -> Int {
    let mirror = Mirror(reflecting: value)
    let isBlock: Bool
    switch value {
    case let text as String: isBlock = text.utf8.count > 15
    default: isBlock = mirror.displayStyle == .collection && !mirror.children.isEmpty
    }
    return mirror.children.reduce(isBlock ? 1 : 0) { $0 + blockCount(of: $1.value) }
}

/// The two ends of a connection, with what each writes and reads by.
struct Line {
    let hub: Hub
    let link: Link
    var broadcast = SignalBroadcast()
    var encoder = MessageEncoder()
    var memory = SignalMemory()

    init(at endpoint: Endpoint) throws {
        hub = try Hub(at: endpoint, peers: ["agent"])
        link = try Link(to: hub.endpoint, name: "agent")
        try link.send(kind: 1, [])
        _ = try hub.receive(timeoutMilliseconds: 5_000)
    }

    /// Has a question go to the agent and its answer come back, as in a run.
    mutating func carry(_ ask: Ask, _ reply: Reply, _ tally: inout Tally) throws {
        let kinds = (ask: Message.ask(ask).kind, reply: Message.reply(reply).kind)
        do {
            let body = tally.count(0) { broadcast.body(of: ask) }
            try tally.count(1) { try hub.send(kind: kinds.ask, body, to: 0) }
        }
        _ = try tally.count(2) { try link.receive(timeoutMilliseconds: 5_000) }
        let heard = try tally.count(3) { try link.withBody { try memory.ask(decoding: $0, agent: ask.agent) } }
        do {
            let body = tally.count(0) { encoder.body(of: .reply(reply)) }
            try tally.count(1) { try link.send(kind: kinds.reply, body) }
        }
        _ = try tally.count(2) { try hub.receive(timeoutMilliseconds: 5_000) }
        let answered = try tally.count(3) {
            try hub.withBody { try Message(kind: kinds.reply, body: $0, agent: reply.agent) }
        }
        guard heard == ask, answered == .reply(reply) else { throw Fault(description: "a message changed on its way") }
    }
}

Program.run("allocations") { words in
    guard words.count == 2 else { throw Fault(description: usage) }
    let experiment = try Scenario.load(words[0], catalogue: ReferenceAgents.catalogue).experiment
    let messages = try exchanges(of: experiment)
    var line = try Line(at: try Endpoint(parsing: words[1]))
    var tally = Tally()
    for (ask, reply) in messages { try line.carry(ask, reply, &tally) }
    tally = Tally()
    for (ask, reply) in messages { try line.carry(ask, reply, &tally) }
    let count = Double(2 * messages.count)
    let blocks = messages.reduce(0) { $0 + blockCount(of: $1.ask) + blockCount(of: $1.reply) }
    let figures = zip(Tally.steps + ["holding"], tally.counts + [blocks])
    Program.report("allocations", figures.map { ($0, [Double($1) / count]) })
}
