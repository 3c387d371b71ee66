import CoSimulation
import Foundation
import InferencePlacement
import ReferenceAgents
import Scenarios
import Testing

/// The published data beside the repository. It is not part of it, so these tests are skipped where it is not.
private enum SharedData {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "../../../../shared/data"
    )
    .standardizedFileURL

    static let isPresent = FileManager.default.fileExists(atPath: root.appendingPathComponent("regions-2024").path)

    static func file(_ name: String) throws -> SourceFile {
        SourceFile(name: name, bytes: Array(try Data(contentsOf: root.appendingPathComponent(name))))
    }

    static func sources() throws -> ImportSources {
        ImportSources(
            prices: [try file("regions-2024/week_2024-07-08_price_usd_per_mwh.csv")],
            emissions: [try file("regions-2024/week_2024-07-08_carbon_g_per_kwh.csv")],
            latency: try file("latency/azure_p95_rtt_ms_2026-07.csv"),
            traces: [
                TraceSource(file: try file("llm-traces/azure2023_conv_per_minute.csv")),
                TraceSource(file: try file("llm-traces/AzureLLMInferenceTrace_code.csv")),
            ],
            energy: try file("energy-per-token/mlenergy_sample.csv"))
    }
}

@Suite("The published week", .enabled(if: SharedData.isPresent, "../shared/data is not there"))
struct SharedDataTests {
    @Test("becomes 168 ticks of a price-taker run over 15 zones")
    func week() throws {
        let imported = try ScenarioImport.build(try SharedData.sources())
        let experiment = try ImportSample.load(imported)
        #expect(experiment.clock == Clock(startSeconds: 1_720_396_800, tickSeconds: 3600, tickCount: 168))
        #expect(experiment.gridOperators.count == 15)
        #expect(experiment.regions.count == 15)
        #expect(experiment.services.count == 15)
        #expect(abs(imported.meanITMW - 1500) < 1e-3)
        let germany = try #require(experiment.gridOperators.first { $0.agent.name == "DE-LU" }).agent.parameters
        #expect((0..<168).count { germany.series("priceUSDPerMWh")[$0] < 0 } == 15)
        #expect((0..<168).map { germany.series("priceUSDPerMWh")[$0] }.min() == -79.7023)
        // Frankfurt to Sydney and back differ by ten milliseconds and more in the published matrix.
        #expect(experiment.services[0].roundTripMilliseconds[5] == 291)
        #expect(experiment.services[5].roundTripMilliseconds[0] == 290)
    }

    @Test("has the tokens that the publisher states")
    func tokens() throws {
        let text = try ScenarioImport.build(try SharedData.sources()).files[4].text
        #expect(text.contains("conversation: 19366 requests in 60 minutes, 1154.7 input and 211.1 output tokens"))
        #expect(text.contains("code: 8819 requests in 58 minutes, 2047.8 input and 27.9 output tokens"))
    }

    @Test("has the same requests from the published trace and from its counts per minute")
    func traces() throws {
        var sources = try SharedData.sources()
        let raw = try ScenarioImport.build(sources)
        sources.traces[1].file = try SharedData.file("llm-traces/azure2023_code_per_minute.csv")
        #expect(try ScenarioImport.build(sources).files[2] == raw.files[2])
    }

    @Test("runs with all work served, for less than at home")
    func run() throws {
        var options = ImportOptions()
        options.ticks = 24
        let experiment = try ImportSample.load(try ScenarioImport.build(try SharedData.sources(), options))
        let moved = try cost(experiment)
        let home = try cost(experiment.baseline)
        #expect(moved < 0.9 * home, "\(moved) USD against \(home) USD at home")
    }

    private func cost(_ experiment: Experiment) throws -> Double {
        var run = try InProcessRun(experiment: experiment, catalogue: ReferenceAgents.catalogue)
        var sum = 0.0
        try run.run { record, _ in
            #expect(record.clearing.unserved.isEmpty)
            sum += record.clearing.costUSD + record.clearing.emissionsKg * 0.05
        }
        return sum
    }
}
