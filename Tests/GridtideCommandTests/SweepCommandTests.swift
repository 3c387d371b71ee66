import Foundation
import Testing

extension CommandTests {
    /// `gridtide sweep` and `gridtide frontier`.
    @Suite struct SweepCommandTests {
        /// A sweep of two-region slow enough to be killed in the middle.
        private static let slow = """
            gridtide: 1
            name: slow
            scenario: ../two-region
            axes:
              - {name: pue, scale: regions.*.pue, range: {from: 1, to: 1.5, count: 12}}
              - {name: friction, scale: egress, values: [0, 1, 2, 3]}
            """

        private func sandbox() throws -> Sandbox {
            let sandbox = try Sandbox(scenarios: ["two-region", "energy-latency-frontier"])
            try FileManager.default.createDirectory(
                atPath: sandbox.path("Scenarios/slow"), withIntermediateDirectories: true)
            try sandbox.write(Self.slow, to: "Scenarios/slow/sweep.yaml")
            return sandbox
        }

        /// Every row of a database in the order of its keys; read by Python, as users do.
        private func dump(_ name: String, _ sandbox: Sandbox) async throws -> String {
            let code = "import sqlite3, sys; print('\\n'.join(sqlite3.connect(sys.argv[1]).iterdump()))"
            let python = try RunningProgram(
                "/usr/bin/env", ["python3", "-c", code, sandbox.path(name)], in: sandbox.folder,
                environment: sandbox.environment)
            let result = try await python.result()
            try #require(result.status == 0, "\(result.notes)")
            return result.output
        }

        /// Killed again and again, the same command ends with the database of an undisturbed sweep. Slow machines
        /// get few points done before each kill, fast ones many; either way some were done and some were not.
        @Test func killedSweepGoesOn() async throws {
            let sandbox = try sandbox()
            let whole = try await sandbox.gridtide("sweep", "Scenarios/slow", "-q", "--database", "whole.sqlite")
            try #require(whole.status == 0, "\(whole.notes)")
            var kills = 0
            for milliseconds in [150, 300, 500, 800, 1200, 1800] {
                let program = try sandbox.start(["sweep", "Scenarios/slow", "-q", "--database", "killed.sqlite"])
                try await Task.sleep(for: .milliseconds(milliseconds))
                if program.isRunning { kills += 1 }
                program.send(SIGKILL)
                _ = try await program.result()
            }
            #expect(kills > 0, "the sweep was never caught in the middle")
            let rest = try await sandbox.gridtide("sweep", "Scenarios/slow", "-q", "--database", "killed.sqlite")
            #expect(rest.status == 0 && rest.output == whole.output, "\(rest.notes)")
            #expect(try await dump("killed.sqlite", sandbox) == dump("whole.sqlite", sandbox))
        }

        /// One core and many come to the same, byte for byte of the dump; a point less is the control.
        @Test func parallelEqualsSerial() async throws {
            let sandbox = try sandbox()
            let folder = "Scenarios/energy-latency-frontier"
            let serial = try await sandbox.gridtide("sweep", folder, "-q", "--jobs", "1", "--database", "1.sqlite")
            let parallel = try await sandbox.gridtide("sweep", folder, "-q", "--jobs", "8", "--database", "8.sqlite")
            #expect(serial.status == 0 && serial.output == parallel.output, "\(serial.notes)")
            #expect(try await dump("1.sqlite", sandbox) == dump("8.sqlite", sandbox))
            #expect(try await dump("1.sqlite", sandbox).contains("INSERT INTO \"figure\""))
        }

        /// Ctrl-C ends at once with what was done, and says so.
        @Test func interruptedSweepKeepsItsPoints() async throws {
            let sandbox = try sandbox()
            let slower = Self.slow.replacingOccurrences(of: "count: 12", with: "count: 300")
            try sandbox.write(slower, to: "Scenarios/slow/sweep.yaml")
            let program = try sandbox.start(["sweep", "Scenarios/slow", "--database", "s.sqlite"])
            while program.isRunning, !FileManager.default.fileExists(atPath: sandbox.path("s.sqlite")) {
                try await Task.sleep(for: .milliseconds(10))
            }
            try await Task.sleep(for: .milliseconds(300))
            program.send(SIGINT)
            let result = try await program.result(within: .seconds(20))
            #expect(result.status == 130 && result.notes.contains("The same command goes on"), "\(result.notes)")
            #expect(result.output.isEmpty)
        }

        @Test func secondCommandRunsNothing() async throws {
            let sandbox = try sandbox()
            let folder = "Scenarios/energy-latency-frontier"
            let first = try await sandbox.gridtide("sweep", folder)
            let second = try await sandbox.gridtide("sweep", folder)
            #expect(second.output == first.output && second.notes.contains("17 of 17 points are in"), "\(second.notes)")
            // Another seed is another sweep, which does not take the place of the first unless told to.
            let other = try await sandbox.gridtide("sweep", folder, "--set", "seed=2")
            #expect(other.status == 2 && other.notes.contains("holds another sweep"), "\(other.notes)")
            #expect(try await sandbox.gridtide("sweep", folder, "--set", "seed=2", "--anew").status == 0)
        }

        @Test func wrongPointsAreRefusedBeforeAnythingRuns() async throws {
            let sandbox = try sandbox()
            try sandbox.write(
                "gridtide: 1\nname: w\nscenario: ../two-region\naxes: [{name: pue, scale: regions.*.pue, values: [1, 0.1]}]",
                to: "Scenarios/slow/sweep.yaml")
            let result = try await sandbox.gridtide("sweep", "Scenarios/slow")
            #expect(result.status == 2 && result.notes.contains("point 1 (pue 0.1): "), "\(result.notes)")
            #expect(sandbox.names(in: "sweeps").isEmpty)
            #expect(try await sandbox.gridtide("sweep", "nowhere").status == 2)
        }

        /// Every number that docs/model.md lists for its illustrative instance, from the command as users run it.
        @Test func modelsNumbers() async throws {
            let sandbox = try sandbox()
            let result = try await sandbox.gridtide("sweep", "Scenarios/energy-latency-frontier", "--json", "-q")
            let points = try #require(try result.output.asJSON()["points"] as? [[String: Any]])
            func figure(_ name: String, _ axis: String?, _ value: String?) throws -> Double {
                let point = try #require(
                    points.first { ($0["values"] as? [String: String]) == (axis.map { [$0: value ?? ""] } ?? [:]) },
                    "\(axis ?? "") \(value ?? "")")
                return try #require((point["figures"] as? [String: Double])?[name])
            }
            #expect(abs(try figure("home_placement_cost", nil, nil) - 50_350) < 1e-6 * 50_350)
            #expect(abs(try figure("home_signalled_emissions", nil, nil) - 157_400) < 1e-6 * 157_400)
            #expect(abs(try figure("home_generation_cost", nil, nil) - 50_350) < 1e-6 * 50_350)
            // Printed there to a dollar or a tenth, so that half of the last digit is added to 1e-6.
            let published: [(String?, String?, Double, Double)] = [
                (nil, nil, 31_003, 0.5), ("relaxation", "-60", 32_083, 0.5), ("relaxation", "10", 31_003, 0.5),
                ("relaxation", "20", 26_183, 0.5), ("relaxation", "40", 19_951, 0.5), ("relaxation", "60", 19_951, 0.5),
                ("relaxation", "500", 19_951, 0.5), ("friction", "0", 28_493, 0.5), ("friction", "4", 36_833, 0.5),
                ("friction", "16", 44_304.5, 0.05), ("friction", "64", 50_350, 0.5), ("capacity", "0", 41_265, 0.5),
                ("capacity", "0.5", 33_322.5, 0.05), ("capacity", "2", 29_409, 0.5), ("movable", "0.7", 36_231.4, 0.05),
                ("movable", "0.3", 43_913.8, 0.05), ("movable", "0", 50_350, 0.5),
            ]
            #expect(points.count == published.count)
            for (axis, value, cost, half) in published {
                let found = try figure("placement_cost", axis, value)
                #expect(abs(found - cost) <= half + 1e-6 * cost, "\(axis ?? "plain") \(value ?? ""): \(found)")
            }
        }

        @Test func frontierIsAStaircase() async throws {
            let sandbox = try sandbox()
            let folder = "Scenarios/energy-latency-frontier"
            let plain = try await sandbox.gridtide("frontier", folder, "--json", "-q")
            let steps = try #require(try plain.output.asJSON()["steps"] as? [[String: Any]])
            let costs = steps.compactMap { ($0["objectiveUSD"] as? [String: Double])?["median"] }
            #expect(costs.count == steps.count && costs.count > 20)
            #expect(zip(costs, costs.dropFirst()).allSatisfy { $0 >= $1 - 1e-6 })
            #expect(abs(costs[costs.count - 1] - 19_951) < 0.6)
            let bands = try await sandbox.gridtide(
                "frontier", folder, "--from", "-60", "--to", "60", "--points", "4", "--scale",
                "classes.*.surchargeUSDPerMWh=0,1,4", "--vary", "classes.*.movableShare=0.5,1", "--database", "b.sqlite"
            )
            #expect(bands.status == 0 && bands.output.contains("greatest"), "\(bands.notes)")
            #expect(try await sandbox.gridtide("frontier", folder, "--scale", "nothing").status == 2)
            #expect(try await sandbox.gridtide("frontier", folder, "--from", "1").status == 64)
        }
    }
}
