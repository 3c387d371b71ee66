internal import CSodium

/// A SHA-256 digest.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// Length in bytes.
    public static let byteCount = 32

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// A digest from its 32 bytes, nil for another length.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Digest.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// The digest of bytes.
    public init(of data: [UInt8]) {
        var result = [UInt8](repeating: 0, count: Digest.byteCount)
        crypto_hash_sha256(&result, data, UInt64(data.count))
        bytes = result
    }

    /// The digest of a chain that goes on with bytes: SHA-256 of this digest followed by them.
    public func chained(with data: [UInt8]) -> Digest {
        var state = crypto_hash_sha256_state()
        crypto_hash_sha256_init(&state)
        crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
        crypto_hash_sha256_update(&state, data, UInt64(data.count))
        var result = [UInt8](repeating: 0, count: Digest.byteCount)
        crypto_hash_sha256_final(&state, &result)
        return Digest(bytes: result)!
    }

    /// All 64 hexadecimal digits.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The first 12 hexadecimal digits, enough to tell runs apart by eye.
    public var short: String { String(description.prefix(12)) }
}

extension Digest {
    /// A digest from its 64 hexadecimal digits, nil for anything else.
    public init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 2 * Digest.byteCount else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Character(UnicodeScalar(digits[index])).hexDigitValue,
                let low = Character(UnicodeScalar(digits[index + 1])).hexDigitValue
            else { return nil }
            bytes.append(UInt8(high * 16 + low))
        }
        self.init(bytes: bytes)
    }
}
