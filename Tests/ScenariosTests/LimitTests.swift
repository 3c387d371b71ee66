import CoSimulation
import Foundation
import Scenarios
import Testing

/// docs/limits.md, on scenarios and sweeps: at a limit a file is read, one beyond is a fault.
@Suite("Limits of scenarios")
struct LimitTests {
    /// How much of a limit the good scenario uses, and what is said when it is one less.
    struct Use: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let used: Int
        let code: ScenarioFault.Code
        let limit: @Sendable (Int) -> ScenarioLimits

        init(
            _ name: String, _ used: Int, _ code: ScenarioFault.Code = .tooLarge,
            _ set: @escaping @Sendable (inout ScenarioLimits, Int) -> Void
        ) {
            testDescription = name
            self.used = used
            self.code = code
            limit = { value in
                var limits = ScenarioLimits()
                set(&limits, value)
                return limits
            }
        }
    }

    private static let tables = GoodScenario.files.filter { $0.key.hasSuffix(".csv") }.map(\.value.utf8.count)

    static let uses = [
        Use("yamlBytes", GoodScenario.yaml.utf8.count) { $0.yamlBytes = $1 },
        Use("yamlDepth", 7, .tooDeep) { $0.yamlDepth = $1 },
        Use("nameBytes", "interactive".utf8.count, .invalidName) { $0.nameBytes = $1 },
        Use("csvBytes", tables.max() ?? 0) { $0.csvBytes = $1 },
        Use("csvRows", 6) { $0.csvRows = $1 },
        Use("csvCells", 36) { $0.csvCells = $1 },
        Use("totalBytes", tables.reduce(0, +)) { $0.totalBytes = $1 },
        Use("agents", 6) { $0.agents = $1 },
        Use("classes", 2) { $0.classes = $1 },
        Use("ticks", 6, .outOfRange) { $0.ticks = $1 },
        Use("placements", 8) { $0.placements = $1 },
        Use("seriesValues", 24) { $0.seriesValues = $1 },
        Use("denials", 1) { $0.denials = $1 },
    ]

    private func codes(_ limits: ScenarioLimits = ScenarioLimits(), overrides: [String] = []) -> Set<ScenarioFault.Code>
    {
        do throws(ScenarioError) {
            _ = try Scenario.load(
                .memory(GoodScenario.files), catalogue: TestCatalogue.catalogue, overrides: overrides, limits: limits)
            return []
        } catch {
            return Set(error.faults.map(\.code))
        }
    }

    @Test("each holds to the last byte, row or agent", arguments: uses)
    func exact(use: Use) {
        #expect(codes(use.limit(use.used)) == [], "at \(use.used)")
        #expect(codes(use.limit(use.used - 1)) == [use.code], "at \(use.used - 1)")
    }

    @Test("as they stand they hold too")
    func asTheyStand() {
        let limits = ScenarioLimits()
        func name(_ count: Int) -> String { "name=" + String(repeating: "n", count: count) }
        #expect(codes(overrides: [name(limits.nameBytes)]) == [])
        #expect(codes(overrides: [name(limits.nameBytes + 1)]) == [.invalidName])
        func deep(_ levels: Int) -> [ScenarioFault.Code] {
            let text = String(repeating: "[", count: levels - 1) + String(repeating: "]", count: levels - 1)
            return GoodScenario.faults(["scenario.yaml": GoodScenario.yaml + "notes: \(text)\n"]).map(\.code)
        }
        #expect(!deep(limits.yamlDepth).contains(.tooDeep))
        #expect(deep(limits.yamlDepth + 1) == [.tooDeep])
        let events = (0...limits.events).map {
            "{name: e\($0), region: south-1, kind: cap, fromTick: 0, toTick: 1, capMW: 60}"
        }
        func eventful(_ count: Int) -> Set<ScenarioFault.Code> {
            codes(overrides: ["events=[\(events.prefix(count).joined(separator: ", "))]"])
        }
        #expect(!eventful(limits.events).contains(.tooLarge))
        #expect(eventful(limits.events + 1).contains(.tooLarge))
        let faults = (0...limits.faults).map {
            "{name: f\($0), agents: [south-1], kind: outage, fromTick: 0, toTick: 1}"
        }
        func faulty(_ count: Int) -> Set<ScenarioFault.Code> {
            codes(overrides: ["faults=[\(faults.prefix(count).joined(separator: ", "))]"])
        }
        #expect(faulty(limits.faults) == [])
        #expect(faulty(limits.faults + 1).contains(.tooLarge))
    }

    @Test("a million ticks are read, one more is refused")
    func ticks() {
        let limit = ScenarioLimits().ticks
        func codes(_ ticks: Int) -> [ScenarioFault.Code] {
            let yaml = """
                gridtide: 1
                name: long
                clock: {start: 2024-01-01T00:00Z, tickMinutes: 1, ticks: \(ticks)}
                mechanism: {objective: home}
                classes: [{name: all, latencyBudgetMilliseconds: 300, energyWhPerRequest: 1, acceleratorSecondsPerRequest: 1, valueUSDPerRequest: 1}]
                gridOperators: [{name: grid, strategy: merit-order, demandMW: 1, fleet: [{name: gas, technology: gas, capacityMW: 9, costUSDPerMWh: 1, emissionsKgPerMWh: 1}]}]
                regions: [{name: here, strategy: honest, grid: grid, location: {latitude: 0, longitude: 0}, accelerators: 1, connectionMW: 1, pue: 1}]
                services: [{name: node, strategy: honest, home: here, location: {latitude: 0, longitude: 0}, demand: {all: 1}}]
                """
            return GoodScenario.faults(["scenario.yaml": yaml]).map(\.code)
        }
        #expect(codes(limit) == [])
        #expect(codes(limit + 1) == [.outOfRange])
    }

    @Test("a sweep has its greatest number of points, and no more")
    func points() {
        func codes(_ count: Int, _ more: String = "") -> [ScenarioFault.Code] {
            let text = """
                gridtide: 1
                name: wide
                axes:
                  - {name: a, set: latency.relaxationMilliseconds, range: {from: 0, to: 1, count: \(count)}}
                \(more)
                """
            do throws(ScenarioError) {
                let sweep = try Sweep.load(.memory(["sweep.yaml": text]))
                #expect(sweep.points.count == Sweep.pointLimit)
                return []
            } catch {
                return error.faults.map(\.code)
            }
        }
        #expect(codes(Sweep.pointLimit / 2, "seeds: [1, 2]") == [])
        #expect(codes(Sweep.pointLimit / 2 + 1, "seeds: [1, 2]") == [.tooLarge])
        #expect(codes(Sweep.pointLimit + 1).contains(.outOfRange))
    }

    @Test("no gap of twenty years is filled up by the minute")
    func interpolation() {
        var files = GoodScenario.files
        files["weather.csv"] = """
            local,sun_percent
            2024-07-08 02:00,0
            2024-07-08 02:01,1
            2024-07-08 02:02,2
            2043-10-01 02:00,50
            """
        #expect(GoodScenario.faults(files, overrides: ["clock.ticks=170000"]).map(\.code).contains(.tooLarge))
    }
}
