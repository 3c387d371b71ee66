internal import Foundation
internal import SwiftProtobuf

/// Encodes a message of the schema in one pass: the bytes of `serializedBytes()`, several times as fast.
///
/// SwiftProtobuf asks each message for its size before it writes it, and so visits what lies deep many times. Here the
/// length goes in front of what has been written. The schema has the kinds of field below and no others; a test holds
/// the bytes against those of SwiftProtobuf.
struct CanonicalEncoder: Visitor {
    private(set) var bytes: [UInt8] = []

    /// The canonical bytes of a message: fields ascending by number, defaults left out.
    static func bytes(of message: some SwiftProtobuf.Message) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.reserve(bytes: 512)
        encoder.append(message)
        return encoder.bytes
    }

    /// Makes room for so many bytes.
    mutating func reserve(bytes count: Int) { bytes.reserveCapacity(count) }

    /// Writes the fields of a message.
    mutating func append(_ message: some SwiftProtobuf.Message) {
        do {
            try message.traverse(visitor: &self)
        } catch {
            preconditionFailure("\(type(of: message).protoMessageName) does not serialise: \(error)")
        }
    }

    /// Writes fields that are encoded already.
    mutating func append(encoded fields: [UInt8]) { bytes.append(contentsOf: fields) }

    // MARK: Parts of a field

    private enum WireFormat: UInt64 {
        case varint = 0
        case fixed64 = 1
        case lengthDelimited = 2
    }

    private mutating func tag(_ fieldNumber: Int, _ format: WireFormat) {
        varint(UInt64(fieldNumber) << 3 | format.rawValue)
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private mutating func fixed(_ value: Double) {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Writes a field whose length stands in front of it.
    mutating func delimited(_ fieldNumber: Int, _ write: (inout CanonicalEncoder) throws -> Void) rethrows {
        tag(fieldNumber, .lengthDelimited)
        let start = bytes.count
        bytes.append(0)
        try write(&self)
        let length = bytes.count - start - 1
        guard length >= 0x80 else {
            bytes[start] = UInt8(length)
            return
        }
        // Most fields are short; a longer one moves up by the bytes its length takes more.
        var prefix = CanonicalEncoder()
        prefix.varint(UInt64(length))
        bytes.replaceSubrange(start...start, with: prefix.bytes)
    }

    // MARK: Single values

    mutating func visitSingularDoubleField(value: Double, fieldNumber: Int) {
        tag(fieldNumber, .fixed64)
        fixed(value)
    }

    mutating func visitSingularInt64Field(value: Int64, fieldNumber: Int) {
        visitSingularUInt64Field(value: UInt64(bitPattern: value), fieldNumber: fieldNumber)
    }

    mutating func visitSingularUInt64Field(value: UInt64, fieldNumber: Int) {
        tag(fieldNumber, .varint)
        varint(value)
    }

    mutating func visitSingularBoolField(value: Bool, fieldNumber: Int) {
        visitSingularUInt64Field(value: value ? 1 : 0, fieldNumber: fieldNumber)
    }

    mutating func visitSingularEnumField<E: Enum>(value: E, fieldNumber: Int) {
        visitSingularInt64Field(value: Int64(value.rawValue), fieldNumber: fieldNumber)
    }

    mutating func visitSingularStringField(value: String, fieldNumber: Int) {
        tag(fieldNumber, .lengthDelimited)
        varint(UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    mutating func visitSingularBytesField(value: Data, fieldNumber: Int) {
        tag(fieldNumber, .lengthDelimited)
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    mutating func visitSingularMessageField<M: SwiftProtobuf.Message>(value: M, fieldNumber: Int) throws {
        try delimited(fieldNumber) { try value.traverse(visitor: &$0) }
    }

    // MARK: Lists

    // Those of messages would work without; of another module's loop, the compiler makes no loop over known types.
    mutating func visitRepeatedMessageField<M: SwiftProtobuf.Message>(value: [M], fieldNumber: Int) throws {
        for element in value { try visitSingularMessageField(value: element, fieldNumber: fieldNumber) }
    }

    mutating func visitPackedDoubleField(value: [Double], fieldNumber: Int) {
        tag(fieldNumber, .lengthDelimited)
        varint(UInt64(8 * value.count))
        for number in value { fixed(number) }
    }

    mutating func visitPackedUInt32Field(value: [UInt32], fieldNumber: Int) {
        delimited(fieldNumber) { for number in value { $0.varint(UInt64(number)) } }
    }

    mutating func visitPackedBoolField(value: [Bool], fieldNumber: Int) {
        delimited(fieldNumber) { for flag in value { $0.varint(flag ? 1 : 0) } }
    }

    // MARK: What the schema does not have

    mutating func visitMapField<Key, Value: MapValueType>(
        fieldType: _ProtobufMap<Key, Value>.Type, value: _ProtobufMap<Key, Value>.BaseType, fieldNumber: Int
    ) { preconditionFailure("the schema has no maps, whose order is open") }

    mutating func visitMapField<Key, Value>(
        fieldType: _ProtobufEnumMap<Key, Value>.Type, value: _ProtobufEnumMap<Key, Value>.BaseType, fieldNumber: Int
    ) { preconditionFailure("the schema has no maps, whose order is open") }

    mutating func visitMapField<Key, Value>(
        fieldType: _ProtobufMessageMap<Key, Value>.Type, value: _ProtobufMessageMap<Key, Value>.BaseType,
        fieldNumber: Int
    ) { preconditionFailure("the schema has no maps, whose order is open") }

    /// Messages are made of values, never of bytes that came; so there is nothing unknown in them.
    mutating func visitUnknown(bytes: Data) {
        precondition(bytes.isEmpty, "a message of our own has unknown fields")
    }
}
