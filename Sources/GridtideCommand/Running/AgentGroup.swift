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

    /// How the agents of an experiment are shared out among processes; those with a program of their own have one each.
    static func all(of experiment: Experiment, options: RunOptions) -> [AgentGroup] {
        let numbers = Array(0..<experiment.agentCount)
        func isOwn(_ number: Int) -> Bool { options.launches[experiment.agent(number).name] == nil }
        let own = numbers.filter(isOwn)
        let groups =
            switch options.processes ?? .perAgent {
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
        return (groups + foreign).filter { !$0.1.isEmpty }.map { AgentGroup(named: $0, experiment, $1) }
    }

    private init(named name: String, _ experiment: Experiment, _ numbers: [Int]) {
        agents = numbers.map { experiment.agent($0).name }
        if agents.count == 1 {
            self.name = agents[0]
            title = "\(experiment.role(ofAgent: numbers[0]).rawValue) \(agents[0])"
        } else {
            self.name = name
            title = "process \(name) of \(agents.count) agents"
        }
    }
}
