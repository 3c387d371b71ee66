import CoSimulation
import Scenarios
import Testing

@Suite("An agent that is a program of its own")
struct ForeignAgentTests {
    private static let agent = """
        {name: berlin, home: south-1, location: {latitude: 52.5, longitude: 13.4}, strategy: \
        {exec: [python3, ./my_agent.py, -v], parameters: {demand: {interactive: 200000}, load: {file: demand.csv, \
        column: north_gw}, table: {file: fleet.csv}, mode: fast, code: "7", isOn: true, list: [1, a]}}}
        """

    private func load(_ strategy: String = agent, files: [String: String] = GoodScenario.files) throws -> Scenario {
        var files = files
        files["my_agent.py"] = "print()"
        return try GoodScenario.load(files, overrides: ["services.berlin=\(strategy)"])
    }

    private func berlin(_ strategy: String) throws -> AgentSite {
        try load("{name: berlin, home: south-1, location: {latitude: 1, longitude: 2}, strategy: \(strategy)}")
            .experiment.services[1].agent
    }

    @Test("gives its parameters as they look, with files as series and texts")
    func parameters() throws {
        let scenario = try load()
        let site = scenario.experiment.services[1].agent
        #expect(site.isForeign && site.strategy == "my_agent")
        #expect(site.parameters.section("demand").number("interactive") == 200_000)
        #expect(site.parameters.series("load")[1] == 0.6, "values come as they stand, for want of a unit")
        #expect(site.parameters.text("table") == GoodScenario.fleet)
        #expect(site.parameters.text("mode") == "fast" && site.parameters.text("code") == "7")
        #expect(site.parameters.boolean("isOn"))
        #expect(site.parameters["list"] == .list([.number(1), .text("a")]))
        #expect(scenario.run.launches == ["berlin": .command(["python3", "./my_agent.py", "-v"])])
        #expect(scenario.files.contains("my_agent.py"), "a run keeps the program beside the scenario")
    }

    @Test("is the same experiment however it is started, and another with other parameters")
    func digest() throws {
        let digest = try load().experiment.digest
        let interpreter = try load(
            Self.agent.replacing("python3, ./my_agent.py, -v", with: "/opt/bin/pypy, my_agent.py"))
        #expect(interpreter.experiment.digest == digest)
        let external = try load(
            Self.agent.replacing("exec: [python3, ./my_agent.py, -v]", with: "external: true, name: my_agent"))
        #expect(external.experiment.digest == digest)
        #expect(external.run.launches == ["berlin": .byHand])
        #expect(try load(Self.agent.replacing("fast", with: "slow")).experiment.digest != digest)
        let native = try load(Self.agent.replacing("isOn: true", with: "isOn: false"))
        #expect(native.experiment.digest != digest)
    }

    @Test("comes back from canonical bytes", arguments: [true, false])
    func bytes(isForeign: Bool) throws {
        var experiment = try load().experiment
        experiment.services[1].agent.isForeign = isForeign
        #expect(try Experiment(canonicalBytes: experiment.canonicalBytes()) == experiment)
    }

    @Test(
        "is named after its file",
        arguments: [
            ("{exec: [python3, my_agent.py]}", "my_agent"), ("{exec: [./agent, my_agent.py]}", "my_agent"),
            ("{exec: [/usr/local/bin/node.d/agent, x]}", "agent"), ("{external: true}", "external"),
            ("{exec: [a], name: bidder}", "bidder"),
        ])
    func name(strategy: String, name: String) throws {
        #expect(try berlin(strategy).strategy == name)
    }

    @Test(
        "says what is wrong",
        arguments: [
            ("{exec: python3}", "strategy.exec", ScenarioFault.Code.wrongKind),
            ("{exec: []}", "strategy.exec", .outOfRange), ("{}", "strategy", .conflictingKeys),
            ("{external: false}", "strategy", .conflictingKeys),
            ("{exec: [a], external: true}", "strategy", .conflictingKeys),
            ("{exec: [a], parameter: {x: 1}}", "strategy.parameter", .unknownKey),
            ("{exec: [a], parameters: {x: {file: none.txt}}}", "strategy.parameters.x", .unreadableFile),
            ("{exec: [a], parameters: {x: {file: demand.csv, column: none}}}", "strategy.parameters.x", .unknownColumn),
            ("{exec: [a], parameters: {x: }}", "strategy.parameters.x", .noValue),
        ])
    func faults(strategy: String, path: String, code: ScenarioFault.Code) throws {
        let error = try #require(throws: ScenarioError.self) { try berlin(strategy) }
        #expect(error.faults.map(\.path) == ["services[1].\(path)"], "\(error)")
        #expect(error.faults.first?.code == code)
    }

    @Test("keeps its settings below parameters")
    func strayKeys() throws {
        let error = try #require(throws: ScenarioError.self) {
            try load(
                "{name: berlin, home: south-1, location: {latitude: 1, longitude: 2}, demand: {interactive: 1}, strategy: {exec: [a]}}"
            )
        }
        #expect(error.faults.map(\.code) == [.unknownKey])
    }

    @Test("is heard through a check of its own")
    func refusal() throws {
        var files = GoodScenario.files
        files["my_agent.py"] = ""
        let error = try #require(throws: ScenarioError.self) {
            try Scenario.load(
                .memory(files), catalogue: TestCatalogue.catalogue, overrides: ["services.berlin=\(Self.agent)"],
                checkAgent: TestCatalogue.check
            ) { experiment, launches in
                #expect(launches.keys.sorted() == ["berlin"])
                let number = experiment.serviceAgents.lowerBound + 1
                return [(number, ParameterError(path: "mode", problem: "it is fast", remedy: "Be slow."))]
            }
        }
        #expect(error.faults.map(\.path) == ["services[1].strategy.parameters.mode"])
        #expect(error.faults.map(\.code) == [.refusedByStrategy])
    }
}
