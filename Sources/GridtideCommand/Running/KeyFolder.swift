internal import CoSimulation
internal import Foundation
internal import ZeroMQTransport

/// The keys of a run over tcp: in a folder for this user alone, with a file for each participant.
///
/// They are made anew whenever processes are started, and removed with them.
struct KeyFolder {
    private let url: URL

    /// Makes new keys for the processes of agents, the recorder and the coordinator, in the place of any older ones.
    /// Throws `CommandError` or `ZeroMQError`.
    init(for groups: [AgentGroup], at folder: URL) throws {
        url = folder
        remove()
        guard mkdir(url.path, 0o700) == 0 else {
            throw CommandError(.inputOutput, "\(url.path) cannot be made: \(String(cString: strerror(errno)))")
        }
        let keys = try RunKeys(groups: groups.map(\.agents) + [[Hello.recorderName]])
        for (name, speaker) in groups.map({ ($0.name, $0.agents[0]) }) + [(Hello.recorderName, Hello.recorderName)] {
            try KeyFile.write(keys.links[speaker]!, of: name, to: file(of: name))
        }
        try KeyFile.write(keys.hub, to: file(of: Child.coordinatorName))
    }

    /// The key file of a process of agents, the recorder or the coordinator.
    func file(of name: String) -> String { url.appendingPathComponent("\(name).key").path }

    /// Removes the folder; whoever still has one of its keys can do nothing with it.
    func remove() { try? FileManager.default.removeItem(at: url) }
}
