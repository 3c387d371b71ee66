import ZeroMQTransport

/// The kinds of the exchange's messages; an answer's kind follows its question's.
enum Kind {
    static let tick: UInt8 = 1
    static let reply: UInt8 = 2
    static let award: UInt8 = 3
    static let acknowledgement: UInt8 = 4
    static let greeting: UInt8 = 5
    static let stop: UInt8 = 6
}

/// A body of a message of the given size on the wire: the tick's number, then zeros.
func body(wireBytes: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: wireBytes - Frame.headerBytes)
}

/// Writes the tick's number into a body.
func stamp(_ body: inout [UInt8], tick: UInt64) {
    body.withUnsafeMutableBytes { $0.storeBytes(of: tick.littleEndian, as: UInt64.self) }
}
