internal import ArgumentParser
internal import CoSimulation
internal import Foundation
internal import ReferenceAgents
internal import Scenarios

/// `gridtide agent check`: whether a program keeps the protocol.
struct AgentCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Try an agent's program against every rule of the protocol.",
        discussion: """
            The program is started some fifteen times and led through a conversation: welcomed, refused, asked, asked again, \
            killed, told its past. Each rule it breaks is named with what to do. Status 1 when it breaks one.
            """)

    @Argument(help: "Folder that 'gridtide agent new' made, or a program with its arguments behind the options.")
    var agent: [String]
    @Option(
        help: "Role it plays, where the folder does not say: grid-operator, compute-region or service-node.",
        transform: AgentRole.parse)
    var role: AgentRole?
    @Option(help: "Settings it is checked with, as YAML; else those of the agent whose place it takes.")
    var settings: String?
    @Option(help: "Scenario to check it in, instead of a built-in one of six ticks.")
    var scenario: String?
    @Option(help: "Agent of that scenario whose place it takes.")
    var replace: String?
    @Option(help: "Rule to try, and only those; may be repeated.")
    var rule: [Rule] = []
    @Option(help: "Seconds an answer may take.")
    var deadline = 10.0
    @OptionGroup var output: OutputArguments

    func validate() throws {
        guard !agent.isEmpty else { throw ValidationError("Name a folder or a program.") }
        guard deadline > 0 else { throw ValidationError("A --deadline is more than 0 seconds.") }
        guard (scenario == nil) == (replace == nil) else {
            throw ValidationError(
                "--scenario and --replace go together: the agent of the scenario whose place it takes.")
        }
    }

    func run() throws {
        let console = output.console
        let source = try AgentSource.find(agent, console: console)
        let (experiment, name) = try experiment(for: source)
        guard let number = experiment.agent(named: name) else { preconditionFailure("\(name) was replaced") }
        console.note("checking \(source.name) as \(name), a \(experiment.role(ofAgent: number).rawValue)")
        let (verdicts, slowest) = try ConformanceKit.check(
            experiment, agent: number, command: source.command, deadline: .seconds(deadline),
            only: Set(rule))
        let broken = verdicts.filter { $0.outcome == .broken }
        if output.json {
            console.print(
                try console.json(
                    Report(
                        agent: source.name, role: experiment.role(ofAgent: number).rawValue, conforms: broken.isEmpty,
                        slowestAnswerMilliseconds: slowest / .milliseconds(1), rules: verdicts.map(Report.Line.init))))
        } else {
            for verdict in verdicts { console.print(Self.text(verdict)) }
            let kept = verdicts.count { $0.outcome == .kept }
            console.print(
                broken.isEmpty
                    ? "\(kept) rules kept; the slowest answer took \(String(format: "%.1f", slowest / .milliseconds(1))) ms."
                    : "\(kept) rules kept, \(broken.count) broken.")
        }
        if !broken.isEmpty { throw CommandError(.failed, "") }
    }

    private func experiment(for source: AgentSource) throws -> (Experiment, String) {
        if let scenario, let replace {
            let loaded = try Scenario.load(
                scenario, catalogue: ReferenceAgents.catalogue,
                replacements: [source.replacing(replace, settings: settings)])
            return (loaded.experiment, replace)
        }
        guard let role = role ?? source.role else {
            throw CommandError(.invalidInput, "Say which role it plays: --role with one of \(AgentRole.list).")
        }
        let place = PracticeScenario.place(of: role)
        let replacement = source.replacing(place, settings: settings ?? source.settings)
        return (try PracticeScenario.load(replacement).experiment, place)
    }

    private static func text(_ verdict: Verdict) -> String {
        let name = verdict.rule.rawValue.padded(to: 14)
        switch verdict.outcome {
        case .kept: return "kept     \(name)\(verdict.rule.text)"
        case .untried: return "not tried \(name.dropLast())\(verdict.finding)"
        case .broken:
            return """
                BROKEN   \(name)\(verdict.rule.text)
                         \(verdict.finding)
                         \(verdict.rule.remedy)
                """
        }
    }

    private struct Report: Encodable {
        struct Line: Encodable {
            let rule: String
            let outcome: String
            let text: String
            let finding: String?
            let remedy: String?

            init(_ verdict: Verdict) {
                rule = verdict.rule.rawValue
                outcome = verdict.outcome.rawValue
                text = verdict.rule.text
                finding = verdict.finding.isEmpty ? nil : verdict.finding
                remedy = verdict.outcome == .broken ? verdict.rule.remedy : nil
            }
        }

        let agent: String
        let role: String
        let conforms: Bool
        let slowestAnswerMilliseconds: Double
        let rules: [Line]
    }
}

extension AgentRole {
    /// The role of a word on the command line. Throws `ValidationError`.
    static func parse(_ word: String) throws -> AgentRole {
        guard let role = AgentRole(rawValue: word) else {
            throw ValidationError("'\(word)' is no role; there are \(list).")
        }
        return role
    }
}

extension Rule: ExpressibleByArgument {}
