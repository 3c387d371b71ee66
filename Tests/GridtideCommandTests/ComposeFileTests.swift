import CoSimulation
import Foundation
import ReferenceAgents
import Scenarios
import TestKit
import Testing
import Yams

@testable import GridtideCommand

/// The compose file as text, read back by a YAML parser of others.
@Suite struct ComposeFileTests {
    /// The checked-in example is what is written today; `GRIDTIDE_UPDATE_DOCS=1` writes it anew.
    @Test func exampleIsWhatIsWritten() throws {
        let scenario = try Scenario.load(
            Program.repository.appendingPathComponent("Scenarios/two-region").path,
            catalogue: ReferenceAgents.catalogue)
        let text = file(scenario.experiment, scenario.run, project: "gridtide-two-region").text
        let example = Program.repository.appendingPathComponent("docker/two-region.compose.yaml")
        let shown = try? String(contentsOf: example, encoding: .utf8)
        #expect(shown == text, "docker/two-region.compose.yaml is of another version")
        guard shown != text, ProcessInfo.processInfo.environment["GRIDTIDE_UPDATE_DOCS"] != nil else { return }
        try text.write(to: example, atomically: false, encoding: .utf8)
    }

    /// Names that YAML, or some reader of it, would take for numbers, dates, truth values or nothing.
    @Test(arguments: [
        "1", "007", "1e5", "0x1f", "1.5", "2024-07-08", "no", "Yes", "ON", "y", "null", "True", "NaN", "north-1",
        "a.b_c-d",
        "E5", "infinity",
    ])
    func namesStayNames(name: String) throws {
        var experiment = SampleExperiment.make()
        experiment.regions[1].agent.name = name
        let root = try parse(file(experiment).text)
        let services = try #require(root["services"]?.mapping)
        let key = try #require(services.first { $0.key.string == name }, "no service \(name)").key
        #expect(key.tag == Tag(.str), "\(name) is read as \(key.tag)")
        let service = try #require(services[key]?.mapping)
        let words = try #require(service["command"]?.sequence)
        #expect(Array(words.prefix(3)).map(\.string) == ["agent", "play", name])
        #expect(words.allSatisfy { $0.tag == Tag(.str) })
        #expect(service["secrets"]?.sequence?.first?.mapping?["source"]?.tag == Tag(.str))
        let file = root["secrets"]?.mapping?.first { $0.key.string == name }
        #expect(file?.key.tag == Tag(.str) && file?.value["file"]?.string == "./keys/\(name).key")
    }

    /// Texts come through YAML and compose as they are: quotes, backslashes, dollars and all.
    @Test(arguments: [
        "a \"b\" \\ $HOME", "- x: y # z", "", "ä\tb\u{85}\u{7f}", "yes", "{1}", "*a", "&b", "it's", "-", "--set",
    ])
    func textsStayTexts(text: String) throws {
        let node = try parse("[\(YAMLText.scalar(text)), \(YAMLText.scalar(text))]")
        let read = node.sequence?.map { $0.string?.replacingOccurrences(of: "$$", with: "$") }
        #expect(read == [text, text])
        #expect(node.sequence?.first?.tag == Tag(.str))
        #expect(YAMLText.scalar("$HOME") == "\"$$HOME\"", "compose would put a variable there")
    }

    /// An image of the user's starts its program by itself, which finds in its environment what the protocol promises.
    @Test func foreignAgentsHaveTheirImage() throws {
        var options = RunOptions()
        options.launches = ["region-0": .command(["./agent", "-v"])]
        let experiment = SampleExperiment.make()
        let root = try parse(file(experiment, options, images: ["region-0": "example.org:5000/mine:1"]).text)
        let service = try #require(root["services"]?["region-0"])
        #expect(service["image"]?.string == "example.org:5000/mine:1")
        #expect(service["command"] == nil && service["entrypoint"] == nil)
        let environment = try #require(service["environment"]?.mapping)
        #expect(
            Dictionary(uniqueKeysWithValues: environment.map { ($0.key.string, $0.value.string) }) == [
                "GRIDTIDE_NAME": "region-0", "GRIDTIDE_ENDPOINT": "tcp://coordinator:7000",
                "GRIDTIDE_SCENARIO": experiment.digest.description, "GRIDTIDE_KEY_FILE": "/run/secrets/key",
                "GRIDTIDE_INSECURE": "",
            ])
        #expect(environment.values.allSatisfy { $0.tag == Tag(.str) })
    }

    @Test func hundredAgentsHaveAContainerEach() throws {
        let experiment = SampleExperiment.make(size: 34)
        let names = (0..<experiment.agentCount).map { experiment.agent($0).name }
        let root = try parse(file(experiment).text)
        let services = try #require(root["services"]?.mapping)
        #expect(names.count == 102)
        #expect(Set(services.keys.map(\.string)) == Set(names + ["coordinator", "recorder", "dashboard"]))
        #expect(
            Set(try #require(root["secrets"]?.mapping).keys.map(\.string)) == Set(names + ["coordinator", "recorder"]))
        for name in names {
            let service = try #require(services[Node(name)]?.mapping)
            #expect(service["secrets"]?.sequence?.count == 1, "\(name) has another's key")
            #expect(service["secrets"]?[0]?["source"]?.string == name)
            #expect(service["volumes"] == nil && service["networks"] == nil, "\(name) has more than it needs")
        }
        // Containers come one after another: 60 s, and 2 s for each.
        let words = try #require(services["coordinator"]?["command"]?.sequence).map(\.string)
        #expect(words.suffix(2) == ["--arrival-deadline", "264.0"])
    }

    /// Agents that share a process share a container and its key.
    @Test func groupsHaveOneContainer() throws {
        var options = RunOptions()
        options.processes = .count(2)
        let root = try parse(file(SampleExperiment.make(), options).text)
        let service = try #require(root["services"]?["agents-1"])
        let words = try #require(service["command"]?.sequence).map(\.string)
        #expect(words.prefix(7) == ["agent", "play", "grid-0", "grid-2", "region-1", "node-0", "node-2"])
        #expect(service["secrets"]?[0]?["source"]?.string == "agents-1")
        #expect(root["secrets"]?["agents-1"]?["file"]?.string == "./keys/@1.key")
        #expect(root["services"]?.mapping?.count == 5, "coordinator, recorder, dashboard and two processes")
    }

    /// Compose starts again whom the scenario wants restarted, and nobody else.
    @Test func restartsFollowTheScenario() throws {
        var options = RunOptions()
        func restarts(_ name: String) throws -> String? {
            try parse(file(SampleExperiment.make(), options).text)["services"]?[name]?["restart"]?.string
        }
        #expect(try restarts("region-0") == nil, "a scenario that says nothing fails")
        (options.onLoss, options.onLossOf) = (.restart, ["region-1": .absent, "region-2": .fail])
        #expect(try restarts("region-0") == "on-failure:8")
        #expect(try restarts("recorder") == "on-failure:8")
        #expect(try restarts("region-1") == nil && restarts("region-2") == nil)
        #expect(try restarts("coordinator") == nil, "its agents would not know of it")
        options.onLoss = .absent
        #expect(try restarts("recorder") == "on-failure:8", "no run goes on without it")
        (options.onLoss, options.restartLimit) = (.restart, 0)
        #expect(try restarts("region-0") == nil, "engines take 0 for without end")
    }

    /// Who is started by hand has no service, and finds the coordinator's port at the host.
    @Test func invitedAgentsStayOutside() throws {
        var options = RunOptions()
        options.launches = ["region-0": .byHand]
        let root = try parse(file(SampleExperiment.make(), options).text)
        #expect(root["services"]?["region-0"] == nil && root["secrets"]?["region-0"] == nil)
        #expect(root["services"]?["coordinator"]?["ports"]?[0]?.string == "7000:7000")
        let alone = try parse(file(SampleExperiment.make()).text)
        #expect(alone["services"]?["coordinator"]?["ports"] == nil, "nobody else is let in")
    }

    @Test func anyPortIsNoPort() throws {
        let root = try parse(file(SampleExperiment.make(), port: 0).text)
        #expect(root["services"]?["dashboard"]?["ports"]?[0]?.string == "127.0.0.1::8080")
    }

    private func file(
        _ experiment: Experiment, _ options: RunOptions = RunOptions(), project: String = "test",
        images: [String: String] = [:], port: UInt16 = 8080
    ) -> ComposeFile {
        let parts = RunParts(
            experiment: experiment, folder: RunFolder(url: URL(fileURLWithPath: "run")), options: options,
            scenarioFolder: URL(fileURLWithPath: "."), isDurable: false, isInsecure: false, tellsEveryTick: false)
        let settings = ComposeFile.Settings(
            project: project, image: "gridtide", agentImages: images, user: "1000:1000", dashboardPort: port)
        return ComposeFile(parts: parts, settings: settings)
    }

    private func parse(_ text: String) throws -> Node {
        try #require(try Yams.compose(yaml: text))
    }
}
