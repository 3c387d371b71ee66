import Foundation
import Testing

extension CommandTests {
    /// `gridtide branch`.
    @Suite struct BranchCommandTests {
        /// A branch is a run of its own: another digest, verified and replayed, with the past of the run it leaves.
        @Test func branchIsARunOfItsOwn() async throws {
            let sandbox = try Sandbox()
            let digest = try await sandbox.run("--in-process", "--no-baseline")
            let made = try await sandbox.gridtide(
                "branch", "runs/two-region-1", "--at", "6", "--set", "regions.north-1.connectionMW=80", "-q")
            let own = try #require(made.output.value(of: "digest"), "\(made.notes)")
            #expect(made.status == 0 && own != digest)
            for command in ["verify", "replay"] {
                let checked = try await sandbox.gridtide(command, "runs/two-region-2")
                #expect(checked.status == 0 && checked.output.contains(own), "\(checked.output)\(checked.notes)")
            }
            let compared = try await sandbox.gridtide("verify", "runs/two-region-1", "runs/two-region-2")
            #expect(compared.status == 3, "\(compared.output)")
        }

        /// What cannot be branched is refused before anything is written.
        @Test(arguments: [
            (["--at", "0"], "Choose a tick from 1 to 23"), (["--at", "24"], "Choose a tick from 1 to 23"),
            (["--at", "6", "--set", "clock.ticks=20"], "cannot be branched"),
            (["--at", "6", "--set", "regions.north-9.pue=1.1"], "north-9"),
        ])
        func refusedBranchLeavesNothing(words: [String], text: String) async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            let refused = try await sandbox.start(["branch", "runs/two-region-1"] + words).result()
            #expect(refused.status == 2 && refused.notes.contains(text), "\(refused.notes)")
            #expect(sandbox.names(in: "runs") == ["two-region-1"])
        }
    }
}
