internal import Foundation

/// A JSON value; members of objects keep their order, so that a report is the same for the same run.
public enum JSON: Sendable, Hashable {
    /// Nothing, and numbers that are not finite.
    case null
    /// A truth value.
    case bool(Bool)
    /// A number.
    case number(Double)
    /// A text.
    case text(String)
    /// Values in order.
    case list([JSON])
    /// Values by name, in order.
    case object([Member])

    /// A value with its name.
    public struct Member: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// The value.
        public let value: JSON
    }

    /// The value of a member of an object, nil where there is none.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The object with more members, which stand last.
    func with(_ more: JSON) -> JSON {
        guard case .object(let members) = self, case .object(let others) = more else { return self }
        return .object(members + others)
    }

    /// The object with a member in the place of that of the same name, or last where there is none.
    func setting(_ name: String, to value: JSON) -> JSON {
        guard case .object(var members) = self else { return self }
        if let place = members.firstIndex(where: { $0.name == name }) {
            members[place] = Member(name: name, value: value)
        } else {
            members.append(Member(name: name, value: value))
        }
        return .object(members)
    }

    /// The value with every text changed, those of members' names left as they are.
    func mappingTexts(_ change: (String) -> String) -> JSON {
        switch self {
        case .text(let text): .text(change(text))
        case .list(let values): .list(values.map { $0.mappingTexts(change) })
        case .object(let members):
            .object(members.map { Member(name: $0.name, value: $0.value.mappingTexts(change)) })
        case .null, .bool, .number: self
        }
    }

    /// The value as text that may stand within a `script` element: `<` is written as an escape.
    public var text: String {
        var writer = JSONWriter()
        writer.write(self)
        return writer.text
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A number.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A list.
    public init(arrayLiteral elements: JSON...) { self = .list(elements) }
    /// An object with its members in the order written.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }
    /// Nothing.
    public init(nilLiteral: ()) { self = .null }
}

/// Writes JSON without spaces.
private struct JSONWriter {
    private(set) var text = ""

    mutating func write(_ value: JSON) {
        switch value {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value): write(value)
        case .text(let value): write(value)
        case .list(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                write(value)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                write(member.name)
                text += ":"
                write(member.value)
            }
            text += "}"
        }
    }

    private mutating func write(_ number: Double) {
        guard number.isFinite else {
            text += "null"
            return
        }
        if number == number.rounded(), abs(number) < 1e15 { text += "\(Int64(number))" } else { text += "\(number)" }
    }

    private mutating func write(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            // Within a script element nothing may look like a tag or a comment; two separators end lines in scripts.
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1f}", "\u{7f}":
                text += String(format: "\\u%04x", scalar.value)
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
