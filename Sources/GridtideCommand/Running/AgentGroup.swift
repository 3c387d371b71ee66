internal import CoSimulation
internal import Scenarios

/// Agents that one process of a run plays.
struct AgentGroup: Sendable, Equatable {
    /// Name of the process: that of its agent or, of several, one that no agent can have.
    let name: String
    /// How messages name it, such as "compute-region north-1".
    let title: String
    /// Names of the agents, ascending by number.
    let agents: [String]
    /// Where the process is.
    let place: Place

    /// How the agents of an experiment are shared out among processes; those with a program of their own have one each.
    ///
    /// Unless the options say otherwise, each has a process of its own on this host, and all on another host have one.
    /// - Parameter seating: where agents are; all on this host unless given.
    static func all(of experiment: Experiment, options: RunOptions, seating: Seating? = nil) -> [AgentGroup] {
        let seating = seating ?? .here(agentCount: experiment.agentCount)
        return seating.places.enumerated().flatMap { index, place in
            groups(of: seating.agents(at: index), at: place, experiment, options)
        }
    }

    private static func groups(
        of numbers: [Int], at place: Place, _ experiment: Experiment, _ options: RunOptions
    ) -> [AgentGroup] {
        func isOwn(_ number: Int) -> Bool { options.launches[experiment.agent(number).name] == nil }
        let own = numbers.filter(isOwn)
        let groups =
            switch options.processes ?? (place == .here ? .perAgent : .count(1)) {
            case .perAgent: own.map { ("", [$0]) }
            case .perRole:
                AgentRole.allCases.map { role in
                    ("@\(role.rawValue)s", own.filter { experiment.role(ofAgent: $0) == role })
                }
            case .count(let count):
                // Each in turn, so that every phase has its part in every process.
                (0..<count).map { first in
                    ("@\(first + 1)", stride(from: first, to: own.count, by: count).map { own[$0] })
                }
            }
        let foreign = numbers.filter { !isOwn($0) }.map { ("", [$0]) }
        return (groups + foreign).filter { !$0.1.isEmpty }.map { name, numbers in
            // Whoever starts one by hand knows where.
            let isByHand = options.launches[experiment.agent(numbers[0]).name] == .byHand
            return AgentGroup(named: name, at: isByHand ? .here : place, experiment, numbers)
        }
    }

    private init(named name: String, at place: Place, _ experiment: Experiment, _ numbers: [Int]) {
        self.place = place
        agents = numbers.map { experiment.agent($0).name }
        let whereabouts = place.name.map { " on \($0)" } ?? ""
        if agents.count == 1 {
            self.name = agents[0]
            title = "\(experiment.role(ofAgent: numbers[0]).rawValue) \(agents[0])\(whereabouts)"
        } else {
            self.name = name + (place.name.map { "@\($0)" } ?? "")
            title = "process \(name) of \(agents.count) agents\(whereabouts)"
        }
    }
}
