import CoSimulation
import Foundation
import Scenarios
import Testing

@Suite("Files on disk")
struct FileTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("scenario-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in GoodScenario.files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        try body(folder)
    }

    private func codes(_ path: String, limits: ScenarioLimits = ScenarioLimits()) -> [ScenarioFault.Code] {
        do throws(ScenarioError) {
            _ = try Scenario.load(path, catalogue: TestCatalogue.catalogue, limits: limits)
            return []
        } catch {
            return error.faults.map(\.code)
        }
    }

    @Test("a folder and its YAML file are the same scenario")
    func folder() throws {
        try withFolder { folder in
            let byFolder = try Scenario.load(folder.path, catalogue: TestCatalogue.catalogue)
            let byFile = try Scenario.load(
                folder.appendingPathComponent("scenario.yaml").path, catalogue: TestCatalogue.catalogue)
            #expect(byFolder.experiment == byFile.experiment)
            #expect(try GoodScenario.load(GoodScenario.files).experiment == byFolder.experiment)
        }
    }

    @Test("nothing outside the folder is read, by link or by path; only ordinary files are")
    func outside() throws {
        try withFolder { folder in
            let manager = FileManager.default
            let file = folder.appendingPathComponent("latency.csv")
            try manager.removeItem(at: file)
            try manager.createSymbolicLink(atPath: file.path, withDestinationPath: "/etc/hostname")
            #expect(codes(folder.path) == [.outsideFolder])
            try manager.removeItem(at: file)
            try manager.createDirectory(at: file, withIntermediateDirectories: false)
            #expect(codes(folder.path) == [.unreadableFile])
            try manager.removeItem(at: file)
            #expect(mkfifo(file.path, 0o600) == 0)
            #expect(codes(folder.path) == [.unreadableFile])
            try manager.removeItem(at: file)
            #expect(codes(folder.path) == [.unreadableFile])
            try Data(GoodScenario.latency.utf8).write(to: folder.appendingPathComponent("real.csv"))
            try manager.createSymbolicLink(atPath: file.path, withDestinationPath: "real.csv")
            #expect(codes(folder.path).isEmpty)
        }
        #expect(codes("/nowhere/at/all") == [.unreadableFile])
        #expect(codes("/dev/null") == [.unreadableFile])
    }

    @Test("sizes have limits")
    func limits() throws {
        func codes(_ change: (inout ScenarioLimits) -> Void) -> Set<ScenarioFault.Code> {
            var limits = ScenarioLimits()
            change(&limits)
            do throws(ScenarioError) {
                _ = try Scenario.load(.memory(GoodScenario.files), catalogue: TestCatalogue.catalogue, limits: limits)
                return []
            } catch {
                return Set(error.faults.map(\.code))
            }
        }
        #expect(codes { $0.yamlBytes = 100 } == [.tooLarge])
        #expect(codes { $0.yamlDepth = 3 } == [.tooDeep])
        #expect(codes { $0.csvBytes = 100 } == [.tooLarge])
        #expect(codes { $0.csvRows = 2 } == [.tooLarge])
        #expect(codes { $0.totalBytes = 500 } == [.tooLarge])
        #expect(codes { $0.agents = 5 } == [.tooLarge])
        #expect(codes { $0.classes = 1 } == [.tooLarge])
        #expect(codes { $0.ticks = 5 } == [.outOfRange])
        #expect(codes { $0.seriesValues = 12 } == [.tooLarge])
        #expect(codes { $0.placements = 7 } == [.tooLarge])
        #expect(codes { $0.denials = 0 } == [.tooLarge])
        #expect(codes { _ in } == [])
    }

    @Test("a text that is not UTF-8 says so")
    func encoding() {
        var files = GoodScenario.files.mapValues { Array($0.utf8) }
        files["scenario.yaml"]?.append(contentsOf: [0xFF, 0x0A])
        do throws(ScenarioError) {
            _ = try Scenario.load(.memory(bytes: files), catalogue: TestCatalogue.catalogue)
            Issue.record("the scenario was accepted")
        } catch {
            #expect(error.faults.map(\.code) == [.notUTF8])
            #expect(
                error.faults[0].line == GoodScenario.yaml.split(separator: "\n", omittingEmptySubsequences: false).count
            )
        }
    }
}
