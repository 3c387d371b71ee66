internal import CoSimulation
internal import Foundation
internal import InferencePlacement
internal import ZeroMQTransport

/// Tries a program against every rule of the protocol, each time as a new process.
struct ConformanceKit {
    let experiment: Experiment
    /// Number of the agent the program plays.
    let agent: Int
    let command: [String]
    /// Longest time for a start and for an end.
    var patience = Duration.seconds(20)
    /// Longest time for an answer.
    var deadline = Duration.seconds(10)
    /// The rules to try; empty for all.
    var wanted: Set<Rule> = []

    private var verdicts: [Rule: Verdict] = [:]
    private var recorded: Conversation?

    private init(experiment: Experiment, agent: Int, command: [String], deadline: Duration, wanted: Set<Rule>) {
        self.experiment = experiment
        self.agent = agent
        self.command = command
        self.deadline = deadline
        self.wanted = wanted
    }

    private var site: AgentSite { experiment.agent(agent) }
    private var role: AgentRole { experiment.role(ofAgent: agent) }

    /// What became of each rule, in their order, and the slowest answer. Throws what is wrong with the trial itself.
    static func check(
        _ experiment: Experiment, agent: Int, command: [String], deadline: Duration, only wanted: Set<Rule> = []
    ) throws -> (verdicts: [Verdict], slowest: Duration) {
        var kit = ConformanceKit(
            experiment: experiment, agent: agent, command: command, deadline: deadline, wanted: wanted)
        try kit.tryAll()
        let verdicts = Rule.allCases.map { rule in
            kit.verdicts[rule]
                ?? Verdict(
                    rule: rule, outcome: .untried,
                    finding: kit.wants([rule]) ? "a rule before it is broken" : "--rule leaves it out")
        }
        return (verdicts, kit.recorded?.slowest ?? .zero)
    }

    private mutating func tryAll() throws {
        try perform([.greeting]) { kit, rehearsal in try kit.greet(rehearsal) }
        guard verdicts[.greeting]?.outcome == .kept else { return }
        try attempt([.emptyRun]) { kit, rehearsal in
            try kit.welcome(rehearsal)
            try kit.dismiss(rehearsal, .emptyRun)
        }
        try attempt([.refusal]) { kit, rehearsal in
            try kit.greet(rehearsal)
            try rehearsal.send(.refusal(Refusal(code: .wrongScenario, text: "this is another scenario")))
            try kit.expectFailure(rehearsal, .refusal)
        }
        try attempt([.version]) { kit, rehearsal in
            try kit.greet(rehearsal)
            var bytes = Frame.encoding(kind: kit.welcomeMessage.kind, body: kit.welcomeMessage.body())
            bytes[2] = 2
            try rehearsal.send(bytes: bytes)
            try kit.expectFailure(rehearsal, .version)
        }
        try attempt([.settings]) { kit, rehearsal in try kit.trySettings(rehearsal) }
        try attempt([.lifeline]) { kit, rehearsal in try kit.tryLifeline(rehearsal) }
        if wants([.replies, .deadline, .answers, .end] + Rule.repeated) {
            try perform([.replies, .deadline, .answers, .end]) { kit, rehearsal in
                try kit.welcome(rehearsal)
                let conversation = try Conversation.play(
                    kit.experiment, agent: kit.agent, within: kit.deadline, rehearsal)
                if case .silence = try rehearsal.next(within: .milliseconds(100)) {
                } else {
                    throw Finding(.replies, "it sent something after its last answer that nobody asked for")
                }
                kit.recorded = conversation
                try kit.dismiss(rehearsal, .end)
            }
        }
        if let recorded { try tryAgain(recorded) }
        try attempt([.badRequests]) { kit, rehearsal in
            try kit.welcome(rehearsal)
            try rehearsal.send(kind: 4, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
            try kit.expectFailure(rehearsal, .badRequests)
        }
        if verdicts[.badRequests]?.outcome == .kept {
            try perform([.badRequests]) { kit, rehearsal in
                try kit.welcome(rehearsal)
                try rehearsal.send(.ask(kit.foreignAsk))
                try kit.expectFailure(rehearsal, .badRequests)
            }
        }
    }

    /// The rules that compare with answers given before.
    private mutating func tryAgain(_ recorded: Conversation) throws {
        try attempt([.sameAnswers]) { kit, rehearsal in
            try kit.welcome(rehearsal)
            try recorded.repeated(breaking: .sameAnswers, within: kit.deadline, rehearsal)
            try kit.dismiss(rehearsal, .sameAnswers)
        }
        guard verdicts[.sameAnswers]?.outcome != .broken else { return }
        try attempt([.catchUp]) { kit, rehearsal in
            try kit.welcome(rehearsal)
            try recorded.repeated(
                recorded.turns.count / 2, breaking: .catchUp, within: kit.deadline, rehearsal)
            rehearsal.kill()
            let second = try kit.start()
            defer { second.close() }
            do {
                try kit.welcome(second)
            } catch let finding as Finding {
                throw Finding(.catchUp, "after a kill: \(finding.text)")
            }
            try recorded.repeated(breaking: .catchUp, within: kit.deadline, second)
            try kit.dismiss(second, .catchUp)
        }
        try attempt([.duplicates]) { kit, rehearsal in
            try kit.welcome(rehearsal)
            try recorded.repeated(breaking: .duplicates, within: kit.deadline, rehearsal, times: 2)
            try kit.dismiss(rehearsal, .duplicates)
        }
        try attempt([.newFields]) { kit, rehearsal in
            try kit.greet(rehearsal)
            try rehearsal.send(kind: kit.welcomeMessage.kind, kit.welcomeMessage.body() + UnknownField.bytes)
            try recorded.repeated(
                breaking: .newFields, within: kit.deadline, rehearsal,
                body: { Message.ask($0).body() + UnknownField.bytes })
        }
        if role == .gridOperator {
            try attempt([.quotes]) { kit, rehearsal in try kit.tryQuotes(recorded, rehearsal) }
            verdicts[.limits] = Verdict(rule: .limits, outcome: .untried, finding: "it is of regions and service nodes")
        } else {
            try attempt([.limits]) { kit, rehearsal in try kit.tryLimits(rehearsal) }
            verdicts[.quotes] = Verdict(rule: .quotes, outcome: .untried, finding: "it is of grid operators")
        }
    }

    private func wants(_ rules: [Rule]) -> Bool { wanted.isEmpty || rules.contains(where: wanted.contains) }

    /// Runs a trial where one of its rules is wanted.
    private mutating func attempt(_ rules: [Rule], _ trial: (inout Self, Rehearsal) throws -> Void) throws {
        if wants(rules) { try perform(rules, trial) }
    }

    /// Runs a trial in a process of its own; rules it does not find broken are kept.
    private mutating func perform(_ rules: [Rule], _ trial: (inout Self, Rehearsal) throws -> Void) throws {
        let rehearsal = try start()
        defer { rehearsal.close() }
        do {
            try trial(&self, rehearsal)
            for rule in rules { verdicts[rule] = Verdict(rule: rule, outcome: .kept, finding: "") }
        } catch let finding as Finding {
            // A trial that broke down before it came to its rule says so under that.
            let rule = rules.contains(finding.rule) ? finding.rule : rules[0]
            verdicts[rule] = Verdict(rule: rule, outcome: .broken, finding: finding.text)
            // The conversation was had when only its end went wrong.
            if rule == .end {
                for kept in rules where kept != .end {
                    verdicts[kept] = Verdict(rule: kept, outcome: .kept, finding: "")
                }
            }
        }
    }

    private func start() throws -> Rehearsal {
        try Rehearsal(command: command, name: site.name, scenario: experiment.digest.description)
    }

    // MARK: Steps

    private var welcomeMessage: Message { welcome(with: experiment.setup(ofAgent: agent)) }

    private func welcome(with setup: AgentSetup) -> Message {
        .welcome(.agent(number: agent, seed: experiment.seed, strategy: site.strategy, setup: setup))
    }

    private func greet(_ rehearsal: Rehearsal) throws {
        let event = try rehearsal.next(within: patience)
        guard case .message(.hello(let hello)) = event else {
            throw Finding(.greeting, "it did not say hello; \(rehearsal.describe(event))")
        }
        guard hello.name == site.name else {
            throw Finding(.greeting, "its hello names '\(hello.name)', and GRIDTIDE_NAME is '\(site.name)'")
        }
        guard hello.scenario == nil || hello.scenario == experiment.digest else {
            throw Finding(.greeting, "its hello has another scenario than GRIDTIDE_SCENARIO")
        }
    }

    private func welcome(_ rehearsal: Rehearsal) throws {
        try greet(rehearsal)
        try rehearsal.send(welcomeMessage)
    }

    /// Sends Stop and expects a good end.
    private func dismiss(_ rehearsal: Rehearsal, _ rule: Rule) throws {
        try rehearsal.send(.stop)
        let event = try rehearsal.next(within: patience)
        switch event {
        case .ended(0, false): return
        case .message(.failure(let text, let setting)) where rule == .emptyRun:
            let place = setting.map { "\($0.path): " } ?? ""
            throw Finding(rule, "it refuses its settings: \(place)\(text). Give others with --settings")
        case .silence: throw Finding(rule, "it went on after Stop")
        default: throw Finding(rule, rehearsal.describe(event))
        }
    }

    /// Expects an end with another status than 0, or a Failure, and no reply.
    private func expectFailure(_ rehearsal: Rehearsal, _ rule: Rule) throws {
        let event = try rehearsal.next(within: max(deadline, .seconds(2)))
        switch event {
        case .message(.failure): return
        case .ended(let status, _) where status != 0: return
        case .message(.reply): throw Finding(rule, "it sent a reply")
        case .silence: throw Finding(rule, "it went on, in silence")
        default: throw Finding(rule, rehearsal.describe(event))
        }
    }

    private func trySettings(_ rehearsal: Rehearsal) throws {
        try greet(rehearsal)
        var setup = experiment.setup(ofAgent: agent)
        let unknown = "settingThatNobodyKnows"
        setup.parameters[unknown] = .number(1)
        try rehearsal.send(welcome(with: setup))
        let event = try rehearsal.next(within: max(deadline, .seconds(2)))
        switch event {
        case .message(.failure(_, let setting?)) where setting.path.contains(unknown): break
        case .message(.failure(let text, _)):
            throw Finding(.settings, "its Failure does not name the setting \(unknown): \(text)")
        case .silence: throw Finding(.settings, "it took the unknown setting \(unknown)")
        default:
            throw Finding(.settings, "of the unknown setting \(unknown) it said nothing; \(rehearsal.describe(event))")
        }
        try rehearsal.send(.stop)
        guard case .ended(let status, _) = try rehearsal.next(within: patience), status != 0 else {
            throw Finding(.settings, "after its Failure and Stop it did not end with another status than 0")
        }
    }

    private func tryLifeline(_ rehearsal: Rehearsal) throws {
        try welcome(rehearsal)
        rehearsal.cutLifeline()
        let event = try rehearsal.next(within: .seconds(5))
        guard case .ended(70, false) = event else {
            throw Finding(.lifeline, "its standard input ended; \(rehearsal.describe(event))")
        }
    }

    private mutating func tryLimits(_ rehearsal: Rehearsal) throws {
        try welcome(rehearsal)
        do {
            _ = try Conversation.play(experiment, agent: agent, within: deadline, rehearsal, alter: Extremes.altered)
        } catch let finding as Finding {
            throw Finding(.limits, finding.text)
        }
    }

    private func tryQuotes(_ recorded: Conversation, _ rehearsal: Rehearsal) throws {
        try welcome(rehearsal)
        let count = experiment.regions(ofGridOperator: agent).count
        let askForQuotes = { (ask: Ask) throws -> Void in
            guard ask.phase == .dispatching else { return }
            let trials = [0, 50, 0].enumerated().map { round, loadMW in
                Ask(
                    agent: agent, tick: ask.tick, phase: .quoting, round: round,
                    question: .quote(loadMW: Array(repeating: Double(loadMW), count: count)))
            }
            let quotes = try trials.map { trial in
                try Conversation.ask(trial, Message.ask(trial).body(), within: deadline, rehearsal).answer
            }
            guard quotes[0] == quotes[2] else {
                throw Finding(.quotes, "tick \(ask.tick): the same trial got another quote the second time")
            }
        }
        try recorded.repeated(breaking: .quotes, within: deadline, rehearsal, before: askForQuotes)
    }

    /// A question to another role.
    private var foreignAsk: Ask {
        let question: Question =
            role == .serviceNode ? .quote(loadMW: [1]) : .service(signals: [], last: nil)
        return Ask(agent: agent, tick: 0, phase: role == .serviceNode ? .quoting : .bidding, question: question)
    }
}

/// A field that no message has, as a newer coordinator might send it.
private enum UnknownField {
    /// Field 2000 with a text.
    static let bytes: [UInt8] = [0x82, 0x7d, 0x05] + Array("later".utf8)
}

/// Questions at the edges of what is allowed.
private enum Extremes {
    static func altered(_ ask: Ask) -> Ask {
        var ask = ask
        switch ask.question {
        case .region(let signal, let last, let baselineMW):
            ask.question = .region(signal: signal.extreme(ask.tick), last: last, customerBaselineMW: baselineMW)
        case .service(let signals, let last):
            ask.question = .service(
                signals: signals.enumerated().map { $1.extreme(ask.tick + $0) }, last: last)
        case .grid, .quote: break
        }
        return ask
    }
}

extension BusSignal {
    /// A signal at an edge, another one for each number.
    fileprivate func extreme(_ number: Int) -> BusSignal {
        let prices = [-1e9, 0, 1e9, -1e-300]
        var signal = self
        signal.priceUSDPerMWh = prices[number % prices.count]
        signal.marginalEmissionsKgPerMWh = prices[(number + 1) % prices.count]
        signal.averageEmissionsKgPerMWh = 0
        signal.headroomMW = number % 2 == 0 ? 0 : .infinity
        signal.forecastPriceUSDPerMWh = Array(repeating: prices[number % prices.count], count: 10_000)
        signal.forecastMarginalEmissionsKgPerMWh = Array(repeating: 0, count: 10_000)
        return signal
    }
}
