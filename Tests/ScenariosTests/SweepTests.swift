import CoSimulation
import InferencePlacement
import Scenarios
import Testing

@Suite("Sweeps")
struct SweepTests {
    static let text = """
        gridtide: 1
        name: sample
        title: What happens
        baseline: false
        axes:
          - {name: relaxation, set: latency.relaxationMilliseconds, values: [-10, 0, 10]}
          - {name: pue, scale: regions.*.pue, values: [1, 1.5]}
        seeds: [7, 8]
        """

    private func sweep(_ text: String = text) throws(ScenarioError) -> Sweep {
        try Sweep.load(.memory(["sweep.yaml": text]))
    }

    private func faults(_ text: String) -> [ScenarioFault] {
        do throws(ScenarioError) {
            _ = try sweep(text)
            return []
        } catch {
            return error.faults
        }
    }

    private func template(_ files: [String: String] = GoodScenario.files) throws -> ScenarioTemplate {
        try ScenarioTemplate(.memory(files), catalogue: TestCatalogue.catalogue, checkAgent: TestCatalogue.check)
    }

    /// The experiment of the first point of a sweep with one axis.
    private func experiment(_ axis: String, files: [String: String] = GoodScenario.files) throws -> Experiment {
        let sweep = try sweep("gridtide: 1\nname: one\naxes:\n  - \(axis)\n")
        return try sweep.scenario(of: sweep.points[0], from: try template(files)).experiment
    }

    @Test("All values meet all values, the last axis running fastest")
    func cartesian() throws {
        let sweep = try sweep()
        #expect(sweep.axes.map(\.name) == ["relaxation", "pue", "seed"])
        #expect(sweep.points.count == 12)
        #expect(sweep.points.map(\.number) == Array(0..<12))
        #expect(sweep.points[0].choices == [0, 0, 0])
        #expect(sweep.points[1].choices == [0, 0, 1])
        #expect(sweep.points[11].choices == [2, 1, 1])
        #expect(sweep.label(of: sweep.points[3]) == "relaxation -10, pue 1.5, seed 8")
        #expect(!sweep.hasBaseline && sweep.scenario == "scenario.yaml")
    }

    @Test("One axis at a time begins with the scenario as it is")
    func oneAtATime() throws {
        let sweep = try sweep(Self.text + "\ndesign: one-at-a-time")
        #expect(sweep.points.count == 1 + 3 + 2 + 2)
        #expect(sweep.points[0].choices == [nil, nil, nil])
        #expect(sweep.points[4].choices == [nil, 0, nil])
        #expect(sweep.label(of: sweep.points[0]) == "as in the scenario")
    }

    @Test("A list of points brings its own values")
    func listed() throws {
        let sweep = try sweep(
            """
            gridtide: 1
            name: listed
            design: listed
            axes:
              - {name: pue, scale: regions.*.pue}
              - {name: coupling, set: coupling}
            mechanisms: [least-cost]
            points:
              - {pue: 1.5, mechanism: nearest}
              - {coupling: {kind: iterated}}
              - {pue: 1.5, mechanism: least-cost}
            """)
        #expect(sweep.points.map(\.choices) == [[0, nil, 1], [nil, 0, nil], [0, nil, 0]])
        #expect(sweep.axes.map { $0.values.map(\.label) } == [["1.5"], ["iterated"], ["least-cost", "nearest"]])
    }

    @Test("Ranges by step, by count, and in equal factors")
    func ranges() throws {
        func values(_ range: String) throws -> [Double] {
            let text = "gridtide: 1\nname: r\naxes: [{name: x, scale: regions.*.pue, range: {\(range)}}]"
            return try sweep(text).axes[0].values.compactMap(\.number)
        }
        #expect(try values("from: 0, to: 0.5, step: 0.1") == [0, 0.1, 0.2, 0.3, 0.4, 0.5])
        #expect(try values("from: 0, to: 0.55, step: 0.1").count == 6)
        #expect(try values("from: -1, to: 1, count: 3") == [-1, 0, 1])
        #expect(try values("from: 1, to: 100, count: 3, spacing: logarithmic") == [1, 10, 100])
    }

    @Test("A setting is set in every entry, by name and by number")
    func sets() throws {
        let all = try experiment("{name: x, set: classes.*.movableShare, values: [0.25]}")
        #expect(all.classes.map(\.movableShare) == [0.25, 0.25])
        let one = try experiment(
            "{name: x, set: [classes.batch.movableShare, 'classes[0].movableShare'], values: [0.5]}")
        #expect(one.classes.map(\.movableShare) == [0.5, 0.5])
        let section = try experiment("{name: x, set: masks, values: [{legal: none}]}")
        #expect(section.services[1].permitted == [[true, true], [true, true]])
        let gone = try experiment("{name: x, set: masks, values: [null]}")
        #expect(gone.services == section.services)
    }

    @Test("A multiplier reaches numbers, defaults, series, matrices, and rows of CSV files")
    func scales() throws {
        let plain = try template().scenario.experiment
        let pue = try experiment("{name: x, scale: regions.*.pue, values: [2]}")
        #expect(pue.regions.map { $0.agent.parameters.number("pue") } == [2.2, 2.6])
        let one = try experiment("{name: x, scale: regions.south-1.pue, values: [2]}")
        #expect(one.regions.map { $0.agent.parameters.number("pue") } == [1.1, 2.6])
        let share = try experiment("{name: x, scale: classes.*.movableShare, values: [0.5]}")
        #expect(share.classes.map(\.movableShare) == [0.5, 0.4], "the first is a default")
        let series = try experiment("{name: x, scale: gridOperators.north.demandMW, values: [3]}")
        #expect(series.gridOperators[0].agent.parameters.series("demandMW")[0] == 1500)
        let rows = try experiment("{name: x, scale: gridOperators.north.fleet.hydro.capacityMW, values: [0.5]}")
        let fleet = rows.gridOperators[0].agent.parameters.sections("fleet").map { $0.number("capacityMW") }
        #expect(fleet == [450, 400])
        let egress = try experiment("{name: x, scale: egress, values: [10]}")
        #expect(
            zip(egress.services, plain.services).allSatisfy { scaled, plain in
                zip(scaled.egressUSDPerGB, plain.egressUSDPerGB).allSatisfy { abs($0 - 10 * $1) < 1e-12 }
            })
        let demand = try experiment("{name: x, scale: services.*.demand, values: [2]}")
        #expect(demand.services[1].agent.parameters.section("demand").number("interactive") == 2000)
        #expect(demand.services[0].agent.parameters.section("demand").series("interactive")[0] == 200)
        let latency = try experiment("{name: x, scale: latency.matrix, values: [2]}")
        #expect(latency.services[0].roundTripMilliseconds == [40, 91])
    }

    @Test("Settings hold at every point, and an axis may change them again")
    func settings() throws {
        let sweep = try sweep(
            """
            gridtide: 1
            name: s
            settings: {clock.ticks: 3, masks: ~, mechanism: {objective: nearest}}
            axes: [{name: pue, scale: regions.*.pue, values: [2]}]
            mechanisms: [least-cost]
            design: one-at-a-time
            """)
        let built = try sweep.points.map { try sweep.scenario(of: $0, from: try template()).experiment }
        #expect(built.map(\.clock.tickCount) == [3, 3, 3])
        #expect(built.map(\.mechanism.objective.rawValue) == ["nearest", "nearest", "least-cost"])
        #expect(built[0].services[1].permitted == [[true, true], [true, true]])
        #expect(faults("gridtide: 1\nname: s\nsettings: 5").map(\.code) == [.wrongKind])
    }

    /// A template must not remember one point when it builds another: other ticks lay other rows out.
    @Test("Points do not touch each other")
    func independence() throws {
        let template = try template()
        let sweep = try sweep(
            "gridtide: 1\nname: t\naxes: [{name: ticks, set: clock.ticks, values: [3, 6]}]\ndesign: one-at-a-time")
        let built = try sweep.points.map { try sweep.scenario(of: $0, from: template).experiment }
        #expect(built[0] == template.scenario.experiment && built[2] == built[0])
        #expect(built[1].clock.tickCount == 3)
        for (point, overrides) in zip(built, [[], ["clock.ticks=3"], ["clock.ticks=6"]]) {
            #expect(try GoodScenario.load(GoodScenario.files, overrides: overrides).experiment == point)
        }
    }

    @Test("Everything wrong with a sweep shows at once")
    func wrong() {
        let found = faults(
            """
            gridtide: 1
            name: no name
            desing: listed
            axes:
              - {name: a, set: x..y, values: [1]}
              - {name: b, scale: regions.*.pue, values: [one, 2, 2]}
              - {name: c, set: seed}
              - {name: c, set: seed, values: [1], range: {from: 1, to: 2}}
              - {set: seed, range: {from: 1, to: 2}}
            points: [{a: 1}]
            """)
        let codes = found.map(\.code)
        for code: ScenarioFault.Code in [
            .invalidName, .unknownKey, .wrongKind, .duplicateName, .missingKey, .conflictingKeys,
        ] {
            #expect(codes.contains(code), "\(code.rawValue) in \(found)")
        }
        #expect(found.allSatisfy { $0.line != nil && !$0.remedy.isEmpty })
        #expect(
            faults(
                "gridtide: 1\nname: t\naxes: [{name: a, set: seed, range: {from: 1, to: 99999, count: 99999}}, {name: b, set: clock.ticks, range: {from: 1, to: 9, count: 9}}]"
            ).map(\.code) == [.tooLarge])
        #expect(faults("gridtide: 2\nname: t").map(\.code) == [.unsupportedVersion])
        #expect(
            faults("gridtide: 1\nname: t\ndesign: listed\naxes: [{name: a, set: seed}]\npoints: [{b: 1}]").map(\.code)
                == [.unknownReference])
    }

    @Test("A fault of points names the first, counts the others, and is told once")
    func wrongPoints() throws {
        let sweep = try sweep(
            """
            gridtide: 1
            name: t
            axes:
              - {name: share, set: classes.*.movableShare, values: [0.5, 1.5]}
              - {name: pue, scale: regions.*.pue, values: [1, 0.1]}
              - {name: none, scale: regions.*.nothing, values: [1]}
            """)
        let template = try template()
        var faults = SweepFaults(of: sweep)
        for point in sweep.points {
            do throws(ScenarioError) {
                _ = try sweep.scenario(of: point, from: template)
            } catch {
                faults.add(error, at: point.number)
            }
        }
        let error = #expect(throws: ScenarioError.self) { try faults.throwIfAny() }
        let texts = try #require(error).faults.map(\.description)
        #expect(
            texts.contains {
                $0.contains("point 0 (share 0.5, pue 1, none 1) and 3 more: `regions.*.nothing` multiplies nothing")
            })
        #expect(texts.contains { $0.contains("point 2 (share 1.5, pue 1, none 1) and 1 more: 1.5 is not accepted") })
        #expect(
            texts.contains {
                $0.contains("point 1 (share 0.5, pue 0.1, none 1) and 1 more: 1.1 times 0.1 is not accepted")
            })
        #expect(texts.count == 1 + 1 + 2, "\(texts)")
    }

    @Test("The axes of a frontier, and what is wrong with them")
    func frontier() throws {
        let sweep = try Sweep.frontier(
            ofScenario: "x", name: "f", relaxations: [0, 10.5], setting: ["clock.ticks=1,2"],
            scaling: ["regions.*.pue=1,2,3"], hasBaseline: false)
        #expect(sweep.axes.map(\.name) == [Sweep.relaxationAxis, "clock.ticks", "regions.*.pue x"])
        #expect(sweep.points.count == 12)
        let last = try sweep.scenario(of: sweep.points[11], from: try template()).experiment
        #expect(last.classes[0].latencyBudgetMilliseconds == 310.5 && last.clock.tickCount == 2)
        #expect(last.regions[0].agent.parameters.number("pue") == 1.1 * 3)
        let error = #expect(throws: ScenarioError.self) {
            try Sweep.frontier(
                ofScenario: "x", name: "f", relaxations: [0], setting: ["nothing"], scaling: ["a=b", "a="],
                hasBaseline: false)
        }
        #expect(try #require(error).faults.count == 3)
    }

    /// Just below a jump a region is out of reach, at it within.
    @Test("Jumps of the staircase sit where a region comes within reach")
    func jumps() throws {
        let overrides = ["latency.relaxationMilliseconds=0", "masks="]
        let experiment = try GoodScenario.load(GoodScenario.files, overrides: overrides).experiment
        let jumps = Sweep.latencyJumps(of: experiment)
        #expect(!jumps.isEmpty && jumps == jumps.sorted())
        func reached(_ relaxation: Double) throws -> Int {
            let overrides = ["latency.relaxationMilliseconds=\(relaxation)", "masks="]
            let experiment = try GoodScenario.load(GoodScenario.files, overrides: overrides).experiment
            return experiment.services.indices.flatMap { service in
                experiment.classes.indices.flatMap { k in
                    experiment.regions.indices.filter {
                        experiment.isAllowed(service: service, workloadClass: k, region: $0)
                    }
                }
            }.count
        }
        for jump in jumps { #expect(try reached(jump) > reached(jump - 0.01), "\(jump)") }
        let staircase = Sweep.staircase(of: experiment, count: 100)
        #expect(Set(jumps).isSubset(of: staircase) && staircase.contains(0) && staircase[0] < jumps[0])
        #expect(Sweep.staircase(of: experiment, count: 3).count <= 3)
    }
}
