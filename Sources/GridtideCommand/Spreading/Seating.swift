internal import Scenarios

/// Which agent of a run is where.
struct Seating: Sendable, Equatable {
    /// Where agents are, in the order of the hosts.
    let places: [Place]
    /// The place of each agent, by number.
    let seats: [Int]

    /// All agents on this host.
    static func here(agentCount: Int) -> Seating {
        Seating(places: [.here], seats: [Int](repeating: 0, count: agentCount))
    }

    /// Agents over the hosts of a file: where they are named, and the rest in turn over the hosts that name none; where there
    /// is no such host, the rest stays here.
    init(of agents: [String], over hosts: [HostsFile.Host]) {
        var seats = [Int?](repeating: nil, count: agents.count)
        for (index, host) in hosts.enumerated() {
            let own = Set(host.agents ?? [])
            for (number, name) in agents.enumerated() where own.contains(name) { seats[number] = index }
        }
        let open = hosts.indices.filter { hosts[$0].agents == nil }
        let isFull = open.isEmpty
        let rest = agents.indices.filter { seats[$0] == nil }
        for (turn, number) in rest.enumerated() { seats[number] = isFull ? hosts.count : open[turn % open.count] }
        self.init(places: hosts.map(Place.host) + (isFull ? [.here] : []), seats: seats.map { $0! })
    }

    /// Agents in turn over the nodes of a job.
    init(agentCount: Int, over nodes: [String]) {
        self.init(places: nodes.map(Place.node), seats: (0..<agentCount).map { $0 % nodes.count })
    }

    private init(places: [Place], seats: [Int]) {
        self.places = places
        self.seats = seats
    }

    /// The numbers of the agents at a place, ascending.
    func agents(at place: Int) -> [Int] { seats.indices.filter { seats[$0] == place } }
}
