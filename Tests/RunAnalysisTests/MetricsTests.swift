import CoSimulation
import InferencePlacement
import RunAnalysis
import Testing

/// The metrics of MODEL 1 on its illustrative instance, every number it lists and those that can be worked by hand.
@Suite struct MetricsTests {
    private func metrics(_ run: IllustrativeRun, _ relaxations: [Double] = [0]) throws -> RunMetrics {
        let records = try run.records()
        return try RunMetrics(
            of: run.experiment, relaxationsMilliseconds: relaxations,
            reading: {
                var rest = records[...]
                return { rest.popFirst() }
            })
    }

    private func expect(_ value: Double, _ published: Double, digits: Int = 0, _ what: String) {
        let halfUnit = digits == 0 ? 0.5 : 0.05
        #expect(
            abs(value - published) <= halfUnit + 1e-6 * abs(published), "\(what): \(value), MODEL says \(published)")
    }

    @Test func frontier() throws {
        let published = [
            (-60.0, 32_083.0), (0, 31_003), (10, 31_003), (20, 26_183), (40, 19_951), (60, 19_951), (500, 19_951),
        ]
        let metrics = try metrics(IllustrativeRun(), published.map(\.0))
        #expect(metrics.frontier.map(\.relaxationMilliseconds) == published.map(\.0))
        for (point, (relaxation, value)) in zip(metrics.frontier, published) {
            expect(point.valueUSD, value, "Delta \(relaxation)")
            #expect(abs(point.costUSD - point.valueUSD) < 1e-6, "there is no carbon price")
        }
        let recorded = try IllustrativeRun().records().map(\.clearing.objective).reduce(0, +)
        #expect(abs(metrics.frontier[1].valueUSD - recorded) <= 1e-9 * recorded)
    }

    @Test(arguments: [
        (IllustrativeRun(frictionFactor: 0), 28_493.0, 0), (IllustrativeRun(frictionFactor: 4), 36_833, 0),
        (IllustrativeRun(frictionFactor: 16), 44_304.5, 1), (IllustrativeRun(frictionFactor: 64), 50_350, 0),
        (IllustrativeRun(remoteCapacityFactor: 0), 41_265, 0),
        (IllustrativeRun(remoteCapacityFactor: 0.5), 33_322.5, 1),
        (IllustrativeRun(remoteCapacityFactor: 2), 29_409, 0), (IllustrativeRun(pinnedShare: 0.3), 36_231.4, 1),
        (IllustrativeRun(pinnedShare: 0.7), 43_913.8, 1), (IllustrativeRun(pinnedShare: 1), 50_350, 0),
    ])
    func value(run: IllustrativeRun, published: Double, digits: Int) throws {
        expect(try metrics(run).frontier[0].valueUSD, published, digits: digits, "\(run)")
    }

    /// With everything pinned at home the frontier is MODEL's baseline.
    @Test func baseline() throws {
        let point = try metrics(IllustrativeRun(pinnedShare: 1)).frontier[0]
        #expect(abs(point.costUSD - 50_350) < 1e-6 * 50_350 && point.relocatedMWh == 0)
        #expect(abs(point.emissionsKg - 157_400) < 1e-6 * 157_400)
    }

    @Test func reachAndRoundTrips() throws {
        let metrics = try metrics(IllustrativeRun(), [-60, 320])
        for (home, counts) in ["USE": [2, 9, 10, 10], "EUW": [1, 10, 10, 10], "SGP": [1, 7, 10, 10]] {
            let found = metrics.reach.filter { $0.home == home }
            #expect(found.map(\.withinLatency) == counts && found.map(\.allowed) == counts, "\(home): \(found)")
        }
        for (from, to, published) in [
            ("USE", "QC", 67.1), ("EUW", "NOR", 82.4), ("SGP", "SCN", 101.7), ("USE", "SGP", 273.4),
        ] {
            let jump = try #require(
                metrics.jumps.first { $0.workloadClass == "A" && $0.service == "node-\(from)" && $0.region == to })
            #expect(abs(jump.roundTripMilliseconds - published) <= 0.05, "\(jump)")
            // Class A has 300 ms, of which 230 are processing.
            #expect(abs(jump.relaxationMilliseconds - (jump.roundTripMilliseconds - 70)) < 1e-9)
        }
        let order = metrics.jumps.map(\.relaxationMilliseconds)
        #expect(order == order.sorted() && order.count > 20)
    }

    /// V is a staircase that falls, and only at the jumps (1.7).
    @Test func staircase() throws {
        let jumps = try metrics(IllustrativeRun(), [320]).jumps.map(\.relaxationMilliseconds)
        let around = jumps.flatMap { [$0 - 1e-6, $0 + 1e-6] }
        let points = try metrics(IllustrativeRun(), around).frontier
        var falls = 0
        for (point, next) in zip(points, points.dropFirst()) {
            #expect(next.valueUSD <= point.valueUSD + 1e-6)
            let crossed = jumps.contains {
                point.relaxationMilliseconds < $0 && $0 <= next.relaxationMilliseconds
            }
            if !crossed { #expect(next.valueUSD == point.valueUSD, "\(point), \(next)") }
            if next.valueUSD < point.valueUSD - 1 { falls += 1 }
        }
        #expect(falls >= 2, "Norway and Sichuan come within reach")
    }

    /// 500 other worlds: V never rises with the budget, stands still between jumps, and the four meanings are nested.
    @Test func otherWorlds() throws {
        var falls = 0
        for seed in 0..<500 as Range<UInt64> {
            var run = IllustrativeRun(remoteCapacityFactor: Double(seed % 5) / 2, pinnedShare: Double(seed % 3) / 4)
            run.variation = seed
            if seed % 2 == 1 { run.mechanism = Mechanism(.carbonPriced, carbonPriceUSDPerKg: 0.05) }
            let metrics = try metrics(run, [0, 40, 41])
            for (point, next) in zip(metrics.frontier, metrics.frontier.dropFirst()) {
                let slack = 1e-9 * (1 + abs(point.valueUSD))
                #expect(next.valueUSD <= point.valueUSD + slack, "seed \(seed): \(point), \(next)")
                let isCrossed = metrics.jumps.contains {
                    point.relaxationMilliseconds < $0.relaxationMilliseconds
                        && $0.relaxationMilliseconds <= next.relaxationMilliseconds
                }
                if !isCrossed { #expect(next.valueUSD == point.valueUSD, "seed \(seed): \(point), \(next)") }
                if next.valueUSD < point.valueUSD - slack { falls += 1 }
            }
            for step in metrics.elasticities {
                #expect(step.valueUSDPerMillisecond >= -1e-6, "seed \(seed): \(step)")
            }
            // Each home has room for all work of all three: nothing moves at a loss.
            for metric in metrics.relocatable { #expect(metric.isNested, "seed \(seed): \(metric)") }
        }
        #expect(falls > 100, "\(falls)")
    }

    /// From 10 to 20 ms only Norway comes within reach, of class A of Frankfurt: all groups with it save the same.
    @Test func elasticities() throws {
        let metrics = try metrics(IllustrativeRun(), [0, 10, 20])
        #expect(metrics.elasticities.count == 2 * (1 + 4 + 3 + 3))
        for step in metrics.elasticities {
            let isConcerned = ["system", "A", "node-EUW", "area-EUW"].contains(step.name)
            let value = step.fromMilliseconds == 10 && isConcerned ? (31_003 - 26_183) / 10.0 : 0
            #expect(abs(step.valueUSDPerMillisecond - value) < 0.1, "\(step)")
            let energy = ["system": 300.0, "A": 120, "node-EUW": 100, "area-EUW": 100][step.name]
            if let energy, value > 0 {
                let perEnergy = try #require(step.valueUSDPerMillisecondMWh)
                #expect(abs(perEnergy * energy - step.valueUSDPerMillisecond) < 1e-9)
            }
        }
        let points = metrics.frontier
        let system = try #require(metrics.elasticities.first { $0.scope == .system && $0.fromMilliseconds == 10 })
        #expect(
            abs(system.emissionsKgPerMillisecond * 10 - (points[1].emissionsKg - points[2].emissionsKg)) < 1e-6)
    }

    /// Worked by hand from the table of MODEL: Virginia against Quebec and Frankfurt.
    @Test func breakEven() throws {
        let metrics = try metrics(IllustrativeRun())
        func route(_ kind: String, _ to: String) throws -> BreakEvenMetric {
            try #require(
                metrics.breakEven.first { $0.workloadClass == kind && $0.service == "node-USE" && $0.region == to })
        }
        let quebec = try route("B", "QC")
        #expect(quebec.holds && quebec.isAllowed && quebec.tickCount == 1 && quebec.heldTickCount == 1)
        #expect(abs(quebec.marginUSDPerMWh - (1.15 * (80 - 45) - 5)) < 1e-9)
        #expect(abs(quebec.marginUSDPerRequest - 35.25 * 2e-6) < 1e-15)
        #expect(abs((quebec.highestFrictionUSDPerRequest ?? 0) - 40.25 * 2e-6) < 1e-15)
        #expect(quebec.lowestEnergyKWhPerRequest == 0 && quebec.lowestRequestsPerSession == 1)
        #expect(quebec.lowestCarbonPriceUSDPerKg == 0)
        let frankfurt = try route("A", "EUW")
        #expect(!frankfurt.holds && !frankfurt.isAllowed && frankfurt.heldTickCount == 0)
        #expect(frankfurt.highestFrictionUSDPerRequest == nil && frankfurt.lowestEnergyKWhPerRequest == nil)
        #expect(frankfurt.lowestRequestsPerSession == nil)
        // It saves 92 - 187.5 - 1 $/MWh and avoids 483 - 475 kg/MWh.
        #expect(abs((frankfurt.lowestCarbonPriceUSDPerKg ?? 0) - 96.5 / 8) < 1e-9)
        #expect(metrics.breakEven.count == 3 * 4 * 9)
    }

    @Test func relocatableDemand() throws {
        let metrics = try metrics(IllustrativeRun())
        #expect(
            metrics.relocatable.map(\.name).prefix(8) == [
                "system", "A", "B", "C", "D", "node-USE", "node-EUW", "node-SGP",
            ])
        #expect(metrics.relocatable.suffix(3).map(\.name) == ["area-USE", "area-EUW", "area-SGP"])
        #expect(metrics.relocatable.allSatisfy { $0.isNested && $0.demand.realisedAtLossMWh < 1e-6 })
        let technical = metrics.relocatable.map(\.demand.technicalMWh)
        let byHand: [Double] = [220, 40, 90, 60, 30, 100, 60, 60, 100, 60, 60]
        for (found, expected) in zip(technical, byHand) {
            #expect(abs(found - expected) < 1e-9, "\(technical)")
        }
        let layers = metrics.layers
        let away = layers.map { $0.regionalMWh + $0.energyOrientedMWh }.reduce(0, +)
        #expect(abs(away - metrics.relocatable[0].demand.realisedMWh) < 1e-9)
        #expect(abs(layers.map { $0.localMWh }.reduce(away, +) - 300) < 1e-6)
        // Half of everything is pinned: what can move halves, what is in reach does not.
        let pinned = try self.metrics(IllustrativeRun(pinnedShare: 0.5)).relocatable[0].demand
        #expect(abs(pinned.technicalMWh - 220) < 1e-9 && abs(pinned.feasibleMWh - 110) < 1e-6)
    }

    /// An absent node stays at home at every relaxation, and its work is in reach all the same.
    @Test func absentNodesStayAtHome() throws {
        let metrics = try metrics(IllustrativeRun(hasAbsence: true), [0, 500])
        let node = try #require(metrics.relocatable.first { $0.name == "node-USE" }).demand
        #expect(abs(node.technicalMWh - 200) < 1e-9 && abs(node.feasibleMWh - 100) < 1e-6)
        let recorded = try IllustrativeRun(hasAbsence: true).records().map(\.clearing.objective).reduce(0, +)
        #expect(abs(metrics.frontier[0].valueUSD - recorded) <= 1e-9 * recorded)
    }

    /// V counts emissions at the run's carbon price.
    @Test func carbonPrice() throws {
        let run = IllustrativeRun(mechanism: Mechanism(.carbonPriced, carbonPriceUSDPerKg: 0.1))
        let metrics = try metrics(run, [0, 40])
        for point in metrics.frontier {
            #expect(abs(point.valueUSD - point.costUSD - 0.1 * point.emissionsKg) < 1e-6 * point.valueUSD)
        }
        let recorded = try run.records().map(\.clearing.objective).reduce(0, +)
        #expect(abs(metrics.frontier[0].valueUSD - recorded) <= 1e-9 * recorded)
    }

    @Test func everyNumberIsInTheCSV() throws {
        let metrics = try metrics(IllustrativeRun(), [0, 20])
        let rows = metrics.csv.split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        #expect(rows.allSatisfy { $0.count == 8 })
        for name in ["relocatable", "frontier", "elasticity", "jump", "reach", "break_even", "layer"] {
            #expect(rows.contains { $0[0] == name }, "\(name) is missing")
        }
        let frontier = rows.first { $0[0] == "frontier" && $0[4] == "20.0" && $0[5] == "value" }
        #expect(frontier?[7] == "\(metrics.frontier[1].valueUSD)")
        let lines = metrics.text.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 100 }, "\(lines.filter { $0.count > 100 })")
    }

    @Test func noTickIsAnError() {
        #expect(throws: RunAnalysisError.self) {
            _ = try RunMetrics(of: IllustrativeRun().experiment, reading: { { nil } })
        }
    }
}
