/// Texts as YAML that every reader takes for texts.
enum YAMLText {
    /// Words that some readers take for a truth value or for nothing.
    private static let taken: Set<String> = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
    ]

    /// A text as a scalar of a compose file: plain where nobody can take it for anything else, else in double quotes.
    ///
    /// Compose puts variables in the place of `$NAME`, so that a dollar is doubled.
    static func scalar(_ text: String) -> String {
        // A path or an option cannot be taken for a number, a date or a word of YAML's own either.
        let start = text.utf8.first ?? 0
        let beginsPlainly =
            isLetter(start) || start == UInt8(ascii: "/") || text.hasPrefix("./") || text.hasPrefix("--")
        let isPlain = beginsPlainly && text.utf8.allSatisfy(isPlain) && !taken.contains(text.lowercased())
        return isPlain ? text : "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    /// Texts as a list on one line.
    static func list(_ texts: [String]) -> String {
        "[" + texts.map(scalar).joined(separator: ", ") + "]"
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/")].contains(byte)
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "$": "$$"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F || (0x80..<0xA0).contains(scalar.value):
            "\\x" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
        default: String(scalar)
        }
    }
}
