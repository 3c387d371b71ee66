import CoSimulation
import InferencePlacement
import Scenarios
import Testing

@Suite("A right scenario")
struct GoodScenarioTests {
    let scenario: Scenario

    init() throws {
        scenario = try GoodScenario.load(GoodScenario.files)
    }

    @Test("says what is done when processes are lost, and that is no part of the experiment")
    func losses() throws {
        let run = try GoodScenario.load(
            GoodScenario.files,
            overrides: ["run.onLoss=absent", "run.restartLimit=5", "services.berlin.onLoss=restart"])
        #expect(run.run.policy(of: "berlin", isAgent: true) == .restart)
        #expect(run.run.policy(of: "north-1", isAgent: true) == .absent)
        #expect(run.run.policy(of: "recorder", isAgent: false) == .restart, "no run goes on without it")
        #expect(run.run.restartLimit == 5)
        #expect(run.experiment == scenario.experiment)
        #expect(scenario.run.policy(of: "berlin", isAgent: true) == .fail)
        #expect(scenario.run.policy(of: "coordinator", isAgent: false) == .fail)
    }

    @Test("gives faults: those that change what happens to the experiment, slow agents to the run")
    func faults() throws {
        let kinds = [
            "{name: a, kind: outage, agents: [north, berlin], fromTick: 1, toTick: 3}",
            "{name: b, kind: late-signals, delayTicks: 2}",
            "{name: c, kind: lost-signals, agents: [south-1], probability: 0.25, fromTick: 4}",
            "{name: d, kind: lost-bids, probability: 1}", "{name: e, kind: slow, agents: [north], delaySeconds: 0.5}",
        ]
        let faulty = try GoodScenario.load(
            GoodScenario.files, overrides: ["faults=[\(kinds.joined(separator: ", "))]", "faults.d.probability=0.75"])
        let experiment = faulty.experiment
        func number(_ name: String) -> Int { experiment.agent(named: name)! }
        let listeners = Array(experiment.regionAgents.lowerBound..<experiment.agentCount)
        #expect(
            experiment.faults == [
                AgentFault(name: "a", agents: [number("north"), number("berlin")], ticks: 1..<3, kind: .outage),
                AgentFault(name: "b", agents: listeners, ticks: 0..<6, kind: .lateSignals(delayTicks: 2)),
                AgentFault(name: "c", agents: [number("south-1")], ticks: 4..<6, kind: .lostSignals(probability: 0.25)),
                AgentFault(name: "d", agents: listeners, ticks: 0..<6, kind: .lostBids(probability: 0.75)),
            ])
        #expect(faulty.run.slowness == [RunOptions.Slowness(agent: "north", fromTick: 0, toTick: 6, seconds: 0.5)])
        var quiet = experiment
        quiet.faults = []
        #expect(quiet == scenario.experiment)
    }

    @Test("says what it is and how it runs")
    func head() {
        #expect(scenario.title == "Two regions, one cheap")
        #expect(scenario.description == "R&D: what it shows *and* what to look at.\n")
        #expect(scenario.run == RunOptions(transport: .tcp, tickDeadlineSeconds: 12.5))
        #expect(
            scenario.files == ["scenario.yaml", "demand.csv", "fleet.csv", "weather.csv", "latency.csv", "egress.csv"])
        #expect(scenario.experiment.name == "two-region")
        #expect(scenario.experiment.seed == 7)
        #expect(scenario.experiment.clock == Clock(startSeconds: 1_720_396_800, tickSeconds: 3600, tickCount: 6))
        #expect(scenario.experiment.mechanism == Mechanism(.carbonPriced, carbonPriceUSDPerKg: 0.05))
    }

    @Test("gives classes in the units of the model")
    func classes() {
        let classes = scenario.experiment.classes
        #expect(scenario.experiment.resources == ["accelerator", "memory"])
        #expect(classes.map(\.name) == ["interactive", "batch"])
        #expect(classes[0].latencyBudgetMilliseconds == 310)
        #expect(classes[0].energyKWhPerRequest == 0.0004)
        #expect(classes[0].workPerRequest == [1.5, 0])
        #expect(classes[1].latencyBudgetMilliseconds == 3_600_010)
        #expect(abs(classes[1].energyKWhPerRequest - 0.0003) < 1e-15)
        #expect(classes[1].workPerRequest == [2, 40])
        #expect(classes[1].movableShare == 0.8)
        #expect(classes[1].friction == Friction(payloadGBPerRequest: 0.01))
    }

    @Test("gives agents only the settings of their strategies, with defaults")
    func agents() {
        let experiment = scenario.experiment
        #expect(
            (0..<experiment.agentCount).map { experiment.agent($0).name } == [
                "north", "south", "north-1", "south-1", "stockholm", "berlin",
            ])
        let south = experiment.regions[1]
        #expect(south.gridOperator == 1)
        #expect(south.bus == "b1")
        #expect(south.agent.strategy == "marking-up")
        #expect(
            south.agent.parameters.entries.map(\.name)
                == ["accelerators", "connectionMW", "markUpUSDPerMWh", "onSiteRenewableMW", "pue", "shares"])
        #expect(
            south.agent.parameters.series("connectionMW").horizon(from: 0, count: 6, tickCount: 6) == [
                60, 61, 62, 63, 64, 65,
            ])
        let berlin = experiment.services[1]
        #expect(berlin.agent.parameters.integer("patienceTicks") == 4)
        #expect(berlin.agent.parameters.text("mode") == "price")
        #expect(berlin.agent.parameters.section("limits").number("priceUSDPerMWh") == 80)
        #expect(experiment.gridOperators[0].location == Location(latitudeDegrees: 65.6, longitudeDegrees: 22.1))
    }

    @Test("converts units of columns and fills what it is told to fill")
    func series() {
        let operators = scenario.experiment.gridOperators
        let demand = operators[0].agent.parameters.series("demandMW")
        #expect((0..<6).map { demand[$0] } == [500, 600, 700, 800, 900, 1000])
        let sun = operators[1].agent.parameters.sections("fleet")[1].series("availability")
        for (tick, expected) in [0, 0.1, 0.2, 0.3, 0.4, 0.5].enumerated() { #expect(abs(sun[tick] - expected) < 1e-12) }
        #expect(
            scenario.notices.map(\.description).contains {
                $0.hasPrefix(
                    "weather.csv:4 gridOperators[1].fleet[1].availability: 2 missing values filled by interpolation")
            })
    }

    @Test("selects rows of a table and leaves out empty cells")
    func rows() {
        let fleet = scenario.experiment.gridOperators[0].agent.parameters.sections("fleet")
        #expect(fleet.map { $0.text("name") } == ["hydro", "wind"])
        #expect(fleet.map { $0.number("capacityMW") } == [900, 400])
        #expect(fleet.map { $0.boolean("mustRun") } == [true, false])
        #expect(fleet.map { $0.series("availability")[0] } == [0.9, 0.5])
    }

    @Test("ties sites together by distance, price and mask")
    func sites() {
        let services = scenario.experiment.services
        #expect(services.map(\.home) == [0, 1])
        #expect(services[0].roundTripMilliseconds == [20, 45.5])
        #expect(services[1].roundTripMilliseconds[0] == 50)
        let circle = Location(latitudeDegrees: 52.5, longitudeDegrees: 13.4)
            .roundTripMilliseconds(to: Location(latitudeDegrees: 50.1, longitudeDegrees: 8.7))
        #expect(services[1].roundTripMilliseconds[1] == circle)
        #expect(services[0].egressUSDPerGB == [0, 0.09])
        #expect(services[1].egressUSDPerGB == [0.05, 0])
        #expect(services[0].permitted == [[true, true], [true, true]])
        #expect(services[1].permitted == [[true, true], [false, true]])
    }

    @Test("is the same from any reading, and with its own values set again")
    func repeatable() throws {
        #expect(try GoodScenario.load(GoodScenario.files).experiment == scenario.experiment)
        let again = try GoodScenario.load(GoodScenario.files, overrides: ["seed=7", "regions.north-1.pue=1.1"])
        #expect(again.experiment == scenario.experiment)
    }
}
