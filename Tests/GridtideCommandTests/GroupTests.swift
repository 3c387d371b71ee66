import Foundation
import Testing

extension CommandTests {
    /// Processes that play several agents: the same result as one each, and a loss that is named and mended as a whole.
    @Suite struct GroupTests {
        private func digest(_ arguments: [String], in sandbox: Sandbox) async throws -> String {
            let result = try await sandbox.start(
                ["run", "Scenarios/two-region", "--no-baseline", "--json"] + arguments
            ).result()
            #expect(result.status == 0, "\(result.notes)")
            return try #require(try result.output.asJSON()["digest"] as? String)
        }

        @Test func everyLayoutGivesOneDigest() async throws {
            let sandbox = try Sandbox()
            let expected = try await digest(["--in-process"], in: sandbox)
            let layouts = [
                ["--processes", "1"], ["--processes", "2", "--transport", "tcp"], ["--processes", "100"],
                ["--set", "run={processes: per-role}"], ["--processes", "2", "--chaos", "3"],
            ]
            for layout in layouts { #expect(try await digest(layout, in: sandbox) == expected, "\(layout)") }
            // The control: another seed of the digest's experiment is another run.
            #expect(try await digest(["--processes", "2", "--seed", "99"], in: sandbox) != expected)
        }

        @Test func aLostGroupIsNamed() async throws {
            let run = try await LongRun(layout: "--processes=2")
            defer { run.program.end() }
            #expect(ProcessTable.children(of: run.program.pid).count == 4, "coordinator, recorder, two for six agents")
            let state = try String(contentsOfFile: run.sandbox.path("runs/long-1/live.json"), encoding: .utf8)
            for name in ["north", "south", "north-1", "south-1", "stockholm", "frankfurt"] {
                #expect(state.contains("\"name\":\"\(name)\""), "who watches sees \(name)")
            }
            kill(try run.process("agent", named: "south-1").pid, SIGKILL)
            let result = try await run.program.result(within: .seconds(20))
            #expect(result.status == 4)
            #expect(result.notes.contains("process @2 of 3 agents was killed by signal 9"), "\(result.notes)")
            try await run.expectNothingLeft()
        }

        @Test func aWrongNumberOfProcessesIsSaid() async throws {
            let sandbox = try Sandbox()
            for (arguments, text) in [
                (["--processes", "0"], "none of per-agent, per-role and a whole number from 1 on"),
                (["--set", "run={processes: 2.5}"], "2.5 is not a whole number"),
                (["--set", "run={processes: per-rule}"], "per-role"),
                (["--processes", "2", "--in-process"], "--processes"),
            ] {
                let result = try await sandbox.start(["run", "Scenarios/two-region"] + arguments).result()
                #expect(result.status != 0 && result.notes.contains(text), "\(arguments): \(result.notes)")
            }
        }
    }
}
