import Foundation
import Testing

extension CommandTests {
    /// Runs whose processes are struck end like quiet ones.
    @Suite struct ChaosTests {
        private static let ticks = 1200

        /// The digest of the long run when nobody disturbs it, cut to some ticks.
        private func quietDigest(_ sandbox: Sandbox) async throws -> String {
            try await sandbox.run(
                "--in-process", "--no-baseline", "--set", "clock.ticks=\(Self.ticks)", as: "long.yaml")
        }

        /// The short form of `Tests/chaos`.
        @Test func struckRunsEndLikeTheQuietOne() async throws {
            let sandbox = try Sandbox()
            try sandbox.write(LongRun.scenario, to: "long.yaml")
            let script = Program.repository.appendingPathComponent("Tests/chaos").path
            let result = try await sandbox.shell(
                "python3 \(script) --program \(try Program.path()) --scenario long.yaml --seeds 3 --set clock.ticks=400",
                within: .seconds(300))
            #expect(result.status == 0, "\(result.notes)\(result.output)")
            #expect(result.output.hasPrefix("3 runs, 3 with the digest "), "\(result.output)")
        }

        /// kill -9 of every process in turn, while the run goes on.
        @Test func everyProcessIsKilledInTurn() async throws {
            let run = try await LongRun(changes: ["run.onLoss=restart", "clock.ticks=\(Self.ticks)"])
            defer { run.program.end() }
            let parts = ["recorder", "coordinator"].map { ($0, String?.none) }
            let agents = ["north", "south", "north-1", "south-1", "stockholm", "frankfurt"].map {
                ("agent", String?($0))
            }
            for (role, name) in agents + parts {
                let victim = try await run.running(role, named: name)
                kill(victim.pid, SIGKILL)
                _ = try await run.running(role, named: name, besides: victim)
            }
            let result = try await run.program.result(within: .seconds(120))
            #expect(result.status == 0, "\(result.notes)")
            #expect(result.output.value(of: "digest") == (try await quietDigest(run.sandbox)))
            #expect(
                result.notes.matches(of: /was killed by signal 9; restarting, 1 of 3/).count == 7, "\(result.notes)")
            #expect(result.notes.contains("the coordinator was killed by signal 9; going on from the journal, 1 of 3"))
            try await run.expectNothingLeft()
        }

        @Test func aRunWhoseLauncherWasKilledIsResumed() async throws {
            let run = try await LongRun(changes: ["clock.ticks=\(Self.ticks)"])
            defer { run.program.end() }
            run.program.send(SIGKILL)
            _ = try await run.program.result(within: .seconds(20))
            let resumed = try await run.sandbox.gridtide("resume", "runs/long-1")
            #expect(resumed.status == 0, "\(resumed.notes)")
            #expect(resumed.output.value(of: "digest") == (try await quietDigest(run.sandbox)))
            #expect(try await run.sandbox.databaseStatus(ofRun: "runs/long-1") == ("finished", ""))
            try await run.expectNothingLeft()
        }

        @Test func aRunUnderWayIsNotResumed() async throws {
            let run = try await LongRun()
            defer { run.program.end() }
            let second = try await run.sandbox.gridtide("resume", "runs/long-1")
            #expect(second.status == 75 && second.notes.contains("is being run"), "\(second.notes)")
            #expect(run.program.isRunning)
        }

        @Test func aRunGoesOnWithoutAnAgentThatMayBeAbsent() async throws {
            let run = try await LongRun(changes: ["services.stockholm.onLoss=absent", "clock.ticks=\(Self.ticks)"])
            defer { run.program.end() }
            kill(try run.process("agent", named: "stockholm").pid, SIGKILL)
            let result = try await run.program.result(within: .seconds(120))
            #expect(result.status == 0, "\(result.notes)")
            let line = /tick \d+, \w+: service-node stockholm was killed by signal 9; going on without it/
            #expect(result.notes.contains(line), "\(result.notes)")
            #expect(result.output.value(of: "digest") != (try await quietDigest(run.sandbox)), "its absence shows")
            let verified = try await run.sandbox.gridtide("verify", "runs/long-1")
            #expect(verified.status == 0, "\(verified.output)")
        }

        /// A program that ends at once, well or badly, is named and given up after its restarts.
        @Test(arguments: [(0, "exited before the end of the run"), (3, "exited with status 3")])
        func aProgramThatWillNotPlayIsGivenUp(status: Int, words: String) async throws {
            let sandbox = try Sandbox()
            let scenario = LongRun.scenario.replacingOccurrences(
                of: "strategy: honest, location: {latitude: 59.3, longitude: 18.1}, demand: {batch: 3000000}",
                with: "location: {latitude: 59.3, longitude: 18.1}, strategy: {exec: [sh, -c, exit \(status)]}")
            try sandbox.write(scenario, to: "long.yaml")
            let result = try await sandbox.gridtide(
                "run", "long.yaml", "--no-baseline", "--set", "run={onLoss: restart, restartLimit: 2}")
            #expect(result.status == 4)
            let line = "service-node stockholm \(words)"
            #expect(result.notes.contains("\(line); restarting, 1 of 2"), "\(result.notes)")
            #expect(result.notes.contains("\(line); restarting, 2 of 2"), "\(result.notes)")
            #expect(result.notes.contains("\(line); it was restarted 2 times already"), "\(result.notes)")
        }

        /// Damage in the middle of a journal is refused, and the run left as it is.
        @Test func aDamagedRunIsNotResumed() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            let path = sandbox.path("runs/two-region-1/journal")
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(fileURLWithPath: path))
            let result = try await sandbox.gridtide("resume", "runs/two-region-1")
            #expect(result.status == 65 && result.notes.contains("whole ticks follow"), "\(result.notes)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
        }
    }
}
