internal import CoSimulation
internal import Foundation
internal import Scenarios

/// The processes of a run by role: what is started, and who is started by hand.
struct RunParts {
    let experiment: Experiment
    /// Which agents each process plays.
    let groups: [AgentGroup]
    let folder: RunFolder
    let options: RunOptions
    /// The folder foreign agents are started in.
    let scenarioFolder: URL
    /// Whether the journal is synced after every tick.
    let isDurable: Bool
    /// Whether processes may talk over tcp without keys.
    let isInsecure: Bool
    /// Whether it is measured where the time goes.
    let isProfiled: Bool
    /// The keys of the run; nil where it needs none.
    var keys: KeyFolder?
    /// Whether the coordinator says of every tick that it is finished.
    let tellsEveryTick: Bool
    private let groupsByName: [String: AgentGroup]
    private let processes: [String: String]

    /// The processes of a run, without keys as yet.
    init(
        experiment: Experiment, folder: RunFolder, options: RunOptions, scenarioFolder: URL, isDurable: Bool,
        isInsecure: Bool, isProfiled: Bool, tellsEveryTick: Bool
    ) {
        self.experiment = experiment
        self.folder = folder
        self.options = options
        self.scenarioFolder = scenarioFolder
        self.isDurable = isDurable
        self.isInsecure = isInsecure
        self.isProfiled = isProfiled
        self.tellsEveryTick = tellsEveryTick
        groups = AgentGroup.all(of: experiment, options: options)
        groupsByName = Dictionary(uniqueKeysWithValues: groups.map { ($0.name, $0) })
        processes = Dictionary(
            uniqueKeysWithValues: groups.flatMap { group in group.agents.map { ($0, group.name) } })
    }

    /// The coordinator's process.
    func coordinator(endpoint: String) -> Child {
        Child(
            name: Child.coordinatorName, title: "the coordinator",
            arguments: [
                "coordinator", folder.url.path, "--endpoint", endpoint, "--tick-deadline",
                String(options.tickDeadlineSeconds), "--arrival-deadline", String(options.arrivalDeadlineSeconds),
                "--lifeline",
            ] + access(of: Child.coordinatorName) + (isDurable ? ["--durable"] : [])
                + (isProfiled ? ["--profile"] : []) + (tellsEveryTick ? ["--every-tick"] : [])
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
        return [recorder] + groups.compactMap { child(for: $0, endpoint: endpoint, digest: digest) }
    }

    private func child(for group: AgentGroup, endpoint: String, digest: String) -> Child? {
        let name = group.name
        return switch options.launches[name] {
        case .byHand: nil
        case .command(let words):
            Child(
                name: name, title: group.title, arguments: words, log: log(name),
                environment: call(name, endpoint: endpoint).environment,
                foreignFolder: scenarioFolder.path)
        case nil:
            Child(
                name: name, title: group.title,
                arguments: ["agent", "play"] + group.agents + [
                    "--endpoint", endpoint, "--scenario", digest, "--lifeline",
                ] + access(of: name),
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

    /// The agents somebody else starts.
    var invited: [String] { groups.map(\.name).filter { options.launches[$0] == .byHand } }

    /// How messages name a process.
    func title(of process: String) -> String { group(process)?.title ?? "the \(process)" }

    /// Those a process speaks for: its agents, or itself.
    func speakers(of process: String) -> [String] { group(process)?.agents ?? [process] }

    /// The process that plays an agent, or is of that name.
    func process(of agent: String) -> String { processes[agent] ?? agent }

    /// What is done when a process is lost; where its agents differ in that, what is strictest: to fail before to restart
    /// before to go on without.
    func policy(of process: String) -> RunOptions.LossPolicy {
        guard let group = group(process) else { return options.policy(of: process, isAgent: false) }
        let policies = group.agents.map { options.policy(of: $0, isAgent: true) }
        return [.fail, .restart].first(where: policies.contains) ?? .absent
    }

    private func group(_ process: String) -> AgentGroup? { groupsByName[process] }

    private func log(_ name: String) -> String { folder.logs.appendingPathComponent("\(name).log").path }
}
