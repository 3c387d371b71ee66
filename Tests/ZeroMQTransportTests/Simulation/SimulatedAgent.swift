import CoSimulation
import TestKit
import ZeroMQTransport

/// An agent of a simulated run, or several in one process: it plays as `AgentProcess` does, until something happens to it.
final class SimulatedAgent: SimulatedProcess {
    /// What happens to an agent, or what it does that it should not.
    enum Blow: CaseIterable {
        case diesAsked, diesHavingAnswered, hangs, dawdles, leavesEarly, givesUp, losesQuestion, losesAnswer
        case losesIdleConnection, repeatsItself, repeatsItsPast, sendsNoFrame
    }

    /// What happens, and at which question, counted from 0.
    struct Fate {
        var blow: Blow
        var question: Int
    }

    /// What a planted defect makes of an answer.
    var alter: (Ask, Reply) -> Reply = { $1 }
    /// Whether it is told its past just now, when it is to say nothing else.
    var isRehearsing: () -> Bool = { false }
    private let fate: Fate?
    private var players: [Int: AgentPlayer] = [:]
    private var number = 0
    private var askedCount = 0
    private var hangs = false
    private var replies: [Reply] = []

    init(name: String, others: [String] = [], hub: SimulatedHub, fate: Fate?) {
        self.fate = fate
        super.init(name: name, others: others, hub: hub)
    }

    override var agentNumber: Int { number }

    override func take(_ welcome: Welcome) -> Bool {
        guard case .agent(let number, let seed, let strategy, let setup) = welcome else { return false }
        self.number = number
        players[number] = try? AgentPlayer(
            number: number, seed: seed, strategy: strategy, setup: setup, catalogue: SampleAgents.catalogue)
        return players[number] != nil
    }

    override func take(_ message: Message) {
        guard case .ask(let ask) = message else { return end(status: 1, because: "was sent something else") }
        guard !hangs else { return }
        let blow = fate.flatMap { $0.question == askedCount ? $0.blow : nil }
        askedCount += 1
        if let blow { world.count("\(blow)", "\(name) at tick \(ask.tick), \(ask.phase.name)") }
        if let blow, strikesFirst(blow) { return }
        guard let reply = try? players[ask.agent]?.answer(ask) else { return end(status: 1, because: "cannot answer") }
        let answer = alter(ask, reply)
        replies.append(answer)
        guard blow == .dawdles else { return finish(answer, blow) }
        stall(world.number(in: 1_000_000...40_000_000)) { [self] in finish(answer, nil) }
    }

    /// Suffers what keeps it from answering; returns whether it does.
    private func strikesFirst(_ blow: Blow) -> Bool {
        switch blow {
        case .diesAsked: end(status: nil, because: "dies")
        case .leavesEarly: end(status: 0, because: "leaves")
        case .hangs: hangs = true
        case .givesUp:
            send(.failure("it gives up"), from: number)
            end(status: 1, because: "gives up")
        case .losesQuestion:
            breakConnection()
        default: return false
        }
        return true
    }

    private func finish(_ reply: Reply, _ blow: Blow?) {
        send(.reply(reply), from: reply.agent)
        switch blow {
        case .diesHavingAnswered: end(status: nil, because: "dies")
        case .losesAnswer: breakConnection()
        case .losesIdleConnection: world.after(world.number(in: 1...2_000_000)) { [self] in breakConnection() }
        case .sendsNoFrame: sendBytes(world.bytes(world.number(in: 0...40)))
        case .repeatsItself where !isRehearsing(): send(.reply(reply), from: reply.agent)
        case .repeatsItsPast where !isRehearsing():
            for old in replies.shuffled(by: world).prefix(4) { send(.reply(old), from: old.agent) }
        default: break
        }
    }
}

extension Array {
    /// The elements in an order the world decides.
    func shuffled(by world: SimulatedWorld) -> [Element] {
        var rest = self
        return indices.map { _ in rest.remove(at: world.number(in: 0...rest.count - 1)) }
    }

    /// The elements in turn among so many groups.
    func shared(among count: Int) -> [[Element]] {
        (0..<Swift.min(count, self.count)).map { first in
            stride(from: first, to: self.count, by: count).map { self[$0] }
        }
    }
}
