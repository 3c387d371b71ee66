import CoSimulation
import InferencePlacement
import Scenarios
import Testing

@Suite("Agents from tables")
struct TableAgentTests {
    private let head = """
        gridtide: 1
        name: from-tables
        clock: {start: 2024-07-08T00:00Z, tickMinutes: 60, ticks: 6}
        mechanism: {objective: least-cost}
        classes: {file: classes.csv}
        gridOperators:
          - {name: north, strategy: price-taker, priceUSDPerMWh: 30}
        regions: {file: regions.csv}
        services: {file: services.csv, where: {on: "1"}}

        """

    private var files: [String: String] {
        [
            "scenario.yaml": head,
            "classes.csv": """
            name,latency_budget_ms,deadline_min,energy_wh_per_request,accelerator_seconds_per_request,value_usd_per_request
            chat,300,0,0.4,1.5,1
            batch,60000,90,4,20,0.1
            """,
            "regions.csv": """
            name,strategy,grid,location_latitude,location_longitude_deg,accelerators,connection_kw,_old,pue,mark_up_usd_per_mwh
            a,honest,north,60,20,1000,5000,,1.1,
            b,marking-up,north,50,10,2000,7000,,1.2,3
            """,
            "services.csv": """
            on,name,strategy,home,location_latitude,location_longitude,demand_chat_requests
            1,x,honest,a,60,20,100
            0,y,honest,nowhere,60,20,100
            1,z,honest,b,50,10,200
            """,
        ]
    }

    @Test("are the same as agents written out")
    func tables() throws {
        let experiment = try GoodScenario.load(files).experiment
        #expect(experiment.classes.map(\.deadlineHours) == [0, 1.5])
        #expect(experiment.classes.map(\.workPerRequest) == [[1.5], [20]])
        #expect(experiment.regions.map { $0.agent.parameters.number("connectionMW") } == [5, 7])
        #expect(experiment.regions[0].agent.parameters["markUpUSDPerMWh"] == nil)
        #expect(experiment.regions[1].agent.parameters.number("markUpUSDPerMWh") == 3)
        #expect(experiment.regions[1].location == Location(latitudeDegrees: 50, longitudeDegrees: 10))
        #expect(experiment.services.map(\.agent.name) == ["x", "z"])
        #expect(experiment.services.map { $0.agent.parameters.section("demand").number("chat") } == [100, 200])
    }

    @Test("give the place of the cell that is wrong")
    func places() {
        let wrong = GoodScenario.edited("regions.csv", "50,10,2000,7000,,1.2", "50,10,2000,7000,,0.2", in: files)
        let faults = GoodScenario.faults(wrong)
        #expect(faults.map(\.place.description) == ["regions.csv:3:37"])
        #expect(faults.map(\.path) == ["regions[1].pue"])
        let unknown = GoodScenario.edited("regions.csv", "b,marking-up", "b,marking-down", in: files)
        #expect(GoodScenario.faults(unknown).map(\.code) == [.unknownStrategy])
        let foreign = GoodScenario.edited("regions.csv", "5000,,1.1,", "5000,,1.1,4", in: files)
        #expect(
            GoodScenario.faults(foreign).map(\.description) == [
                "regions.csv:2:37 regions[0].markUpUSDPerMWh: there is no setting `markUpUSDPerMWh` here.\n    Known here: accelerators, bloc, "
                    + "bus, connectionMW, country, grid, location, name, onLoss, onSiteRenewableMW, pue, strategy. [unknown-key]"
            ])
    }

    @Test("need a column for what every agent has")
    func columns() {
        let wrong = GoodScenario.edited("regions.csv", "strategy,grid,", "strategy,_grid,", in: files)
        #expect(GoodScenario.faults(wrong).map(\.code).contains(.missingKey))
        #expect(GoodScenario.faults(wrong).allSatisfy { $0.line == 1 || $0.file == "scenario.yaml" })
    }

    @Test("must be at least one of each role", arguments: ["gridOperators", "regions", "services", "classes"])
    func roles(_ key: String) {
        let faults = GoodScenario.faults(GoodScenario.files, overrides: ["\(key)=[]"])
        #expect(faults.contains { $0.path == key && $0.code == .outOfRange && $0.problem.contains("at least 1") })
    }

    @Test("a strategy whose setting hides one of the section is a fault of the program")
    func collision() async {
        await #expect(processExitsWith: .failure) {
            let catalogue = AgentCatalogue([.computeRegion("honest", Hiding.self)])
            _ = ScenarioSchema.jsonSchema(catalogue: catalogue)
        }
    }
}

/// Declares a setting that every region has already.
struct Hiding: ComputeRegion {
    static let summary = "Hides its grid."
    static let fields: [Field] = [.required("grid", .text, "Another grid.")]

    init(setup: ComputeRegionSetup) throws(ParameterError) {}
    mutating func offer(_ observation: RegionObservation) -> CapacityOffer { .nothing(resourceCount: 1) }
}
