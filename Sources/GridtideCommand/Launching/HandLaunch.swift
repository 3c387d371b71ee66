internal import CoSimulation
internal import Foundation
internal import Scenarios
internal import ZeroMQTransport

/// Prepares a run whose processes somebody starts, wherever that is, and says how.
struct HandLaunch {
    let scenario: Scenario
    /// The folder the scenario's files are in.
    let root: String
    let plan: RunPlan
    /// Where the coordinator is to listen, as all processes reach it.
    let endpoint: Endpoint
    /// The folder to make; nil for one of its own choice.
    let out: String?

    /// Writes the folder with run and keys, and returns it. Throws `CommandError`, `JournalError`, `RunStoreError` or
    /// `ZeroMQError`.
    func write() throws -> LaunchFolder {
        let folder = try LaunchFolder.make(at: out, name: scenario.experiment.name)
        try folder.prepare(scenario, root: root, plan: plan, groups: groups)
        return folder
    }

    private var groups: [AgentGroup] { AgentGroup.all(of: scenario.experiment, options: plan.options) }

    /// The command of each process, as a shell reads it: first the coordinator, then the recorder, then the agents.
    func commands(in folder: LaunchFolder) -> [String] {
        let run = folder.run.url.relativePath
        let keys = folder.keys.relativePath
        func line(_ words: [String], _ key: String) -> String {
            ShellWord.line(
                ["gridtide"] + words + ["--endpoint", endpoint.description, "--key", "\(keys)/\(key).key"])
        }
        return [
            line(["coordinator", run], Child.coordinatorName), line(["recorder", run], Hello.recorderName),
        ]
            + groups.map { group in
                let call = ForeignCall(
                    agent: group.name, endpoint: endpoint.description, scenario: "",
                    keyFile: "\(folder.keys.path)/\(group.name).key")
                return switch plan.options.launches[group.name] {
                case .command(let words): "cd \(ShellWord(root)) && \(call.text) \(ShellWord.line(words))"
                case .byHand: "# the program of \(group.name), with: \(call.text)"
                case nil: line(["agent", "play"] + group.agents, group.name)
                }
            }
    }
}
