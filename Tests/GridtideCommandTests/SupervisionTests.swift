import Foundation
import Testing

extension CommandTests {
    /// What happens when a process of a run dies or is stopped: the run ends at once, says why, and leaves nothing.
    @Suite struct SupervisionTests {
        /// From the death of a process to the end of the run; the machine may be busy with other tests.
        private static let limit = Duration.seconds(Program.isSanitized ? 20 : 2)

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
            #expect(result.status == 4 && result.output.isEmpty)
            let words = try #require(
                result.notes.wholeMatch(of: /The run failed\. tick (\d+)(?:, \w+)?: (.+)\n/),
                "not one clear line: \(result.notes)")
            #expect(words.2 == text)
            #expect(Int(words.1) ?? 0 > 0, "the run was under way")
            try await run.expectNothingLeft()
            #expect(
                try await run.sandbox.databaseStatus(ofRun: "runs/long-1")
                    == ("failed", result.notes.dropFirst("The run failed. ".count).dropLast() + ""))
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
            #expect(result.status == 4)
            let line =
                /The run failed\. tick \d+, bidding: compute-region north-1 is stopped by a signal and was killed\n/
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
            let deadline = ContinuousClock.now + .seconds(60)
            while victim == nil, ContinuousClock.now < deadline {
                victim = ProcessTable.children(of: program.pid).first { $0.plays("agent", named: "north-1") }
                try await Task.sleep(for: .milliseconds(1))
            }
            kill(try #require(victim, "no agent was started").pid, SIGKILL)
            let result = try await program.result(within: .seconds(20))
            #expect(result.status == 4)
            #expect(result.notes.hasSuffix("compute-region north-1 was killed by signal 9\n"), "\(result.notes)")
            #expect(sandbox.names(in: "s").isEmpty)
        }
    }
}
