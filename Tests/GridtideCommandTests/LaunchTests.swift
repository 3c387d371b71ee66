import Foundation
import Testing

extension CommandTests {
    /// `gridtide launch`: what it writes, and that it runs. Tests/containers/run does the same in real containers.
    @Suite struct LaunchTests {
        @Test func resultIsThatOfTheLocalRun() async throws {
            let sandbox = try Sandbox()
            let launched = try await LaunchedRun(in: sandbox, "--profile")
            try launched.startAll()
            for name in launched.participants {
                let end = try await launched.end(of: name)
                #expect(end.status == 0, "\(name): \(end.notes)")
            }
            try await expectDigestOfLocalRun(launched, sandbox)
            let profile = try await sandbox.gridtide("profile", launched.run)
            #expect(profile.output.contains("24 ticks"), "it was to be measured: \(profile.output)\(profile.notes)")
        }

        /// Whoever restarts it, an agent that was killed is awaited, told its past, and the result is the same.
        @Test(arguments: ["north-1", "recorder"])
        func lostProcessComesBack(name: String) async throws {
            let sandbox = try Sandbox()
            let launched = try await LaunchedRun(in: sandbox, "--set", "run.onLoss=restart")
            try launched.hold(afterTicks: 12)
            try launched.startAll()
            try await launched.await("\"held\"")
            let refused = try await sandbox.gridtide("resume", launched.run)
            #expect(refused.status == 75, "a run that is under way is its coordinator's: \(refused.notes)")
            launched.processes[name]?.end()
            try await launched.await("\(name) lost its connection; its successor is awaited, 1 of 3")
            let state = try String(contentsOfFile: sandbox.path("\(launched.run)/live.json"), encoding: .utf8)
            #expect(state.contains("\"restarting\""), "who watches does not see it: \(state)")
            try launched.start(name)
            try launched.hold(afterTicks: nil)
            let end = try await launched.end(of: "coordinator")
            #expect(end.status == 0, "\(end.notes)")
            try await expectDigestOfLocalRun(launched, sandbox)
        }

        /// A process of several agents comes back as a whole.
        @Test func lostGroupComesBack() async throws {
            let sandbox = try Sandbox()
            let launched = try await LaunchedRun(
                in: sandbox, "--set", "run.onLoss=restart", "--set", "run.processes=2")
            #expect(launched.participants == ["agents-1", "agents-2", "coordinator", "recorder"])
            try launched.hold(afterTicks: 12)
            try launched.startAll()
            try await launched.await("\"held\"")
            launched.processes["agents-2"]?.end()
            try await launched.await("its successor is awaited, 1 of 3")
            try launched.start("agents-2")
            try launched.hold(afterTicks: nil)
            let end = try await launched.end(of: "coordinator")
            #expect(end.status == 0, "\(end.notes)")
            try await expectDigestOfLocalRun(launched, sandbox)
        }

        /// A scenario that says nothing of losses fails with the first one; started anew, the run goes on.
        @Test func lossEndsTheRunUnlessToldOtherwise() async throws {
            let sandbox = try Sandbox()
            let launched = try await LaunchedRun(in: sandbox)
            try launched.hold(afterTicks: 12)
            try launched.startAll()
            try await launched.await("\"held\"")
            launched.processes["north-1"]?.end()
            let end = try await launched.end(of: "coordinator")
            #expect(end.status == 4, "\(end.notes)")
            #expect(end.notes.contains("compute-region north-1 lost its connection"), "\(end.notes)")
            for name in launched.participants where !["coordinator", "north-1"].contains(name) {
                #expect(try await launched.end(of: name).status == 0, "\(name) is told that the run is over")
            }
            #expect(try await sandbox.databaseStatus(ofRun: launched.run).status == "failed")
            try launched.hold(afterTicks: nil)
            try launched.startAll()
            #expect(try await launched.end(of: "coordinator").status == 0)
            try await expectDigestOfLocalRun(launched, sandbox)
        }

        /// Whoever has no launcher sees by itself that the coordinator is gone, and says so; all started anew, the run goes on.
        @Test func noneWaitsForADeadCoordinator() async throws {
            let sandbox = try Sandbox()
            let launched = try await LaunchedRun(in: sandbox)
            try launched.hold(afterTicks: 12)
            try launched.startAll()
            try await launched.await("\"held\"")
            launched.processes["coordinator"]?.end()
            for name in launched.participants where name != "coordinator" {
                let end = try await launched.end(of: name)
                #expect(end.status == 4, "\(name): \(end.notes)")
                #expect(end.notes.contains("ended before the run did"), "\(name): \(end.notes)")
            }
            try launched.hold(afterTicks: nil)
            try launched.startAll()
            for name in launched.participants { #expect(try await launched.end(of: name).status == 0, "\(name)") }
            try await expectDigestOfLocalRun(launched, sandbox)
        }

        /// An agent that is never started again does not keep the run for ever.
        @Test func successorsAreNotAwaitedWithoutEnd() async throws {
            let sandbox = try Sandbox()
            let launched = try await LaunchedRun(
                in: sandbox, "--set", "run.onLoss=restart", "--set", "run.restartLimit=1", "--set",
                "run.tickDeadlineSeconds=1")
            try launched.hold(afterTicks: 12)
            try launched.startAll()
            try await launched.await("\"held\"")
            launched.processes["north-1"]?.end()
            try await launched.await("its successor is awaited, 1 of 1")
            try launched.hold(afterTicks: nil)
            let end = try await launched.end(of: "coordinator")
            #expect(end.status == 4 && end.notes.contains("its successor was awaited 1 times already"), "\(end.notes)")
        }

        /// Each participant's key is a file of its own that only one user can read, and none is in the run's folder.
        @Test func keysLieApart() async throws {
            let sandbox = try Sandbox()
            let launched = try await LaunchedRun(in: sandbox)
            let keys = sandbox.names(in: "launched/keys")
            #expect(Set(keys) == Set(launched.participants.map { "\($0).key" }))
            for key in keys {
                let facts = try FileManager.default.attributesOfItem(atPath: sandbox.path("launched/keys/\(key)"))
                #expect(facts[.posixPermissions] as? Int == 0o600, "\(key)")
            }
            #expect(sandbox.names(in: launched.run) == ["journal", "plan.json", "run.sqlite", "scenario"])
        }

        /// Whoever starts the processes himself is told of each how, also of a program that is his own.
        @Test func startedByHandIsTold() async throws {
            let sandbox = try Sandbox()
            let site =
                "{name: frankfurt, home: south-1, location: {latitude: 50, longitude: 9}, strategy: {external: true}}"
            let result = try await sandbox.gridtide(
                "launch", "--on", "hand", "Scenarios/two-region", "--endpoint", "tcp://127.0.0.1:7431", "--set",
                "services.frankfurt=\(site)")
            #expect(result.status == 0, "\(result.notes)")
            let said = result.output + result.notes
            #expect(said.contains("gridtide agent play stockholm --endpoint tcp://127.0.0.1:7431 --key "), "\(said)")
            #expect(said.contains("# the program of frankfurt, with: GRIDTIDE_NAME=frankfurt "), "\(said)")
            #expect(!said.contains("agent play frankfurt"), "\(said)")
        }

        @Test func wrongUseIsExplained() async throws {
            let sandbox = try Sandbox()
            try FileManager.default.createDirectory(atPath: sandbox.path("there"), withIntermediateDirectories: false)
            try sandbox.write("#!/bin/sh\n", to: "mine")
            let launch = ["launch", "--on", "compose", "Scenarios/two-region"]
            let cases: [(words: [String], status: Int32, text: String)] = [
                (["--out", "there"], 2, "Name a new folder with --out"),
                (["--out", "not/there"], 74, "not/there cannot be made"),
                (["--replace", "frankfurt=mine"], 2, "--agent-image frankfurt=IMAGE"),
                (["--agent-image", "frankfurt=mine"], 2, "a program of its own, by exec or --replace"),
                (["--replace", "frankfurt=mine", "--agent-image", "north-1=mine"], 2, "--agent-image north-1=mine"),
                (["--set", "services.frankfurt.name=dashboard"], 2, "Rename the agent"),
                (["--set", "clock.ticks=0"], 2, "clock.ticks"),
            ]
            for (words, status, text) in cases {
                let result = try await sandbox.start(launch + words).result()
                #expect(result.status == status && result.notes.contains(text), "\(words): \(result.notes)")
                #expect(sandbox.names(in: "launches").isEmpty, "\(words) left something")
            }
            let nowhere = try await sandbox.gridtide("launch", "--on", "moon", "Scenarios/two-region")
            #expect(nowhere.status == 64, "\(nowhere.notes)")
        }

        private func expectDigestOfLocalRun(_ launched: LaunchedRun, _ sandbox: Sandbox) async throws {
            let digest = try await sandbox.run("--in-process", "--no-baseline")
            #expect(try await sandbox.databaseStatus(ofRun: launched.run).status == "finished")
            let resumed = try await sandbox.gridtide("resume", launched.run, "--json", "-q")
            #expect(try resumed.output.asJSON()["digest"] as? String == digest)
            #expect(try await sandbox.gridtide("verify", launched.run).status == 0)
        }
    }
}
