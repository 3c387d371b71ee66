import Foundation
import Testing

extension CommandTests {
    /// Exit statuses say what happened, and are the ones of docs/cli.md.
    @Suite struct ExitStatusTests {
        /// One real process for each; those of lost agents, the user's Ctrl-C and full disks have suites of their own.
        @Test func eachStatusIsMet() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            _ = try await sandbox.run("--in-process", "--no-baseline", "--set", "clock.ticks=12")
            let damaged = sandbox.path("runs/two-region-2/journal")
            var bytes = try Data(contentsOf: URL(fileURLWithPath: damaged))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(fileURLWithPath: damaged))
            try sandbox.write("", to: "s/file")
            for (line, status) in [
                ("verify runs/two-region-1", 0),
                ("agent check --role service-node --rule greeting /bin/false", 1),
                ("verify nowhere", 2),
                ("validate Scenarios/two-region --set clock.ticks=0", 2),
                ("verify --bogus", 64),
                ("verify runs/two-region-2", 65),
                ("agent play stockholm --endpoint ipc://$PWD/s/hub --lifeline </dev/null", 70),
                ("verify runs/two-region-1 >/dev/full", FileManager.default.fileExists(atPath: "/dev/full") ? 74 : 0),
                ("run Scenarios/two-region --no-baseline --endpoint ipc://$PWD/s/file", 74),
            ] {
                let result = try await sandbox.shell("gridtide \(line)")
                #expect(result.status == status, "\(line): \(result.notes)")
            }
        }

        /// The table of docs/cli.md has the statuses of the program, each once and in order, and the help names them.
        @Test func theTableIsThatOfTheProgram() async throws {
            let source = Program.repository.appendingPathComponent("Sources/GridtideCommand/ExitStatus.swift")
            let known = try String(contentsOf: source, encoding: .utf8).matches(of: /(?m)^    case \w+ = (\d+)$/).map(
                \.1)
            let page = try #require(Document.all.first { $0.name == "docs/cli.md" }).text
            let table = try #require(page.firstMatch(of: /\| exit status \|.*\n(\|.*\n)+/)).0
            #expect(known.count >= 10 && table.matches(of: /(?m)^\| (\d+) \|/).map(\.1) == known)
            let help = try await Sandbox(scenarios: []).gridtide("--help").output
            for status in known where status != "70" {
                #expect(help.contains(try Regex("\\b\(status)\\s+[a-z]")), "the help leaves out \(status)")
            }
        }
    }
}
