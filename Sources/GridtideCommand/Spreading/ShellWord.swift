/// A word as a shell reads it back: whatever it holds, it stays one word and means itself.
struct ShellWord: CustomStringConvertible {
    let description: String

    init(_ text: String) {
        let isPlain = !text.isEmpty && text.first != "=" && text.utf8.allSatisfy(Self.isPlain)
        description = isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// Words as one line of shell.
    static func line(_ words: [String]) -> String { words.map { ShellWord($0).description }.joined(separator: " ") }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_./:=@%+,".utf8.contains(byte)
        }
    }
}
