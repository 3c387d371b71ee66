import CoSimulation
import InferencePlacement
import Scenarios
import Testing

@Suite("Overrides")
struct OverrideTests {
    private func experiment(_ overrides: String...) throws -> Experiment {
        try GoodScenario.load(GoodScenario.files, overrides: overrides).experiment
    }

    @Test("set a value by key, by name and by number")
    func values() throws {
        let changed = try experiment(
            "clock.ticks=3", "regions.north-1.connectionMW=200", "regions[1].pue=1.5", "classes.0.movableShare=0.5")
        #expect(changed.clock.tickCount == 3)
        #expect(changed.regions[0].agent.parameters.number("connectionMW") == 200)
        #expect(changed.regions[1].agent.parameters.number("pue") == 1.5)
        #expect(changed.classes[0].movableShare == 0.5)
    }

    @Test("take a setting away, so that another objective needs no carbon price")
    func removal() throws {
        let changed = try experiment("mechanism.objective=least-cost", "mechanism.carbonPriceUSDPerTonne=")
        #expect(changed.mechanism == Mechanism(.leastCost))
    }

    @Test("add sections and entries, and replace whole ones")
    func sections() throws {
        let changed = try experiment(
            "masks=", "latency.matrix=", "services.berlin.demand.batch=5", "resources=[accelerator]",
            "classes.1.acceleratorSecondsPerRequest=3")
        #expect(changed.services[1].permitted == [[true, true], [true, true]])
        #expect(changed.services[0].roundTripMilliseconds[0] > 56)
        #expect(changed.services[1].agent.parameters.section("demand").number("batch") == 5)
        #expect(changed.classes[1].workPerRequest == [3])
        let options = try GoodScenario.load(GoodScenario.files, overrides: ["run=", "run.transport=ipc"]).run
        #expect(options == RunOptions())
    }

    @Test("point at series and tables in files")
    func files() throws {
        let changed = try experiment(
            "gridOperators.south.demandMW={file: demand.csv, column: north_gw}",
            "gridOperators.north.fleet.where={area: south}")
        #expect(changed.gridOperators[1].agent.parameters.series("demandMW")[5] == 1000)
        #expect(changed.gridOperators[0].agent.parameters.sections("fleet").map { $0.text("name") } == ["coal"])
        let filled = try experiment("latency.matrix.missing=great-circle")
        #expect(filled.services[0].roundTripMilliseconds == [20, 45.5])
    }

    @Test("find names with dots in them")
    func dots() throws {
        let files = GoodScenario.edited("scenario.yaml", "- name: berlin\n", "- name: berlin.v2\n")
            .merging(["latency.csv": GoodScenario.latency.replacing("berlin", with: "berlin.v2")]) { $1 }
        let scenario = try GoodScenario.load(
            GoodScenario.edited("scenario.yaml", "{service: berlin,", "{service: berlin.v2,", in: files),
            overrides: ["services.berlin.v2.patienceTicks=1"])
        #expect(scenario.experiment.services[1].agent.parameters.integer("patienceTicks") == 1)
    }

    @Test("reach every entry by a star")
    func wildcards() throws {
        let changed = try experiment("classes.*.movableShare=0.25", "services.*.demand.*=7", "masks.deny.*=")
        #expect(changed.classes.map(\.movableShare) == [0.25, 0.25])
        #expect(changed.services[0].agent.parameters.section("demand").number("batch") == 7)
        #expect(changed.services[1].agent.parameters.section("demand").number("interactive") == 7)
        #expect(changed.services[1].permitted == [[true, true], [true, true]])
        let faults = GoodScenario.faults(GoodScenario.files, overrides: ["gridOperators.north.fleet.*.capacityMW=1"])
        #expect(faults.map(\.code) == [.invalidOverride], "rows of a file cannot be set")
    }
}
