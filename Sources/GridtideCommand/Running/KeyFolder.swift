internal import CoSimulation
internal import Foundation
internal import ZeroMQTransport

/// The keys of a run over tcp: in a folder for this user alone, with a file for each participant.
///
/// They are made anew whenever processes are started, and removed with them.
struct KeyFolder {
    private let url: URL

    /// Makes new keys for the agents of an experiment, its recorder and its coordinator, in the place of any older ones.
    /// Throws `CommandError` or `ZeroMQError`.
    init(for experiment: Experiment, at folder: URL) throws {
        url = folder
        remove()
        guard mkdir(url.path, 0o700) == 0 else {
            throw CommandError(.inputOutput, "\(url.path) cannot be made: \(String(cString: strerror(errno)))")
        }
        let agents = (0..<experiment.agentCount).map { experiment.agent($0).name }
        let keys = try RunKeys(peers: agents + [Hello.recorderName])
        for (name, link) in keys.links { try KeyFile.write(link, of: name, to: file(of: name)) }
        try KeyFile.write(keys.hub, to: file(of: Child.coordinatorName))
    }

    /// The key file of an agent, the recorder or the coordinator.
    func file(of name: String) -> String { url.appendingPathComponent("\(name).key").path }

    /// Removes the folder; whoever still has one of its keys can do nothing with it.
    func remove() { try? FileManager.default.removeItem(at: url) }
}
