/// The payload format of every message between a hub and a link: an 8-byte header, then the body.
///
/// | offset | bytes | content |
/// |---|---|---|
/// | 0 | 2 | "GT" |
/// | 2 | 1 | protocol version, 1 |
/// | 3 | 1 | kind, a number the transport does not interpret, but for 10, a batch |
/// | 4 | 4 | body length in bytes, little-endian; must equal what follows |
/// | 8 | – | body |
///
/// A message is exactly one ZeroMQ part that holds exactly one frame.
public struct Frame: Sendable, Hashable {
    /// What the body is; the transport carries it and gives it no meaning.
    public let kind: UInt8
    /// The body's length in bytes.
    public let bodyBytes: Int

    /// The header's length in bytes.
    public static var headerBytes: Int { 8 }
    /// The protocol version this library speaks.
    public static var version: UInt8 { 1 }
    /// The longest body the header can announce, in bytes.
    public static var longestBodyBytes: Int { Int(UInt32.max) }

    /// Why bytes are not a frame.
    public enum Fault: Error, Sendable, Hashable {
        /// Fewer bytes than a header has.
        case truncated(bytes: Int)
        /// The first two bytes are not "GT".
        case wrongMagic(UInt8, UInt8)
        /// Another protocol version.
        case wrongVersion(UInt8)
        /// The header announces one length and the message has another.
        case wrongLength(announced: Int, actual: Int)
        /// A batch among the frames of a batch.
        case nestedBatch
    }

    /// Makes the description of a frame with a body of a given length.
    ///
    /// The length must be between 0 and `longestBodyBytes`.
    @inlinable
    public init(kind: UInt8, bodyBytes: Int) {
        precondition(bodyBytes >= 0 && bodyBytes <= Self.longestBodyBytes, "a body has 0 to 4 GiB - 1 bytes")
        self.kind = kind
        self.bodyBytes = bodyBytes
    }

    /// Reads the header of a received message and checks it against the message's length.
    ///
    /// The body is then `message[Frame.headerBytes...]`. Throws the first `Fault` found; never traps, whatever the bytes.
    @inlinable
    public init(decoding message: UnsafeRawBufferPointer) throws(Fault) {
        guard message.count >= Self.headerBytes else { throw .truncated(bytes: message.count) }
        guard message[0] == 0x47, message[1] == 0x54 else { throw .wrongMagic(message[0], message[1]) }
        guard message[2] == Self.version else { throw .wrongVersion(message[2]) }
        let announced = Int(UInt32(littleEndian: message.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        let actual = message.count - Self.headerBytes
        guard announced == actual else { throw .wrongLength(announced: announced, actual: actual) }
        kind = message[3]
        bodyBytes = actual
    }

    /// Writes the header to the first `headerBytes` bytes of a buffer that has room for them.
    @inlinable
    public func encodeHeader(into buffer: UnsafeMutableRawBufferPointer) {
        precondition(buffer.count >= Self.headerBytes, "a header needs 8 bytes")
        buffer[0] = 0x47
        buffer[1] = 0x54
        buffer[2] = Self.version
        buffer[3] = kind
        buffer.storeBytes(of: UInt32(bodyBytes).littleEndian, toByteOffset: 4, as: UInt32.self)
    }

    /// A whole frame as an array; for tests and tools, since `Hub` and `Link` write frames in place.
    public static func encoding(kind: UInt8, body: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: headerBytes + body.count) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            Frame(kind: kind, bodyBytes: body.count).encodeHeader(into: raw)
            body.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: raw[headerBytes...]).copyMemory(from: $0) }
            count = headerBytes + body.count
        }
    }
}

extension Frame.Fault: CustomStringConvertible {
    /// The fault in words, without a full stop.
    public var description: String {
        switch self {
        case .truncated(let bytes):
            "the message has \(bytes) bytes and a frame at least \(Frame.headerBytes)"
        case .wrongMagic(let first, let second):
            "the message begins with bytes \(first), \(second) and not with 'GT'"
        case .wrongVersion(let version):
            "the frame is of protocol version \(version) and this library speaks \(Frame.version)"
        case .wrongLength(let announced, let actual):
            "the header announces a body of \(announced) bytes and \(actual) follow"
        case .nestedBatch:
            "the batch holds a batch"
        }
    }
}
