import Foundation
import Testing

extension CommandTests {
    /// `gridtide run`: one digest in every layout, a folder for each run, results that programs can read.
    @Suite struct RunTests {
        @Test func digestIsTheSameInEveryLayout() async throws {
            let sandbox = try Sandbox()
            let here = try await sandbox.run("--in-process")
            #expect(here.count == 64)
            #expect(try await sandbox.run("--transport", "ipc") == here)
            #expect(try await sandbox.run("--transport", "tcp", "--no-baseline") == here)
            #expect(try await sandbox.run("--in-process", "--seed", "2") != here, "another seed is another run")
            #expect(sandbox.names(in: "s").isEmpty, "socket folders are left")
        }

        @Test func runsAreNumberedAndNeverOverwritten() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            let before = try Data(contentsOf: URL(fileURLWithPath: sandbox.path("runs/two-region-1/journal")))
            _ = try await sandbox.run("--in-process", "--no-baseline", "--seed", "5")
            _ = try await sandbox.run("--in-process", "--no-baseline")
            #expect(sandbox.names(in: "runs") == ["two-region-1", "two-region-2", "two-region-3"])
            #expect(try Data(contentsOf: URL(fileURLWithPath: sandbox.path("runs/two-region-1/journal"))) == before)
            let files = sandbox.names(in: "runs/two-region-1")
            #expect(
                files == ["journal", "live.json", "plan.json", "run.sqlite", "scenario"],
                "a finished run leaves no other files")
            #expect(sandbox.names(in: "runs/two-region-1/scenario") == ["demand.csv", "scenario.yaml"])
        }

        @Test func runsAtTheSameTimeGetFoldersOfTheirOwn() async throws {
            let sandbox = try Sandbox()
            let arguments = ["run", "Scenarios/two-region", "--in-process", "-q"]
            let programs = try (0..<3).map { _ in try sandbox.start(arguments) }
            var digests: Set<String> = []
            for program in programs {
                let result = try await program.result()
                #expect(result.status == 0, "\(result.notes)")
                digests.insert(result.output.value(of: "digest") ?? "")
            }
            #expect(sandbox.names(in: "runs").count == 3)
            #expect(digests.count == 1)
        }

        @Test func jsonParsesAndIsStable() async throws {
            let sandbox = try Sandbox()
            let first = try await sandbox.gridtide("run", "Scenarios/two-region", "--in-process", "--json")
            let second = try await sandbox.gridtide("run", "Scenarios/two-region", "--json")
            #expect(first.status == 0 && second.status == 0)
            var (one, two) = (try first.output.asJSON(), try second.output.asJSON())
            #expect(one["ticks"] as? Int == 24)
            #expect((one["digest"] as? String)?.count == 64)
            for key in ["folder", "seconds"] {
                #expect(one.removeValue(forKey: key) != nil)
                two.removeValue(forKey: key)
            }
            #expect(NSDictionary(dictionary: one) == NSDictionary(dictionary: two))
        }

        @Test func quietPrintsNoNotes() async throws {
            let sandbox = try Sandbox()
            let loud = try await sandbox.gridtide("run", "Scenarios/two-region", "--in-process")
            #expect(loud.notes.contains("24 ticks in"))
            #expect(!loud.notes.contains("\r") && !loud.output.contains("\u{1B}"), "bars and colour are for terminals")
            let quiet = try await sandbox.gridtide("run", "Scenarios/two-region", "-q")
            #expect(quiet.status == 0 && quiet.notes.isEmpty)
            #expect(quiet.output.contains("south → north"))
        }

        @Test func settingsCanBeChangedOnTheCommandLine() async throws {
            let sandbox = try Sandbox()
            let noted = try await sandbox.gridtide(
                "run", "Scenarios/two-region", "--in-process", "--set", "mechanism.objective=home", "--set",
                "clock.ticks=3")
            #expect(noted.status == 0, "\(noted.notes)")
            #expect(noted.notes.contains("a carbon price has no part in the objective home"))
            let good = try await sandbox.gridtide(
                "run", "Scenarios/two-region", "--in-process", "-q", "--set", "mechanism={objective: home}", "--set",
                "clock.ticks=3")
            #expect(good.status == 0, "\(good.notes)")
            #expect(good.output.contains("3 ticks of 60 min"))
        }

        @Test func foldersMayHaveSpaces() async throws {
            let sandbox = try Sandbox()
            try FileManager.default.moveItem(
                atPath: sandbox.path("Scenarios/two-region"), toPath: sandbox.path("Scenarios/a b"))
            let result = try await sandbox.gridtide("run", "Scenarios/a b", "-q", "--runs", "my runs")
            #expect(result.status == 0, "\(result.notes)")
            #expect(sandbox.names(in: "my runs") == ["two-region-1"])
        }
    }

    /// `gridtide run` where it cannot run.
    @Suite struct WrongRunTests {
        @Test func missingScenarioIsNamed() async throws {
            let sandbox = try Sandbox()
            let result = try await sandbox.gridtide("run", "Scenarios/nowhere")
            #expect(result.status == 2)
            #expect(result.notes.contains("nowhere"))
            #expect(sandbox.names(in: "runs").isEmpty, "a wrong scenario leaves no run")
        }

        @Test func unwritableFolderIsNamed() async throws {
            let sandbox = try Sandbox()
            try sandbox.write("", to: "file")
            let result = try await sandbox.gridtide("run", "Scenarios/two-region", "--runs", "file")
            #expect(result.status == 74)
            #expect(result.notes.contains("file cannot be made"))
            // Root may write everywhere, so a folder without permission proves something to others only.
            guard geteuid() != 0 else { return }
            try FileManager.default.createDirectory(
                atPath: sandbox.path("locked"), withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o500])
            let locked = try await sandbox.gridtide("run", "Scenarios/two-region", "--runs", "locked")
            #expect(locked.status == 74)
            #expect(locked.notes.contains("locked"))
        }

        @Test func unknownOptionIsWrongUsage() async throws {
            let sandbox = try Sandbox()
            for arguments in [["run", "Scenarios/two-region", "--bogus"], ["bogus"], ["run"], ["verify"]] {
                let result = try await sandbox.start(arguments).result()
                #expect(result.status == 64, "\(arguments)")
                #expect(result.notes.contains("Usage: gridtide"))
            }
        }

        @Test func readerThatHasSeenEnoughIsNoCrash() async throws {
            let sandbox = try Sandbox()
            let result = try await sandbox.shell("(SWIFT_BACKTRACE=enable=no gridtide schema; echo $? >status) | true")
            let status = try String(contentsOfFile: sandbox.path("status"), encoding: .utf8)
            #expect(!result.notes.contains("Fatal error"))
            #expect(Int(status.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 255 < 128)
        }
    }
}
