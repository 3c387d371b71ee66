import Foundation
import Testing

extension UnhurriedTests {
    /// Runs cleared again by another program: MODEL 1.1 to 1.6 and 2.1 to 2.8 built in Python from the database, solved
    /// by SciPy.
    @Suite struct ClearingCheckTests {
        private static let script = Program.repository.appendingPathComponent("Tests/python/check_clearing.py").path

        /// A Python with SciPy: the system's, then the package's own; nil where neither has it.
        private static func python(_ sandbox: Sandbox) async throws -> String? {
            for candidate in ["python3", Sandbox.python].compactMap({ $0 }) {
                // To import it takes a second.
                let probe = try await sandbox.shell(
                    "\(candidate) -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec(\"scipy\") is None)'"
                )
                if probe.status == 0 { return candidate }
            }
            print("skipped, since no Python here has SciPy: runs cleared again by SciPy")
            return nil
        }

        @Test(arguments: ["home", "nearest", "least-cost", "least-carbon", "carbon-priced"])
        func everyObjective(objective: String) async throws {
            let sandbox = try Sandbox(scenarios: ["outage"])
            guard let python = try await Self.python(sandbox) else { return }
            let price = objective == "carbon-priced" ? ", carbonPriceUSDPerTonne: 80" : ""
            _ = try await sandbox.run(
                "--in-process", "--no-baseline", "--set", "mechanism={objective: \(objective)\(price)}",
                "--set", "clock.ticks=24", as: "Scenarios/outage")
            try await expectAgreement(python, "runs/outage-1", ticks: 24, sandbox)
        }

        /// Work that stays, moves and pays for it (1.6), and more work than there is room for.
        @Test(arguments: ["least-cost", "least-carbon", "nearest"])
        func switchingAndScarcity(objective: String) async throws {
            let sandbox = try Sandbox()
            guard let python = try await Self.python(sandbox) else { return }
            _ = try await sandbox.run(
                "--in-process", "--no-baseline", "--set", "mechanism={objective: \(objective)}",
                "--set", "classes.batch.switchingUSDPerRequest=0.00005", "--set", "regions.north-1.connectionMW=60",
                "--set", "regions.south-1.connectionMW=90")
            let sums = "SELECT sum(switching_cost_usd) > 0, sum(unserved_cost_usd) > 0 FROM tick"
            let found = try await sandbox.shell(
                "\(python) -c \"import sqlite3; print(sqlite3.connect('runs/two-region-1/run.sqlite').execute('\(sums)').fetchone())\""
            )
            #expect(found.output == "(1, 1)\n", "nothing moved, or all was served: \(found.output)\(found.notes)")
            try await expectAgreement(python, "runs/two-region-1", ticks: 24, sandbox)
        }

        /// Caps, price spikes, batteries and answers to requests.
        @Test func events() async throws {
            let sandbox = try Sandbox(scenarios: ["demand-response-day"])
            guard let python = try await Self.python(sandbox) else { return }
            _ = try await sandbox.run("--in-process", "--no-baseline", as: "Scenarios/demand-response-day")
            try await expectAgreement(python, "runs/demand-response-day-1", ticks: 96, sandbox)
        }

        /// Regions that offer at the prices of an earlier tick, since signals are late and lost.
        @Test func staleSignals() async throws {
            let sandbox = try Sandbox(scenarios: ["demand-response-day"])
            guard let python = try await Self.python(sandbox) else { return }
            _ = try await sandbox.run(
                "--in-process", "--no-baseline", "--set",
                "faults=[{name: late, kind: late-signals, delayTicks: 2}, {name: lost, kind: lost-signals, probability: 0.3}]",
                as: "Scenarios/demand-response-day")
            try await expectRows(python, "runs/demand-response-day-1", in: "agent_fault", sandbox)
            try await expectAgreement(python, "runs/demand-response-day-1", ticks: 96, sandbox)
        }

        /// A run of MODEL 2, with what the check must be told of its mechanism.
        struct Horizon: Sendable {
            let scenario: String
            let mechanism: String
            let ticks: Int
            /// Options of the check.
            let options: String
            /// What is made least last.
            let last: String
            /// Options that tell of another mechanism.
            let otherOptions: String

            /// A day at once, by weights and with a limit of water.
            static let weighted = Horizon(
                scenario: "green-llm",
                mechanism: """
                    {objective: weighted, weights: {energy: 0.25, carbon: 0.5, delay: 0.25}, horizonTicks: 24, \
                    waterLimitLitres: 7300}
                    """, ticks: 24,
                options: "--horizon 24 --water-limit 7300 --weights energy=0.25,carbon=0.5,delay=0.25",
                last: "weighted",
                otherOptions: "--horizon 24 --water-limit 7300 --weights energy=0.5,carbon=0.25,delay=0.25")
            /// A day at once, by priorities.
            static let lexicographic = Horizon(
                scenario: "green-llm",
                mechanism: "{objective: lexicographic, priorities: [carbon, delay, energy], horizonTicks: 24}",
                ticks: 24, options: "--horizon 24 --priorities carbon,delay,energy", last: "energy",
                otherOptions: "--horizon 24 --priorities energy,delay,carbon")
            /// Batch work that may wait for eight hours, beside a node that defers by itself.
            static let deadlines = Horizon(
                scenario: "outage", mechanism: "{objective: least-cost, horizonTicks: 12}", ticks: 48,
                options: "--horizon 12", last: "least-cost", otherOptions: "--horizon 3")

            static let all = [weighted, lexicographic, deadlines]
        }

        /// What each tick of a horizon commits to is part of an optimal plan; in all of them work waits.
        @Test(arguments: Horizon.all)
        func horizons(horizon: Horizon) async throws {
            let sandbox = try Sandbox(scenarios: [horizon.scenario])
            guard let python = try await Self.python(sandbox) else { return }
            let folder = try await run(horizon, sandbox)
            try await expectRows(python, folder, in: "waiting", sandbox)
            try await expectAgreement(python, folder, ticks: horizon.ticks, options: horizon.options, sandbox)
        }

        /// Ticks that are cleared one by one: by priorities, and with a limit of delay that leaves work unserved (2.7).
        @Test func prioritiesAndDelay() async throws {
            let sandbox = try Sandbox(scenarios: ["green-llm"])
            guard let python = try await Self.python(sandbox) else { return }
            _ = try await sandbox.run(
                "--in-process", "--no-baseline", "--set",
                "mechanism={objective: lexicographic, priorities: [delay, carbon]}", as: "Scenarios/green-llm")
            try await expectAgreement(
                python, "runs/green-llm-1", ticks: 24, options: "--priorities delay,carbon", sandbox)
            _ = try await sandbox.run(
                "--in-process", "--no-baseline", "--set", "mechanism={objective: least-cost}", "--set",
                "classes.short.delayLimitSeconds=0.25", as: "Scenarios/green-llm")
            try await expectRows(python, "runs/green-llm-2", in: "unserved", sandbox)
            try await expectAgreement(python, "runs/green-llm-2", ticks: 24, sandbox)
        }

        /// A run of green-llm in which two rules of MODEL 2 meet, with what the check must be told.
        struct Meeting: Sendable {
            let settings: [String]
            let options: String
            /// A table that shows that they do.
            let table: String

            /// Of work that may wait only a half may leave home (1.4, 2.6).
            static let locality = Meeting(
                settings: ["mechanism={objective: least-cost, horizonTicks: 24}", "classes.long.movableShare=0.5"],
                options: "--horizon 24", table: "waiting")
            /// Priorities where there is no room for all work: what is not served is no part of what may give way.
            static let scarcity = Meeting(
                settings: [
                    "mechanism={objective: lexicographic, priorities: [carbon, delay, energy], horizonTicks: 24}",
                    "regions.*.connectionMW=0.012",
                ], options: "--horizon 24 --priorities carbon,delay,energy", table: "unserved")
            /// A node with a limit of delay where no class has one (2.7).
            static let nodeLimit = Meeting(
                settings: ["mechanism={objective: least-cost}", "services.oslo.delayLimitSeconds={short: 0.25}"],
                options: "", table: "unserved")
        }

        @Test(arguments: [Meeting.locality, .scarcity, .nodeLimit])
        func rulesThatMeet(meeting: Meeting) async throws {
            let sandbox = try Sandbox(scenarios: ["green-llm"])
            guard let python = try await Self.python(sandbox) else { return }
            let settings = meeting.settings.flatMap { ["--set", $0] }
            _ = try await sandbox.run(["--in-process", "--no-baseline"] + settings, as: "Scenarios/green-llm")
            try await expectRows(python, "runs/green-llm-1", in: meeting.table, sandbox)
            try await expectAgreement(python, "runs/green-llm-1", ticks: 24, options: meeting.options, sandbox)
        }

        /// The controls of horizons: work that ran elsewhere is found, and so is a mechanism that is not the run's; a
        /// mechanism that is not told is refused.
        @Test(arguments: Horizon.all)
        func whatIsMovedInAHorizonIsFound(horizon: Horizon) async throws {
            let sandbox = try Sandbox(scenarios: [horizon.scenario])
            guard let python = try await Self.python(sandbox) else { return }
            let folder = try await run(horizon, sandbox)
            let moved = try await checkMoved(python, folder, tick: 12, options: horizon.options, sandbox)
            #expect(moved.status == 1 && moved.output.contains("tick 12: the objective is"), "\(moved)")
            #expect(moved.output.contains("tick 12: \(horizon.last) is"), "\(moved)")
            let check = "\(python) \(Self.script) \(folder)/run.sqlite"
            let other = try await sandbox.shell("\(check) \(horizon.otherOptions)")
            #expect(other.status == 1 && other.output.contains("at best with what was placed"), "\(other)")
            let untold = try await sandbox.shell(check)
            #expect(untold.status == 2 && untold.notes.contains("its database does not hold"), "\(untold)")
        }

        /// The controls: an objective that is a little off is named, and so are an input and an award; other couplings are
        /// refused.
        @Test func whatIsTamperedWithIsFound() async throws {
            let sandbox = try Sandbox()
            guard let python = try await Self.python(sandbox) else { return }
            _ = try await sandbox.run("--in-process", "--no-baseline")
            func tampered(_ statement: String) async throws -> RunningProgram.Result {
                let code =
                    "import sqlite3; c = sqlite3.connect('copy.sqlite'); c.execute('''\(statement) '''); c.commit()"
                return try await sandbox.shell(
                    "cp runs/two-region-1/run.sqlite copy.sqlite && \(python) -c \"\(code)\" && \(python) \(Self.script) copy.sqlite"
                )
            }
            let objective = try await tampered("UPDATE tick SET objective = objective * 1.00001 WHERE tick = 3")
            #expect(objective.status == 1 && objective.output.contains("tick 3: the objective is"), "\(objective)")
            #expect(objective.output.contains("24 ticks, 1 differ"), "\(objective.output)")
            let price = try await tampered(
                "UPDATE signal SET price_usd_per_mwh = price_usd_per_mwh + 1 WHERE tick = 5 AND region = 2")
            #expect(price.status == 1 && price.output.contains("tick 5: the objective is"), "\(price)")
            let delay = try await tampered("UPDATE bid SET delay_limit_seconds = -1 WHERE tick = 7")
            #expect(delay.status == 1 && delay.output.contains("tick 7: what was placed breaks a limit"), "\(delay)")
            let served = try await tampered("UPDATE award SET requests = requests * 0.99 WHERE tick = 8")
            #expect(served.status == 1 && served.output.contains("were asked for"), "\(served)")
            let moved = try await checkMoved(python, "runs/two-region-1", tick: 9, sandbox)
            #expect(moved.status == 1 && moved.output.contains("tick 9: carbon-priced is"), "\(moved)")
            #expect(moved.output.contains("24 ticks, 1 differ"), "\(moved.output)")
            let coupling = try await tampered("UPDATE run SET coupling = 'iterated'")
            #expect(coupling.status == 2 && coupling.notes.contains("iterated coupling"), "\(coupling)")
        }

        /// Runs a case and returns its folder.
        private func run(_ horizon: Horizon, _ sandbox: Sandbox) async throws -> String {
            _ = try await sandbox.run(
                "--in-process", "--no-baseline", "--set", "mechanism=\(horizon.mechanism)",
                as: "Scenarios/\(horizon.scenario)")
            return "runs/\(horizon.scenario)-1"
        }

        /// Checks a copy of a run in which 1 % of an award of a tick, the largest that may run elsewhere, does.
        private func checkMoved(
            _ python: String, _ run: String, tick: Int, options: String = "", _ sandbox: Sandbox
        ) async throws -> RunningProgram.Result {
            let code = """
                import sqlite3

                run = sqlite3.connect("copy.sqlite")
                largest = '''
                    SELECT award.service, award.workload_class, award.region, bid_option.region, award.requests
                    FROM award JOIN bid USING (tick, service, workload_class) JOIN bid_option USING (option_set)
                    WHERE tick = \(tick) AND bid_option.region <> award.region
                    ORDER BY award.requests DESC, bid_option.region
                    '''
                service, kind, region, other, requests = run.execute(largest).fetchone()
                add = '''
                    INSERT INTO award VALUES (\(tick), ?, ?, ?, ?, 0)
                    ON CONFLICT DO UPDATE SET requests = requests + excluded.requests
                    '''
                run.execute(add, [service, kind, other, requests / 100])
                run.execute(add, [service, kind, region, -requests / 100])
                run.commit()
                """
            try sandbox.write(code, to: "move.py")
            return try await sandbox.shell(
                "cp \(run)/run.sqlite copy.sqlite && \(python) move.py && \(python) \(Self.script) copy.sqlite \(options)"
            )
        }

        /// Expects that a table of a run has rows in at least two ticks.
        private func expectRows(_ python: String, _ run: String, in table: String, _ sandbox: Sandbox) async throws {
            let count = "SELECT count(DISTINCT tick) > 1 FROM \(table)"
            let code = "import sqlite3; print(sqlite3.connect('\(run)/run.sqlite').execute('\(count)').fetchone())"
            let found = try await sandbox.shell("\(python) -c \"\(code)\"")
            #expect(found.output == "(1,)\n", "\(run) has too little in \(table): \(found.output)\(found.notes)")
        }

        private func expectAgreement(
            _ python: String, _ run: String, ticks: Int, options: String = "", _ sandbox: Sandbox
        ) async throws {
            let result = try await sandbox.shell("\(python) \(Self.script) \(run)/run.sqlite \(options)")
            #expect(result.status == 0, "\(result.output)\(result.notes)")
            #expect(result.output.contains("\(ticks) ticks, 0 differ"), "\(result.output)")
        }
    }
}
