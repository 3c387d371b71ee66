import Foundation
import Testing

extension CommandTests {
    /// A run over hosts, with a program in the place of ssh that runs here what it is told to run there. `Tests/hosts/run` does
    /// the same with ssh, in network namespaces.
    @Suite struct HostRunTests {
        /// Runs the last word as ssh does: in a shell, with an input of its own, which it feeds from one that it has set to
        /// return at once. A host named away is away.
        private static let ssh = """
            #!/usr/bin/env python3
            import os, select, subprocess, sys
            destination, line = sys.argv[-2:]
            with open(os.environ["SSH_LOG"], "a") as log:
                log.write(" ".join(sys.argv[1:]) + "\\n")
            if destination == "away":
                sys.stderr.write("ssh: connect to host away port 22: No route to host\\r\\n")
                sys.exit(255)
            os.set_blocking(0, False)
            there = subprocess.Popen(["sh", "-c", line], cwd="/", stdin=subprocess.PIPE)
            while there.poll() is None:
                if there.stdin.closed or not select.select([0], [], [], 0.05)[0]:
                    try:
                        there.wait(0.02)
                    except subprocess.TimeoutExpired:
                        pass
                    continue
                try:
                    data = os.read(0, 65536)
                    if data:
                        there.stdin.write(data)
                        there.stdin.flush()
                    else:
                        there.stdin.close()
                except (BlockingIOError, BrokenPipeError):
                    pass
            sys.exit(there.returncode if there.returncode >= 0 else 255)
            """

        private static let hosts = """
            gridtide: 1
            address: 127.0.0.1
            program: PROGRAM
            hosts:
              - {name: east, ssh: me@east.example, options: [-p, "2222"], agents: [north-1, stockholm]}
              - {name: west}
            """

        private let sandbox: Sandbox

        init() throws {
            sandbox = try Sandbox()
            try FileManager.default.createDirectory(atPath: sandbox.path("bin"), withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: sandbox.path("there"), withIntermediateDirectories: true)
            try sandbox.write(Self.ssh, to: "bin/ssh")
            chmod(sandbox.path("bin/ssh"), 0o755)
            // A quote and blanks, as a path may have them.
            try FileManager.default.createSymbolicLink(
                atPath: sandbox.path("it's grid tide"), withDestinationPath: try Program.path())
            try writeHosts(program: sandbox.path("it's grid tide"))
            try sandbox.write(LongRun.scenario, to: "long.yaml")
        }

        private func writeHosts(_ text: String = hosts, program: String) throws {
            let quoted = "\"\(program)\""
            try sandbox.write(text.replacing("PROGRAM", with: quoted), to: "hosts.yaml")
        }

        private func start(_ arguments: [String]) throws -> RunningProgram {
            let path = sandbox.environment["PATH"] ?? "/usr/bin:/bin"
            let own = [
                "PATH": "\(sandbox.path("bin")):\(path)", "SSH_LOG": sandbox.path("ssh.log"),
                "TMPDIR": sandbox.path("there"),
            ]
            return try RunningProgram(
                try Program.path(), ["launch", "--on", "hosts.yaml"] + arguments, in: sandbox.folder,
                environment: sandbox.environment.merging(own) { $1 })
        }

        private func expectNothingLeft() async throws {
            let deadline = ContinuousClock.now + .seconds(3)
            func left() -> [ProcessTable.Entry] {
                ProcessTable.all().filter { $0.words.contains { $0.contains(sandbox.folder.path) } }
            }
            while ContinuousClock.now < deadline, !left().isEmpty { try await Task.sleep(for: .milliseconds(10)) }
            #expect(left().isEmpty, "processes are left")
            for entry in left() { kill(entry.pid, SIGKILL) }
            #expect(sandbox.names(in: "there").isEmpty, "keys are left")
        }

        @Test(arguments: [[], ["--processes", "per-agent"]])
        func theDigestIsThatOfOneProcess(options: [String]) async throws {
            let wanted = try await sandbox.run("--in-process", "--no-baseline")
            let result = try await start(["Scenarios/two-region", "--no-baseline"] + options).result()
            #expect(result.status == 0 && result.output.value(of: "digest") == wanted, "\(result.notes)")
            #expect(result.notes.contains(options.isEmpty ? "all agents in 2 processes on 2 hosts" : "own on 2 hosts"))
            try await expectNothingLeft()
            #expect(!FileManager.default.fileExists(atPath: sandbox.path("runs/two-region-2/keys")))
            let calls = try String(contentsOfFile: sandbox.path("ssh.log"), encoding: .utf8)
                .split(separator: "\n").map(String.init)
            #expect(calls.count == (options.isEmpty ? 4 : 8), "a keeper for each host, and the processes: \(calls)")
            let east = calls.filter { $0.hasPrefix("-p 2222 ") && $0.contains(" me@east.example ") }
            #expect(east.count == (options.isEmpty ? 2 : 3), "\(calls)")
            #expect(calls.allSatisfy { !$0.contains("secret") && !$0.contains("public") }, "a key is on a command line")
            #expect(try await sandbox.gridtide("verify", "runs/two-region-2").status == 0)
        }

        /// A long run under way, with a process of agents on each host.
        private func longRun(_ changes: String...) async throws -> RunningProgram {
            let program = try start(["long.yaml", "--no-baseline"] + changes.flatMap { ["--set", $0] })
            let deadline = ContinuousClock.now + .seconds(30)
            let journal = sandbox.path("runs/long-1/journal")
            while ContinuousClock.now < deadline, program.isRunning {
                let size = (try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0
                if size > 60_000 { return program }
                try await Task.sleep(for: .milliseconds(10))
            }
            throw TestSetupError("the run did not get under way: \(program.notesSoFar)")
        }

        /// The process that plays an agent on a host.
        private func process(playing agent: String) throws -> ProcessTable.Entry {
            try #require(
                ProcessTable.all().first { entry in
                    entry.words.contains { $0.hasSuffix("it's grid tide") } && entry.plays("agent", named: agent)
                        && entry.words.contains { $0.contains(sandbox.folder.path) }
                }, "nobody plays \(agent)")
        }

        @Test func aLostProcessIsNamedWithItsHost() async throws {
            let program = try await longRun()
            defer { program.end() }
            kill(try process(playing: "stockholm").pid, SIGKILL)
            let result = try await program.result(within: .seconds(10))
            #expect(result.status == 4)
            let line = /The run failed\. tick \d+(, \w+)?: process @1 of 2 agents on east .*\n/
            #expect(result.notes.wholeMatch(of: line) != nil, "\(result.notes)")
            try await expectNothingLeft()
        }

        @Test func aLostProcessIsStartedAgainOnItsHost() async throws {
            let wanted = try await sandbox.run(
                ["--in-process", "--no-baseline", "--set", "clock.ticks=1500"], as: "long.yaml")
            try FileManager.default.removeItem(atPath: sandbox.path("runs"))
            let program = try await longRun("clock.ticks=1500", "run={onLoss: restart}")
            defer { program.end() }
            kill(try process(playing: "stockholm").pid, SIGKILL)
            // The recorder is here; ssh must not have changed what its input is.
            let recorder = ProcessTable.children(of: program.pid).first { $0.plays("recorder") }
            kill(try #require(recorder, "there is no recorder").pid, SIGKILL)
            let result = try await program.result()
            #expect(result.status == 0 && result.output.value(of: "digest") == wanted, "\(result.notes)")
            #expect(
                result.notes.contains("the recorder was killed by signal 9; restarting, 1 of 3\n"), "\(result.notes)")
            #expect(result.notes.contains("agents on east"), "\(result.notes)")
            #expect(result.notes.contains("; restarting, 1 of 3\n"), "\(result.notes)")
            try await expectNothingLeft()
        }

        @Test func aKilledLauncherLeavesNothingOnTheHosts() async throws {
            let program = try await longRun()
            program.send(SIGKILL)
            _ = try await program.result(within: .seconds(10))
            try await expectNothingLeft()
        }

        /// As Slurm and service managers end what they started: who is told is the launcher, and the processes besides.
        @Test func anEndThatAllAreToldOfIsAnInterruption() async throws {
            let program = try await longRun()
            defer { program.end() }
            let all = ProcessTable.all().filter { entry in entry.words.contains { $0.contains(sandbox.folder.path) } }
            for entry in all { kill(entry.pid, SIGTERM) }
            program.send(SIGTERM)
            let result = try await program.result(within: .seconds(10))
            #expect(result.status == 130, "\(result.notes)")
            #expect(result.notes.wholeMatch(of: /interrupted in tick \d+\n/) != nil, "\(result.notes)")
            try await expectNothingLeft()
        }

        @Test(.enabled(if: Sandbox.python != nil, "there is no .gridtide/venv; ./gridtide test makes it"))
        func aProgramOfItsOwnIsStartedInTheHostsFolder() async throws {
            let node = """
                import os, gridtide
                assert os.path.basename(os.getcwd()) == "it's there", os.getcwd()

                class Node(gridtide.ServiceNode):
                    def __init__(self, setup):
                        super().__init__(setup)
                        self.work = gridtide.ServiceWork(setup)

                    def bid(self, observation):
                        return gridtide.WorkBid(self.work.lines(observation.tick))

                gridtide.run(Node)
                """
            try FileManager.default.createDirectory(
                atPath: sandbox.path("it's there"), withIntermediateDirectories: true)
            try sandbox.write(node, to: "it's there/node.py")
            try writeHosts(
                Self.hosts.replacing("agents:", with: "folder: \"\(sandbox.path("it's there"))\", agents:"),
                program: sandbox.path("it's grid tide"))
            let service =
                "services.stockholm={name: stockholm, home: north-1, location: {latitude: 59.3, longitude: 18.1}, "
                + "strategy: {exec: [\(Sandbox.python ?? ""), node.py], parameters: {demand: {interactive: 40000000, batch: 3000000}}}}"
            let result = try await start(["Scenarios/two-region", "--no-baseline", "--set", service]).result()
            #expect(result.status == 0, "\(result.notes)")
            try await expectNothingLeft()
        }

        @Test func chaosLeavesTheDigestAsItIs() async throws {
            let wanted = try await sandbox.run("--in-process", "--no-baseline")
            let result = try await start(
                ["Scenarios/two-region", "--no-baseline", "--chaos", "7", "--processes", "2"]
            ).result()
            #expect(result.status == 0 && result.output.value(of: "digest") == wanted, "\(result.notes)")
            #expect(result.notes.contains("chaos: kill"), "\(result.notes)")
            try await expectNothingLeft()
        }

        @Test func aHostThatIsAwayIsNamedAtOnce() async throws {
            try writeHosts(
                Self.hosts.replacing("name: west", with: "name: west, ssh: away"),
                program: sandbox.path("it's grid tide"))
            let result = try await start(["Scenarios/two-region", "--no-baseline"]).result(within: .seconds(20))
            #expect(result.status == 4)
            #expect(
                result.notes.hasPrefix(
                    "The run failed. host west cannot be used: ssh: connect to host away port 22: No route to host. See that "
                ), "\(result.notes)")
            try await expectNothingLeft()
        }

        @Test func aHostWithoutTheProgramOrWithAnotherVersionIsNamed() async throws {
            try writeHosts(program: sandbox.path("none"))
            let none = try await start(["Scenarios/two-region", "--no-baseline"]).result(within: .seconds(20))
            #expect(none.status == 4)
            #expect(none.notes.contains("host ") && none.notes.contains("none: not found"), "\(none.notes)")
            try sandbox.write("#!/bin/sh\necho 0.0.9\n", to: "old")
            chmod(sandbox.path("old"), 0o755)
            try writeHosts(program: sandbox.path("old"))
            let old = try await start(["Scenarios/two-region", "--no-baseline"]).result(within: .seconds(20))
            #expect(old.status == 4)
            #expect(old.notes.contains("there is version 0.0.9, and this is "), "\(old.notes)")
            try await expectNothingLeft()
        }

        @Test func faultsOfTheHostsFileComeAllAtOnce() async throws {
            try writeHosts(
                Self.hosts.replacing("127.0.0.1", with: "head").replacing("stockholm", with: "stokholm"), program: "g")
            let result = try await start(["Scenarios/two-region"]).result()
            #expect(result.status == 2)
            #expect(
                result.notes.contains("hosts.yaml:2:10 address: `head` is no address in numbers."), "\(result.notes)")
            #expect(result.notes.contains("there is no agent `stokholm`. Did you mean `stockholm`?"), "\(result.notes)")
            #expect(sandbox.names(in: "runs").isEmpty, "a run was begun")
        }

        @Test func optionsOfOtherPlacesAreRefused() async throws {
            for words in [
                ["--nodes", "3"], ["--out", "folder"], ["--image", "x"], ["--endpoint", "tcp://127.0.0.1:1"],
            ] {
                let result = try await start(["Scenarios/two-region"] + words).result()
                #expect(result.status == 64 && result.notes.contains(words[0]), "\(words): \(result.notes)")
            }
        }
    }
}
