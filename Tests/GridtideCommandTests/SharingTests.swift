import Foundation
import Testing

extension CommandTests {
    /// Others at the same files: readers that hold the database, launchers in the same folder, sweeps in the same file.
    @Suite struct SharingTests {
        /// Holds a run's database from when it says so to when its input ends.
        private func hold(_ how: String, _ database: String, _ sandbox: Sandbox) async throws -> RunningProgram {
            let code = """
                import sqlite3, sys, time, os
                holder = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)
                holder.execute("BEGIN \(how)"); holder.execute("SELECT count(*) FROM tick").fetchone()
                open(sys.argv[2], "w").close()
                while os.path.exists(sys.argv[2]): time.sleep(0.01)
                holder.execute("COMMIT")
                """
            let holder = try RunningProgram(
                "/usr/bin/env", ["python3", "-c", code, database, sandbox.path("held")], in: sandbox.folder,
                environment: sandbox.environment)
            let deadline = ContinuousClock.now + .seconds(20)
            while !FileManager.default.fileExists(atPath: sandbox.path("held")), ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(5))
            }
            try #require(FileManager.default.fileExists(atPath: sandbox.path("held")), "\(holder.notesSoFar)")
            return holder
        }

        /// Readers see the run as it was when they began, and keep nobody from writing.
        @Test func anOpenReaderDoesNotDisturbARun() async throws {
            let run = try await LongRun(changes: ["clock.ticks=400"])
            defer { run.program.end() }
            let reader = try await hold("DEFERRED", run.sandbox.path("runs/long-1/run.sqlite"), run.sandbox)
            defer { reader.end() }
            let result = try await run.program.result(within: .seconds(120))
            #expect(result.status == 0 && reader.isRunning, "\(result.notes)")
            #expect(try await run.sandbox.databaseStatus(ofRun: "runs/long-1") == ("finished", ""))
        }

        /// Somebody who holds the database for himself is waited for; then the run ends with his part in it named. The
        /// journal has every tick, and once he is gone the run goes on.
        @Test func aLockedDatabaseIsNamedAndLosesNothing() async throws {
            let run = try await LongRun(changes: ["clock.ticks=20000"])
            defer { run.program.end() }
            let holder = try await hold("EXCLUSIVE", run.sandbox.path("runs/long-1/run.sqlite"), run.sandbox)
            defer { holder.end() }
            let result = try await run.program.result(within: .seconds(60))
            #expect(result.status == 74 && result.output.isEmpty, "\(result.notes)")
            #expect(
                result.notes.contains(/The run failed\. tick \d+: the recorder: .*run\.sqlite: .*database is locked/),
                "\(result.notes)")
            #expect(result.notes.contains("Close the program that holds it"), "\(result.notes)")
            let verified = try await run.sandbox.gridtide("verify", "runs/long-1")
            #expect(verified.status == 0, "\(verified.output)\(verified.notes)")
            try FileManager.default.removeItem(atPath: run.sandbox.path("held"))
            #expect(try await holder.result().status == 0)
            let journal = run.sandbox.path("runs/long-1/journal")
            let size = try FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int
            let resumed = try run.sandbox.start(["resume", "runs/long-1"])
            defer { resumed.end() }
            try await underWay(resumed, journal, from: try #require(size))
        }

        /// Of two who go on with a run at the same moment one is refused, and the other comes to the end.
        @Test func twoWhoResumeAreOneTooMany() async throws {
            let run = try await LongRun(changes: ["clock.ticks=600"])
            defer { run.program.end() }
            run.program.send(SIGKILL)
            _ = try await run.program.result()
            let programs = try (0..<2).map { _ in try run.sandbox.start(["resume", "runs/long-1", "-q"]) }
            var results: [RunningProgram.Result] = []
            for program in programs { results.append(try await program.result(within: .seconds(120))) }
            results.sort { $0.status < $1.status }
            #expect(results.map(\.status) == [0, 75], "\(results.map(\.notes))")
            #expect(results[1].notes == "runs/long-1 is being run. Wait for its end, or stop it.\n")
            let quiet = try await run.sandbox.run(
                "--in-process", "--no-baseline", "--set", "clock.ticks=600", as: "long.yaml")
            #expect(results[0].output.value(of: "digest") == quiet)
            #expect(try await run.sandbox.databaseStatus(ofRun: "runs/long-1") == ("finished", ""))
        }

        /// The same sweep twice in one file at the same time comes to the same as once.
        @Test func twoSweepsShareADatabase() async throws {
            let sandbox = try Sandbox(scenarios: ["two-region", "energy-latency-frontier"])
            let words = ["sweep", "Scenarios/energy-latency-frontier", "-q", "--csv", "--database"]
            let programs = try (0..<3).map { _ in try sandbox.start(words + ["shared.sqlite"]) }
            let alone = try await sandbox.start(words + ["alone.sqlite"]).result()
            for program in programs {
                let result = try await program.result()
                #expect(result.status == 0 && result.output == alone.output, "\(result.notes)")
            }
        }

        /// Launcher and processes die at once, so that nobody removes the socket folder: the next launcher does, and
        /// leaves alone what is in use, and what is not a launcher's.
        @Test func socketFoldersOfTheDeadAreRemoved() async throws {
            let sandbox = try Sandbox()
            let first = try await waitingRun(sandbox)
            defer { first.end() }
            let living = sandbox.names(in: "s")
            #expect(living.count == 1)
            try FileManager.default.createDirectory(
                atPath: sandbox.path("s/gridtide-mine"), withIntermediateDirectories: false)
            try sandbox.write("mine", to: "s/gridtide-mine/hub")
            let second = try await waitingRun(sandbox)
            defer { second.end() }
            let both = sandbox.names(in: "s")
            #expect(both.count == 3 && both.contains(living[0]), "\(both)")
            // All stand still before one dies, and the launcher dies last: when it goes first, the system wakes those of its
            // children that were stopped, and they clean up.
            let processes = ProcessTable.children(of: second.pid).map(\.pid)
            for pid in [second.pid] + processes { kill(pid, SIGSTOP) }
            for pid in processes + [second.pid] { kill(pid, SIGKILL) }
            _ = try await second.result()
            #expect(sandbox.names(in: "s") == both, "the folder of the dead is left")
            let next = try await sandbox.gridtide("run", "Scenarios/two-region", "--no-baseline", "-q")
            #expect(next.status == 0, "\(next.notes)")
            #expect(sandbox.names(in: "s") == (living + ["gridtide-mine"]).sorted())
            #expect(sandbox.names(in: "s/gridtide-mine") == ["hub"])
            #expect(first.isRunning, "\(first.notesSoFar)")
        }

        /// A run whose processes wait for an agent that nobody starts.
        private func waitingRun(_ sandbox: Sandbox) async throws -> RunningProgram {
            let site =
                "{name: frankfurt, home: south-1, location: {latitude: 50.1, longitude: 8.7}, strategy: {external: true}}"
            let program = try sandbox.start(
                ["run", "Scenarios/two-region", "--no-baseline", "--set", "services.frankfurt=\(site)"])
            let deadline = ContinuousClock.now + .seconds(20)
            while ProcessTable.children(of: program.pid).count < 7, program.isRunning, .now < deadline {
                try await Task.sleep(for: .milliseconds(10))
            }
            try #require(ProcessTable.children(of: program.pid).count == 7, "\(program.notesSoFar)")
            return program
        }

        /// Waits until a run writes ticks behind a place in its journal. Throws when none come.
        private func underWay(_ program: RunningProgram, _ journal: String, from start: Int = 0) async throws {
            let deadline = ContinuousClock.now + .seconds(30)
            while program.isRunning, ContinuousClock.now < deadline {
                let size = (try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0
                if size > start + 20_000 { return }
                try await Task.sleep(for: .milliseconds(5))
            }
            throw TestSetupError("the run did not get under way: \(program.notesSoFar)")
        }
    }
}
