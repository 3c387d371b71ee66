internal import RunAnalysis

// Where the time of a profiled run went.
extension Material {
    private static let parts = [
        "solving", "computing", "coding", "journal", "recording", "way, queue", "waiting", "rest",
    ]

    /// Time of a tick by who spent it on what; nil of a run that was not profiled.
    var profileFigure: Figure? {
        guard let profile, profile.tickCount > 0 else { return nil }
        let ticks = Double(profile.tickCount)
        var table = Table([
            .words("who", "who"), .words("part", "part"), .init("ms", "mean of a tick", "ms"),
        ])
        func add(_ who: String, _ part: String, _ milliseconds: Double?) {
            if let milliseconds { table.add([.text(who), .text(part), .number(milliseconds)]) }
        }
        for part in profile.coordinator { add("coordinator", part.name, part.seconds * 1000 / ticks) }
        add("recorder", "recording", profile.recordingSeconds * 1000 / ticks)
        let slowest = profile.agents.sorted { ($1.waitMilliseconds, $0.name) < ($0.waitMilliseconds, $1.name) }
        for agent in slowest {
            let perTick = Double(agent.exchangeCount) / ticks
            guard let way = agent.wayMilliseconds else {
                add(agent.name, "waiting", agent.waitMilliseconds * perTick)
                continue
            }
            add(agent.name, "computing", agent.computingMilliseconds.map { $0 * perTick })
            add(agent.name, "coding", agent.codingMilliseconds.map { $0 * perTick })
            add(agent.name, "way, queue", way * perTick)
        }
        let shown = ["coordinator", "recorder"] + slowest.prefix(12).map(\.name)
        let waiting = profile.coordinator.first { $0.name == "waiting" }?.share
        return Figure(
            id: "profile",
            title:
                "A tick takes \(Self.text(profile.seconds * 1000 / ticks)) ms, of which the coordinator waits \(Self.text(waiting.map { 100 * $0 })) %",
            caption:
                "Mean time of a tick by who spent it on what: the coordinator, the recorder beside it, and the agents that were waited for longest. Way and queue is what is left of an agent's wait. Times differ from run to run and are no part of the digest.",
            description: "Stacked bars of the time of a tick for coordinator, recorder and agents.",
            note: slowest.count > 12
                ? "The 12 slowest of \(slowest.count) agents are drawn; the table has all." : "",
            spec: Spec.wide(
                height: 22 * Double(shown.count),
                [
                    "transform": [["filter": ["field": "who", "oneOf": .list(shown.map(JSON.text))]]],
                    "mark": ["type": "bar", "height": ["band": 0.7]],
                    "encoding": [
                        "y": table.words("who", ["sort": .list(shown.map(JSON.text)), "axis": ["title": nil]]),
                        "x": ["field": "ms", "type": "quantitative", "title": "mean of a tick, ms", "stack": "zero"],
                        "color": [
                            "field": "part", "type": "nominal", "title": nil,
                            "scale": ["domain": .list(Self.parts.map(JSON.text))],
                        ],
                        "tooltip": table.hover("who", "part", "ms"),
                    ],
                ]), table: table)
    }
}
