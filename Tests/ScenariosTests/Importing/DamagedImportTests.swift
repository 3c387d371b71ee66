import CoSimulation
import ReferenceAgents
import Scenarios
import Testing

@Suite("Damaged imports")
struct DamagedImportTests {
    /// Bytes with a few of them replaced, removed or repeated.
    private static func damaged(_ file: SourceFile, _ random: inout RandomStream) -> SourceFile {
        var bytes = file.bytes
        let spare = Array("0123456789,,\n\"-.eE+;#:TZ \u{FEFF}é∞nan".utf8)
        for _ in 0..<(1 + Int(random.uniform() * 2)) where !bytes.isEmpty {
            let place = Int(random.uniform() * Double(bytes.count))
            switch Int(random.uniform() * 4) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(spare[Int(random.uniform() * Double(spare.count))], at: place)
            case 2: bytes[place] = spare[Int(random.uniform() * Double(spare.count))]
            default: bytes.insert(contentsOf: bytes[place..<min(place + 30, bytes.count)], at: place)
            }
        }
        return SourceFile(name: file.name, bytes: bytes)
    }

    @Test("are refused with remedies, or become a scenario that loads", arguments: 0..<5)
    func damaged(_ which: Int) throws {
        var loaded = 0
        for trial in 0..<400 {
            var random = RandomStream(seed: 9, agent: which, tick: trial, phase: .bidding)
            var sample = ImportSample()
            sample.options.missing = [.error, .hold, .interpolate][trial % 3]
            sample.options.duplicates = [.error, .mean, .last][trial / 3 % 3]
            switch which {
            case 0: sample.prices = Self.damaged(sample.prices, &random)
            case 1: sample.emissions = Self.damaged(sample.emissions, &random)
            case 2: sample.latency = Self.damaged(sample.latency, &random)
            case 3: sample.traces[trial % 2].file = Self.damaged(sample.traces[trial % 2].file, &random)
            default: sample.energy = sample.energy.map { Self.damaged($0, &random) }
            }
            do throws(ScenarioError) {
                let imported = try sample.build()
                loaded += 1
                #expect(throws: Never.self, "trial \(trial)") { try ImportSample.load(imported) }
            } catch {
                #expect(error.faults.allSatisfy { !$0.remedy.isEmpty && !$0.file.isEmpty })
            }
        }
        #expect(loaded > 20)
    }
}
