import CoSimulation
import Scenarios
import Testing

/// Damages a right scenario at random, 2,000 times: loading must end, with an experiment or with faults that can be read.
@Suite("Random damage")
struct MutationTests {
    private static let pieces = [
        "&a ", "*a", "!!x ", "<<: ", "{", "}", "[", "]", ": ", "- ", "\n", "\t", "\"", "'", "|", ">", "%", "@", "`",
        "#", "null", "~", "0x10",
        "1e999", "-1", ".nan", "yes", "\u{0}", "\u{FEFF}", "\u{2028}", "é", "🙂", ",", "\r", "---\n", "...", "? ",
        "file", "where", "column",
    ]

    @Test("bytes", arguments: 0..<10)
    func bytes(_ part: Int) {
        for seed in (part * 140)..<(part * 140 + 140) {
            var random = RandomStream(seed: UInt64(seed), agent: 0, tick: 0, phase: .bidding)
            var files = GoodScenario.files.mapValues { Array($0.utf8) }
            let names = files.keys.sorted()
            let name = seed % 3 == 0 ? names.randomElement(using: &random)! : "scenario.yaml"
            for _ in 0..<(1 + seed % 3) { Self.damage(&files[name, default: []], &random) }
            Self.check(.memory(bytes: files), overrides: [], seed)
        }
    }

    @Test("settings", arguments: 0..<10)
    func settings(_ part: Int) {
        let paths = [
            "clock.ticks", "clock", "regions", "regions.0", "regions.north-1.pue", "services.1.demand",
            "services.1.demand.batch", "masks.deny",
            "masks.deny.0.service", "gridOperators.south.fleet", "gridOperators.south.fleet.0",
            "gridOperators.north.fleet.where",
            "gridOperators.north.fleet.file", "latency.matrix", "egress.matrix.file", "classes", "classes.batch",
            "classes.0.name", "resources",
            "run", "name", "mechanism.objective", "classes.1.acceleratorSecondsPerRequest", "clock.start",
            "clock.timeZone", "clock.tickMinutes",
        ]
        let values = [
            "", "1", "-1", "0", "x", "[]", "{}", "[1, 2]", "{a: b}", "null", "true", "1e300", "{file: demand.csv}",
            "{file: fleet.csv, column: area}",
            "{file: weather.csv, column: sun_percent}", "[{name: a}]", "[[]]", "\"\"", "home", "2024-01-01",
            "0.0166666666666667", "{file: ..}",
            "{file: latency.csv, where: {service: berlin}}", "north-1",
        ]
        for seed in (part * 60)..<(part * 60 + 60) {
            var random = RandomStream(seed: UInt64(seed), agent: 1, tick: 0, phase: .bidding)
            let overrides = (0...(seed % 3)).map { _ in
                paths.randomElement(using: &random)! + "=" + values.randomElement(using: &random)!
            }
            Self.check(.memory(GoodScenario.files), overrides: overrides, seed)
        }
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout RandomStream) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(place + Int.random(in: 1...40, using: &random), bytes.count)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: Array(pieces.randomElement(using: &random)!.utf8), at: place)
        case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 5: bytes.removeLast(bytes.count - place)
        default: swapLines(&bytes, &random)
        }
    }

    private static func swapLines(_ bytes: inout [UInt8], _ random: inout RandomStream) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let left = lines.indices.randomElement(using: &random),
            let right = lines.indices.randomElement(using: &random)
        else { return }
        lines.swapAt(left, right)
        bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    private static func check(_ folder: ScenarioFolder, overrides: [String], _ seed: Int) {
        let start = ContinuousClock.now
        do throws(ScenarioError) {
            let scenario = try Scenario.load(
                folder, catalogue: TestCatalogue.catalogue, overrides: overrides, checkAgent: TestCatalogue.check)
            #expect(scenario.experiment.agentCount > 0, "seed \(seed)")
        } catch {
            #expect(!error.faults.isEmpty, "seed \(seed)")
            for fault in error.faults {
                #expect(
                    fault.description.split(separator: "\n").count <= 3 && !fault.file.isEmpty, "seed \(seed): \(fault)"
                )
            }
        }
        #expect(ContinuousClock.now - start < .seconds(20), "seed \(seed) took too long")
    }
}
