internal import SwiftProtobuf

/// Bytes that are not the message they should be.
public struct WireError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Which message was expected, and what is wrong with the bytes.
    public let description: String

    /// An error with its words.
    public init(_ description: String) {
        self.description = description
    }
}

/// A value that is read from a message of the wire schema.
protocol WireReadable {
    associatedtype Wire: SwiftProtobuf.Message
    init(wire: Wire) throws(WireError)
}

extension WireReadable {
    init(decoding bytes: some Collection<UInt8>) throws(WireError) {
        try self.init(wire: try Self.message(decoding: bytes))
    }

    /// The message of the schema that bytes are. Throws `WireError`.
    static func message(decoding bytes: some Collection<UInt8>) throws(WireError) -> Wire {
        do {
            return try Wire(serializedBytes: Array(bytes))
        } catch {
            throw WireError("the bytes are no \(Wire.protoMessageName): \(error)")
        }
    }
}

/// A value that is written by way of a message of the wire schema. Equal values have equal bytes.
protocol WireCodable: WireReadable {
    var wire: Wire { get }
}

extension WireCodable {
    /// Canonical bytes: fields ascending by number, defaults left out, no unknown fields.
    func encoded() -> [UInt8] { CanonicalEncoder.bytes(of: wire) }
}

/// A value that travels in every tick, and is written straight: fields ascending by number, as the schema has them, defaults
/// left out. Equal values have equal bytes, those of the message of the schema.
protocol WireWritable: WireReadable {
    func write(into encoder: inout CanonicalEncoder)
}

/// The elements of a list in the schema as values, in order.
func values<Value: WireReadable>(_ messages: [Value.Wire]) throws(WireError) -> [Value] {
    var result: [Value] = []
    result.reserveCapacity(messages.count)
    for message in messages { result.append(try Value(wire: message)) }
    return result
}

/// Slots by index from the present ones: absent indices are nil, and no index comes twice or past the end.
func slots<Slot, Value>(
    _ present: [Slot], count: Int, _ decode: (Slot) throws(WireError) -> (UInt32, Value)
) throws(WireError) -> [Value?] {
    var result = [Value?](repeating: nil, count: count)
    for slot in present {
        let (index, value) = try decode(slot)
        guard index < UInt32(count), result[Int(index)] == nil else {
            throw WireError("slot \(index) of \(count) comes twice or is past the last")
        }
        result[Int(index)] = value
    }
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
