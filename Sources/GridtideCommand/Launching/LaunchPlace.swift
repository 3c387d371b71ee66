internal import ArgumentParser

/// Where a launched run has its processes.
enum LaunchPlace: ExpressibleByArgument, CaseIterable {
    /// In containers, by a compose file that is written for it.
    case compose

    init?(argument: String) {
        guard let place = Self.allCases.first(where: { $0.defaultValueDescription == argument }) else { return nil }
        self = place
    }

    var defaultValueDescription: String {
        switch self {
        case .compose: "compose"
        }
    }

    static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
}
