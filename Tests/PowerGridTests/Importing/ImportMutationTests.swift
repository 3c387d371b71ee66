import PowerGrid
import Testing

/// Random changes of good files: each is read or refused, and none crashes or hangs.
@Suite struct ImportMutationTests {
    /// SplitMix64, so that a seed gives the same file everywhere.
    private struct Numbers {
        var state: UInt64

        mutating func integer(below bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((z ^ (z >> 31)) % UInt64(bound))
        }

        mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
            var bytes = bytes
            let marks = Array("[]{}();,'\"%.=-+eE0179 \n\r\tNIx".utf8) + [0, 0x80, 0xFF]
            for _ in 0...integer(below: 4) where !bytes.isEmpty {
                let place = integer(below: bytes.count)
                let length = min(integer(below: 30) + 1, bytes.count - place)
                switch integer(below: 5) {
                case 0: bytes[place] = marks[integer(below: marks.count)]
                case 1: bytes.insert(marks[integer(below: marks.count)], at: place)
                case 2: bytes.removeSubrange(place..<place + length)
                case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: integer(below: bytes.count))
                default: bytes.removeSubrange(min(bytes.count, place + 400)...)
                }
            }
            return bytes
        }
    }

    /// Case text with every kind of field.
    private static let rich = MatpowerText.base.adding(
        "mpc.dcline = [1 7 1 0 0 0 0 1 1 -10 20 0 0 0 0 1 0.05];", "%{", "block", "%}",
        "mpc.bus_name = {'A'; 'B' ; 'C'};", "mpc.other.x = f('a', [1 2]'); ... more",
        "mpc.gen_name = {'a', 'b'; 'c' 'd'};")

    @Test func casesNeverCrash() {
        let bytes = Array(ImportMutationTests.rich.text.utf8)
        var read = 0
        for seed in 1...2000 {
            var numbers = Numbers(state: UInt64(seed))
            let file = SourceFile(name: "seed-\(seed).m", bytes: numbers.mutate(bytes))
            do {
                let network = try MatpowerCase(file).network
                read += 1
                #expect(network.branches.allSatisfy { network.buses.indices.contains($0.from) }, "seed \(seed)")
                #expect(network.generators.allSatisfy { network.buses.indices.contains($0.bus) }, "seed \(seed)")
                #expect(
                    network.generators.allSatisfy { !$0.isInService || $0.minimumMW <= $0.maximumMW }, "seed \(seed)")
            } catch {
                #expect(!error.faults.isEmpty && error.faults.count <= ImportLimits.faults, "seed \(seed)")
            }
        }
        #expect(read > 100 && read < 1900, "\(read) of 2000 were read")
    }

    @Test func systemsNeverCrash() {
        let text = RTSText()
        let names = text.files.keys.sorted()
        var read = 0
        for seed in 1...1000 {
            var numbers = Numbers(state: UInt64(seed))
            let name = names[seed % names.count]
            var copy = text
            let bytes = numbers.mutate(Array((text.files[name] ?? []).joined(separator: "\n").utf8))
            copy.files[name] = [String(decoding: bytes, as: UTF8.self)]
            do {
                let system = try RTSGMLC(copy.source)
                read += 1
                let network = system.series.network(system.network, hour: system.series.hourCount - 1)
                #expect(network.buses.allSatisfy { $0.demandMW.isFinite }, "seed \(seed)")
            } catch {
                #expect(!error.faults.isEmpty && error.faults.count <= ImportLimits.faults, "seed \(seed)")
            }
        }
        #expect(read > 50 && read < 950, "\(read) of 1000 were read")
    }

    @Test func tablesNeverCrash() {
        let text = """
            Year,Month,Day,Period,a,"b c"
            2020,2,28,24,1,2.5
            2020,2,29,1,"3",-4e2
            2020,2,29,2,5,6
            """
        var read = 0
        for seed in 1...2000 {
            var numbers = Numbers(state: UInt64(seed))
            let file = SourceFile(name: "seed-\(seed).csv", bytes: numbers.mutate(Array(text.utf8)))
            if let table = try? HourlyTable(file) {
                read += 1
                #expect(table.hourCount > 0, "seed \(seed)")
            }
        }
        #expect(read > 100 && read < 1900, "\(read) of 2000 were read")
    }
}
