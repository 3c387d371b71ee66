internal import CoSimulation
internal import Foundation
internal import Scenarios
internal import ZeroMQTransport

/// How the agents of a run are spread over hosts, as its plan keeps it.
enum Spread: Codable, Equatable {
    /// Over the hosts of a file, by ssh.
    case hosts(HostsFile)
    /// Over the nodes of the Slurm job that the launcher is in; at an address in numbers, or the one that Slurm knows.
    case slurm(address: String?)

    /// Where the agents of a run are, and where its coordinator listens.
    struct Site {
        let seating: Seating
        /// Nil for a place of the coordinator's own choice.
        let endpoint: String?
    }

    /// The site of a run as things are now. Throws `CommandError`.
    ///
    /// Outside of a job, a run of Slurm goes on on this host: its result is the same wherever it runs.
    func site(of experiment: Experiment) throws -> Site {
        switch self {
        case .hosts(let file):
            return Site(
                seating: Seating(of: (0..<experiment.agentCount).map { experiment.agent($0).name }, over: file.hosts),
                endpoint: Endpoint.tcp(host: file.address, port: file.port).description)
        case .slurm(let address):
            guard Slurm.isInJob else {
                return Site(seating: .here(agentCount: experiment.agentCount), endpoint: nil)
            }
            let allocation = try Slurm.allocation(address: address)
            return Site(
                seating: Seating(agentCount: experiment.agentCount, over: allocation.nodes),
                endpoint: Endpoint.tcp(host: allocation.address, port: 0).description)
        }
    }
}
