import Foundation
import Testing

extension CommandTests {
    /// Runs cleared again by another program: MODEL 1.1 to 1.6 built in Python from the database, solved by SciPy.
    @Suite struct ClearingCheckTests {
        private static let script = Program.repository.appendingPathComponent("Tests/python/check_clearing.py").path

        /// A Python with SciPy: the system's, then the package's own; nil where neither has it.
        private static func python(_ sandbox: Sandbox) async throws -> String? {
            for candidate in ["python3", Sandbox.python].compactMap({ $0 }) {
                let probe = try await sandbox.shell("\(candidate) -c 'import scipy.optimize'")
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

        /// The controls: an objective that is a little off is named, and so is an input; other couplings are refused.
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
            let coupling = try await tampered("UPDATE run SET coupling = 'iterated'")
            #expect(coupling.status == 2 && coupling.notes.contains("iterated coupling"), "\(coupling)")
        }

        private func expectAgreement(_ python: String, _ run: String, ticks: Int, _ sandbox: Sandbox) async throws {
            let result = try await sandbox.shell("\(python) \(Self.script) \(run)/run.sqlite")
            #expect(result.status == 0, "\(result.output)\(result.notes)")
            #expect(result.output.contains("\(ticks) ticks, 0 differ"), "\(result.output)")
        }
    }
}
