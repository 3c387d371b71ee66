import Foundation
import Testing

extension CommandTests {
    /// Where the time of a run went: measured, told, drawn, and of no influence on the run.
    @Suite struct ProfileTests {
        private struct Event: Decodable {
            let name: String
            let ph: String
            let ts: Double?
            let dur: Double?
            let pid: Int
            let tid: Int
        }

        private struct Trace: Decodable { let traceEvents: [Event] }

        private struct Profile: Decodable {
            struct Part: Decodable {
                let name: String
                let seconds: Double
            }
            struct Agent: Decodable {
                let name: String
                let exchangeCount: Int
                let waitMilliseconds: Double
                let computingMilliseconds: Double?
            }
            let tickCount: Int
            let seconds: Double
            let coordinator: [Part]
            let agents: [Agent]
        }

        @Test(arguments: [["--processes=per-agent"], ["--processes=2"], ["--in-process"]])
        func timeIsAccountedFor(layout: [String]) async throws {
            let sandbox = try Sandbox()
            let plain = try await sandbox.start(
                ["run", "Scenarios/two-region", "--no-baseline", "--json"] + layout
            ).result()
            let run = try await sandbox.start(
                ["run", "Scenarios/two-region", "--no-baseline", "--json", "--profile"] + layout
            ).result()
            #expect(run.status == 0, "\(run.notes)")
            let digests = try [plain, run].map { try $0.output.asJSON()["digest"] as? String }
            #expect(digests[0] == digests[1] && digests[0] != nil)

            // A run that is complete is reported again, and keeps what only its database holds.
            #expect(try await sandbox.gridtide("resume", "runs/two-region-2", "-q").status == 0)
            let told = try await sandbox.gridtide("profile", "runs/two-region-2", "--json")
            let profile = try JSONDecoder().decode(Profile.self, from: Data(told.output.utf8))
            #expect(profile.tickCount == 24 && profile.agents.count == 6)
            let parts = profile.coordinator.reduce(0) { $0 + $1.seconds }
            #expect(abs(parts - profile.seconds) < 0.01 * profile.seconds, "\(parts) of \(profile.seconds) s")
            #expect(profile.coordinator.allSatisfy { $0.seconds >= 0 })
            for agent in profile.agents {
                #expect(agent.exchangeCount == (["north", "south"].contains(agent.name) ? 25 : 24), "\(agent.name)")
                let computing = try #require(agent.computingMilliseconds, "\(agent.name) says what it took")
                #expect(computing > 0 && computing <= agent.waitMilliseconds)
            }
            try expectNested(in: sandbox.path("runs/two-region-2/trace.json"))
        }

        /// Every answer lies in its tick, and every tick is there.
        private func expectNested(in path: String) throws {
            let trace = try JSONDecoder().decode(Trace.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
            let spans = trace.traceEvents.filter { $0.ph == "X" }
            let ticks = spans.filter { $0.name.hasPrefix("tick ") }
            #expect(ticks.count == 24)
            #expect(trace.traceEvents.count { $0.ph == "M" } == 10, "names of two processes, two tracks and six agents")
            let answers = spans.filter { $0.pid == 2 && $0.name != "computing" }
            #expect(answers.count == 2 * 25 + 4 * 24)
            // Times are whole microseconds, each rounded by itself.
            for answer in answers {
                let isWithin = ticks.contains {
                    answer.ts! >= $0.ts! - 2 && answer.ts! + answer.dur! <= $0.ts! + $0.dur! + 2
                }
                #expect(isWithin, "\(answer)")
            }
        }

        @Test func partsOfARunCanBeTraced() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--no-baseline", "--profile", "--in-process")
            let run = "runs/two-region-1"
            let told = try await sandbox.gridtide("profile", run, "--trace", "part.json", "--from", "6", "--to", "9")
            #expect(told.status == 0 && told.notes.contains("ticks 6 to 8 of 24"), "\(told.notes)")
            #expect(told.output.contains("where the time went: 24 ticks"))
            let data = try Data(contentsOf: URL(fileURLWithPath: sandbox.path("part.json")))
            let names = try JSONDecoder().decode(Trace.self, from: data).traceEvents.map(\.name)
            #expect(names.filter { $0.hasPrefix("tick ") } == ["tick 6", "tick 7", "tick 8"])
            let beyond = try await sandbox.gridtide("profile", run, "--trace", "none.json", "--from", "24")
            #expect(beyond.status == 2 && beyond.notes.contains("it has 24, from 0 on"), "\(beyond.notes)")
            // The report has a figure of it.
            let report = try await sandbox.gridtide("report", run, "--csv", "figures")
            #expect(report.status == 0, "\(report.notes)")
            let rows = try String(contentsOfFile: sandbox.path("figures/profile.csv"), encoding: .utf8)
            #expect(rows.contains("coordinator,solving,") && rows.contains("frankfurt,computing,"))
        }

        @Test func aRunWithoutProfileSaysSo() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--no-baseline", "--in-process")
            let told = try await sandbox.gridtide("profile", "runs/two-region-1")
            #expect(told.status == 2 && told.notes.contains("'gridtide run --profile'"), "\(told.notes)")
            let wrong = try await sandbox.gridtide("profile", "runs/two-region-1", "--from", "3")
            #expect(wrong.status == 64 && wrong.notes.contains("--trace"))
        }
    }
}
