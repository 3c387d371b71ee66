import Foundation
import Testing

extension CommandTests {
    /// Faults of a scenario, as a user meets them.
    @Suite struct FaultTests {
        /// A fault of each kind that changes what happens.
        private static let faults = """
            faults=[{name: storm, kind: outage, agents: [south-1, north], fromTick: 5, toTick: 9}, \
            {name: noise, kind: lost-signals, probability: 0.4}, \
            {name: late, kind: late-signals, delayTicks: 2, fromTick: 10, toTick: 15}, \
            {name: uplink, kind: lost-bids, probability: 0.2}]
            """
        private static func slow(_ seconds: Double) -> String {
            "faults=[{name: strain, kind: slow, agents: [stockholm], delaySeconds: \(seconds), fromTick: 2, toTick: 3}]"
        }

        /// One digest in one process, in many, over tcp and under chaos; verified, replayed, and branched without faults.
        @Test func faultsAreTheSameEverywhere() async throws {
            let sandbox = try Sandbox()
            let digest = try await sandbox.run("--in-process", "--no-baseline", "--set", Self.faults)
            let quiet = try await sandbox.run("--in-process", "--no-baseline")
            #expect(digest != quiet)
            for options in [[], ["--transport", "tcp"], ["--chaos", "5"]] {
                let words = ["--no-baseline", "--set", Self.faults] + options
                #expect(try await sandbox.run(words, as: "Scenarios/two-region") == digest, "\(options)")
            }
            for command in ["verify", "replay"] {
                let checked = try await sandbox.gridtide(command, "runs/two-region-5")
                #expect(checked.status == 0 && checked.output.contains(digest), "\(checked.output)\(checked.notes)")
            }
            let branch = try await sandbox.gridtide(
                "branch", "runs/two-region-1", "--at", "6", "--set", "faults=", "-q")
            #expect(branch.status == 0, "\(branch.notes)")
            let verified = try await sandbox.gridtide("verify", "runs/two-region-6")
            #expect(verified.status == 0, "\(verified.output)\(verified.notes)")
        }

        /// A slow agent is bearable or not; what is done then is the policy's, and a restart changes nothing.
        @Test func slowAgentsMeetThePolicy() async throws {
            let sandbox = try Sandbox()
            let quiet = try await sandbox.run("--in-process", "--no-baseline")
            let bearable = try await sandbox.gridtide("run", "Scenarios/two-region", "--set", Self.slow(0.2))
            #expect(bearable.output.value(of: "digest") == quiet, "\(bearable.notes)")
            #expect(!bearable.notes.contains("nobody is slow"), "the baseline has no need of it: \(bearable.notes)")
            let run = ["run", "Scenarios/two-region", "--no-baseline", "-q", "--set", Self.slow(60)]
            func end(_ policy: String) async throws -> RunningProgram.Result {
                try await sandbox.start(run + ["--set", "run={tickDeadlineSeconds: 2, onLoss: \(policy)}"]).result()
            }
            let failed = try await end("fail")
            #expect(failed.status == 4)
            #expect(
                failed.notes.contains("tick 2, bidding: no answer from service-node stockholm within 2 s"),
                "\(failed.notes)")
            let restarted = try await end("restart")
            #expect(restarted.output.value(of: "digest") == quiet, "\(restarted.notes)")
        }

        /// In one process nobody can be slow, and that is said.
        @Test func slownessNeedsProcesses() async throws {
            let sandbox = try Sandbox()
            let result = try await sandbox.gridtide(
                "run", "Scenarios/two-region", "--in-process", "--no-baseline", "--set", Self.slow(60))
            #expect(result.status == 0 && result.notes.contains("in one process nobody is slow"), "\(result.notes)")
            let sweep = """
                {gridtide: 1, name: slow, scenario: Scenarios/two-region, settings: {clock.ticks: 3, \
                \(Self.slow(60).replacingOccurrences(of: "faults=", with: "faults: "))}, seeds: [1, 2]}
                """
            try sandbox.write(sweep, to: "slow.yaml")
            let swept = try await sandbox.gridtide("sweep", "slow.yaml")
            #expect(swept.status == 0 && swept.notes.contains("in one process nobody is slow"), "\(swept.notes)")
        }
    }
}
