/// Reads the subset of MATLAB that case files are written in: a function line and assignments of literals.
struct MatpowerParser {
    private let file: String
    var scanner: MatpowerScanner
    var fields = MatpowerFields()
    /// Name of the variable that the case is.
    private(set) var variable = "mpc"
    private var hasFunction = false
    var isStopped = false
    private(set) var log: ImportLog

    static let literals =
        "Write the value as a literal, as MATPOWER's savecase does; expressions are not evaluated."

    /// The fields that a file assigns; faults go to the log.
    static func parse(_ file: SourceFile, _ log: inout ImportLog) -> MatpowerFields {
        guard file.bytes.count <= ImportLimits.bytes else {
            log.fault(
                file.name, nil, value: "\(file.bytes.count) bytes", "a file has at most \(ImportLimits.bytes) bytes",
                remedy: "Keep only the fields of the case format.")
            return MatpowerFields()
        }
        var parser = MatpowerParser(file: file.name, scanner: MatpowerScanner(bytes: file.bytes), log: log)
        parser.run()
        log = parser.log
        return parser.fields
    }

    private init(file: String, scanner: MatpowerScanner, log: ImportLog) {
        self.file = file
        self.scanner = scanner
        self.log = log
    }

    private mutating func run() {
        while !isStopped, !log.isFull {
            scanner.skipToStatement()
            guard !scanner.isAtEnd else { break }
            readStatement()
        }
        if let line = scanner.unclosedComment {
            fault(line, value: "%{", "a block comment ends with %} alone on a line", remedy: "Close the comment.")
        }
    }

    private mutating func readStatement() {
        let line = scanner.line
        let text = scanner.excerpt()
        switch scanner.takeWord() {
        case "function":
            readFunction(line)
        case "end", "endfunction", "return":
            endStatement(after: "end")
        case variable where scanner.byte == UInt8(ascii: "."):
            scanner.advance()
            readAssignment(line)
        default:
            fault(
                line, value: text, "a case file has a function line and assignments to fields of \(variable) only",
                remedy: "Run the file in MATLAB or Octave and save the result with savecase.")
            skipStatement()
        }
    }

    /// Reads `function mpc = name`.
    private mutating func readFunction(_ line: Int) {
        scanner.skipBlanks()
        if hasFunction {
            fault(line, value: "function", "a case file has one function", remedy: "Remove the others.")
            isStopped = true
            return
        }
        hasFunction = true
        if scanner.byte == UInt8(ascii: "[") {
            fault(
                line, value: "function \(scanner.excerpt())", "a case is one variable (format version 2)",
                remedy: "Convert a version 1 file: savecase(name, loadcase(name)).")
            isStopped = true
            return
        }
        let first = scanner.takeWord()
        scanner.skipBlanks()
        if scanner.byte == UInt8(ascii: "="), !first.isEmpty {
            variable = first
            scanner.advance()
            scanner.skipBlanks()
            fields.name = scanner.takeWord()
        } else {
            fields.name = first
        }
        endStatement(after: "the function line")
    }

    /// Reads the field and the value of an assignment, past the point.
    private mutating func readAssignment(_ line: Int) {
        let name = scanner.takeWord()
        scanner.skipBlanks()
        let isKnown =
            MatpowerFields.matrixNames.contains(name) || MatpowerFields.cellNames.contains(name)
            || name == "version" || name == "baseMVA"
        guard scanner.byte == UInt8(ascii: "="), scanner.next != UInt8(ascii: "="), !name.isEmpty else {
            if isKnown || name.isEmpty {
                fault(
                    line, "\(variable).\(name)", value: scanner.excerpt(), "a field is assigned as a whole",
                    remedy: MatpowerParser.literals)
            } else {
                log.note(file, line, "\(variable).\(name) is not used")
            }
            return skipStatement()
        }
        scanner.advance()
        scanner.skipBlanks()
        guard isKnown else {
            log.note(file, line, "\(variable).\(name) is not used")
            return skipStatement()
        }
        if let first = fields.lines.updateValue(line, forKey: name) {
            fault(
                line, "\(variable).\(name)", "a field is assigned once, and line \(first) does it",
                remedy: "Remove one of them.")
        }
        readValue(of: name, line)
    }

    private mutating func readValue(of name: String, _ line: Int) {
        if name == "version" {
            readVersion(line)
        } else if name == "baseMVA" {
            readBase(line)
        } else if MatpowerFields.matrixNames.contains(name) {
            guard takeOpening(UInt8(ascii: "["), name, line, "a matrix in square brackets") else { return }
            guard readMatrix(name, line) else { return }
        } else {
            guard takeOpening(UInt8(ascii: "{"), name, line, "a cell array in braces") else { return }
            guard readCells(name, line) else { return }
        }
        endStatement(after: "\(variable).\(name)")
    }

    private mutating func readVersion(_ line: Int) {
        let isText = scanner.byte == UInt8(ascii: "'") || scanner.byte == UInt8(ascii: "\"")
        let version = isText ? scanner.takeString() ?? "" : String(decoding: scanner.takeNumber(), as: UTF8.self)
        fields.version = version
        if version != "2" {
            fault(
                line, "\(variable).version", value: version, "the format version is '2'",
                remedy: "Convert the file: savecase(name, loadcase(name)).")
        }
    }

    private mutating func readBase(_ line: Int) {
        let text = scanner.excerpt()
        if let value = DecimalNumber.parse(scanner.takeNumber()) {
            fields.baseMVA = (value, line)
        } else {
            fault(line, "\(variable).baseMVA", value: text, "it is one number", remedy: MatpowerParser.literals)
            fields.baseMVA = (100, line)
        }
    }

    private mutating func takeOpening(_ bracket: UInt8, _ name: String, _ line: Int, _ kind: String) -> Bool {
        guard scanner.byte == bracket else {
            fault(
                line, "\(variable).\(name)", value: scanner.excerpt(), "it is \(kind)",
                remedy: MatpowerParser.literals)
            skipStatement()
            return false
        }
        scanner.advance()
        return true
    }

    mutating func fault(
        _ line: Int, _ field: String = "", value: String? = nil, _ rule: String, remedy: String
    ) {
        log.fault(file, line, field, value: value, rule, remedy: remedy)
    }
}

// Ends of statements.
extension MatpowerParser {
    /// Checks that a statement ends here, and passes what is left of it where it does not.
    private mutating func endStatement(after what: String) {
        scanner.skipBlanks()
        let isMark = scanner.byte == UInt8(ascii: ";") || scanner.byte == UInt8(ascii: ",")
        guard !scanner.isAtLineEnd, !isMark else { return }
        fault(
            scanner.line, value: scanner.excerpt(), "a line or statement ends after \(what)",
            remedy: MatpowerParser.literals)
        skipStatement()
    }

    /// Passes the rest of a statement: to a line end, semicolon or comma outside of all brackets.
    private mutating func skipStatement() {
        let line = scanner.line
        var depth = 0
        var mayBeString = true
        while !scanner.isAtEnd {
            if scanner.skipBlanks() { mayBeString = true }
            let byte = scanner.byte
            let isEnd = scanner.isAtLineEnd || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",")
            if isEnd, depth == 0 { return }
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "("): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ")"): depth = max(0, depth - 1)
            case UInt8(ascii: "'") where mayBeString, UInt8(ascii: "\""):
                if scanner.takeString() != nil { continue }
            default: break
            }
            if depth > ImportLimits.depth {
                isStopped = true
                return fault(
                    line, "", "brackets nest at most \(ImportLimits.depth) deep", remedy: "Remove the statement.")
            }
            // A quote after a name, number or closing bracket transposes; elsewhere it opens a text.
            let isOperand =
                scanner.isWordByte(byte) || byte == UInt8(ascii: "]") || byte == UInt8(ascii: ")")
                || byte == UInt8(ascii: "}") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "'")
            mayBeString = !isOperand
            if !scanner.isAtEnd { scanner.advance() }
        }
        if depth > 0 {
            fault(line, "", "the bracket that opens in this statement is never closed", remedy: "Close it.")
        }
    }
}
