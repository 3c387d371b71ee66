import Testing

@testable import ZeroMQTransport

@Suite struct FrameTests {
    func decode(_ bytes: [UInt8]) throws(Frame.Fault) -> Frame {
        let result = bytes.withUnsafeBytes { raw -> Result<Frame, Frame.Fault> in
            Result { () throws(Frame.Fault) in try Frame(decoding: raw) }
        }
        return try result.get()
    }

    @Test(arguments: [0, 1, 7, 8, 255, 256, 65_536])
    func roundTrip(bodyBytes: Int) throws {
        let body = (0..<bodyBytes).map { UInt8(truncatingIfNeeded: $0) }
        let message = Frame.encoding(kind: 200, body: body)
        #expect(try decode(message) == Frame(kind: 200, bodyBytes: bodyBytes))
        #expect(Array(message.dropFirst(Frame.headerBytes)) == body)
    }

    @Test func layoutIsAsDocumented() {
        #expect(
            Frame.encoding(kind: 9, body: [1, 2, 3]) == [0x47, 0x54, 1, 9, 3, 0, 0, 0, 1, 2, 3],
            "other languages write these bytes")
    }

    @Test func truncatedAtEveryByte() {
        let message = Frame.encoding(kind: 1, body: Array(0..<32))
        for count in 0..<message.count {
            let fault: Frame.Fault =
                count < 8 ? .truncated(bytes: count) : .wrongLength(announced: 32, actual: count - 8)
            #expect(throws: fault) { try decode(Array(message.prefix(count))) }
        }
    }

    @Test func everyHeaderFaultHasItsName() {
        #expect(throws: Frame.Fault.wrongMagic(0x47, 0x55)) { try decode([0x47, 0x55, 1, 0, 0, 0, 0, 0]) }
        #expect(throws: Frame.Fault.wrongVersion(2)) { try decode([0x47, 0x54, 2, 0, 0, 0, 0, 0]) }
        #expect(throws: Frame.Fault.wrongLength(announced: 4_294_967_295, actual: 0)) {
            try decode([0x47, 0x54, 1, 0, 255, 255, 255, 255])
        }
        #expect(throws: Frame.Fault.wrongLength(announced: 0, actual: 1)) {
            try decode([0x47, 0x54, 1, 0, 0, 0, 0, 0, 0])
        }
    }

    @Test func randomBytesNeverTrap() {
        var accepted = 0
        for seed in 0..<20_000 as Range<UInt64> {
            var random = Random(seed: seed)
            var bytes = random.bytes(Int(random.next() % 40))
            for (index, byte) in [UInt8(0x47), 0x54, 1].enumerated() where index < bytes.count && random.next() % 4 > 0
            {
                bytes[index] = byte
            }
            if bytes.count >= 8 && random.next() % 2 == 0 {
                bytes.replaceSubrange(4..<8, with: [UInt8(bytes.count - 8), 0, 0, 0])
            }
            if let frame = try? decode(bytes) {
                accepted += 1
                #expect(frame.bodyBytes == bytes.count - 8, "seed \(seed)")
            }
        }
        #expect(accepted > 100, "the test must also meet bytes that are frames")
    }
}
