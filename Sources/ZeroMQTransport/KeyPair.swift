import CZeroMQ

/// A CURVE key pair of a hub or link, in Z85: 40 printable characters each.
///
/// Its description leaves the secret key out, so that none gets into a log by mistake.
public struct KeyPair: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The length of a key in its text form, in characters.
    public static var keyCharacters: Int { 40 }

    /// The key that others may know.
    public let publicKey: String
    /// The key that makes whoever knows it the owner of the pair.
    public let secretKey: String

    /// Makes a new pair from the system's random numbers. Throws `system` where libzmq has no CURVE.
    public static func make() throws(ZeroMQError) -> KeyPair {
        var publicKey = [CChar](repeating: 0, count: keyCharacters + 1)
        var secretKey = publicKey
        guard zmq_curve_keypair(&publicKey, &secretKey) == 0 else { throw Self.unavailable("make a key pair") }
        return KeyPair(publicKey: text(publicKey), secretKey: text(secretKey))
    }

    /// The pair of a secret key. Throws `invalidKey`, or `system` where libzmq has no CURVE.
    public init(secretKey: String) throws(ZeroMQError) {
        try Self.validate(secretKey)
        var publicKey = [CChar](repeating: 0, count: Self.keyCharacters + 1)
        guard zmq_curve_public(&publicKey, secretKey) == 0 else { throw Self.unavailable("read a secret key") }
        self.init(publicKey: Self.text(publicKey), secretKey: secretKey)
    }

    private init(publicKey: String, secretKey: String) {
        self.publicKey = publicKey
        self.secretKey = secretKey
    }

    /// The public key.
    public var description: String { "key pair with the public key \(publicKey)" }
    /// The public key.
    public var debugDescription: String { description }
    /// The public key alone.
    public var customMirror: Mirror { Mirror(self, children: ["publicKey": publicKey]) }

    /// Checks that a text is a key. Throws `invalidKey`, and does not repeat the text, which may be a secret.
    static func validate(_ key: String) throws(ZeroMQError) {
        var bytes = [UInt8](repeating: 0, count: 32)
        guard key.utf8.count == keyCharacters, zmq_z85_decode(&bytes, key) != nil else {
            throw ZeroMQError(
                .invalidKey, what: "not a key: a key is \(keyCharacters) characters of Z85",
                remedy: "take the key file as gridtide wrote it")
        }
    }

    /// The text form of the 32 bytes of a key; nil for anything else.
    static func text(ofBytes bytes: [UInt8]) -> String? {
        guard bytes.count == 32 else { return nil }
        var key = [CChar](repeating: 0, count: keyCharacters + 1)
        return zmq_z85_encode(&key, bytes, bytes.count) == nil ? nil : text(key)
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func unavailable(_ operation: String) -> ZeroMQError {
        let error = ZeroMQError.last(operation)
        return ZeroMQError(.system, what: error.what, remedy: "install a libzmq with CURVE, such as Debian's libzmq5")
    }
}
