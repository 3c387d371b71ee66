internal import SwiftProtobuf

/// Bytes that are not the message they should be.
public struct WireError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong with the bytes.
    public let description: String

    /// An error with its words.
    public init(_ description: String) {
        self.description = description
    }
}

/// How a field is written: the last three bits of its tag. Groups are in no schema of ours.
enum WireFormat: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
}

/// A value that is written and read by way of a message of the wire schema. Equal values have equal bytes.
protocol WireCodable {
    associatedtype Wire: SwiftProtobuf.Message
    var wire: Wire { get }
    init(wire: Wire) throws(WireError)
}

extension WireCodable {
    /// Canonical bytes: fields ascending by number, defaults left out, no unknown fields.
    func encoded() -> [UInt8] { CanonicalEncoder.bytes(of: wire) }

    init(decoding bytes: some Collection<UInt8>) throws(WireError) {
        let message: Wire
        do {
            message = try Wire(serializedBytes: Array(bytes))
        } catch {
            throw WireError("the bytes are no \(Wire.protoMessageName): \(error)")
        }
        try self.init(wire: message)
    }
}

/// A value that travels in every tick, and is written and read straight: fields ascending by number, as the schema has them,
/// defaults left out. Values of the same bits have the same bytes, those of the message of the schema.
protocol StraightCodable {
    func write(into encoder: inout CanonicalEncoder)
    init(reading reader: inout WireReader) throws(WireError)
}

extension StraightCodable {
    init(decoding bytes: some Collection<UInt8>) throws(WireError) {
        self = try WireReader.value(of: bytes) { (reader) throws(WireError) in try Self(reading: &reader) }
    }
}

/// The elements of a list in the schema as values, in order.
func values<Value: WireCodable>(_ messages: [Value.Wire]) throws(WireError) -> [Value] {
    var result: [Value] = []
    result.reserveCapacity(messages.count)
    for message in messages { result.append(try Value(wire: message)) }
    return result
}

/// An array of rows laid end to end.
func rows<Element>(_ flat: [Element], count: Int, what: String) throws(WireError) -> [[Element]] {
    guard count > 0 else {
        guard flat.isEmpty else { throw WireError("\(what) has \(flat.count) values for no rows") }
        return []
    }
    guard flat.count % count == 0 else {
        throw WireError("\(what) has \(flat.count) values, no multiple of \(count) rows")
    }
    let width = flat.count / count
    return (0..<count).map { Array(flat[($0 * width)..<(($0 + 1) * width)]) }
}
