import InferencePlacement
import SwiftProtobuf
import TestKit
import Testing

@testable import CoSimulation

/// What is read straight into its values is what SwiftProtobuf reads, of bytes from anybody.
@Suite struct StraightReadingTests {
    /// Every message, cut off after each of its bytes.
    @Test func everyPrefix() throws {
        for sample in try Samples() {
            for count in 0...sample.bytes.count { sample.check(Array(sample.bytes[..<count]), "the first \(count)") }
        }
    }

    /// Every message, with each of its bytes changed.
    @Test func everyByte() throws {
        for sample in try Samples() {
            for place in sample.bytes.indices {
                var bytes = sample.bytes
                bytes[place] = [0, 0x7f, 0x80, bytes[place] ^ 1][place % 4]
                sample.check(bytes, "\(bytes[place]) at \(place)")
            }
        }
    }

    /// Fields in another order, twice, left out, of other numbers and formats, and lists in pieces.
    @Test func otherFields() throws {
        let samples = try Array(Samples())
        var outcomes: [Sample.Outcome: Int] = [:]
        for seed in 0..<2_000 as Range<UInt64> {
            var random = RandomStream(seed: seed, agent: 1, tick: 0, phase: .bidding)
            let sample = samples[Int(seed) % samples.count]
            var fields = try #require(RawFields(sample.bytes))
            for _ in 0...(random.next() % 3) { fields.mutate(&random) }
            outcomes[sample.check(fields.bytes, "seed \(seed)"), default: 0] += 1
        }
        // Most are read, and the rest is refused for more than one reason.
        #expect(outcomes[.read, default: 0] > 1_000 && outcomes.count >= 4, "\(outcomes)")
    }

    /// A check that cannot fail shows nothing: other bytes than those that were read are told apart.
    @Test func theCheckSeesADifference() throws {
        let sample = try #require(try Array(Samples()).first)
        let other = Sample(
            bytes: sample.bytes, canonical: { _ in [] }, plain: sample.plain, expected: sample.expected)
        withKnownIssue { other.check(sample.bytes, "") }
    }
}

@Suite struct WireReaderTests {
    private func line(_ fields: [RawFields.Field]) throws -> BidLine { try BidLine(decoding: RawFields(fields).bytes) }

    private func doubles(_ numbers: [Double]) -> [UInt8] {
        numbers.flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) } }
    }

    private func field(_ number: UInt64, _ format: UInt64, _ content: [UInt8]) -> RawFields.Field {
        RawFields.Field(number: number, format: format, content: content)
    }

    /// Packed, one by one, and both.
    @Test func lists() throws {
        let packed = field(6, 2, doubles([1, 2]))
        let single = field(6, 1, doubles([3]))
        #expect(try line([packed]).workPerRequest == [1, 2])
        #expect(try line([single, packed, single]).workPerRequest == [3, 1, 2, 3])
        let waits = RawFields([field(2, 2, [1, 0x80, 1, 5]), field(2, 0, [9])])
        #expect(try TickTelemetry(decoding: waits.bytes).waitMicroseconds == [1, 128, 5, 9])
    }

    /// Lists that are columns of one table, in any order and in pieces.
    @Test func columns() throws {
        let frictions = [field(11, 1, doubles([0.5])), field(11, 2, doubles([1.5]))]
        let options = try line(frictions + [field(10, 2, [4, 7])]).options
        #expect(options.map(\.region) == [4, 7] && options.map(\.frictionUSDPerRequest) == [0.5, 1.5])
        let regions = [field(10, 2, [4, 0x87]), field(10, 0, [9])]
        #expect(throws: WireError.self) { try line(frictions + regions) }
        let pieces = [field(10, 0, [0x84, 1]), field(10, 2, [7])]
        #expect(try line(pieces + frictions).options.map(\.region) == [132, 7])
        #expect(throws: WireError("a bid line has 1 regions and 2 frictions")) {
            try line(frictions + [field(10, 0, [4])])
        }
    }

    /// Bytes that do not lie one after the other are read as those that do.
    @Test func bytesInPieces() throws {
        let bytes = RawFields([field(2, 1, doubles([1]))]).bytes
        #expect(try BidLine(decoding: bytes.lazy.map { $0 }).requests == 1)
    }

    @Test func numbersThatComeTwiceAreTheLast() throws {
        #expect(try line([field(2, 1, doubles([1])), field(2, 1, doubles([2]))]).requests == 2)
    }

    @Test func whatIsUnknownIsPassedOver() throws {
        let unknown = [
            field(90, 0, [0x80, 1]), field(1 << 20, 1, doubles([1])), field(92, 2, [1]), field(93, 5, [1, 2, 3, 4]),
            field(1 << 29 - 1, 0, [1]),
        ]
        #expect(try line(unknown + [field(2, 1, doubles([2])), field(2, 0, [7])]).requests == 2)
    }

    @Test(
        arguments: [
            ([0x12], "end within"), ([0x12, 2, 0], "end within"), ([0x11, 0, 0], "end within"), ([0x80], "end within"),
            ([0x32, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0], "end within"), ([0x52, 1, 0x80, 0x10, 5], "end within"),
            ([0x08] + Array(repeating: 0xff, count: 10), "more than ten"), ([0x00, 0], "tag 0"), ([0x0f, 0], "tag 15"),
        ] as [([UInt8], String)])
    func bytesThatAreNoMessage(bytes: [UInt8], words: String) {
        #expect { try BidLine(decoding: bytes) } throws: { "\($0)".contains(words) }
        #expect(throws: (any Error).self) { try WireBidLine(serializedBytes: bytes) as WireBidLine }
    }

    @Test func textsThatAreNotUTF8() {
        let bytes = RawFields([field(3, 2, [0x61, 0xff])]).bytes
        #expect { try Violation(decoding: bytes) } throws: { "\($0)".contains("UTF-8") }
    }

    /// What is part of the format, and no library writes for the schema.
    @Test func whatIsRefused() {
        #expect(throws: WireError("a field is a group")) { try BidLine(decoding: [0x0b, 0x0c]) }
        let (request, taken) = (field(8, 2, []), WireError("a message comes where there is one already"))
        for fields in [[field(3, 2, []), field(3, 2, [])], [field(3, 2, []), field(6, 2, [])]] {
            #expect(throws: taken) { try Ask(decoding: RawFields([field(2, 0, [1])] + fields).bytes) }
        }
        #expect(throws: taken) { try BusSignal(decoding: RawFields([request, request]).bytes) }
    }
}
