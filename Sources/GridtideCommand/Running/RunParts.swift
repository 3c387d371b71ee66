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
    /// Where keys are on other hosts, by the host's name.
    var keyFolders: [String: String] = [:]
    /// What starts reference agents on this host; see `AddressLayout`.
    var starter: [String] = []
    /// Whether the coordinator says of every tick that it is finished.
    let tellsEveryTick: Bool
    private let groupsByName: [String: AgentGroup]
    private let processes: [String: String]

    /// The processes of a run, without keys as yet; all on this host unless a seating is given.
    init(
        experiment: Experiment, folder: RunFolder, options: RunOptions, scenarioFolder: URL, isDurable: Bool,
        isInsecure: Bool, isProfiled: Bool = false, seating: Seating? = nil, tellsEveryTick: Bool
    ) {
        self.experiment = experiment
        self.folder = folder
        self.options = options
        self.scenarioFolder = scenarioFolder
        self.isDurable = isDurable
        self.isInsecure = isInsecure
        self.isProfiled = isProfiled
        self.tellsEveryTick = tellsEveryTick
        groups = AgentGroup.all(of: experiment, options: options, seating: seating)
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
                foreignFolder: foreignFolder(at: group.place), place: group.place)
        case nil:
            Child(
                name: name, title: group.title,
                arguments: ["agent", "play"] + group.agents + [
                    "--endpoint", endpoint, "--scenario", digest, "--lifeline",
                ] + access(of: name),
                log: log(name), place: group.place, starter: starter)
        }
    }

    /// Where a process is; the coordinator and the recorder are here, where the folder of the run is.
    private func place(of process: String) -> Place { group(process)?.place ?? .here }

    private func foreignFolder(at place: Place) -> String {
        if case .host(let host) = place, let folder = host.folder { return folder }
        return scenarioFolder.path
    }

    // MARK: Other hosts

    /// The hosts that ssh reaches.
    var hosts: [HostsFile.Host] {
        var found: [HostsFile.Host] = []
        for case .host(let host) in groups.map(\.place) where !found.contains(host) { found.append(host) }
        return found
    }

    /// The key files that belong on a host, by name. Throws where one cannot be read.
    func keyFiles(on host: HostsFile.Host) throws -> [String: String] {
        guard let keys else { return [:] }
        let own = groups.map(\.name).filter { place(of: $0) == .host(host) }
        return Dictionary(
            uniqueKeysWithValues: try own.map {
                ("\($0).key", try String(contentsOfFile: keys.file(of: $0), encoding: .utf8))
            })
    }

    /// The key file of a participant, where that is; nil where it needs none.
    private func keyFile(of name: String) -> String? {
        guard case .host(let host) = place(of: name), let folder = keyFolders[host.name] else {
            return keys?.file(of: name)
        }
        return keys.map { _ in "\(folder)/\(name).key" }
    }

    // MARK: Names

    /// What the coordinator says of an agent, with the host that it does not know.
    func locate(_ text: String, _ name: String) -> String {
        place(of: name).name.map { "\(text) (on \($0))" } ?? text
    }

    /// What the program of a foreign agent is told.
    func call(_ name: String, endpoint: String) -> ForeignCall {
        ForeignCall(
            agent: name, endpoint: endpoint, scenario: experiment.digest.description, keyFile: keyFile(of: name),
            isInsecure: isInsecure)
    }

    /// How a process of this program is let in.
    private func access(of name: String) -> [String] {
        if let file = keyFile(of: name) { return ["--key", file] }
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

    /// Where what a process writes goes.
    func log(_ name: String) -> String { folder.logs.appendingPathComponent("\(name).log").path }
}
