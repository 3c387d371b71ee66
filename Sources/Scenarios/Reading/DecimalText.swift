/// Reads decimal numbers, and nothing else: digits with one optional point and one optional power of ten.
enum DecimalText {
    /// The number that the bytes write out, nil when they write anything else; infinite when it is too great for a Double.
    static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var scan = Scan(bytes: bytes)
        guard scan.run() else { return nil }
        // Exact when both the digits and the power of ten are exact (Clinger 1990); otherwise the library rounds.
        if scan.digits <= 19 && scan.mantissa <= 1 << 53 && abs(scan.power) <= 22 {
            let magnitude = Double(scan.mantissa)
            let scaled = scan.power < 0 ? magnitude / powers[-scan.power] : magnitude * powers[scan.power]
            return scan.isNegative ? -scaled : scaled
        }
        return Double(String(decoding: bytes, as: UTF8.self))
    }

    /// The number a text writes out, nil when it writes anything else.
    static func value(_ text: String) -> Double? {
        var text = text
        return text.withUTF8 { value($0) }
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]

    private struct Scan {
        let bytes: UnsafeBufferPointer<UInt8>
        var position = 0
        var mantissa: UInt64 = 0
        var digits = 0
        var power = 0
        var isNegative = false

        init(bytes: UnsafeBufferPointer<UInt8>) {
            self.bytes = bytes
        }

        mutating func run() -> Bool {
            if let sign = peek, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                isNegative = sign == UInt8(ascii: "-")
                position += 1
            }
            let whole = takeDigits()
            var fraction = 0
            if peek == UInt8(ascii: ".") {
                position += 1
                fraction = takeDigits()
                power -= fraction
            }
            guard whole + fraction > 0 else { return false }
            if let mark = peek, mark | 0x20 == UInt8(ascii: "e") {
                position += 1
                guard takeExponent() else { return false }
            }
            return position == bytes.count
        }

        private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

        private mutating func takeDigits() -> Int {
            let start = position
            while position < bytes.count, bytes[position] &- 48 < 10 {
                if digits < 19 { mantissa = mantissa * 10 + UInt64(bytes[position] - 48) }
                if digits > 0 || bytes[position] != 48 { digits += 1 }
                position += 1
            }
            return position - start
        }

        private mutating func takeExponent() -> Bool {
            let isNegative = peek == UInt8(ascii: "-")
            if isNegative || peek == UInt8(ascii: "+") { position += 1 }
            let start = position
            var exponent = 0
            while position < bytes.count, bytes[position] &- 48 < 10 {
                exponent = min(exponent * 10 + Int(bytes[position] - 48), 100_000)
                position += 1
            }
            power += isNegative ? -exponent : exponent
            return position > start
        }
    }
}
