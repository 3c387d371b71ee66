import CoSimulation
import Scenarios
import Testing

@Suite("Another strategy in the place of an agent")
struct ReplacementTests {
    private func load(
        _ replacements: Replacement..., files: [String: String] = GoodScenario.files, overrides: [String] = []
    ) throws(ScenarioError) -> Experiment {
        try Scenario.load(
            .memory(files), catalogue: TestCatalogue.catalogue, overrides: overrides, replacements: replacements
        ).experiment
    }

    private func program(_ agent: String, settings: String? = nil) -> Replacement {
        Replacement(agent: agent, player: .program(name: "own", command: ["own"]), settings: settings)
    }

    @Test("takes an agent from a table with the settings of its row")
    func tables() throws {
        let site = try load(program("b"), files: TableAgentTests.files).regions[1]
        #expect(site.agent.isForeign && site.agent.strategy == "own" && site.gridOperator == 0)
        #expect(site.agent.parameters.number("connectionMW") == 7, "7000 kW in the table")
        #expect(site.agent.parameters.number("markUpUSDPerMWh") == 3)
        let node = try load(program("z"), files: TableAgentTests.files).services[1].agent
        #expect(node.parameters == Parameters([("demand", .section(Parameters([("chat", .number(200))])))]))
        let honest = Replacement(agent: "a", player: .strategy("marking-up"))
        #expect(try load(honest, files: TableAgentTests.files).regions[0].agent.strategy == "marking-up")
    }

    @Test("gives a program what the strategy would have read: units, and rows of tables")
    func units() throws {
        let native = try load().gridOperators[0].agent
        let own = try load(program("north")).gridOperators[0].agent
        #expect(own.parameters.series("demandMW")[1] == 600, "0.6 GW in the file")
        #expect(own.parameters.sections("fleet").map { $0.text("name") } == ["hydro", "wind"])
        #expect(own.parameters == native.parameters)
        let (gas, plain) = (try load().gridOperators[1].agent, try load(program("south")).gridOperators[1].agent)
        #expect(gas.parameters.sections("fleet")[0].number("availability") == 1, "a default")
        #expect(
            plain.parameters.sections("fleet")[0].entries.map(\.name) == [
                "capacityMW", "costUSDPerMWh", "emissionsKgPerMWh", "name", "technology",
            ])
    }

    @Test("takes settings that only it knows, or its own instead of those that stand there")
    func settings() throws {
        let more = try load(program("north"), overrides: ["gridOperators.north.mood=calm"]).gridOperators[0].agent
        #expect(more.parameters.text("mood") == "calm")
        let own = try load(program("north", settings: "{demandMW: low}")).gridOperators[0].agent
        #expect(own.parameters == Parameters([("demandMW", .text("low"))]), "no field of the strategy that was there")
        let twice = try load(program("north"), program("north")).gridOperators[0].agent
        #expect(twice.parameters.series("demandMW")[1] == 600)
    }

    @Test("says how to leave out a setting of the place that the program refuses")
    func refusals() throws {
        func remedies(_ replacement: Replacement, _ setting: String, _ files: [String: String]) throws -> [String] {
            let error = try #require(throws: ScenarioError.self) {
                try Scenario.load(
                    .memory(files), catalogue: TestCatalogue.catalogue, replacements: [replacement],
                    checkForeign: { experiment, _ in
                        let error = ParameterError(path: setting, problem: "it is unknown", remedy: "It reads: pue.")
                        return [(experiment.agent(named: replacement.agent)!, error)]
                    })
            }
            return error.faults.map(\.remedy)
        }
        let hint = "It reads: pue. Leave out what stands there with --set gridOperators.south.fleet[0].technology=."
        #expect(try remedies(program("south"), "fleet[0].technology", GoodScenario.files) == [hint])
        #expect(try remedies(program("south"), "absent", GoodScenario.files) == ["It reads: pue."])
        #expect(
            try remedies(program("b"), "markUpUSDPerMWh", TableAgentTests.files) == ["It reads: pue."],
            "no --set reaches a table")
    }

    @Test("names an agent that is not there, and what is wrong with the settings")
    func faults() throws {
        func faults(_ replacement: Replacement, _ files: [String: String] = GoodScenario.files) -> [ScenarioFault] {
            do { _ = try load(replacement, files: files) } catch { return error.faults }
            return []
        }
        let unknown = faults(program("nobody"), TableAgentTests.files)
        #expect(unknown.map(\.code) == [.invalidOverride])
        #expect(unknown.first?.problem == "the scenario has no agent named `nobody`.")
        #expect(unknown.first?.remedy == "Known here: north, a, b, x, z.")
        #expect(faults(program("nort")).first?.remedy == "Did you mean `north`?")
        #expect(faults(program("north", settings: "[1]")).map(\.problem) == ["its settings are no section."])
        let negative = GoodScenario.edited("regions.csv", "7000,,1.2", "-7000,,1.2", in: TableAgentTests.files)
        #expect(faults(program("b"), negative).map(\.path) == ["regions[1].strategy.parameters.connectionMW"])
        let broken = GoodScenario.edited("regions.csv", "name,", "nam,", in: TableAgentTests.files)
        #expect(!faults(program("b"), broken).map(\.code).contains(.invalidOverride), "it cannot be known who is there")
    }
}
