import Foundation
import Testing

extension UnhurriedTests {
    /// `gridtide agent new`, `agent check`, `run --replace` and `tournament`: from nothing to a ranked strategy.
    @Suite(.enabled(if: Sandbox.python != nil, "there is no .gridtide/venv; ./gridtide test makes it"))
    struct AgentKitTests {
        /// What is made is tested, conforms and plays, in a clean folder and as its author would type it.
        @Test(arguments: ["service-node": "stockholm", "compute-region": "north-1", "grid-operator": "north"])
        func newAgentWorksAsItIs(role: String, place: String) async throws {
            let sandbox = try Sandbox()
            let line =
                "gridtide agent new demo --role \(role) --language python && python3 demo/test_agent.py"
                + " && gridtide agent check demo && gridtide run Scenarios/two-region -q --replace \(place)=demo"
            let result = try await sandbox.shell(line)
            #expect(result.status == 0, "\(result.notes)\(result.output)")
            #expect(result.output.contains("16 rules kept"), "\(result.output)")
            let readme = try String(contentsOfFile: sandbox.path("demo/README.md"), encoding: .utf8)
            #expect(readme.split(separator: "\n").count <= 15)
            let typed = try await sandbox.shell(
                "python3 -c 'import mypy' && python3 -m mypy --strict demo/agent.py || true")
            #expect(!typed.output.contains("error:"), "\(typed.output)")
        }

        /// Where no python3 has the package, the agent gets an environment of its own, with no more than it needs.
        @Test func newAgentBringsItsPythonWhereThereIsNone() async throws {
            let sandbox = try Sandbox()
            let result = try await sandbox.shell(
                """
                set -e; python3 -m venv --without-pip bare; export PATH="$PWD/bare/bin:$PATH"
                gridtide agent new demo --language python && gridtide agent check demo \
                && gridtide run Scenarios/two-region -q --no-baseline --replace stockholm=demo
                demo/.venv/bin/python3 demo/test_agent.py; demo/.venv/bin/pip list --format freeze
                """)
            #expect(result.status == 0, "\(result.notes)\(result.output)")
            #expect(result.notes.contains("makes a Python environment in it first"), "\(result.notes)")
            #expect(result.output.contains("16 rules kept") && result.output.value(of: "digest") != nil)
            let packages = result.output.matches(of: /(?m)^([A-Za-z]+)==/).map { String($0.1) }
            #expect(Set(packages).subtracting(["pip", "setuptools"]) == ["gridtide", "protobuf", "pyzmq"])
        }

        /// What is made in Swift is in the project's format, passes its own test, conforms and plays.
        ///
        /// It builds Gridtide anew, unoptimised and once for all roles, in a folder that is kept: a minute or two the
        /// first time, on two cores. GRIDTIDE_SKIP_SWIFT_AGENTS leaves it out, and shows it as skipped.
        @Test(
            .enabled(if: ProcessInfo.processInfo.environment["GRIDTIDE_SKIP_SWIFT_AGENTS"] == nil))
        func newAgentInSwiftWorksAsItIs() async throws {
            let sandbox = try Sandbox()
            let home = Program.repository.appendingPathComponent(".gridtide/swift-agent").path
            let format = Program.repository.appendingPathComponent(".swift-format").path
            for (role, place) in ["service-node": "stockholm", "compute-region": "north-1", "grid-operator": "north"] {
                let result = try await sandbox.shell(
                    """
                    set -e; mkdir -p \(home); ln -sfn \(home)/demo demo; rm -rf \(home)/kept
                    if [ -d demo/.build ]; then mv demo/.build \(home)/kept; fi
                    rm -rf \(home)/demo; gridtide agent new \(home)/demo --language swift --role \(role)
                    if [ -d \(home)/kept ]; then mv \(home)/kept demo/.build; fi
                    swift format lint --strict --configuration \(format) -r demo/Package.swift demo/Sources demo/Tests
                    sed -i.bak 's/"-c", "release", //; s/release/debug/' demo/agent.json
                    (cd \(home)/demo && swift test); gridtide agent check demo
                    gridtide run Scenarios/two-region -q --no-baseline --replace \(place)=demo
                    """, within: .seconds(900))
                #expect(result.status == 0, "\(role): \(result.notes)\(result.output)")
                #expect(result.output.contains("16 rules kept"), "\(role): \(result.output)")
                #expect(result.output.value(of: "digest") != nil, "\(role): \(result.output)")
            }
        }

        @Test func newAgentIsRefusedWhereItCannotBeMade() async throws {
            let sandbox = try Sandbox()
            let badName = try await sandbox.gridtide("agent", "new", "2fast", "--language", "python")
            #expect(badName.status == 2 && badName.notes.contains("'2fast' is no name for an agent"))
            let taken = try await sandbox.gridtide("agent", "new", "Scenarios", "--language", "python")
            #expect(taken.status == 2 && taken.notes.contains("exists already"))
            let role = try await sandbox.gridtide("agent", "new", "demo", "--language", "python", "--role", "king")
            #expect(role.status == 64 && role.notes.contains("'king' is no role"))
        }

        /// Each rule has an agent that breaks it and no other.
        @Test(arguments: [
            "greeting", "empty-run", "refusal", "version", "settings", "lifeline", "replies", "deadline", "answers",
            "end",
            "same-answers", "catch-up", "duplicates", "new-fields", "limits", "bad-requests",
        ])
        func brokenAgentIsNamed(rule: String) async throws {
            let sandbox = try Sandbox(scenarios: [])
            try sandbox.write(Self.brokenNode, to: "broken.py")
            let result = try await sandbox.start([
                "agent", "check", "--role", "service-node", "--deadline", "1", "--rule", rule, "--json", "-q",
                Sandbox.python!, "broken.py", rule,
            ]).result()
            #expect(result.status == 1, "\(result.notes)\(result.output)")
            let report = try result.output.asJSON()
            let rules = try #require(report["rules"] as? [[String: Any]])
            let broken = rules.filter { $0["outcome"] as? String == "broken" }
            #expect(broken.map { $0["rule"] as? String } == [rule], "\(result.output)")
            #expect((broken.first?["finding"] as? String)?.isEmpty == false)
            #expect((broken.first?["remedy"] as? String)?.isEmpty == false)
            #expect(sandbox.names(in: "s").isEmpty, "socket folders are left")
        }

        /// The same agent without a fault, so that it is the fault that is found.
        @Test func soundAgentIsSound() async throws {
            let sandbox = try Sandbox(scenarios: [])
            try sandbox.write(Self.brokenNode, to: "broken.py")
            let result = try await sandbox.start([
                "agent", "check", "--role", "service-node", "-q", Sandbox.python!, "broken.py", "none",
            ]).result()
            #expect(result.status == 0, "\(result.notes)\(result.output)")
        }

        @Test func quoteThatLeavesATraceIsNamed() async throws {
            let sandbox = try Sandbox(scenarios: [])
            try await sandbox.gridtide("agent", "new", "grid", "--role", "grid-operator", "--language", "python")
            let source = try String(contentsOfFile: sandbox.path("grid/agent.py"), encoding: .utf8)
            let quote = """
                    def quote(self, observation):
                        self.expected_mw = gridtide.Series([self.expected_mw[0] + 1])
                        bus, area = self.solve(self.demand[observation.tick], self.expected_mw[0])
                        return gridtide.GridQuote([bus] * len(self.setup.regions), area.cost_usd, area.emissions_kg)

                    def signal(
                """
            try sandbox.write(source.replacing("    def signal(", with: quote), to: "grid/agent.py")
            let result = try await sandbox.shell("gridtide agent check grid --rule quotes -q")
            #expect(result.status == 1 && result.output.contains("another quote the second time"), "\(result.output)")
        }

        /// The examples of the repository keep the rules they teach.
        @Test func agentInCConforms() async throws {
            let sandbox = try Sandbox(scenarios: [])
            let source = Program.repository.appendingPathComponent("Agents/c/agent.c").path
            let compiled = try await sandbox.shell("cc -std=c11 -o agent \(source) -lzmq")
            try #require(compiled.status == 0, "\(compiled.notes)")
            let result = try await sandbox.shell(
                "gridtide agent check ./agent -q --role service-node --settings '{requestsPerTick: 1000000}'")
            #expect(result.status == 0, "\(result.notes)\(result.output)")
        }

        @Test func replacementKeepsTheSettingsOfThePlace() async throws {
            let sandbox = try Sandbox()
            let made = try await sandbox.shell("gridtide agent new demo --language python")
            try #require(made.status == 0, "\(made.notes)")
            let line = "gridtide validate Scenarios/two-region --replace stockholm=demo"
            let valid = try await sandbox.shell(line)
            #expect(valid.status == 0, "\(valid.notes)")
            let unknown = try await sandbox.shell("\(line) --set services.stockholm.colour=red")
            #expect(
                unknown.status == 2 && unknown.notes.contains("strategy.parameters.colour: the strategy has no such"),
                "\(unknown.notes)")
            let less = try await sandbox.shell(
                "\(line) --set services.stockholm.colour=red --set services.stockholm.colour=")
            #expect(less.status == 0, "\(less.notes)")
            let nobody = try await sandbox.shell("gridtide validate Scenarios/two-region --replace stokholm=demo")
            #expect(nobody.status == 2 && nobody.notes.contains("Did you mean `stockholm`?"), "\(nobody.notes)")
            let nothing = try await sandbox.shell("gridtide run Scenarios/two-region --replace stockholm=nowhere")
            #expect(nothing.status == 2 && nothing.notes.contains("There is no agent at nowhere"))
            let half = try await sandbox.shell("gridtide run Scenarios/two-region --replace stockholm")
            #expect(half.status == 2 && half.notes.contains("stockholm=demo"))
        }

        /// What the ranking says of each strategy is what its run says, and a program takes part like any other.
        @Test func tournamentRanksStrategiesAndPrograms() async throws {
            let sandbox = try Sandbox()
            let made = try await sandbox.shell("gridtide agent new demo --language python")
            try #require(made.status == 0, "\(made.notes)")
            let json = try await sandbox.shell(
                """
                gridtide tournament Scenarios/two-region --place stockholm --agents honest,carbon-aware,demo \
                --seeds 1..2 --set "mechanism={objective: least-cost}" --json -q
                """)
            let report = try json.output.asJSON()
            #expect((report["figure"] as? String)?.hasPrefix("cost: what it paid for compute") == true)
            let standings = try #require(report["standings"] as? [[String: Any]])
            #expect(Set(standings.compactMap { $0["strategy"] as? String }) == ["honest", "carbon-aware", "demo"])
            let means = standings.compactMap { $0["meanUSD"] as? Double }
            #expect(means == means.sorted() && means.count == 3, "the least cost is first")
            let source = try String(contentsOfFile: sandbox.path("demo/agent.py"), encoding: .utf8)
            try sandbox.write(source.replacing("self.work.lines(observation.tick)", with: "[]"), to: "demo/agent.py")
            let idle = try await sandbox.shell(
                "gridtide tournament Scenarios/two-region --place stockholm --agents demo,honest --seeds 1 --csv")
            #expect(idle.output.hasPrefix("strategy,seed,figure_usd,volume\r\nhonest,1,"), "\(idle.output)")
            // 24 hours of 40 million requests at $ 0.01 and 3 million at $ 0.05.
            #expect(idle.output.contains("demo,1,13200000.0,0.0"), "what it does not bid is not served: \(idle.output)")
            let text = try await sandbox.shell(
                "gridtide tournament Scenarios/two-region --place north-1 --agents honest,scarcity-pricing --seeds 3 -q"
            )
            #expect(text.status == 0 && text.output.contains("profit: what it was paid"), "\(text.notes)")
            #expect(text.output.contains("1 ") && text.output.contains("–"), "one seed has no interval")
            let csv = try await sandbox.shell(
                "gridtide tournament Scenarios/two-region --place south --agents merit-order --seeds 1,4 --csv -q")
            #expect(csv.output.hasPrefix("strategy,seed,figure_usd,volume\r\nmerit-order,1,"), "\(csv.output)")
            let several = try await sandbox.shell(
                "gridtide tournament Scenarios/two-region --role service-node --agents honest")
            #expect(several.status == 2 && several.notes.contains("--place with one of stockholm, frankfurt"))
            let unknown = try await sandbox.shell(
                "gridtide tournament Scenarios/two-region --place stockholm --agents bogus")
            #expect(unknown.status == 2 && unknown.notes.contains("'bogus' is no service-node strategy"))
        }

        /// A node that breaks the rule it is told to, and keeps all others.
        private static let brokenNode = #"""
            import os, sys, threading, time
            from dataclasses import replace
            from pathlib import Path
            import gridtide
            import gridtide.link
            from gridtide import gridtide_pb2 as pb
            from gridtide.agent import Agent
            from gridtide.errors import ParameterError

            RULE = sys.argv[1]
            LOCK = Path(__file__).parent / "lock"
            HELLO, WELCOME, REFUSAL, ASK, REPLY, STOP, FAILURE = range(1, 8)


            class Node(gridtide.ServiceNode):
                def __init__(self, setup):
                    super().__init__(setup)
                    self.work = gridtide.ServiceWork(setup)
                    self.count = 0
                    if RULE == "settings":
                        [setup.parameters[name] for name in setup.parameters]

                def bid(self, observation):
                    self.count += 1
                    lines = self.work.lines(observation.tick)
                    if RULE == "answers" or RULE == "limits" and observation.signals[0].price_usd_per_mwh == 1e9:
                        lines = [replace(line, requests=-1) for line in lines]
                    more = {"same-answers": os.getpid(), "duplicates": self.count}.get(RULE, 0)
                    return gridtide.WorkBid([
                        replace(line, value_usd_per_request=line.value_usd_per_request + 1e-6 * more) for line in lines
                    ])


            def receive(link):
                message = bytearray(link._socket.recv_multipart()[0])
                if RULE == "version":
                    message[2] = 1
                return gridtide.link.Frame.decode(bytes(message))


            def follow():
                while os.read(0, 1):
                    pass
                os._exit(70)


            def leave(link, status):
                link.close()
                sys.exit(status)


            if RULE != "lifeline":
                threading.Thread(target=follow, daemon=True).start()
            name = os.environ["GRIDTIDE_NAME"]
            link = gridtide.link.AgentLink(name, os.environ["GRIDTIDE_ENDPOINT"])
            link.send(HELLO, pb.Hello(
                name="somebody" if RULE == "greeting" else name, scenario_digest=os.environ["GRIDTIDE_SCENARIO"]))
            agent, last, refused = None, None, False
            if RULE == "catch-up" and LOCK.exists():
                LOCK.unlink()
                leave(link, 5)
            while True:
                frame = receive(link)
                if frame.kind == REFUSAL:
                    leave(link, 0 if RULE == "refusal" else 1)
                elif frame.kind == WELCOME:
                    if RULE == "new-fields" and b"later" in frame.body:
                        leave(link, 6)
                    try:
                        agent = Agent(Node, pb.Welcome.FromString(frame.body))
                    except ParameterError as error:
                        refused = True
                        link.send(FAILURE, pb.Failure(text="no", setting=error.path, problem="no", remedy="no"))
                elif frame.kind == STOP:
                    LOCK.unlink(missing_ok=True)
                    if RULE == "empty-run" and last is None:
                        leave(link, 3)
                    if RULE == "end" and last is not None:
                        leave(link, 4)
                    leave(link, 1 if refused else 0)
                elif frame.kind == ASK:
                    if RULE == "catch-up":
                        LOCK.touch()
                    if RULE == "deadline":
                        time.sleep(1.5)
                    try:
                        ask = pb.Ask.FromString(frame.body)
                        if last is None or ask != last[0] or RULE == "duplicates":
                            last = (ask, agent.answer(ask))
                        reply = pb.Reply.FromString(last[1].SerializeToString())
                    except Exception:
                        if RULE == "bad-requests":
                            continue
                        leave(link, 1)
                    if RULE == "replies":
                        reply.tick += 1
                    link.send(REPLY, reply)
            """#
    }
}
