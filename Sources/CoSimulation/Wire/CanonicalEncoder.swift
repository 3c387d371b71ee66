internal import Foundation
internal import SwiftProtobuf

/// Writes messages of the schema in one pass: the bytes of `serializedBytes()`, several times as fast.
///
/// What travels in every tick is written straight from its values, see `StraightCodable`, the rest by way of SwiftProtobuf's
/// messages. SwiftProtobuf asks each message for its size before it writes it, and so visits what lies deep many times; here
/// the length goes in front of what has been written. The schema has the kinds of field below and no others; tests hold the
/// bytes against those of SwiftProtobuf.
///
/// Its memory is kept from message to message: an encoder that has seen a message of some size allocates nothing for the next
/// that is no larger, provided that nobody holds the bytes of the last any more.
struct CanonicalEncoder: Visitor {
    /// What has been written.
    private(set) var bytes: [UInt8] = []

    /// The canonical bytes of a message: fields ascending by number, defaults left out.
    static func bytes(of message: some SwiftProtobuf.Message) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.reserve(bytes: 512)
        do {
            try message.traverse(visitor: &encoder)
        } catch {
            preconditionFailure("\(type(of: message).protoMessageName) does not serialise: \(error)")
        }
        return encoder.bytes
    }

    /// Makes room for so many bytes.
    mutating func reserve(bytes count: Int) { bytes.reserveCapacity(count) }

    /// Forgets what has been written, and keeps the memory.
    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    /// Writes fields that are encoded already.
    mutating func append(encoded fields: [UInt8]) { bytes.append(contentsOf: fields) }

    // MARK: Fields of values, left out where they are the default

    /// Writes a number.
    mutating func field(_ number: Int, _ value: Double) {
        // -0 is not the default.
        if value.bitPattern != 0 { visitSingularDoubleField(value: value, fieldNumber: number) }
    }

    /// Writes a count, an index or a tick, which must fit into 32 bits without a sign.
    mutating func field(_ number: Int, _ value: Int) {
        if value != 0 { visitSingularUInt64Field(value: UInt64(UInt32(value)), fieldNumber: number) }
    }

    /// Writes a number without a sign.
    mutating func field(_ number: Int, _ value: some FixedWidthInteger & UnsignedInteger) {
        if value != 0 { visitSingularUInt64Field(value: UInt64(value), fieldNumber: number) }
    }

    /// Writes one of the values of an enumeration.
    mutating func field(_ number: Int, _ value: some Enum) {
        if value.rawValue != 0 { visitSingularEnumField(value: value, fieldNumber: number) }
    }

    /// Writes a flag.
    mutating func field(_ number: Int, _ value: Bool) {
        if value { visitSingularBoolField(value: value, fieldNumber: number) }
    }

    /// Writes a text.
    mutating func field(_ number: Int, _ value: String) {
        if !value.isEmpty { visitSingularStringField(value: value, fieldNumber: number) }
    }

    /// Writes bytes.
    mutating func field(_ number: Int, _ value: [UInt8]) {
        if !value.isEmpty { content(number, value) }
    }

    /// Writes a list of numbers.
    mutating func field(_ number: Int, _ values: [Double]) {
        numbers(number, of: values) { $0 }
    }

    /// Writes a list of one number of each element.
    mutating func numbers<Element>(_ number: Int, of elements: [Element], _ value: (Element) -> Double) {
        guard !elements.isEmpty else { return }
        tag(number, .lengthDelimited)
        varint(UInt64(8 * elements.count))
        for element in elements { fixed(value(element)) }
    }

    /// Writes a list of one index of each element, which must fit into 32 bits without a sign.
    mutating func indices<Element>(_ number: Int, of elements: [Element], _ value: (Element) -> Int) {
        guard !elements.isEmpty else { return }
        delimited(number) { for element in elements { $0.varint(UInt64(UInt32(value(element)))) } }
    }

    /// Writes a message, be it empty; nothing where there is none.
    mutating func field(_ number: Int, _ value: (some StraightCodable)?) {
        if let value { delimited(number) { value.write(into: &$0) } }
    }

    /// Writes a list of messages.
    mutating func field(_ number: Int, _ values: [some StraightCodable]) {
        for value in values { delimited(number) { value.write(into: &$0) } }
    }

    /// Writes the number that was chosen among several fields, be it 0.
    mutating func choice(_ number: Int, _ value: Int) {
        visitSingularUInt64Field(value: UInt64(UInt32(value)), fieldNumber: number)
    }

    /// Writes the flag that was chosen among several fields.
    mutating func choice(_ number: Int, _ value: Bool) { visitSingularBoolField(value: value, fieldNumber: number) }

    /// Writes a list of one message of each element that has a value, with the element's place.
    mutating func slots<Value: StraightCodable>(_ number: Int, _ values: [Value?]) {
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            delimited(number) {
                $0.field(1, index)
                $0.field(2, value)
            }
        }
    }

    // MARK: Parts of a field

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

    private mutating func content(_ fieldNumber: Int, _ value: some Collection<UInt8>) {
        tag(fieldNumber, .lengthDelimited)
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
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
        let lengthBytes = (UInt64.bitWidth - length.leadingZeroBitCount + 6) / 7
        bytes.append(contentsOf: repeatElement(0, count: lengthBytes - 1))
        bytes.withUnsafeMutableBytes { whole in
            let content = whole.baseAddress! + start + 1
            (content + lengthBytes - 1).copyMemory(from: content, byteCount: length)
            var rest = length
            for place in start..<(start + lengthBytes) {
                whole[place] = UInt8(truncatingIfNeeded: rest & 0x7f) | (rest >= 0x80 ? 0x80 : 0)
                rest >>= 7
            }
        }
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

    mutating func visitSingularStringField(value: String, fieldNumber: Int) { content(fieldNumber, value.utf8) }

    mutating func visitSingularBytesField(value: Data, fieldNumber: Int) { content(fieldNumber, value) }

    mutating func visitSingularMessageField<M: SwiftProtobuf.Message>(value: M, fieldNumber: Int) throws {
        try delimited(fieldNumber) { try value.traverse(visitor: &$0) }
    }

    // MARK: Lists

    // Those of messages would work without; of another module's loop, the compiler makes no loop over known types.
    mutating func visitRepeatedMessageField<M: SwiftProtobuf.Message>(value: [M], fieldNumber: Int) throws {
        for element in value { try visitSingularMessageField(value: element, fieldNumber: fieldNumber) }
    }

    mutating func visitPackedDoubleField(value: [Double], fieldNumber: Int) { numbers(fieldNumber, of: value) { $0 } }

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
