import Foundation
import Testing

extension CommandTests {
    /// Agents in other languages take part in runs: same digest each time, faults in words, nothing left behind.
    @Suite struct ForeignAgentTests {
        private static let frankfurt = "name: frankfurt, home: south-1, location: {latitude: 50.1, longitude: 8.7}"
        private static let stockholm = "name: stockholm, home: north-1, location: {latitude: 59.3, longitude: 18.1}"
        private static let demand = "demand: {interactive: 80000000, batch: 6000000}"

        private func sandbox(agent: String) throws -> Sandbox {
            let sandbox = try Sandbox()
            try sandbox.write(agent, to: "Scenarios/two-region/my_agent.py")
            return sandbox
        }

        private func strategy(
            _ words: String, _ parameters: String = demand, of name: String = "frankfurt", at site: String = frankfurt
        ) -> [String] {
            ["--set", "services.\(name)={\(site), strategy: {exec: [\(words)], parameters: {\(parameters)}}}"]
        }

        /// A node in Python that bids what it has, at whatever price.
        static let priceTaker = """
            import gridtide

            class MyNode(gridtide.ServiceNode):
                def __init__(self, setup):
                    super().__init__(setup)
                    self.work = gridtide.ServiceWork(setup)

                def bid(self, observation):
                    return gridtide.WorkBid(self.work.lines(observation.tick))

            gridtide.run(MyNode)
            """

        @Test(.enabled(if: Sandbox.python != nil, "there is no .gridtide/venv; ./gridtide test makes it"))
        func pythonAgentGivesTheSameDigestEachTime() async throws {
            let sandbox = try sandbox(agent: Self.priceTaker)
            let words = strategy("\(Sandbox.python!), my_agent.py")
            var digests: [String] = []
            for transport in ["ipc", "ipc", "tcp"] {
                let result = try await sandbox.start(
                    ["run", "Scenarios/two-region", "--transport", transport, "-q"] + words
                ).result()
                try #require(result.status == 0, "\(result.notes)")
                digests.append(try #require(result.output.value(of: "digest")))
            }
            #expect(Set(digests).count == 1)
            #expect(sandbox.names(in: "s").isEmpty, "socket folders are left")
            #expect(
                sandbox.names(in: "runs/two-region-1") == [
                    "baseline", "journal", "live.json", "logs", "plan.json", "run.sqlite", "scenario",
                ])
            #expect(sandbox.names(in: "runs/two-region-1/scenario").contains("my_agent.py"))
            // An honest node by another name: the reference run places the same work.
            let reference = try await sandbox.start(["run", "Scenarios/two-region", "--in-process", "-q"]).result()
            let own = try await sandbox.gridtide("compare", "runs/two-region-1", "-q")
            #expect(own.output.contains("south → north       960.0"), "\(own.output)")
            #expect(reference.output.contains("south → north       960.0"))
            let other = try await sandbox.start(
                ["run", "Scenarios/two-region", "-q"]
                    + strategy("\(Sandbox.python!), my_agent.py", "demand: {interactive: 80000000, batch: 5000000}")
            ).result()
            #expect(other.output.value(of: "digest") != digests[0], "other parameters are another run")
        }

        @Test(.enabled(if: Sandbox.python != nil, "there is no .gridtide/venv; ./gridtide test makes it"))
        func refusedSettingsAndExceptionsAreShown() async throws {
            let sandbox = try sandbox(agent: Self.priceTaker)
            let wrong = strategy("\(Sandbox.python!), my_agent.py", "\(Self.demand), margin: 3")
            let checked = try await sandbox.start(["validate", "Scenarios/two-region"] + wrong).result()
            #expect(checked.status == 2)
            #expect(checked.notes.contains("services[1].strategy.parameters.margin: the strategy has no such setting"))
            let run = try await sandbox.start(["run", "Scenarios/two-region", "-q"] + wrong).result()
            #expect(run.status == 4 && run.notes.contains("service-node frankfurt: its settings are refused: margin"))
            let broken = Self.priceTaker.replacingOccurrences(
                of: "return", with: "assert observation.tick < 3, 'too late'\n        return")
            try sandbox.write(broken, to: "Scenarios/two-region/my_agent.py")
            let crash = try await sandbox.start(
                ["run", "Scenarios/two-region", "-q"] + strategy("\(Sandbox.python!), my_agent.py")
            ).result()
            #expect(crash.status == 4)
            #expect(
                crash.notes.contains(
                    "tick 3: service-node frankfurt: tick 3, bidding: AssertionError: too late (my_agent.py:9, in bid)"),
                "\(crash.notes)")
            #expect(sandbox.names(in: "s").isEmpty, "socket folders are left")
        }

        @Test func inProcessIsRefusedWithARemedy() async throws {
            let sandbox = try Sandbox()
            let result = try await sandbox.start(
                ["run", "Scenarios/two-region", "--in-process"] + strategy("python3, my_agent.py")
            ).result()
            #expect(result.status == 2 && result.notes.contains("Leave out --in-process"))
            #expect(sandbox.names(in: "runs").isEmpty)
        }

        @Test func programThatIsNoAgentIsNamed() async throws {
            let sandbox = try Sandbox()
            let absent = try await sandbox.start(["validate", "Scenarios/two-region"] + strategy("no-such-program"))
                .result()
            #expect(
                absent.status == 2 && absent.notes.contains("services[1].strategy: its program ended with status 127"))
            #expect(absent.notes.contains("no-such-program"))
            let idle = try await sandbox.start(["validate", "Scenarios/two-region"] + strategy("\"true\"")).result()
            #expect(idle.status == 2 && idle.notes.contains("its program ended with status 0"))
        }

        /// What a process says before it is started again is not put into the mouth of its successor.
        @Test func lastWordsAreItsOwn() async throws {
            let sandbox = try Sandbox()
            let script = "[ -e spoke ] && kill -9 $$\ntouch spoke\necho first words >&2\nexit 3\n"
            try sandbox.write(script, to: "Scenarios/two-region/agent.sh")
            let limits = ["--set", "run.onLoss=restart", "--set", "run.restartLimit=1", "--no-baseline"]
            let run = try await sandbox.start(
                ["run", "Scenarios/two-region"] + strategy("sh, agent.sh") + limits
            ).result()
            #expect(run.status == 4)
            #expect(run.notes.contains("exited with status 3: first words"), "\(run.notes)")
            #expect(run.notes.contains("was killed by signal 9"), "\(run.notes)")
            #expect(!run.notes.contains("signal 9: first words"), "\(run.notes)")
        }

        /// The example in C is compiled and plays a node, alone and beside the launcher.
        @Test func agentInCTakesPart() async throws {
            let sandbox = try Sandbox()
            let source = Program.repository.appendingPathComponent("Agents/c/agent.c").path
            let target = sandbox.path("Scenarios/two-region/agent")
            let compiled = try await sandbox.shell("cc -std=c11 -Wall -Wextra -Werror -O1 -o \(target) \(source) -lzmq")
            try #require(compiled.status == 0, "\(compiled.notes)")
            let lines = try String(contentsOfFile: source, encoding: .utf8).components(separatedBy: "\n")
            #expect(lines.count <= 200, "the line behind the last one is empty")
            let words = strategy("./agent", "requestsPerTick: 1000000")
            let valid = try await sandbox.start(["validate", "Scenarios/two-region"] + words).result()
            #expect(valid.status == 0, "\(valid.notes)")
            let other = strategy("./agent", "requestsPerTick: 1000000", of: "stockholm", at: Self.stockholm)
            let both = try await sandbox.start(["validate", "Scenarios/two-region"] + words + other).result()
            #expect(both.status == 0, "each has a lifeline: \(both.notes)")
            let refused = try await sandbox.start(
                ["validate", "Scenarios/two-region"] + strategy("./agent", "requestsPerTick: -1")
            ).result()
            #expect(refused.notes.contains("services[1].strategy.parameters.requestsPerTick: "), "\(refused.notes)")
            var digests: Set<String> = []
            for transport in ["ipc", "tcp"] {
                let result = try await sandbox.start(
                    ["run", "Scenarios/two-region", "-q", "--transport", transport] + words
                ).result()
                try #require(result.status == 0, "\(result.notes)")
                digests.insert(try #require(result.output.value(of: "digest")))
            }
            #expect(digests.count == 1)
        }

        /// An agent that is started by hand joins at the address it is told.
        @Test func externalAgentJoins() async throws {
            let sandbox = try Sandbox()
            let source = Program.repository.appendingPathComponent("Agents/c/agent.c").path
            let compiled = try await sandbox.shell("cc -std=c11 -o agent \(source) -lzmq")
            try #require(compiled.status == 0, "\(compiled.notes)")
            let endpoint = "ipc://\(sandbox.sockets.path)/hub"
            let site = "{\(Self.frankfurt), strategy: {external: true, parameters: {requestsPerTick: 1000000}}}"
            let run = try sandbox.start([
                "run", "Scenarios/two-region", "--endpoint", endpoint, "--set", "services.frankfurt=\(site)",
            ])
            let agent = try await sandbox.shell("GRIDTIDE_NAME=frankfurt GRIDTIDE_ENDPOINT=\(endpoint) ./agent")
            let result = try await run.result()
            #expect(agent.status == 0, "\(agent.notes)")
            #expect(result.status == 0, "\(result.notes)")
            #expect(
                result.notes.contains(
                    "waiting for frankfurt: start its program with GRIDTIDE_NAME=frankfurt GRIDTIDE_ENDPOINT=\(endpoint)"
                ))
            #expect(result.notes.contains("no baseline"))
        }
    }
}
