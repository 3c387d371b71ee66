internal import SwiftProtobuf

/// Reads messages of the schema straight into the values they are of, see `StraightCodable`.
///
/// It takes what SwiftProtobuf takes: fields in any order, lists packed or not, of a number that comes twice the last, and
/// skips what it does not know. It refuses what no library writes for a schema without groups: groups, and a message in a
/// place that another has taken, with which it would have to be merged or which it would have to replace.
///
/// The bytes are lent, and no place is read that has not been compared with the end of the message it is in.
struct WireReader {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0
    /// Of the message that is being read.
    private var end: Int
    /// Of the field that is being read: its number and format.
    private var tag: UInt64 = 0
    private var format = WireFormat.varint

    private init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        end = bytes.count
    }

    /// What is read from bytes. Throws `WireError` for bytes that are no message, and what `read` throws.
    static func value<Value>(
        of bytes: some Collection<UInt8>, _ read: (inout WireReader) throws(WireError) -> Value
    ) throws(WireError) -> Value {
        func result(of bytes: UnsafeRawBufferPointer) -> Result<Value, WireError> {
            var reader = WireReader(bytes)
            return Result { () throws(WireError) in try read(&reader) }
        }
        let lent = bytes.withContiguousStorageIfAvailable { result(of: UnsafeRawBufferPointer($0)) }
        return try (lent ?? Array(bytes).withUnsafeBytes(result)).get()
    }

    // MARK: Fields

    /// The number of the next field, which must then be read or skipped; nil at the end of the message.
    mutating func next() throws(WireError) -> Int? {
        guard place < end else { return nil }
        tag = try varint()
        guard let format = WireFormat(rawValue: tag & 7), tag < UInt64(UInt32.max), tag >> 3 > 0 else {
            let isGroup = tag & 7 == 3 || tag & 7 == 4
            throw WireError(isGroup ? "a field is a group" : "the bytes are no message: a field has the tag \(tag)")
        }
        self.format = format
        return Int(tag >> 3)
    }

    /// Passes over a field.
    mutating func skip() throws(WireError) {
        switch format {
        case .varint: _ = try varint()
        case .fixed64: try pass(8)
        case .lengthDelimited: try pass(try length())
        case .fixed32: try pass(4)
        }
    }

    /// A count, an index or a tick, of which 32 bits are read; nil where the field is none.
    mutating func index() throws(WireError) -> Int? {
        guard let value = try integer() else { return nil }
        return Int(UInt32(truncatingIfNeeded: value))
    }

    /// A flag; nil where the field is none.
    mutating func flag() throws(WireError) -> Bool? {
        guard let value = try integer() else { return nil }
        return value != 0
    }

    /// What a message within this one is read as; nil where the field is none.
    mutating func message<Value>(
        _ read: (inout WireReader) throws(WireError) -> Value
    ) throws(WireError) -> Value? {
        guard format == .lengthDelimited else {
            try skip()
            return nil
        }
        let (count, outer) = (try length(), end)
        end = place + count
        let value = try read(&self)
        precondition(place == end, "a message is read to its end")
        end = outer
        return value
    }

    // MARK: Fields of values, which stay as they are where the field is of another kind

    mutating func read(_ value: inout Double) throws(WireError) {
        guard format == .fixed64 else { return try skip() }
        value = try fixed()
    }

    mutating func read(_ value: inout Int) throws(WireError) {
        if let index = try index() { value = index }
    }

    mutating func read(_ value: inout some FixedWidthInteger & UnsignedInteger) throws(WireError) {
        if let integer = try integer() { value = .init(truncatingIfNeeded: integer) }
    }

    mutating func read<Choice: Enum>(_ value: inout Choice) throws(WireError) {
        guard let integer = try integer() else { return }
        if let choice = Choice(rawValue: Int(Int32(truncatingIfNeeded: integer))) { value = choice }
    }

    mutating func read(_ value: inout Bool) throws(WireError) {
        if let flag = try flag() { value = flag }
    }

    mutating func read(_ value: inout String) throws(WireError) {
        guard format == .lengthDelimited else { return try skip() }
        guard let text = String(validating: try content(), as: UTF8.self) else {
            throw WireError("the bytes are no message: a text is not UTF-8")
        }
        value = text
    }

    mutating func read(_ value: inout [UInt8]) throws(WireError) {
        guard format == .lengthDelimited else { return try skip() }
        value = Array(try content())
    }

    /// A message.
    mutating func read<Value: StraightCodable>(_ value: inout Value?) throws(WireError) {
        try read(&value) { (reader) throws(WireError) in try Value(reading: &reader) }
    }

    /// A message, or one of several of which one is chosen.
    mutating func read<Value>(
        _ value: inout Value?, _ read: (inout WireReader) throws(WireError) -> Value
    ) throws(WireError) {
        guard let found = try message(read) else { return }
        guard value == nil else { throw WireError("a message comes where there is one already") }
        value = found
    }

    // MARK: Lists

    /// A list of messages, or one more of its elements.
    mutating func read<Value: StraightCodable>(_ values: inout [Value]) throws(WireError) {
        // Once a list, which a message of its own format begins: elements counted at each field would take time without end.
        if values.isEmpty, format == .lengthDelimited { values.reserveCapacity(elementsAhead()) }
        let value = try message { (reader) throws(WireError) in try Value(reading: &reader) }
        if let value { values.append(value) }
    }

    /// A list of numbers.
    mutating func read(_ values: inout [Double]) throws(WireError) {
        try list(&values, of: .fixed64) { (reader) throws(WireError) in try reader.fixed() }
    }

    /// A list of numbers without a sign, of which 32 bits are read.
    mutating func read(_ values: inout [UInt32]) throws(WireError) {
        try list(&values, of: .varint) { (reader) throws(WireError) in UInt32(truncatingIfNeeded: try reader.varint()) }
    }

    /// A list of one number of each row, the first `count` of which have theirs; a row that is not there yet begins as `row`.
    mutating func numbers<Row>(
        of rows: inout [Row], _ count: inout Int, from row: Row, _ set: (inout Row, Double) -> Void
    ) throws(WireError) {
        try column(of: &rows, &count, from: row, .fixed64) { (row, reader) throws(WireError) in
            set(&row, try reader.fixed())
        }
    }

    /// A list of one index of each row, as `numbers`.
    mutating func indices<Row>(
        of rows: inout [Row], _ count: inout Int, from row: Row, _ set: (inout Row, Int) -> Void
    ) throws(WireError) {
        try column(of: &rows, &count, from: row, .varint) { (row, reader) throws(WireError) in
            set(&row, Int(UInt32(truncatingIfNeeded: try reader.varint())))
        }
    }

    /// A message of a place and its value: no place comes twice, and none past the last.
    mutating func slot<Value: StraightCodable>(_ values: inout [Value?]) throws(WireError) {
        let slot = try message { (reader) throws(WireError) in
            var (index, value) = (0, Value?.none)
            while let field = try reader.next() {
                switch field {
                case 1: try reader.read(&index)
                case 2: try reader.read(&value)
                default: try reader.skip()
                }
            }
            return (index, value)
        }
        guard let (index, value) = slot else { return }
        guard index < values.count, values[index] == nil else {
            throw WireError("slot \(index) of \(values.count) is taken or past the last")
        }
        values[index] = if let value { value } else { try Value(decoding: []) }
    }

    // MARK: Parts of a field

    private static let cutOff = WireError("the bytes are no message: they end within a field")

    private mutating func pass(_ count: Int) throws(WireError) {
        guard count <= end - place else { throw Self.cutOff }
        place += count
    }

    private mutating func varint() throws(WireError) -> UInt64 {
        var (value, shift) = (UInt64(0), UInt64(0))
        while shift < UInt64.bitWidth {
            guard place < end else { throw Self.cutOff }
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw WireError("the bytes are no message: a number takes more than ten of them")
    }

    private mutating func fixed() throws(WireError) -> Double {
        let start = place
        try pass(8)
        return Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)))
    }

    private mutating func integer() throws(WireError) -> UInt64? {
        guard format == .varint else {
            try skip()
            return nil
        }
        return try varint()
    }

    private mutating func length() throws(WireError) -> Int {
        let length = try varint()
        guard length <= UInt64(end - place) else { throw Self.cutOff }
        return Int(length)
    }

    private mutating func content() throws(WireError) -> UnsafeRawBufferPointer {
        let count = try length()
        defer { place += count }
        return UnsafeRawBufferPointer(rebasing: bytes[place..<(place + count)])
    }

    private mutating func list<Element>(
        _ values: inout [Element], of element: WireFormat, _ read: (inout WireReader) throws(WireError) -> Element
    ) throws(WireError) {
        let count = try beginList(of: element)
        // Where all come at once, room for all; where they come one by one, it grows as it does.
        if values.isEmpty { values.reserveCapacity(count) }
        for _ in 0..<count { values.append(try read(&self)) }
    }

    private mutating func column<Row>(
        of rows: inout [Row], _ count: inout Int, from row: Row, _ element: WireFormat,
        _ read: (inout Row, inout WireReader) throws(WireError) -> Void
    ) throws(WireError) {
        let more = try beginList(of: element)
        if rows.isEmpty { rows.reserveCapacity(more) }
        for _ in 0..<more {
            if count == rows.count { rows.append(row) }
            try read(&rows[count], &self)
            count += 1
        }
    }

    /// How many elements of a list of numbers come now: those of a packed list, or the one of a field of their own format.
    private mutating func beginList(of element: WireFormat) throws(WireError) -> Int {
        if format == element { return 1 }
        guard format == .lengthDelimited else {
            try skip()
            return 0
        }
        let count = try length()
        let content = bytes[place..<(place + count)]
        if element == .varint {
            guard content.last.map({ $0 < 0x80 }) ?? true else { throw Self.cutOff }
            // Each ends with the one byte of its own below 0x80.
            return content.count(where: { $0 < 0x80 })
        }
        guard count % 8 == 0 else { throw Self.cutOff }
        return count / 8
    }

    /// How many elements of the list of messages whose first is being read come one after the other.
    private func elementsAhead() -> Int {
        var (ahead, count) = (self, 1)
        while (try? ahead.skip()) != nil, (try? ahead.next()) != nil, ahead.tag == tag {
            count += 1
        }
        return count
    }
}
