import CoSimulation
import Foundation
import Scenarios
import Testing

/// The page that describes the format is checked by the program that reads it.
@Suite("docs/scenario.md")
struct DocumentationTests {
    private let page: String

    init() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().resolvingSymlinksInPath()
        let root = tests.deletingLastPathComponent().deletingLastPathComponent()
        page = try String(contentsOf: root.appendingPathComponent("docs/scenario.md"), encoding: .utf8)
    }

    /// The example's files: the first YAML, and each CSV block under the file name that stands above it.
    private var files: [String: String] {
        var files: [String: String] = [:]
        var name = ""
        var block: [String]?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line == "```yaml" { name = files["scenario.yaml"] == nil ? "scenario.yaml" : "further.yaml" }
            if let lines = block {
                if line == "```" {
                    files[name] = lines.joined(separator: "\n") + "\n"
                    block = nil
                } else {
                    block = lines + [line]
                }
            } else if line.hasPrefix("```") {
                block = []
            } else if line.hasPrefix("`"), line.hasSuffix(".csv`") {
                name = String(line.dropFirst().dropLast())
            }
        }
        files["further.yaml"] = nil
        return files
    }

    @Test("its example is right, and without a notice")
    func example() throws {
        let files = files
        #expect(files.keys.sorted() == ["demand.csv", "egress.csv", "fleet.csv", "latency.csv", "scenario.yaml"])
        let scenario = try GoodScenario.load(files)
        #expect(scenario.experiment.agentCount == 6)
        #expect(scenario.notices.isEmpty, "\(scenario.notices)")
        let fleet = scenario.experiment.gridOperators[0].agent.parameters.sections("fleet")
        #expect(fleet.map { $0.series("availability")[0] } == [1, 0.35])
    }

    @Test("its example has every section and every setting of a class")
    func complete() throws {
        let schema = try #require(
            try JSONSerialization.jsonObject(
                with: Data(ScenarioSchema.jsonSchema(catalogue: TestCatalogue.catalogue).utf8))
                as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        let yaml = try #require(files["scenario.yaml"])
        for name in properties.keys { #expect(yaml.contains("\n\(name):") || yaml.hasPrefix("\(name):"), "\(name)") }
        let rows = try #require(
            (properties["classes"]?["oneOf"] as? [[String: Any]])?.first?["items"] as? [String: Any])
        for name in try #require(rows["properties"] as? [String: Any]).keys {
            #expect(yaml.contains("\(name): "), "\(name)")
        }
    }

    @Test("it states the limits that hold")
    func limits() {
        let limits = ScenarioLimits()
        #expect(page.contains("YAML \(limits.yamlBytes >> 20) MiB and \(limits.yamlDepth) levels"))
        #expect(page.contains("a CSV file \(limits.csvBytes >> 20) MiB"))
        let counts = [
            limits.csvRows, limits.csvCells, limits.ticks, limits.agents, limits.classes, limits.placements,
            limits.seriesValues,
            limits.denials, limits.events, limits.faults,
        ]
        let text = page.replacing(",000", with: "000")
        for count in counts { #expect(text.contains("\(count)"), "\(count)") }
    }

    @Test("numbers it calls accepted or refused are so")
    func numbers() {
        for text in ["12", "12.5", ".5", "5.", "1e3"] {
            #expect(
                GoodScenario.faults(GoodScenario.files, overrides: ["regions.south-1.pue=\(text)"]).allSatisfy {
                    $0.code == .outOfRange
                })
        }
        for text in ["0x10", "1_000", "010", "1:30", "1,5", "12 MW", "80%", ".nan", ".inf", "yes", "\"12\""] {
            let faults = GoodScenario.faults(GoodScenario.files, overrides: ["regions.south-1.pue=\(text)"])
            #expect(faults.map(\.code) == [.wrongKind], "\(text)")
        }
    }
}
