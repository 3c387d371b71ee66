import CoSimulation

/// A message as anybody may write it: fields by number and format, whatever the schema says of them.
struct RawFields {
    struct Field {
        var number: UInt64
        /// 0 varint, 1 of eight bytes, 2 of a length, 5 of four bytes.
        var format: UInt64
        /// Without the length, where there is one.
        var content: [UInt8]
    }

    var fields: [Field] = []

    init(_ fields: [Field] = []) { self.fields = fields }

    /// nil for bytes that are no message.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let tag = Self.varint(&rest), tag >> 3 > 0 else { return nil }
            let count: Int
            switch tag & 7 {
            case 0: count = rest.prefix { $0 >= 0x80 }.count + 1
            case 1: count = 8
            case 2: count = Int(clamping: Self.varint(&rest) ?? .max)
            case 5: count = 4
            default: return nil
            }
            guard count <= rest.count else { return nil }
            fields.append(Field(number: tag >> 3, format: tag & 7, content: Array(rest.prefix(count))))
            rest = rest.dropFirst(count)
        }
    }

    var bytes: [UInt8] {
        fields.flatMap { field in
            let length = field.format == 2 ? Self.bytes(ofVarint: UInt64(field.content.count)) : []
            return Self.bytes(ofVarint: field.number << 3 | field.format) + length + field.content
        }
    }

    static func bytes(ofVarint value: UInt64) -> [UInt8] {
        value < 0x80
            ? [UInt8(value)] : [UInt8(truncatingIfNeeded: value) | 0x80] + bytes(ofVarint: value >> 7)
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }

    /// Changes one thing, here or in a message within: mostly what leaves a message a message.
    mutating func mutate(_ random: inout RandomStream) {
        guard !fields.isEmpty else { return fields.append(Self.field(&random)) }
        let place = Int(random.next() % UInt64(fields.count))
        if fields[place].format == 2, random.next() % 2 == 0, var inner = RawFields(fields[place].content) {
            inner.mutate(&random)
            fields[place].content = inner.bytes
            return
        }
        switch random.next() % 8 {
        case 0: fields.shuffle(using: &random)
        case 1: fields.append(fields[place])
        case 2: fields.remove(at: place)
        case 3: fields.insert(Self.field(&random), at: place)
        case 4: fields[place].number = 1 + random.next() % 20
        case 5:
            let number = fields[place].number
            fields[place] = Self.field(&random)
            fields[place].number = number
        case 6: unpack(place, &random)
        default: halve(place, &random)
        }
    }

    /// A list of numbers of eight bytes or of varints, or what may be one, as a field of each.
    private mutating func unpack(_ place: Int, _ random: inout RandomStream) {
        let field = fields[place]
        guard field.format == 2 else { return }
        let format = field.content.count % 8 == 0 ? random.next() % 2 : 0
        var (rest, numbers) = (field.content[...], [Field]())
        while !rest.isEmpty {
            let count = format == 1 ? 8 : min(rest.prefix { $0 >= 0x80 }.count + 1, rest.count)
            numbers.append(Field(number: field.number, format: format, content: Array(rest.prefix(count))))
            rest = rest.dropFirst(count)
        }
        fields.replaceSubrange(place...place, with: numbers)
    }

    /// A list, or what may be one, in two fields.
    private mutating func halve(_ place: Int, _ random: inout RandomStream) {
        let field = fields[place]
        guard field.format == 2 else { return }
        let step = 1 + 7 * Int(random.next() % 2)
        let middle = Int(random.next() % UInt64(field.content.count / step + 1)) * step
        fields[place].content = Array(field.content[..<middle])
        fields.append(Field(number: field.number, format: 2, content: Array(field.content[middle...])))
    }

    private static func field(_ random: inout RandomStream) -> Field {
        let format = [0, 1, 2, 5][Int(random.next() % 4)] as UInt64
        let content: [UInt8]
        switch format {
        case 0: content = bytes(ofVarint: random.next() >> (random.next() % 64))
        case 1: content = (0..<8).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        case 2: content = (0..<(random.next() % 17)).map { _ in UInt8(random.next() % 0x80) }
        default: content = [1, 2, 3, 4]
        }
        return Field(number: 1 + random.next() % 20, format: format, content: content)
    }
}
