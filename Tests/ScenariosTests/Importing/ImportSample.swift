import CoSimulation
import InferencePlacement
import ReferenceAgents
import Scenarios
import Testing

/// A small import of three zones and six hours: prices, emissions, round trips, two traces and a sample of energy.
struct ImportSample {
    var prices = SourceFile(name: "data/day_usd_per_mwh.csv", text: ImportSample.pricesText)
    var emissions = SourceFile(name: "data/day_g_per_kwh.csv", text: ImportSample.emissionsText)
    var latency = SourceFile(name: "data/rtt.csv", text: ImportSample.latencyText)
    var traces = [
        TraceSource(file: SourceFile(name: "data/trace_conv.csv", text: ImportSample.conversationText)),
        TraceSource(file: SourceFile(name: "data/trace_code.csv", text: ImportSample.codeText)),
    ]
    var energy: SourceFile? = SourceFile(name: "data/energy.csv", text: ImportSample.energyText)
    var options = ImportOptions()

    init() {
        options.ticks = 6
        options.meanITMW = 10
    }

    static let pricesText = """
        utc,DE-LU,SG,CA-ON,XX
        2024-07-08 00:00:00,10,20,30,1
        2024-07-08 01:00:00,-5.5,21,31,1
        2024-07-08 02:00:00,12,22,32,1
        2024-07-08 03:00:00,13,23,33,1
        2024-07-08 04:00:00,14,24,34,1
        2024-07-08 05:00:00,15,25,35,1

        """
    static let emissionsText = """
        utc,CA-ON,DE-LU,SG
        2024-07-08 00:00:00,80,270,360
        2024-07-08 01:00:00,81,271,361
        2024-07-08 02:00:00,82,272,362
        2024-07-08 03:00:00,83,273,363
        2024-07-08 04:00:00,84,274,364
        2024-07-08 05:00:00,85,275,365

        """
    static let latencyText = """
        source,Canada Central,Germany West Central,Southeast Asia
        Canada Central,,101,226
        Germany West Central,100,,179
        Southeast Asia,226,175,

        """
    static let conversationText = """
        minute,requests,context_tokens,generated_tokens
        0,10,10000,2000
        1,30,30000,6000
        2,20,20000,4000

        """
    static let codeText = """
        TIMESTAMP,ContextTokens,GeneratedTokens
        2023-11-16 18:17:03.9799600,4000,20
        2023-11-16 18:17:04.0319600,2000,40
        2023-11-16 18:19:04.0781490,3000,30

        """
    static let energyText = """
        nickname,model_id,gpu_model,num_gpus,max_num_seqs,energy_per_token_joules,output_throughput_tokens_per_sec
        Small,maker/Small-1B,H100,1,8,0.5,1000
        Small,maker/Small-1B,B200,2,8,0.25,4000
        Large,maker/Large-9B,B200,4,16,4,400

        """

    /// The scenario. Throws everything that is wrong.
    func build() throws(ScenarioError) -> ImportedScenario {
        try ScenarioImport.build(
            ImportSources(prices: [prices], emissions: [emissions], latency: latency, traces: traces, energy: energy),
            options)
    }

    /// What is wrong; nothing when all is right.
    var faults: [ScenarioFault] {
        do throws(ScenarioError) {
            _ = try build()
            return []
        } catch {
            return error.faults
        }
    }

    /// The experiment that the scenario loads as, every agent made once.
    func load() throws -> Experiment { try ImportSample.load(try build()) }

    /// The experiment of an imported scenario, every agent made once.
    static func load(_ imported: ImportedScenario) throws -> Experiment {
        let catalogue = ReferenceAgents.catalogue
        return try Scenario.load(imported.folder, catalogue: catalogue) { role, strategy, setup -> ParameterError? in
            guard let entry = catalogue.entry(role, strategy) else { return nil }
            do throws(ParameterError) {
                _ = try AgentProgram(number: 0, seed: 0, entry: entry, setup: setup)
                return nil
            } catch {
                return error
            }
        }.experiment
    }

    /// The prices of a zone by tick, as the experiment has them.
    func prices(of zone: String) throws -> [Double] {
        let experiment = try load()
        let grid = try #require(experiment.gridOperators.first { $0.agent.name == zone })
        return (0..<options.ticks).map { grid.agent.parameters.series("priceUSDPerMWh")[$0] }
    }

    /// Replaces a text of the prices that occurs once.
    mutating func editPrices(_ old: String, _ new: String) {
        prices = SourceFile(
            name: prices.name, text: ImportSample.edited(String(decoding: prices.bytes, as: UTF8.self), old, new))
    }

    /// A text with a part replaced that occurs exactly once.
    static func edited(_ text: String, _ old: String, _ new: String) -> String {
        precondition(text.ranges(of: old).count == 1, "`\(old)` must occur once")
        return text.replacing(old, with: new)
    }
}
