/// Checks that bytes are UTF-8 text.
enum UTF8Text {
    /// The first line that is not UTF-8, nil when all are. A byte-order mark of UTF-16 and NUL bytes count as not UTF-8.
    static func firstInvalidLine(_ bytes: [UInt8]) -> Int? {
        let isPlain = bytes.withUnsafeBufferPointer { buffer in buffer.allSatisfy { $0 != 0 && $0 < 0x80 } }
        if isPlain { return nil }
        var line = 1
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let slice = bytes[start..<end]
            if slice.contains(0) || String(validating: slice, as: UTF8.self) == nil { return line }
            start = end + 1
            line += 1
        }
        return nil
    }
}
