import Foundation
import Testing

extension CommandTests {
    /// Readers that leave and streams that are closed end no run.
    @Suite struct StreamTests {
        @Test(arguments: [
            ("run Scenarios/two-region --no-baseline", "head -1"),
            ("run Scenarios/two-region --in-process --json", "head -c 10"),
            ("schema", "true"),
        ])
        func aReaderThatHasSeenEnoughIsNoError(words: String, reader: String) async throws {
            let sandbox = try Sandbox()
            let digest = try await sandbox.run("--in-process", "--no-baseline")
            let result = try await sandbox.shell("(gridtide \(words); echo $? >status) | \(reader)")
            let status = try String(contentsOfFile: sandbox.path("status"), encoding: .utf8)
            #expect(status == "0\n" && !result.notes.contains("Fatal error"), "\(status)\(result.notes)")
            guard words.hasPrefix("run") else { return }
            let verified = try await sandbox.gridtide("verify", "runs/two-region-2")
            #expect(verified.output.contains("complete; digest \(digest)"), "\(verified.output)\(verified.notes)")
        }

        /// The file opened next would get the number of a closed stream, and what is printed would end up in it.
        @Test(arguments: [
            ("<&- 2>&-", "--processes=per-agent", 0), ("2>&-", "--in-process", 0),
            ("<&- >&- 2>&-", "--processes=per-agent", 74),
        ])
        func closedStreamsDamageNothing(closed: String, layout: String, status: Int32) async throws {
            let sandbox = try Sandbox()
            let digest = try await sandbox.run("--in-process", "--no-baseline")
            let result = try await sandbox.shell("gridtide run Scenarios/two-region --no-baseline \(layout) \(closed)")
            #expect(result.status == status, "only a result has to reach somebody: \(result.notes)")
            let verified = try await sandbox.gridtide("verify", "runs/two-region-2")
            #expect(verified.output.contains("complete; digest \(digest)"), "\(verified.output)\(verified.notes)")
            #expect(try await sandbox.databaseStatus(ofRun: "runs/two-region-2") == ("finished", ""))
        }
    }
}
