internal import CoSimulation
internal import Foundation
internal import Scenarios

/// The processes of a run by role: what is started, and who is started by hand.
struct RunParts {
    let experiment: Experiment
    let folder: RunFolder
    let options: RunOptions
    /// The folder foreign agents are started in.
    let scenarioFolder: URL
    /// Whether the journal is synced after every tick.
    let isDurable: Bool
    /// Whether processes may talk over tcp without keys.
    let isInsecure: Bool
    /// The keys of the run; nil where it needs none.
    var keys: KeyFolder?
    /// Whether the coordinator says of every tick that it is finished.
    let tellsEveryTick: Bool

    /// The coordinator's process.
    func coordinator(endpoint: String) -> Child {
        Child(
            name: Child.coordinatorName, title: "the coordinator",
            arguments: [
                "coordinator", folder.url.path, "--endpoint", endpoint, "--tick-deadline",
                String(options.tickDeadlineSeconds), "--arrival-deadline", String(options.arrivalDeadlineSeconds),
                "--lifeline",
            ] + access(of: Child.coordinatorName) + (isDurable ? ["--durable"] : [])
                + (tellsEveryTick ? ["--every-tick"] : [])
                + options.slowness.flatMap { ["--slow", SlownessArgument($0).description] },
            log: log("coordinator"), isHeard: true)
    }

    /// The recorder and the agents that the run starts.
    func participants(endpoint: String) -> [Child] {
        let digest = experiment.digest.description
        let recorder = Child(
            name: Hello.recorderName, title: "the recorder",
            arguments: ["recorder", folder.url.path, "--endpoint", endpoint, "--scenario", digest, "--lifeline"]
                + access(of: Hello.recorderName),
            log: log("recorder"))
        return [recorder] + names.compactMap { agent($0, endpoint: endpoint, digest: digest) }
    }

    private func agent(_ name: String, endpoint: String, digest: String) -> Child? {
        switch options.launches[name] {
        case .byHand: nil
        case .command(let words):
            Child(
                name: name, title: title(of: name), arguments: words, log: log(name),
                environment: call(name, endpoint: endpoint).environment,
                foreignFolder: scenarioFolder.path)
        case nil:
            Child(
                name: name, title: title(of: name),
                arguments: ["agent", "play", name, "--endpoint", endpoint, "--scenario", digest, "--lifeline"]
                    + access(of: name),
                log: log(name))
        }
    }

    /// What the program of a foreign agent is told.
    func call(_ name: String, endpoint: String) -> ForeignCall {
        ForeignCall(
            agent: name, endpoint: endpoint, scenario: experiment.digest.description, keyFile: keys?.file(of: name),
            isInsecure: isInsecure)
    }

    /// How a process of this program is let in.
    private func access(of name: String) -> [String] {
        if let keys { return ["--key", keys.file(of: name)] }
        return isInsecure ? ["--insecure"] : []
    }

    /// Names of the agents, by number.
    var names: [String] { (0..<experiment.agentCount).map { experiment.agent($0).name } }

    /// The agents somebody else starts.
    var invited: [String] { names.filter { options.launches[$0] == .byHand } }

    /// How messages name a process.
    func title(of name: String) -> String {
        guard let number = experiment.agent(named: name) else { return "the \(name)" }
        return "\(experiment.role(ofAgent: number).rawValue) \(name)"
    }

    private func log(_ name: String) -> String { folder.logs.appendingPathComponent("\(name).log").path }
}
