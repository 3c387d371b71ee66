import Foundation
import Testing

extension CommandTests {
    /// A run over tcp with real processes: whose key files are private, who is let in, and what a flood costs.
    @Suite struct SecurityTests {
        private static let frankfurt = "name: frankfurt, home: south-1, location: {latitude: 50.1, longitude: 8.7}"

        /// A run that waits for the node frankfurt, which is started by hand.
        private struct WaitingRun {
            let sandbox: Sandbox
            let program: RunningProgram
            let endpoint: String

            init(_ options: String...) async throws {
                sandbox = try Sandbox()
                let source = Program.repository.appendingPathComponent("Agents/c/agent.c").path
                let compiled = try await sandbox.shell("cc -std=c11 -o agent \(source) -lzmq")
                try #require(compiled.status == 0, "\(compiled.notes)")
                let site = "{\(frankfurt), strategy: {external: true, parameters: {requestsPerTick: 1000000}}}"
                program = try sandbox.start(
                    ["run", "Scenarios/two-region", "--transport", "tcp", "--set", "services.frankfurt=\(site)"]
                        + options)
                let deadline = ContinuousClock.now + .seconds(20)
                while !program.notesSoFar.contains("waiting for frankfurt"), .now < deadline {
                    try await Task.sleep(for: .milliseconds(20))
                }
                let line = program.notesSoFar
                endpoint = String(try #require(line.firstMatch(of: /GRIDTIDE_ENDPOINT=(\S+)/), "\(line)").1)
            }

            func key(_ name: String) -> String { sandbox.path("runs/two-region-1/keys/\(name).key") }

            /// Plays a node by hand with the program.
            func play(_ name: String, _ options: String...) async throws -> RunningProgram.Result {
                try await sandbox.start(["agent", "play", name, "--endpoint", endpoint] + options).result()
            }

            /// The right program with the right key, and the end of the run.
            func join(_ environment: String = "") async throws -> RunningProgram.Result {
                let agent = try await sandbox.shell(
                    "GRIDTIDE_NAME=frankfurt GRIDTIDE_ENDPOINT=\(endpoint) \(environment) ./agent")
                #expect(agent.status == 0, "\(agent.notes)")
                return try await program.result()
            }
        }

        private func mode(_ path: String) throws -> Int {
            try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
        }

        @Test func keysArePrivateAndGoWithTheRun() async throws {
            let run = try await WaitingRun()
            defer { run.program.end() }
            #expect(try mode(run.sandbox.path("runs/two-region-1/keys")) == 0o700)
            let files = run.sandbox.names(in: "runs/two-region-1/keys")
            let names = ["coordinator", "frankfurt", "north", "north-1", "recorder", "south", "south-1", "stockholm"]
            #expect(files == names.map { "\($0).key" }.sorted())
            for name in names { #expect(try mode(run.key(name)) == 0o600, "\(name)") }
            #expect(run.program.notesSoFar.contains("GRIDTIDE_KEY_FILE=\(run.key("frankfurt"))"))
            let keys = try names.flatMap { name in
                try String(contentsOfFile: run.key(name), encoding: .utf8).matches(of: /-key (\S{40})/).map {
                    String($0.1)
                }
            }
            #expect(Set(keys).count == 16, "a pair for each of eight")
            let result = try await run.join("GRIDTIDE_KEY_FILE=\(run.key("frankfurt"))")
            #expect(result.status == 0, "\(result.notes)")
            #expect(!run.sandbox.names(in: "runs/two-region-1").contains("keys"), "keys are left")
            // Nothing that stays of the run, and nothing that was printed, has a key in it.
            let place = run.sandbox.path("runs")
            let left = try #require(FileManager.default.subpaths(atPath: place)).compactMap {
                FileManager.default.contents(atPath: "\(place)/\($0)")
            }
            #expect(left.count > 8)
            for key in keys {
                #expect(!left.contains { $0.range(of: Data(key.utf8)) != nil })
                #expect(!result.notes.contains(key) && !result.output.contains(key))
            }
        }

        @Test func whoHasNotTheKeyOfTheNameIsRefused() async throws {
            let run = try await WaitingRun()
            defer { run.program.end() }
            let without = try await run.play("frankfurt")
            #expect(without.status == 1 && without.notes.contains("over tcp every participant needs the key"))
            let insecure = try await run.play("frankfurt", "--insecure")
            #expect(insecure.status == 1 && insecure.notes.contains("a key is needed there"), "\(insecure.notes)")
            let other = try await run.play("frankfurt", "--key", run.key("recorder"))
            #expect(other.status == 1 && other.notes.contains("refused (wrong-key)"), "\(other.notes)")
            let open = run.sandbox.path("open.key")
            try FileManager.default.copyItem(atPath: run.key("frankfurt"), toPath: open)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: open)
            let shown = try await run.play("frankfurt", "--key", open)
            #expect(shown.status == 74 && shown.notes.contains("chmod 600"), "\(shown.notes)")
            let elsewhere = try await run.sandbox.gridtide(
                "run", "Scenarios/two-region", "--in-process", "-q", "--no-baseline")
            #expect(elsewhere.status == 0)
            let made = try await run.sandbox.gridtide("keys", "runs/two-region-2")
            let foreign = try run.sandbox.start(
                ["agent", "play", "frankfurt", "--endpoint", run.endpoint, "--key"]
                    + [made.output.dropLast() + "/frankfurt.key"])
            try await Task.sleep(for: .seconds(1))
            #expect(foreign.isRunning, "it goes on trying: \(foreign.notesSoFar)")
            foreign.end()
            let result = try await run.join("GRIDTIDE_KEY_FILE=\(run.key("frankfurt"))")
            #expect(result.status == 0, "\(result.notes)")
            #expect(result.notes.contains("a connection failed in its handshake: it has no key"), "\(result.notes)")
            #expect(
                result.notes.contains("the holder of the key of 'recorder' sent a message under the name 'frankfurt'"))
        }

        @Test func insecureRunsHaveNoKeys() async throws {
            let run = try await WaitingRun("--insecure")
            defer { run.program.end() }
            #expect(!run.sandbox.names(in: "runs/two-region-1").contains("keys"))
            #expect(run.program.notesSoFar.contains("GRIDTIDE_INSECURE=1"))
            let result = try await run.join()
            #expect(result.status == 0, "\(result.notes)")
        }

        /// A launcher that is killed leaves keys behind, which are private and of no use: resuming makes new ones.
        @Test func resumingMakesNewKeys() async throws {
            let ticks = "clock.ticks=1500"
            let run = try await LongRun(transport: "tcp", changes: [ticks])
            defer { run.program.end() }
            run.program.send(SIGKILL)
            _ = try await run.program.result(within: .seconds(20))
            #expect(try mode(run.sandbox.path("runs/long-1/keys")) == 0o700)
            let resumed = try await run.sandbox.gridtide("resume", "runs/long-1")
            #expect(resumed.status == 0, "\(resumed.notes)")
            #expect(!run.sandbox.names(in: "runs/long-1").contains("keys"))
            let quiet = try await run.sandbox.run("--in-process", "--no-baseline", "--set", ticks, as: "long.yaml")
            #expect(resumed.output.value(of: "digest") == quiet)
            try await run.expectNothingLeft()
        }

        #if os(Linux)
            private static let flooder = """
                import os
                import gridtide
                from gridtide.link import REPLY, AgentLink, Frame

                send = AgentLink.send

                def flooding(self, kind, message):
                    send(self, kind, message)
                    if kind != REPLY:
                        return
                    for _ in range(3000):
                        self._socket.send(b"no frame")
                        self._socket.send(Frame(9, b"").encoded())
                        send(self, kind, message)
                    for _ in range(8):
                        self._socket.send(bytes(4 << 20))

                if os.environ.get("FLOOD") == "1":
                    AgentLink.send = flooding

                """

            /// An agent that floods, with its own key, has no part in what the others come to.
            @Test(
                .enabled(if: Sandbox.python != nil, "there is no .gridtide/venv; ./gridtide test makes it"),
                .enabled(if: !Program.isSanitized, "a sanitizer keeps memory that was given back"))
            func floodOfAnAgentChangesNothing() async throws {
                let sandbox = try Sandbox()
                try sandbox.write(Self.flooder + ForeignAgentTests.priceTaker, to: "Scenarios/two-region/flooder.py")
                let quiet = try await peak(sandbox, flood: 0)
                let loud = try await peak(sandbox, flood: 1)
                #expect(quiet.digest == loud.digest)
                #expect(quiet.notes.isEmpty)
                #expect(loud.notes.contains("service-node frankfurt sent bytes that are no frame"), "\(loud.notes)")
                let lines = loud.notes.split(separator: "\n").count
                #expect((1..<30).contains(lines), "\(lines) lines of a hundred thousand messages")
                #expect(
                    loud.kilobytes < quiet.kilobytes + 64 * 1024, "\(quiet.kilobytes) KB became \(loud.kilobytes) KB")
            }

            /// Digest and notes of a run, and the most memory its coordinator had.
            private func peak(_ sandbox: Sandbox, flood: Int) async throws -> (
                digest: String, notes: String, kilobytes: Int
            ) {
                let words = "env, FLOOD=\(flood), \(Sandbox.python!), flooder.py"
                let parameters = "demand: {interactive: 80000000, batch: 6000000}"
                let site = "{\(Self.frankfurt), strategy: {exec: [\(words)], parameters: {\(parameters)}}}"
                let program = try sandbox.start([
                    "run", "Scenarios/two-region", "--transport", "tcp", "--no-baseline", "--set",
                    "services.frankfurt=\(site)",
                ])
                defer { program.end() }
                var most = 0
                while program.isRunning {
                    for entry in ProcessTable.children(of: program.pid) where entry.plays("coordinator") {
                        let status = (try? String(contentsOfFile: "/proc/\(entry.pid)/status", encoding: .utf8)) ?? ""
                        most = max(most, Int(status.firstMatch(of: /VmHWM:\s+(\d+) kB/)?.1 ?? "") ?? 0)
                    }
                    try await Task.sleep(for: .milliseconds(10))
                }
                let result = try await program.result()
                try #require(result.status == 0, "\(result.notes)")
                let notes = result.notes.split(separator: "\n").filter {
                    !$0.contains("ticks in") && !$0.contains("note:")
                }
                return (try #require(result.output.value(of: "digest")), notes.joined(separator: "\n"), most)
            }
        #endif
    }
}
