import Foundation
import Testing

extension CommandTests {
    /// Full disks, folders that cannot be written, outputs that take nothing: one clear error, and nothing is lost.
    @Suite struct DiskTests {
        private static let layouts = ["--in-process", "--processes=per-agent"]

        /// The disk fills up at another place each time: in the head of the journal, in that of the database, in a tick of
        /// either, at the end. With room again the run goes on to the digest and the rows of an undisturbed one.
        @Test(
            .enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"),
            arguments: [(0, [12, 60, 140, 300]), (1, [28, 300])])
        func aFullDiskLosesNothing(layout: Int, sizes: [Int]) async throws {
            let sandbox = try Sandbox()
            let quiet = try await sandbox.run("--in-process", "--no-baseline")
            let rows = try await dump("runs/two-region-1", sandbox)
            for kilobytes in sizes {
                let disk = try SmallDisk(at: sandbox.path("disk"), kilobytes: kilobytes)
                let full = try await sandbox.gridtide(
                    "run", "Scenarios/two-region", Self.layouts[layout], "--no-baseline", "-q", "--runs", "disk")
                let place = "\(Self.layouts[layout]), \(kilobytes) KiB: \(full.notes)"
                #expect(full.status == 74 && full.output.isEmpty, "\(place)")
                // One line, and in many processes a note where the database could not follow the journal.
                #expect(full.notes.count { $0 == "\n" } == 1, "\(place)")
                #expect(full.notes.contains("disk/two-region-1/"), "\(place)")
                #expect(full.notes.contains(/No space left|is full|I\/O error/), "\(place)")
                #expect(full.notes.contains("Make room"), "\(place)")
                try disk.grow(toKilobytes: 16 << 10)
                let resumed = try await sandbox.gridtide("resume", "disk/two-region-1", "-q")
                if !FileManager.default.fileExists(atPath: "\(disk.path)/two-region-1/journal") {
                    #expect(kilobytes == sizes[0] && resumed.status == 2, "only the smallest had no room to begin")
                    continue
                }
                #expect(resumed.output.value(of: "digest") == quiet, "\(place)\(resumed.notes)")
                #expect(try await dump("disk/two-region-1", sandbox) == rows, "\(place)")
            }
        }

        /// What `ulimit -f` allows is like a disk, and needs no root: first the database is full, then the journal.
        @Test(
            .enabled(if: !Program.isSanitized, "a sanitizer does not live with a limit on the size of files"),
            arguments: [("--in-process", [16, 300]), ("--processes=per-agent", [40])])
        func theLargestFileAUserMayHaveIsLikeAFullDisk(layout: String, limits: [Int]) async throws {
            let sandbox = try Sandbox()
            let quiet = try await sandbox.run("--in-process", "--no-baseline")
            for (number, blocks) in limits.enumerated() {
                // Blocks of 512 or 1024 bytes, as the shell has it.
                let full = try await sandbox.shell(
                    "ulimit -f \(blocks); exec gridtide run Scenarios/two-region \(layout) --no-baseline -q")
                let run = "runs/two-region-\(number + 2)"
                #expect(full.status == 74 && full.signal == nil, "\(blocks): \(full.status) \(full.notes)")
                #expect(full.notes.contains("\(run)/"), "\(full.notes)")
                guard FileManager.default.fileExists(atPath: sandbox.path("\(run)/journal")) else { continue }
                let resumed = try await sandbox.gridtide("resume", run, "-q")
                #expect(resumed.output.value(of: "digest") == quiet, "\(blocks): \(resumed.notes)")
            }
        }

        /// The database grows faster than the journal: the recorder is the one that finds no room, in the middle of the run.
        @Test(.enabled(if: !Program.isSanitized, "a sanitizer does not live with a limit on the size of files"))
        func theRecorderAloneFindsNoRoom() async throws {
            let sandbox = try Sandbox()
            try sandbox.write(LongRun.scenario, to: "long.yaml")
            let ticks = ["--no-baseline", "--set", "clock.ticks=700"]
            let full = try await sandbox.shell(
                "ulimit -f 900; exec gridtide run long.yaml -q \(ticks.joined(separator: " "))")
            #expect(full.status == 74, "\(full.notes)")
            let line = /The run failed\. tick [1-9]\d*: the recorder: .*run\.sqlite: .*I\/O error.* has room.*\n/
            #expect(full.notes.wholeMatch(of: line) != nil, "\(full.notes)")
            let resumed = try await sandbox.gridtide("resume", "runs/long-1", "-q")
            #expect(
                resumed.output.value(of: "digest")
                    == (try await sandbox.run(["--in-process"] + ticks, as: "long.yaml")), "\(resumed.notes)")
        }

        @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
        func aSweepGoesOnOnceThereIsRoom() async throws {
            let sandbox = try Sandbox(scenarios: ["two-region", "energy-latency-frontier"])
            let folder = "Scenarios/energy-latency-frontier"
            let whole = try await sandbox.gridtide("sweep", folder, "-q", "--csv", "--database", "whole.sqlite")
            for kilobytes in [4, 24, 40] {
                let disk = try SmallDisk(at: sandbox.path("disk"), kilobytes: kilobytes)
                let words = ["sweep", folder, "-q", "--csv", "--database", "disk/sweep.sqlite"]
                let full = try await sandbox.start(words).result()
                #expect(full.status == 74 && full.output.isEmpty, "\(kilobytes) KiB: \(full.notes)")
                #expect(full.notes.contains(/^disk\/sweep.sqlite: .*Make room/), "\(full.notes)")
                try disk.grow(toKilobytes: 16 << 10)
                #expect(try await sandbox.start(words).result().output == whole.output)
            }
        }

        /// A command whose result could not be printed has not succeeded.
        @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
        func whatCannotBePrintedIsAnError() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            for words in [
                "--help", "--version", "schema", "agents --json", "validate Scenarios/two-region --json",
                "run Scenarios/two-region --in-process --json -q", "compare runs/two-region-1 -q",
                "compare runs/two-region-1 --csv -q", "metrics runs/two-region-1 --csv -q", "verify runs/two-region-1",
                "replay runs/two-region-1 --json -q",
            ] {
                let full = try await sandbox.shell("gridtide \(words) >/dev/full")
                #expect(full.status == 74 && full.notes.contains("No space left"), "\(words): \(full.notes)")
            }
            let closed = try await sandbox.shell("gridtide verify runs/two-region-1 >&-")
            #expect(closed.status == 74 && closed.notes.contains("Bad file descriptor"), "\(closed.notes)")
            let printed = try await sandbox.shell("gridtide verify runs/two-region-1 >/dev/null")
            #expect(printed.status == 0, "the control: \(printed.notes)")
        }

        @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
        func aReadOnlyFolderIsNamedAndCanBeRead() async throws {
            let sandbox = try Sandbox(scenarios: ["two-region", "energy-latency-frontier"])
            _ = try await sandbox.run("--in-process", "--no-baseline")
            let window = try SmallDisk(at: sandbox.path("window"), showing: sandbox.path("runs"))
            defer { withExtendedLifetime(window) {} }
            for words in [
                ["run", "Scenarios/two-region", "--runs", "window"],
                ["run", "Scenarios/two-region", "--runs", "window", "--in-process"],
                ["branch", "window/two-region-1", "--at", "3", "--runs", "window"],
                ["resume", "window/two-region-1"],
                ["sweep", "Scenarios/energy-latency-frontier", "-q", "--database", "window/sweep.sqlite"],
                ["agent", "new", "window/demo", "--language", "python"],
            ] {
                let result = try await sandbox.start(words).result()
                #expect(result.status == 74 && result.output.isEmpty, "\(words): \(result.status) \(result.notes)")
                #expect(result.notes.contains("window/"), "\(words): \(result.notes)")
                #expect(result.notes.contains(/[Rr]ead.only|unable to open/), "\(words): \(result.notes)")
            }
            for words in [["compare"], ["verify"], ["replay"], ["metrics"]] {
                let result = try await sandbox.start(words + ["window/two-region-1", "-q"]).result()
                #expect(result.status == 0, "\(words): \(result.notes)")
            }
            #expect(sandbox.names(in: "runs") == ["two-region-1"], "nothing is left behind")
        }

        @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
        func aReadOnlyPlaceForSocketsIsNamed() async throws {
            let sandbox = try Sandbox()
            let window = try SmallDisk(at: sandbox.path("window"), showing: sandbox.path("s"))
            defer { withExtendedLifetime(window) {} }
            let result = try await sandbox.shell(
                "XDG_RUNTIME_DIR=window gridtide run Scenarios/two-region --no-baseline")
            #expect(result.status == 74 && result.notes.contains("in window: Read-only file system"), "\(result.notes)")
            let resumed = try await sandbox.gridtide("resume", "runs/two-region-1", "-q")
            #expect(resumed.status == 0, "\(resumed.notes)")
        }

        /// Every row of a run's database but those of its circumstances; read by Python, as users do.
        private func dump(_ run: String, _ sandbox: Sandbox) async throws -> String {
            let code = """
                import sqlite3, sys
                skipped = ('"wait"', '"tick_timing"', '"event"')
                for line in sqlite3.connect(sys.argv[1]).iterdump():
                    if not line.startswith("INSERT") or not line.split()[2].startswith(skipped):
                        print(line)
                """
            let python = try RunningProgram(
                "/usr/bin/env", ["python3", "-c", code, sandbox.path("\(run)/run.sqlite")], in: sandbox.folder,
                environment: sandbox.environment)
            let result = try await python.result()
            try #require(result.status == 0, "\(result.notes)")
            return result.output
        }
    }
}
