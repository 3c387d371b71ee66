import CoSimulation
import Scenarios
import Testing

@Suite("Notices")
struct NoticeTests {
    private func notices(_ edits: [(file: String, old: String, new: String)]) throws -> String {
        var files = GoodScenario.files
        for edit in edits { files = GoodScenario.edited(edit.file, edit.old, edit.new, in: files) }
        return try GoodScenario.load(files).notices.map(\.description).joined(separator: "\n")
    }

    @Test("a class that misses its budget at home")
    func budget() throws {
        let text = try notices([("scenario.yaml", "latencyBudgetMilliseconds: 300", "latencyBudgetMilliseconds: 100")])
        #expect(
            text.contains(
                "scenario.yaml:26:32 classes[0].latencyBudgetMilliseconds: class `interactive` of 2 service nodes misses its budget even "
                    + "at home: `stockholm` needs 250 ms of 110 ms; it runs at home all the same."), "\(text)")
    }

    @Test("demand beyond what home can run")
    func capacity() throws {
        let accelerators = try notices([("scenario.yaml", "accelerators: 100000", "accelerators: 14")])
        #expect(
            accelerators.contains(
                "regions[0]: with everything at home, demand reaches 200 % of its capacity at tick 5"),
            "\(accelerators)")
        let power = try notices([("scenario.yaml", "connectionMW: 150", "connectionMW: 0.001")])
        #expect(power.contains("of its connection at tick 5"), "\(power)")
        #expect(try notices([("scenario.yaml", "connectionMW: 150", "connectionMW: 0")]).contains("a thousandfold"))
    }

    @Test("a start that the clock on the wall shows twice")
    func ambiguousStart() throws {
        let files = [
            "scenario.yaml": GoodScenario.edited(
                "scenario.yaml", "start: 2024-07-08T00:00Z", "start: 2024-10-27T02:30")["scenario.yaml"]!
                .replacing("{file: demand.csv, column: north_gw}", with: "1").replacing(
                    "{file: demand.csv, column: south_connection_mw}", with: "1"
                )
                .replacing("{file: demand.csv, column: stockholm_interactive_requests}", with: "1")
                .replacing("{file: weather.csv, column: sun_percent, missing: interpolate}", with: "1"),
            "fleet.csv": GoodScenario.fleet, "latency.csv": GoodScenario.latency, "egress.csv": GoodScenario.egress,
        ]
        let scenario = try GoodScenario.load(files)
        #expect(scenario.experiment.clock.startSeconds == 1_729_989_000)
        #expect(scenario.notices.map(\.text).contains { $0.contains("the run starts at the first, 2024-10-27T00:30Z") })
    }

    @Test("a denial that also names a home")
    func denial() throws {
        let text = try notices([
            ("scenario.yaml", "{service: berlin, class: batch, region: north-1}", "{class: batch, region: north-1}")
        ])
        #expect(
            text.contains("masks.deny[0]: work of the services at home in this region may still run there."), "\(text)")
    }

    @Test("counts that were scaled, and values that were held")
    func filling() throws {
        let half = GoodScenario.demand.replacing(
            "05:00Z,1.0,65,600\n", with: "05:00Z,1.0,65,600\n2024-07-08T06:00Z,1.0,65,600\n")
        var files = GoodScenario.edited("scenario.yaml", "tickMinutes: 60", "tickMinutes: 30")
        files["demand.csv"] = half
        let scenario = try GoodScenario.load(files)
        #expect(
            scenario.experiment.services[0].agent.parameters.section("demand").series("interactive").horizon(
                from: 0, count: 3, tickCount: 6) == [50, 50, 100])
        #expect(scenario.notices.map(\.text).contains { $0.contains("values were multiplied by 0.5") })
        let held = try notices([("scenario.yaml", "missing: interpolate", "missing: hold")])
        #expect(
            held.contains(
                "weather.csv:4 gridOperators[1].fleet[1].availability: 2 missing values filled by holding the last value"
            ), "\(held)")
    }
}
