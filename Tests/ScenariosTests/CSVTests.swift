import CoSimulation
import Testing

@testable import Scenarios

@Suite("CSV tables")
struct CSVTests {
    private func parse(_ text: String, limits: ScenarioLimits = ScenarioLimits()) -> (
        table: CSVTable, problems: [CSVParser.Problem]
    ) {
        CSVParser.parse(file: "t.csv", bytes: Array(text.utf8), limits: limits)
    }

    private func cells(_ table: CSVTable) -> [[String]] {
        (0..<table.rowCount).map { row in table.columns.indices.map { table.text(row: row, column: $0) } }
    }

    @Test("come back as they were written, whatever the quoting", arguments: 0..<200)
    func roundTrip(_ seed: Int) {
        var random = RandomStream(seed: UInt64(seed), agent: 0, tick: 0, phase: .bidding)
        let columns = Int.random(in: 1...6, using: &random)
        let rows = Int.random(in: 0...8, using: &random)
        let alphabet = Array("ab1 .,\"#é\n")
        var expected: [[String]] = []
        var text = seed % 5 == 0 ? "\u{FEFF}" : ""
        let end = ["\n", "\r\n", "\r"][seed % 3]
        text += (0..<columns).map { "c\($0)" }.joined(separator: ",") + end
        for _ in 0..<rows {
            if Bool.random(using: &random) {
                text += ["", "   ", "# a, comment \"", "  # more"].randomElement(using: &random)! + end
            }
            let values = (0..<columns).map { _ in
                String((0..<Int.random(in: 0...6, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
            }
            // In quotes a cell is taken as it stands; without, blanks around it go and it must not look like anything else.
            let written = values.map { value in
                let needsQuotes = value.isEmpty || value.contains { ",\"\n#".contains($0) } || value != value.trimmed
                return needsQuotes || Bool.random(using: &random)
                    ? " \"\(value.replacing("\"", with: "\"\""))\"\t" : value + " "
            }
            text += written.joined(separator: ",") + end
            expected.append(values)
        }
        let (table, problems) = parse(text)
        #expect(problems.isEmpty, "\(text)")
        #expect(cells(table) == expected, "seed \(seed): \(text)")
    }

    @Test("keep lines and columns of cells, over lines within quotes too")
    func places() {
        let (table, problems) = parse("# note\n\na,b\n1,\"two\nlines\"\né,x\n")
        #expect(problems.isEmpty)
        #expect(table.line(row: 1) == 6)
        #expect(table.headerPlace(column: 1).description == "t.csv:3:3")
        #expect(table.place(row: 1, column: 1).description == "t.csv:6:3")
        #expect(table.text(row: 0, column: 1) == "two\nlines")
    }

    @Test("read numbers exactly, and nothing but numbers", arguments: 0..<200)
    func numbers(_ seed: Int) {
        var random = RandomStream(seed: UInt64(seed), agent: 1, tick: 0, phase: .bidding)
        for _ in 0..<50 {
            let bits = Double(bitPattern: random.next())
            if bits.isFinite { #expect(DecimalText.value("\(bits)") == bits) }
            let short = Double(Int.random(in: -99999...99999, using: &random)) / 1000
            #expect(DecimalText.value("\(short)") == short)
        }
    }

    @Test(
        "refuse what is no decimal number",
        arguments: [
            "", " ", "+", ".", "e5", "1e", "1e+", "0x10", "1_000", "1:30", "nan", "inf", "1 2", "1,5", "--1", "1.2.3",
            "١", "1e5.5",
        ])
    func noNumber(_ text: String) {
        #expect(DecimalText.value(text) == nil)
    }

    @Test("accept the usual ways to write a number")
    func someNumbers() {
        for (text, value) in [
            ("1e3", 1000), (".5", 0.5), ("5.", 5), ("+7", 7), ("-0.25E-2", -0.0025), ("007", 7), ("1e22", 1e22),
            ("0.1", 0.1),
        ] {
            #expect(DecimalText.value(text) == value)
        }
        #expect(DecimalText.value("1e999") == .infinity)
        #expect(DecimalText.value("12345678901234567890123") == 1.2345678901234567890123e22)
        #expect(DecimalText.value("9007199254740993") == 9007199254740992)
    }

    @Test("hold thousands of columns")
    func wide() {
        let header = (0..<5000).map { "c\($0)_mw" }.joined(separator: ",")
        let row = (0..<5000).map(String.init).joined(separator: ",")
        let (table, problems) = parse(header + "\n" + row + "\n" + row)
        #expect(problems.isEmpty && table.rowCount == 2)
        #expect(table.number(row: 1, column: 4999) == .value(4999))
    }

    @Test("stop at their limits")
    func limits() {
        var limits = ScenarioLimits()
        limits.csvRows = 10
        let text = "a\n" + String(repeating: "1\n", count: 11)
        #expect(parse(text, limits: limits).problems.map(\.code) == [.tooLarge])
        limits.csvRows = 11
        #expect(parse(text, limits: limits).problems.isEmpty)
        limits.csvCells = 5
        #expect(parse(text, limits: limits).problems.map(\.code) == [.tooLarge])
    }

    @Test("must be UTF-8")
    func encoding() {
        let latin = CSVParser.parse(
            file: "t.csv", bytes: Array("a,b\n1,2\n".utf8) + [0xE9, 0x2C, 0x31, 0x0A], limits: ScenarioLimits())
        #expect(latin.problems.map(\.code) == [.notUTF8])
        #expect(latin.problems.first?.place.line == 3)
        let wide = CSVParser.parse(
            file: "t.csv", bytes: [0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00], limits: ScenarioLimits())
        #expect(wide.problems.first?.remedy.contains("UTF-16") == true)
    }

    @Test("never crash on any bytes", arguments: 0..<300)
    func anyBytes(_ seed: Int) {
        var random = RandomStream(seed: UInt64(seed), agent: 2, tick: 0, phase: .bidding)
        let pieces: [[UInt8]] = [
            [34], [44], [10], [13], [35], [32], [0], [0xEF, 0xBB, 0xBF], [0xC3], [97], [49, 46, 53], [34, 34],
        ]
        let bytes = (0..<Int.random(in: 0...60, using: &random)).flatMap { _ in pieces.randomElement(using: &random)! }
        let (table, problems) = CSVParser.parse(file: "t.csv", bytes: bytes, limits: ScenarioLimits())
        guard problems.isEmpty else { return }
        for row in 0..<table.rowCount {
            for column in table.columns.indices {
                _ = table.text(row: row, column: column)
                #expect(table.place(row: row, column: column).line ?? 0 > 0)
            }
        }
    }
}

extension String {
    /// The text without blanks at its ends.
    fileprivate var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
