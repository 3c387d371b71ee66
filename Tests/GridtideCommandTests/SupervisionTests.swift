import Foundation
import Testing

extension CommandTests {
    /// What happens when a process of a run dies or is stopped: the run ends at once, says why, and leaves nothing.
    @Suite struct SupervisionTests {
        /// From the death of a process to the end of the run; the machine may be busy with other tests.
        private static let limit = Duration.seconds(2)

        @Test(arguments: ["grid-operator north", "compute-region south-1", "service-node frankfurt"])
        func deadAgentEndsTheRun(title: String) async throws {
            let run = try await LongRun()
            defer { run.program.end() }
            let name = try #require(title.split(separator: " ").last.map(String.init))
            try await check(
                run, killing: try run.process("agent", named: name), text: "\(title) was killed by signal 9")
        }

        @Test(arguments: ["coordinator", "recorder"])
        func deadPartEndsTheRun(role: String) async throws {
            let run = try await LongRun()
            defer { run.program.end() }
            try await check(run, killing: try run.process(role), text: "the \(role) was killed by signal 9")
        }

        @Test func deadAgentEndsARunOverTCP() async throws {
            let run = try await LongRun(transport: "tcp")
            defer { run.program.end() }
            let victim = try run.process("agent", named: "stockholm")
            try await check(run, killing: victim, text: "service-node stockholm was killed by signal 9")
        }

        private func check(_ run: LongRun, killing victim: ProcessTable.Entry, text: String) async throws {
            let start = ContinuousClock.now
            kill(victim.pid, SIGKILL)
            let result = try await run.program.result(within: .seconds(20))
            #expect(ContinuousClock.now - start < Self.limit, "the end took \(ContinuousClock.now - start)")
            #expect(result.status == 1 && result.output.isEmpty)
            let words = try #require(
                result.notes.wholeMatch(of: /The run failed\. tick (\d+): (.+)\n/),
                "not one clear line: \(result.notes)")
            #expect(words.2 == text)
            #expect(Int(words.1) ?? 0 > 0, "the run was under way")
            try await run.expectNothingLeft()
            #expect(
                try await run.sandbox.databaseStatus(ofRun: "runs/long-1") == ("failed", "tick \(words.1): \(text)"))
        }

        @Test(arguments: [SIGINT, SIGTERM])
        func stoppedRunEndsInOrder(number: Int32) async throws {
            let run = try await LongRun()
            defer { run.program.end() }
            let start = ContinuousClock.now
            run.program.send(number)
            let result = try await run.program.result(within: .seconds(20))
            #expect(ContinuousClock.now - start < Self.limit, "the end took \(ContinuousClock.now - start)")
            #expect(result.status == 130 && result.signal == nil && result.output.isEmpty)
            #expect(result.notes.wholeMatch(of: /interrupted in tick \d+\n/) != nil, "\(result.notes)")
            try await run.expectNothingLeft()
            let status = try await run.sandbox.databaseStatus(ofRun: "runs/long-1")
            #expect(status.status == "failed" && status.text.hasPrefix("interrupted in tick "))
            try await expectDatabaseUpToJournal(run)
        }

        /// What was finished before the end is in the journal, verifies, and is in the database as well.
        private func expectDatabaseUpToJournal(_ run: LongRun) async throws {
            let verified = try await run.sandbox.gridtide("verify", "runs/long-1")
            let ticks = try #require(
                verified.output.firstMatch(of: /verified: (\d+) ticks recomputed/),
                "\(verified.notes)\(verified.output)")
            let compared = try await run.sandbox.gridtide("compare", "runs/long-1", "--json")
            let summary = try #require(try compared.output.asJSON()["run"] as? [String: Any])
            #expect(summary["tickCount"] as? Int == Int(ticks.1))
            #expect(summary["status"] as? String == "failed")
        }

        @Test func hangingAgentEndsTheRun() async throws {
            let run = try await LongRun(changes: ["run.tickDeadlineSeconds=1"])
            defer { run.program.end() }
            let victim = try run.process("agent", named: "north-1")
            let start = ContinuousClock.now
            kill(victim.pid, SIGSTOP)
            let result = try await run.program.result(within: .seconds(20))
            #expect(
                ContinuousClock.now - start < Self.limit + .seconds(1.5), "the end took \(ContinuousClock.now - start)")
            #expect(result.status == 1)
            let line = /The run failed\. tick \d+, bidding: no answer from compute-region north-1 within 1 s\n/
            #expect(result.notes.wholeMatch(of: line) != nil, "\(result.notes)")
            try await run.expectNothingLeft()
            try await expectDatabaseUpToJournal(run)
        }

        @Test func stoppedRunInOneProcessEndsInOrder() async throws {
            let run = try await LongRun(layout: "--in-process")
            defer { run.program.end() }
            run.program.send(SIGINT)
            let result = try await run.program.result(within: .seconds(20))
            #expect(result.status == 130 && result.signal == nil)
            #expect(result.notes.wholeMatch(of: /interrupted in tick \d+\n/) != nil, "\(result.notes)")
            #expect(try await run.sandbox.databaseStatus(ofRun: "runs/long-1").status == "failed")
        }

        @Test func childrenFollowADeadLauncher() async throws {
            let run = try await LongRun()
            defer { run.program.end() }
            run.program.send(SIGKILL)
            let result = try await run.program.result(within: .seconds(20))
            #expect(result.signal == SIGKILL)
            try await run.expectNothingLeft(within: Self.limit)
        }

        /// A run that fails before its first tick says so too, and does not hang.
        @Test func agentThatDiesAtTheStartEndsTheRun() async throws {
            let sandbox = try Sandbox()
            try sandbox.write(LongRun.scenario, to: "long.yaml")
            let program = try sandbox.start(["run", "long.yaml", "--no-baseline", "-q"])
            defer { program.end() }
            var victim: ProcessTable.Entry?
            let deadline = ContinuousClock.now + .seconds(20)
            while victim == nil, ContinuousClock.now < deadline {
                victim = ProcessTable.children(of: program.pid).first { $0.plays("agent", named: "north-1") }
                try await Task.sleep(for: .milliseconds(1))
            }
            kill(try #require(victim, "no agent was started").pid, SIGKILL)
            let result = try await program.result(within: .seconds(20))
            #expect(result.status == 1)
            #expect(result.notes.hasSuffix("compute-region north-1 was killed by signal 9\n"), "\(result.notes)")
            #expect(sandbox.names(in: "s").isEmpty)
        }
    }
}

/// A run that would take minutes, under way, with an earlier run beside it.
private final class LongRun {
    let sandbox: Sandbox
    let program: RunningProgram
    private let processes: [ProcessTable.Entry]
    private let earlier: [String: Data]

    /// Starts it and waits for its first ticks. Throws when they do not come.
    init(transport: String = "ipc", layout: String = "--processes", changes: [String] = []) async throws {
        sandbox = try Sandbox()
        _ = try await sandbox.run("--in-process", "--no-baseline")
        earlier = LongRun.contents(of: sandbox.path("runs/two-region-1"))
        try sandbox.write(LongRun.scenario, to: "long.yaml")
        program = try sandbox.start(
            ["run", "long.yaml", "--no-baseline", layout] + (layout == "--processes" ? ["--transport", transport] : [])
                + changes.flatMap { ["--set", $0] })
        try await LongRun.wait(for: program, journal: sandbox.path("runs/long-1/journal"))
        processes = ProcessTable.children(of: program.pid)
        if layout == "--processes" {
            try #require(processes.count == 8, "coordinator, recorder and six agents: \(processes)")
        }
    }

    /// The process that plays a role. Throws when there is none.
    func process(_ role: String, named name: String? = nil) throws -> ProcessTable.Entry {
        try #require(processes.first { $0.plays(role, named: name) }, "no \(role) \(name ?? "") among \(processes)")
    }

    /// Expects that no process and no socket is left and that the earlier run is as it was.
    func expectNothingLeft(within limit: Duration = .milliseconds(300)) async throws {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline, !(left.isEmpty && sandbox.names(in: "s").isEmpty) {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(left.isEmpty, "processes are left")
        for entry in left { kill(entry.pid, SIGKILL) }
        #expect(sandbox.names(in: "s").isEmpty, "a socket folder is left")
        #expect(LongRun.contents(of: sandbox.path("runs/two-region-1")) == earlier, "an earlier run was touched")
    }

    /// Its processes that still live, and any other that works in its folder.
    private var left: [ProcessTable.Entry] {
        let now = ProcessTable.all()
        return now.filter { entry in
            processes.contains { $0.isSame(as: entry) } || entry.words.contains { $0.contains(sandbox.folder.path) }
        }
    }

    /// Waits until the journal grows, which is when ticks come.
    private static func wait(for program: RunningProgram, journal: String) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        var first: Int?
        while program.isRunning, ContinuousClock.now < deadline {
            let size = (try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0
            if first == nil, size > 0 { first = size }
            // A tick of this scenario takes more than 500 bytes; the launcher hears of ticks every 40 ms.
            if let first, size > first + 100_000 { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw TestSetupError("the run did not get under way: \(program.notesSoFar)")
    }

    private static func contents(of folder: String) -> [String: Data] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.reduce(into: [:]) { $0[$1] = FileManager.default.contents(atPath: "\(folder)/\($1)") }
    }

    /// Two regions for a million ticks: numbers instead of series, so that no file is needed.
    static let scenario = """
        gridtide: 1
        name: long
        clock: {start: 2024-01-01T00:00Z, tickMinutes: 60, ticks: 1000000}
        mechanism: {objective: carbon-priced, carbonPriceUSDPerTonne: 50}
        classes:
          - {name: batch, latencyBudgetMilliseconds: 3600000, energyWhPerRequest: 10, acceleratorSecondsPerRequest: 36, valueUSDPerRequest: 0.05}
        gridOperators:
          - name: north
            strategy: merit-order
            demandMW: 800
            fleet: [{name: hydro, technology: hydro, capacityMW: 1000, costUSDPerMWh: 20, emissionsKgPerMWh: 0}]
          - name: south
            strategy: merit-order
            demandMW: 900
            fleet: [{name: coal, technology: coal, capacityMW: 1200, costUSDPerMWh: 45, emissionsKgPerMWh: 900}]
        regions:
          - {name: north-1, grid: north, strategy: honest, location: {latitude: 65.6, longitude: 22.1}, accelerators: 150000, connectionMW: 200, pue: 1.1}
          - {name: south-1, grid: south, strategy: adaptive-margin, location: {latitude: 50.1, longitude: 8.7}, accelerators: 150000, connectionMW: 200, pue: 1.2}
        services:
          - {name: stockholm, home: north-1, strategy: honest, location: {latitude: 59.3, longitude: 18.1}, demand: {batch: 3000000}}
          - {name: frankfurt, home: south-1, strategy: honest, location: {latitude: 50.1, longitude: 8.7}, demand: {batch: 6000000}}
        """
}
