internal import CoSimulation
internal import RunStore

/// What a run is, as it stands from its first moment: who takes part, where, and how long it is to be.
public struct RunAbout: Sendable {
    /// A balancing area.
    struct Area: Sendable {
        let name: String
        let gridOperator: String
    }

    let facts: RunFacts
    let agents: [RunAgent]
    /// Those that have been dispatched; an area whose operator has not answered yet is not among them.
    private(set) var areas: [Area] = []
    let events: [GridEvent]

    init(of run: RunSnapshot) throws {
        facts = try run.facts()
        let agents = try run.agents()
        self.agents = agents
        events = try run.gridEvents()
        try addAreas(of: run)
    }

    /// Adds the areas that have been dispatched for the first time.
    mutating func addAreas(of run: RunSnapshot) throws {
        for area in try run.areas().dropFirst(areas.count) {
            areas.append(Area(name: area.name, gridOperator: agents[area.gridOperator].name))
        }
    }

    /// Length of a tick, hours.
    var tickHours: Double { Double(facts.clock.tickSeconds) / 3600 }

    /// Start of a tick, in words.
    func utc(ofTick tick: Int) -> String {
        UTC.text(facts.clock.startSeconds + Int64(tick) * facts.clock.tickSeconds)
    }

    /// For the dashboard's page: names, places on the map, the land.
    var json: JSON {
        [
            "name": .text(facts.name), "mechanism": .text(facts.mechanism),
            "coupling": .text(facts.coupling.kind.rawValue),
            "seed": .text("\(facts.seed)"), "scenario": .text(facts.scenarioDigest.description),
            "startSeconds": .number(Double(facts.clock.startSeconds)),
            "tickSeconds": .number(Double(facts.clock.tickSeconds)),
            "plannedTicks": .number(Double(facts.clock.tickCount)), "version": .text(facts.gridtideVersion),
            "agents": .list(agents.map { ["name": .text($0.name), "role": .text($0.role.rawValue)] }),
            "events": .list(
                events.map { event in
                    [
                        "name": .text(event.name), "region": .text(agents[event.region].name),
                        "from": .number(Double(event.ticks.lowerBound)), "to": .number(Double(event.ticks.upperBound)),
                    ]
                }),
            "map": LiveMap(of: agents).json,
        ]
    }
}
