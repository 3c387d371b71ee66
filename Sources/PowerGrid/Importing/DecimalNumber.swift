/// Reads numbers from ASCII bytes, exactly: what `Double(_: String)` gives, in a fraction of the time.
enum DecimalNumber {
    /// Powers of ten that a Double holds exactly.
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The number in the bytes; nil unless they are one decimal number, Inf or NaN, with or without a sign.
    ///
    /// A mantissa below 2^53 and a power of ten up to 22 are exact Doubles, and one operation on them rounds correctly;
    /// anything else goes through the standard library.
    static func parse(_ bytes: ArraySlice<UInt8>) -> Double? {
        bytes.withUnsafeBufferPointer { parse($0) }
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard bytes.count <= 400 else { return nil }
        var index = 0
        var isNegative = false
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            index = 1
        }
        guard index < bytes.count else { return nil }
        if bytes[index] > UInt8(ascii: "9") { return named(bytes, from: index, isNegative: isNegative) }
        var mantissa: UInt64 = 0
        var digits = 0
        var fraction = 0
        var isExact = true
        var hasPoint = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                digits += 1
                isExact = isExact && mantissa < 900_000_000_000_000
                if isExact { mantissa = mantissa * 10 + UInt64(byte - UInt8(ascii: "0")) }
                if hasPoint { fraction += 1 }
            } else {
                break
            }
            index += 1
        }
        guard digits > 0, let exponent = exponent(bytes, from: index) else { return nil }
        let power = exponent - fraction
        guard isExact, abs(power) <= 22 else { return slow(bytes) }
        let value = power < 0 ? Double(mantissa) / powers[-power] : Double(mantissa) * powers[power]
        return isNegative ? -value : value
    }

    /// The exponent at the end of a number, 0 where there is none; nil where something else follows. MATLAB also
    /// writes exponents with d.
    private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start < bytes.count else { return 0 }
        let mark = bytes[start] | 0x20
        guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "d") else { return nil }
        var index = start + 1
        var isNegative = false
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
            isNegative = bytes[index] == UInt8(ascii: "-")
            index += 1
        }
        guard index < bytes.count else { return nil }
        var value = 0
        while index < bytes.count {
            let byte = bytes[index]
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = min(value * 10 + Int(byte - UInt8(ascii: "0")), 100_000)
            index += 1
        }
        return isNegative ? -value : value
    }

    /// Inf or NaN in any case, as MATLAB and its writers spell them.
    private static func named(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isNegative: Bool) -> Double? {
        guard bytes.count - start <= 8 else { return nil }
        switch String(decoding: bytes[start...], as: UTF8.self).lowercased() {
        case "inf", "infinity": return isNegative ? -.infinity : .infinity
        case "nan": return .nan
        default: return nil
        }
    }

    private static func slow(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        let plain = bytes.map { $0 | 0x20 == UInt8(ascii: "d") ? UInt8(ascii: "e") : $0 }
        return Double(String(decoding: plain, as: UTF8.self))
    }
}
