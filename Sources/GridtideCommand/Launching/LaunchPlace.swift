internal import ArgumentParser

/// Where a launched run has its processes.
enum LaunchPlace: ExpressibleByArgument {
    /// In containers, by a compose file that is written for it.
    case compose

    /// The place as the command line names it; nil for any other text.
    init?(argument: String) {
        switch argument {
        case "compose": self = .compose
        default: return nil
        }
    }

    static var allValueStrings: [String] { ["compose"] }
}
