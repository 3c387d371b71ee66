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
    /// Where agents are.
    let seating: Seating
    /// The keys of the run; nil where it needs none.
    var keys: KeyFolder?
    /// Where keys are on other hosts, by the host's name.
    var keyFolders: [String: String] = [:]
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
                foreignFolder: foreignFolder(at: place(of: name)), place: place(of: name))
        case nil:
            Child(
                name: name, title: title(of: name),
                arguments: ["agent", "play", name, "--endpoint", endpoint, "--scenario", digest, "--lifeline"]
                    + access(of: name),
                log: log(name), place: place(of: name))
        }
    }

    /// Where an agent is; the coordinator and the recorder are here, where the folder of the run is.
    private func place(of name: String) -> Place {
        experiment.agent(named: name).map { seating.places[seating.seats[$0]] } ?? .here
    }

    private func foreignFolder(at place: Place) -> String {
        if case .host(let host) = place, let folder = host.folder { return folder }
        return scenarioFolder.path
    }

    // MARK: Other hosts

    /// The hosts that ssh reaches.
    var hosts: [HostsFile.Host] {
        seating.places.compactMap { place in
            guard case .host(let host) = place else { return nil }
            return host
        }
    }

    /// The key files that belong on a host, by name. Throws where one cannot be read.
    func keyFiles(on host: HostsFile.Host) throws -> [String: String] {
        guard let keys else { return [:] }
        let own = names.filter { place(of: $0) == .host(host) && options.launches[$0] != .byHand }
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
            agent: name, endpoint: endpoint, scenario: experiment.digest.description, keyFile: options.launches[name] == .byHand ? keys?.file(of: name) : keyFile(of: name),
            isInsecure: isInsecure)
    }

    /// How a process of this program is let in.
    private func access(of name: String) -> [String] {
        if let file = keyFile(of: name) { return ["--key", file] }
        return isInsecure ? ["--insecure"] : []
    }

    /// Names of the agents, by number.
    var names: [String] { (0..<experiment.agentCount).map { experiment.agent($0).name } }

    /// The agents somebody else starts.
    var invited: [String] { names.filter { options.launches[$0] == .byHand } }

    /// How messages name a process.
    func title(of name: String) -> String {
        guard let number = experiment.agent(named: name) else { return "the \(name)" }
        let place = place(of: name).name.map { " on \($0)" } ?? ""
        return "\(experiment.role(ofAgent: number).rawValue) \(name)\(place)"
    }

    /// Where what a process writes goes.
    func log(_ name: String) -> String { folder.logs.appendingPathComponent("\(name).log").path }
}
