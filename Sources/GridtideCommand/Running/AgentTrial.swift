internal import CoSimulation
internal import Foundation
internal import Scenarios
internal import ZeroMQTransport

/// Starts the programs of foreign agents for as long as each takes to accept or refuse its settings.
///
/// To an agent it is a run that ends before its first tick: it is welcomed, then told to stop.
struct AgentTrial {
    /// What a program did not do, with its last words.
    typealias Refusal = (agent: Int, error: ParameterError)

    let experiment: Experiment
    let launches: [String: RunOptions.Launch]
    let folder: URL
    /// Longest time for all programs to answer.
    var patience = Duration.seconds(60)

    /// A program on trial.
    private struct Candidate {
        let agent: Int
        let process: Process
        let log: URL
        var isWelcomed = false
    }

    /// What the programs refuse, ascending by agent. Agents started by hand are not tried.
    func refusals() -> [Refusal] {
        let agents = (0..<experiment.agentCount).filter { command(of: $0) != nil }
        guard let first = agents.first else { return [] }
        do {
            let sockets = try SocketFolder()
            defer { sockets.remove() }
            let names = agents.map { experiment.agent($0).name }
            let hub = try Hub(at: try Endpoint(parsing: sockets.endpoint), peers: names)
            defer { try? hub.close() }
            return try hear(agents, at: hub)
        } catch {
            return [(first, problem("it cannot be tried: \(error)"))]
        }
    }

    private func command(of agent: Int) -> [String]? {
        guard case .command(let words)? = launches[experiment.agent(agent).name] else { return nil }
        return words
    }

    /// Starts everyone and listens until each has accepted, refused or ended.
    private func hear(_ agents: [Int], at hub: Hub) throws -> [Refusal] {
        let logs = FileManager.default.temporaryDirectory.appendingPathComponent("gridtide-trial-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
        let lifeline = Pipe()
        var candidates: [Int: Candidate] = [:]
        var started: [Process] = []
        var refusals: [Refusal] = []
        defer {
            for process in started where process.isRunning { kill(process.processIdentifier, SIGKILL) }
            try? FileManager.default.removeItem(at: logs)
        }
        for (slot, agent) in agents.enumerated() {
            let candidate = try start(
                agent, endpoint: hub.endpoint, logs: logs, lifeline: lifeline.fileHandleForReading)
            candidates[slot] = candidate
            started.append(candidate.process)
        }
        let deadline = SuspendingClock.now + patience
        while !candidates.isEmpty, .now < deadline {
            switch try hub.receive(timeoutMilliseconds: 20) {
            case .message(let slot, let kind):
                guard let candidate = candidates[slot] else { continue }
                let message = try? hub.withBody { (bytes) throws(WireError) in
                    try Message(kind: kind, body: bytes, agent: candidate.agent)
                }
                switch message {
                case .hello:
                    candidates[slot]?.isWelcomed = true
                    try welcome(candidate.agent, slot: slot, at: hub)
                case .failure(let text, let setting):
                    refusals.append((candidate.agent, setting ?? problem(text)))
                    candidates[slot] = nil
                default: break
                }
            // What a program sent before it ended has been heard when nothing more comes.
            case .timedOut:
                for (slot, candidate) in candidates where !candidate.process.isRunning {
                    if let error = judge(candidate) { refusals.append((candidate.agent, error)) }
                    candidates[slot] = nil
                }
            default: break
            }
        }
        for candidate in candidates.values {
            refusals.append(
                (
                    candidate.agent,
                    problem(
                        candidate.isWelcomed
                            ? "its program was told to stop and went on" : "its program did not say hello")
                ))
        }
        return refusals.sorted { $0.agent < $1.agent }
    }

    private func start(_ agent: Int, endpoint: Endpoint, logs: URL, lifeline: FileHandle) throws -> Candidate {
        let call = ForeignCall(
            agent: experiment.agent(agent).name, endpoint: endpoint.description,
            scenario: experiment.digest.description)
        let log = logs.appendingPathComponent("\(agent)")
        let process = try call.start(command(of: agent) ?? [], in: folder, lifeline: lifeline, log: log)
        return Candidate(agent: agent, process: process, log: log)
    }

    private func welcome(_ agent: Int, slot: Int, at hub: Hub) throws {
        let site = experiment.agent(agent)
        let welcome = Message.welcome(
            .agent(
                number: agent, seed: experiment.seed, strategy: site.strategy, setup: experiment.setup(ofAgent: agent)))
        for message in [welcome, .stop] { try hub.send(kind: message.kind, message.body(), to: slot) }
    }

    /// What is wrong with how a program ended; nil when it took part as it should.
    private func judge(_ candidate: Candidate) -> ParameterError? {
        let status = candidate.process.terminationStatus
        guard status != 0 || !candidate.isWelcomed else { return nil }
        let how = candidate.process.terminationReason == .uncaughtSignal ? "signal" : "status"
        return problem("its program ended with \(how) \(status)\(ForeignCall.lastWords(in: candidate.log))")
    }

    private func problem(_ text: String) -> ParameterError {
        ParameterError(
            path: "", problem: text, remedy: "See that the command starts a program that speaks the protocol.")
    }
}
