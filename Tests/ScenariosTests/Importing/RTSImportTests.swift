import CoSimulation
import Foundation
import InferencePlacement
import PowerGrid
import ReferenceAgents
import Scenarios
import Testing

@Suite("An imported RTS-GMLC system")
struct RTSImportTests {
    let sample = RTSSample()

    @Test("loads with one grid operator, and a region and a service node at each bus")
    func loads() throws {
        let imported = try sample.build()
        #expect(imported.name == "rts-gmlc-2020-02-28")
        #expect(
            imported.files.map(\.name) == [
                "network.m", "requests.csv", "regional_load.csv", "wind.csv", "hydro.csv", "SOURCES.txt",
                "scenario.yaml",
            ])
        let experiment = try sample.load()
        // 2020-02-28T23:00Z
        #expect(experiment.clock == Clock(startSeconds: 1_582_930_800, tickSeconds: 3600, tickCount: 3))
        #expect(experiment.gridOperators.map(\.agent.strategy) == ["dc-opf"])
        #expect(experiment.regions.map(\.agent.name) == ["dc-101", "dc-201"])
        #expect(experiment.regions.map(\.bus) == ["101", "201"])
        #expect(experiment.services.map(\.home) == [0, 1])
        #expect(experiment.mechanism == Mechanism(.leastCost) && experiment.coupling.kind == .sequential)
        // A great circle of some 116 km; 56 ms are the two ways out and back.
        #expect((57...58).contains(experiment.services[0].roundTripMilliseconds[1]))
    }

    @Test("has the series of the files from its start on, and emission rates by unit")
    func series() throws {
        let settings = try sample.load().gridOperators[0].agent.parameters
        func values(_ section: String, _ name: String) -> [Double] {
            (0..<3).map { settings.section(section).series(name)[$0] }
        }
        #expect(values("areaDemandMW", "2") == [40, 44.5, 48])
        #expect(values("availableMW", "201_WIND_1") == [70, 0, 9.5])
        #expect(values("fixedMW", "102_HYDRO_1") == [9, 8, 7])
        // 13 MMBTU/MWh for the first 40 %, 9 for a fifth and 10 for the rest, at 118 lb/MMBTU.
        let rate = (0.4 * 13 + 0.2 * 9 + 0.4 * 10) * 118 * 0.45359237
        #expect(abs(settings.section("emissionsKgPerMWh").number("201_CT_1") - rate) < 1e-3)
        #expect(settings.section("emissionsKgPerMWh")["102_HYDRO_1"] == nil)
    }

    @Test("has the mean power asked for over a day, and room for twice its peak")
    func power() throws {
        var sample = sample
        sample.options.dailySwing = 0
        let experiment = try sample.load()
        let demand = experiment.services[0].agent.parameters.section("demand")
        for tick in 0..<3 {
            let power = experiment.classes.reduce(0) {
                $0 + $1.energyKWhPerRequest / 1000 * demand.series($1.name)[tick]
            }
            #expect(abs(power - 2) < 1e-6)
        }
        #expect(experiment.regions[0].agent.parameters.series("connectionMW")[0] == 4.8)
        #expect(try sample.build().meanITMW == 4)
    }

    @Test("runs: hydro makes its series, all is served, and minimum outputs hold only if asked for")
    func runs() throws {
        for keepsMinimum in [false, true] {
            var sample = sample
            sample.options.keepsMinimum = keepsMinimum
            var run = try InProcessRun(experiment: try sample.load(), catalogue: ReferenceAgents.catalogue)
            var hydro: [Double] = []
            var oil: [Double] = []
            try run.run { record, _ in
                let area = record.dispatches[0]!.areas[0]
                #expect(record.violations.isEmpty && record.clearing.unserved.isEmpty && area.unservedMW == 0)
                func output(_ name: String) -> Double {
                    area.technologies.first { $0.technology == name }?.outputMW ?? -1
                }
                hydro.append(output("Hydro"))
                oil.append(output("Oil CT"))
            }
            #expect(hydro == [9, 8, 7])
            #expect(keepsMinimum ? oil.allSatisfy { $0 >= 16 } : oil[0] < 1e-9, "\(oil)")
        }
    }

    @Test("keeps the publisher's notice in every file that travels with the data")
    func notice() throws {
        let files = try sample.build().files
        let sources = try #require(files.first { $0.name == "SOURCES.txt" }).text
        let yaml = try #require(files.first { $0.name == "scenario.yaml" }).text
        #expect(sources.hasSuffix("NOTICE OF THE PUBLISHER\n\(sample.notice)\n"))
        #expect(yaml.hasSuffix("# DATA USE\n#\n# Keep this notice.\n"))
    }

    @Test("says what is assumed")
    func assumptions() throws {
        var sample = sample
        #expect(try sample.build().notices.contains { $0.hasPrefix("No unit commitment: thermal units run down to") })
        sample.options.keepsMinimum = true
        #expect(try sample.build().notices.contains { $0.hasPrefix("No unit commitment: every thermal unit is on") })
    }

    @Test("is refused with every wrong option at once")
    func wrongOptions() throws {
        var sample = sample
        sample.options.start = "2020-02-30"
        sample.options.buses = ["101", "9", "101"]
        sample.options.pue = 0.5
        sample.options.name = "a b"
        #expect {
            _ = try sample.build()
        } throws: { error in
            let codes = (error as? ScenarioError)?.faults.map(\.code.rawValue).sorted() ?? []
            return codes == ["duplicate-name", "invalid-name", "invalid-time", "out-of-range", "unknown-reference"]
        }
        for (start, ticks) in [("2020-02-28", 1), ("2020-02-28T23:00", 4), ("2020-03-01", 1)] {
            sample = RTSSample()
            (sample.options.start, sample.options.ticks) = (start, ticks)
            #expect(throws: ScenarioError.self, "\(start), \(ticks) ticks") { _ = try sample.build() }
        }
    }
}
