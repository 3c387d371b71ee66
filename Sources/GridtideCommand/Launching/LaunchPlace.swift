internal import ArgumentParser

/// Where a launched run has its processes.
enum LaunchPlace: ExpressibleByArgument, Equatable {
    /// In containers, by a compose file that is written for it.
    case compose
    /// Wherever somebody starts them.
    case hand
    /// On the nodes of a Slurm job.
    case slurm
    /// On the hosts of a file, by ssh.
    case hosts(file: String)

    /// The place as the command line names it; nil for any other text.
    init?(argument: String) {
        switch argument {
        case "compose": self = .compose
        case "hand": self = .hand
        case "slurm": self = .slurm
        case _ where argument.hasSuffix(".yaml") || argument.hasSuffix(".yml"): self = .hosts(file: argument)
        default: return nil
        }
    }

    static var allValueStrings: [String] { ["hosts.yaml", "slurm", "compose", "hand"] }
}
