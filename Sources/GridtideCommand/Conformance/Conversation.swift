internal import CoSimulation
internal import Foundation
internal import ReferenceAgents

/// What a program was asked and what it answered, tick by tick, with the other agents of an experiment played by
/// reference strategies.
struct Conversation {
    /// A question, and the answer as bytes.
    struct Turn {
        let ask: Ask
        let reply: [UInt8]
    }

    private(set) var turns: [Turn] = []
    private(set) var slowest = Duration.zero

    /// Plays the experiment to its end; `alter` may change a question on its way to the program. Throws `Finding`.
    static func play(
        _ experiment: Experiment, agent: Int, within deadline: Duration, _ rehearsal: Rehearsal,
        alter: (Ask) -> Ask = { $0 }
    ) throws -> Conversation {
        var conversation = Conversation()
        var others = try (0..<experiment.agentCount).map { number in
            number == agent ? nil : try other(number, of: experiment)
        }
        var coordinator = try Coordinator(experiment: experiment)
        var waiting = try coordinator.start()
        while !waiting.isEmpty {
            let directive = waiting.removeFirst()
            switch directive {
            case .ask(let ask) where ask.agent == agent:
                let reply = try conversation.exchange(alter(ask), within: deadline, rehearsal)
                waiting += try coordinator.receive(reply)
            case .ask(let ask): waiting += try coordinator.receive(others[ask.agent]!.answer(ask))
            case .report(let violation, let tick): throw Finding(.answers, "tick \(tick): \(violation.text)")
            case .refuse(_, let text): throw Finding(.replies, text)
            case .record, .contradiction, .finish: break
            }
        }
        return conversation
    }

    private static func other(_ number: Int, of experiment: Experiment) throws -> AgentProgram {
        let site = experiment.agent(number)
        guard let entry = ReferenceAgents.catalogue.entry(experiment.role(ofAgent: number), site.strategy) else {
            throw CommandError(
                .invalidInput, "\(site.name) is a program too; only the agent that is checked may be one.")
        }
        return try AgentProgram(
            number: number, seed: experiment.seed, entry: entry, setup: experiment.setup(ofAgent: number))
    }

    /// Asks and takes the reply. Throws `Finding`.
    private mutating func exchange(_ ask: Ask, within deadline: Duration, _ rehearsal: Rehearsal) throws -> Reply {
        let start = SuspendingClock.now
        let reply = try Conversation.ask(ask, Message.ask(ask).body(), within: deadline, rehearsal)
        slowest = max(slowest, .now - start)
        turns.append(Turn(ask: ask, reply: Message.reply(reply).body()))
        return reply
    }

    /// Sends a question with any body and takes the reply. Throws `Finding`.
    static func ask(_ ask: Ask, _ body: [UInt8], within deadline: Duration, _ rehearsal: Rehearsal) throws -> Reply {
        try rehearsal.send(kind: Message.ask(ask).kind, body)
        let place = "tick \(ask.tick), \(ask.phase.name)"
        let event = try rehearsal.next(within: deadline)
        switch event {
        case .message(.reply(var reply)):
            guard (reply.tick, reply.phase, reply.round) == (ask.tick, ask.phase, ask.round) else {
                throw Finding(
                    .replies,
                    "it was asked about \(place), round \(ask.round), and answered tick \(reply.tick), \(reply.phase.name), round \(reply.round)"
                )
            }
            reply.agent = ask.agent
            return reply
        case .silence: throw Finding(.deadline, "\(place): there was no answer within \(deadline / .seconds(1)) s")
        default: throw Finding(.replies, "\(place): \(rehearsal.describe(event))")
        }
    }

    /// Puts the questions again, the first `count` of them, and compares the answers. Throws `Finding` of a rule.
    func repeated(
        _ count: Int? = nil, breaking rule: Rule, within deadline: Duration, _ rehearsal: Rehearsal,
        body: (Ask) -> [UInt8] = { Message.ask($0).body() }, times: Int = 1,
        before: (Ask) throws -> Void = { _ in }
    ) throws {
        for turn in turns.prefix(count ?? turns.count) {
            try before(turn.ask)
            for _ in 0..<times {
                let reply: Reply
                do {
                    reply = try Conversation.ask(turn.ask, body(turn.ask), within: deadline, rehearsal)
                } catch let finding as Finding {
                    throw Finding(rule, finding.text)
                }
                guard Message.reply(reply).body() == turn.reply else {
                    throw Finding(
                        rule, "tick \(turn.ask.tick), \(turn.ask.phase.name): the answer is not what it was before")
                }
            }
        }
    }
}
