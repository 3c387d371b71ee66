/// A cursor over the bytes of a case file that knows MATLAB's blanks: spaces, comments, block comments, continuations.
struct MatpowerScanner {
    let bytes: [UInt8]
    private(set) var position = 0
    /// Line of the position, from 1.
    private(set) var line = 1
    /// Line on which a block comment opens that never closes.
    private(set) var unclosedComment: Int?

    init(bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// The byte at the position, 0 at the end.
    var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// The byte after the position, 0 at the end.
    var next: UInt8 { position + 1 < bytes.count ? bytes[position + 1] : 0 }

    /// Whether the position is at the end of a line or of the file.
    var isAtLineEnd: Bool { isAtEnd || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    /// Goes one byte on, counting lines; a carriage return and a line feed count once.
    mutating func advance() {
        let isReturn = byte == UInt8(ascii: "\r")
        if byte == UInt8(ascii: "\n") || isReturn && next != UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    /// Passes spaces, comments and continuations, but no line end; whether there were any.
    @discardableResult
    mutating func skipBlanks() -> Bool {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0B, 0x0C:
                position += 1
            case UInt8(ascii: "%"):
                if isBlockMark(UInt8(ascii: "{")) { skipBlockComment() } else { skipLine() }
            case UInt8(ascii: ".") where isContinuation:
                skipLine()
                passLineEnd()
            default:
                return position > start
            }
        }
        return position > start
    }

    /// Passes blanks, line ends and the marks that part statements.
    mutating func skipToStatement() {
        while true {
            skipBlanks()
            let isMark = byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",")
            guard !isAtEnd, isMark || isAtLineEnd else { return }
            advance()
        }
    }

    /// Goes to the end of the line.
    mutating func skipLine() {
        while !isAtLineEnd { position += 1 }
    }

    /// Takes the identifier at the position; empty where there is none.
    mutating func takeWord() -> String {
        let start = position
        while position < bytes.count, isWordByte(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Takes the bytes of what may be a number: digits, points, letters, and signs at its start or after an exponent.
    mutating func takeNumber() -> ArraySlice<UInt8> {
        let start = position
        if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") { position += 1 }
        while position < bytes.count {
            let isSign = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            if byte == UInt8(ascii: "."), isContinuation { break }
            guard isWordByte(byte) || byte == UInt8(ascii: ".") || isSign && isAfterExponent(start) else { break }
            position += 1
        }
        return bytes[start..<position]
    }

    /// Takes the string in quotes at the position; nil where it does not end on its line.
    mutating func takeString() -> String? {
        let quote = byte
        var text: [UInt8] = []
        var end = position + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") {
            if bytes[end] == quote {
                guard end + 1 < bytes.count, bytes[end + 1] == quote else {
                    position = end + 1
                    return String(decoding: text, as: UTF8.self)
                }
                end += 1
            }
            text.append(bytes[end])
            end += 1
        }
        return nil
    }

    /// Whether a byte can stand in an identifier or number.
    func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// What stands at the position up to the next blank, for messages.
    func excerpt() -> String {
        let rest = bytes[min(position, bytes.count)...].prefix(80)
        return String(decoding: rest.prefix { $0 > 0x20 }, as: UTF8.self)
    }

    private var isContinuation: Bool {
        position + 2 < bytes.count && bytes[position + 1] == UInt8(ascii: ".")
            && bytes[position + 2] == UInt8(ascii: ".")
    }

    /// Whether the byte before the position is the e or d of an exponent: a letter after a digit or point.
    private func isAfterExponent(_ start: Int) -> Bool {
        guard position - 2 >= start else { return false }
        let mark = bytes[position - 1] | 0x20
        let before = bytes[position - 2]
        return (mark == UInt8(ascii: "e") || mark == UInt8(ascii: "d"))
            && (before == UInt8(ascii: ".") || before >= UInt8(ascii: "0") && before <= UInt8(ascii: "9"))
    }

    private mutating func passLineEnd() {
        guard !isAtEnd else { return }
        let isPair = byte == UInt8(ascii: "\r") && next == UInt8(ascii: "\n")
        advance()
        if isPair { advance() }
    }
}

// Block comments.
extension MatpowerScanner {
    /// Whether the position is at % and a mark alone on their line.
    private func isBlockMark(_ mark: UInt8) -> Bool {
        guard byte == UInt8(ascii: "%"), next == mark else { return false }
        var before = position - 1
        while before >= 0, bytes[before] == UInt8(ascii: " ") || bytes[before] == UInt8(ascii: "\t") { before -= 1 }
        guard before < 0 || bytes[before] == UInt8(ascii: "\n") || bytes[before] == UInt8(ascii: "\r") else {
            return false
        }
        var after = position + 2
        while after < bytes.count, bytes[after] == UInt8(ascii: " ") || bytes[after] == UInt8(ascii: "\t") {
            after += 1
        }
        return after >= bytes.count || bytes[after] == UInt8(ascii: "\n") || bytes[after] == UInt8(ascii: "\r")
    }

    /// Passes a block comment and those within it.
    private mutating func skipBlockComment() {
        let opening = line
        var depth = 0
        while !isAtEnd {
            while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
            if isBlockMark(UInt8(ascii: "{")) { depth += 1 }
            if isBlockMark(UInt8(ascii: "}")) { depth -= 1 }
            skipLine()
            if depth == 0 { return }
            passLineEnd()
        }
        unclosedComment = unclosedComment ?? opening
    }
}
