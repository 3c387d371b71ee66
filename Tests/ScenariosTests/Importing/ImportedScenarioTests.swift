import CoSimulation
import InferencePlacement
import ReferenceAgents
import Scenarios
import Testing

@Suite("An imported scenario")
struct ImportedScenarioTests {
    let sample = ImportSample()

    @Test("loads as a price-taker run with an operator, a region and a service node per zone")
    func loads() throws {
        let imported = try sample.build()
        #expect(imported.name == "price-taker-2024-07-08")
        #expect(imported.zones == ["DE-LU", "SG", "CA-ON"])
        #expect(imported.classes == ["conversation", "code"])
        #expect(
            imported.files.map(\.name) == [
                "prices.csv", "emissions.csv", "requests.csv", "latency.csv", "SOURCES.txt", "scenario.yaml",
            ])

        let experiment = try sample.load()
        #expect(experiment.clock == Clock(startSeconds: 1_720_396_800, tickSeconds: 3600, tickCount: 6))
        #expect(experiment.gridOperators.map(\.agent.strategy) == ["series", "series", "series"])
        #expect(experiment.regions.map(\.agent.name) == ["DE-LU-dc", "SG-dc", "CA-ON-dc"])
        #expect(experiment.services.map(\.home) == [0, 1, 2])
        #expect(experiment.gridOperators[2].agent.parameters.series("marginalEmissionsKgPerMWh")[5] == 85)
    }

    @Test("has classes with the tokens, energy and work of the sources and the budgets of the model")
    func classes() throws {
        let classes = try sample.load().classes
        // 0.5 J is the median of three rows; 0.5 x 1.6 / 3600 = 0.0002222 Wh, a tenth of it per input token.
        #expect(classes.map(\.latencyBudgetMilliseconds) == [300, 1500])
        #expect(classes.map(\.processingMilliseconds) == [230, 1250])
        #expect(abs(classes[0].energyKWhPerRequest - (0.0002222 * 200 + 0.00002222 * 1000) / 1000) < 1e-12)
        #expect(abs(classes[1].energyKWhPerRequest - (0.0002222 * 30 + 0.00002222 * 3000) / 1000) < 1e-12)
        #expect(classes[0].workPerRequest == [0.3])
        #expect(classes[1].workPerRequest == [0.33])
    }

    @Test("has the mean IT power asked for at each service node, and room for its peak at home")
    func power() throws {
        let experiment = try sample.load()
        #expect(abs(try sample.build().meanITMW - 30) < 1e-4)
        for (site, service) in experiment.services.enumerated() {
            let demand = service.agent.parameters.section("demand")
            let power = (0..<6).map { tick in
                experiment.classes.reduce(0) { $0 + $1.energyKWhPerRequest / 1000 * demand.series($1.name)[tick] }
            }
            #expect(abs(power.reduce(0, +) / 6 - 10) < 1e-4)
            let region = experiment.regions[site].agent.parameters
            let peak = power.max() ?? 0
            #expect(region.series("connectionMW")[0] >= peak * 1.2 * 1.5)
            #expect(region.series("connectionMW")[0] < peak * 1.2 * 1.5 + 0.1)
        }
    }

    @Test("is the same from the same sources, and another with another seed")
    func repeatable() throws {
        let first = try sample.build()
        #expect(try sample.build().files == first.files)
        var other = sample
        other.options.seed = 2
        #expect(try other.build().files[2] != first.files[2])
        // A zone's requests do not depend on which other zones are imported.
        other = sample
        other.options.zones = ["SG"]
        #expect(
            try other.load().services[0].agent.parameters.section("demand")
                == (try sample.load().services[1].agent.parameters.section("demand")))
    }

    @Test("peaks in the afternoon of each zone")
    func days() throws {
        var sample = sample
        let hours = (0..<48).map { hour in
            "2024-07-\(8 + hour / 24)T\(hour % 24 < 10 ? "0" : "")\(hour % 24):00Z,10,20,30"
        }
        let text = (["utc,DE-LU,SG,CA-ON"] + hours).joined(separator: "\n").replacing("-8T", with: "-08T").replacing(
            "-9T", with: "-09T")
        sample.prices = SourceFile(name: "p_usd_per_mwh.csv", text: text)
        sample.emissions = SourceFile(name: "e_g_per_kwh.csv", text: text)
        sample.options.ticks = 48
        sample.options.dailySwing = 0.9
        // One class with equal minutes leaves the daily factor alone.
        sample.traces = [
            TraceSource(
                file: SourceFile(name: "conv.csv", text: "minute,requests,context_tokens,generated_tokens\n0,5,50,5\n"))
        ]
        let demand = try sample.load().services.map { $0.agent.parameters.section("demand").series("conversation") }
        // Local solar noon is at 11:25, 05:05 and 17:18 UTC; demand is greatest three hours later.
        #expect(demand.map { series in (0..<24).max { series[$0] < series[$1] } } == [14, 8, 20])
        #expect(demand.map { series in (0..<24).min { series[$0] < series[$1] } } == [2, 20, 8])
    }

    @Test("can be run: all work is served, and some moves to where power is cheap and clean")
    func runs() throws {
        var run = try InProcessRun(experiment: try sample.load(), catalogue: ReferenceAgents.catalogue)
        var moved = 0.0
        try run.run { record, _ in
            #expect(record.clearing.unserved.isEmpty)
            #expect(record.violations.isEmpty)
            moved += record.clearing.awards.filter { $0.service != $0.region }.reduce(0) { $0 + $1.energyMWh }
        }
        #expect(moved > 1)
    }
}
