import PowerGrid
import Testing

/// Wrong case files: each names the line, the field, what is wrong and what to do.
@Suite struct MatpowerFaultTests {
    /// One change of the small case, and what its first fault says.
    struct Wrong: Sendable, CustomStringConvertible {
        let replaced: Int
        let text: String
        let line: Int?
        let fragment: String
        var description: String { fragment }

        init(_ replaced: Int, _ text: String, at line: Int?, _ fragment: String) {
            self.replaced = replaced
            self.text = text
            self.line = line
            self.fragment = fragment
        }

        /// A fault on the line that is exchanged.
        init(_ replaced: Int, _ text: String, _ fragment: String) {
            self.init(replaced, text, at: replaced, fragment)
        }
    }

    private static let syntax = [
        Wrong(1, "function [baseMVA, bus] = small", "`function [baseMVA,`; a case is one variable (format version 2)"),
        Wrong(2, "function x = y", "`function`; a case file has one function"),
        Wrong(2, "mpc.version = '1';", "mpc.version: `1`; the format version is '2'"),
        Wrong(2, "", at: nil, "mpc.version: a case file states its format version"),
        Wrong(3, "", at: nil, "mpc.baseMVA: a case has a base of its per-unit values"),
        Wrong(3, "mpc.baseMVA = 0;", "mpc.baseMVA: `0`; the base is above zero"),
        Wrong(3, "mpc.baseMVA = NaN;", "mpc.baseMVA: `nan`; the base is above zero"),
        Wrong(3, "mpc.baseMVA = base;", "mpc.baseMVA: `base;`; it is one number"),
        Wrong(3, "mpc.baseMVA = 10 * 10;", "`*`; a line or statement ends after mpc.baseMVA"),
        Wrong(3, "mpc.baseMVA = 100; x = 3;", "`x`; a case file has a function line and assignments to fields of mpc"),
        Wrong(3, "mpc.baseMVA = 100\nmpc.bus(2, 3) = 4;", at: 4, "mpc.bus: `(2,`; a field is assigned as a whole"),
        Wrong(3, "mpc.baseMVA = 100; mpc.baseMVA = 10;", "mpc.baseMVA: a field is assigned once, and line 3 does it"),
        Wrong(3, "define_constants; mpc.baseMVA = 100", "`define_constants;`; a case file has a function line"),
        Wrong(4, "mpc.bus = bus([", "mpc.bus: `bus([`; it is a matrix in square brackets"),
        Wrong(
            6, "2 2 20*2 2 0 0 1 1 0 230 1 1.1 0.9;",
            "mpc.bus row 2, column 4: `*2`; an element of a matrix is a number"),
        Wrong(6, "2 2 20-2 2 0 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 2, column 4: `-2`; an element"),
        Wrong(6, "2 2 20 - 2 2 0 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 2, column 4: `-`; an element"),
        Wrong(6, "2 2 x 2 0 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 2, column 3: `x`; an element"),
        Wrong(6, "2 2 1.2.3 2 0 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 2, column 3: `1.2.3`; an element"),
        Wrong(6, "2 2 1e 2 0 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 2, column 3: `1e`; an element"),
        Wrong(6, "2,, 20 2 0 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 2, column 2: `,`; an element"),
        Wrong(6, "2 2 (1:3) 0 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 2, column 3: `(1:3)`; an element"),
        Wrong(6, "2 2 '20' 2 0 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 2, column 3: `'20'`; an element"),
        Wrong(
            6, "2 2 20 2 0 0 1 1 0 230 1 1.1;",
            "mpc.bus row 2: `12 columns`; every row has as many columns as the first, 13"),
        Wrong(8, "", at: 4, "mpc.bus: the bracket that opens on this line is never closed"),
        Wrong(21, "", at: 18, "mpc.gencost: the bracket that opens on this line is never closed"),
        Wrong(21, "];\n%{\nopen", at: 22, "`%{`; a block comment ends with %} alone on a line"),
        Wrong(21, "];\nmpc.x = [1 2", at: 22, "the bracket that opens in this statement is never closed"),
        Wrong(21, "];\nmpc.x = " + String(repeating: "[", count: 70), at: 22, "brackets nest at most 64 deep"),
        Wrong(21, "];\nmpc.bus_name = {'a'; 'b'};", at: 22, "mpc.bus_name: `2 rows`; it has a row per element, 3"),
        Wrong(21, "];\nmpc.bus_name = {'a'; 'b'; 3};", at: 22, "mpc.bus_name row 3: `3};`; a cell is a text in quotes"),
        Wrong(21, "];\nmpc.bus_name = {'a'; 'b\n'c'};", at: 22, "mpc.bus_name row 2: `'b`; a text ends on its line"),
        Wrong(
            21, "];\nmpc.bus_name = {'a';", at: 22, "mpc.bus_name: the bracket that opens on this line"),
        Wrong(21, "];\nmpc.bus_name = ['a'];", at: 22, "mpc.bus_name: `['a'];`; it is a cell array in braces"),
    ]

    private static let buses = [
        Wrong(4, "mpc.nodes = [", at: nil, "mpc.bus: a case has a bus matrix. Add mpc.bus"),
        Wrong(5, "1.5 3 10 1 0 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 1, bus_i: `1.5`; it is a whole number from 1 to"),
        Wrong(5, "1 5 10 1 0 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 1, type: `5`; it is a whole number from 1 to 4"),
        Wrong(
            6, "1 2 20 2 0 0 1 1 0 230 1 1.1 0.9;",
            "mpc.bus row 2, bus_i: `1`; a bus number is unique, and row 1 has it"),
        Wrong(6, "2 2 NaN 2 0 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 2, Pd: `nan`; it is a finite number"),
        Wrong(6, "2 2 20 2 Inf 0 1 1 0 230 1 1.1 0.9;", "mpc.bus row 2, Gs: `inf`; it is a finite number"),
        Wrong(6, "2 2 20 2 0 0 -1 1 0 230 1 1.1 0.9;", "mpc.bus row 2, area: `-1`; it is a whole number from 0"),
        Wrong(6, "2 2 20 2 0 0 1 1 0 -230 1 1.1 0.9;", "mpc.bus row 2, baseKV: `-230`; it is not negative"),
    ]

    private static let generators = [
        Wrong(10, "9 0 0 10 -10 1 100 1 80 5;", "mpc.gen row 1, bus: `9`; it is the number of a bus"),
        Wrong(10, "1 0 0 10 -10 1 100 1 80 85;", "mpc.gen row 1, Pmin: `85`; Pmin is not above Pmax, 80"),
        Wrong(10, "1 0 0 10 -10 1 100 NaN 80 5;", "mpc.gen row 1, status: `nan`; it is a number"),
        Wrong(10, "1 0 0 10 -10 1 100 1 NaN 5;", "mpc.gen row 1, Pmax: `nan`; it is a number"),
        Wrong(10, "1 0 0 10 -10 1 100 1 -Inf -Inf;", "mpc.gen row 1, Pmax: `-inf`; it is above minus infinity"),
        Wrong(19, "3 100 0 3 0.02 10 5;", "mpc.gencost row 1, model: `3`; it is a whole number from 1 to 2"),
        Wrong(
            19, "2 100 0 4 0.02 10 5;", "mpc.gencost row 1, n: `4`; n coefficients take 8 columns, and the rows"),
        Wrong(19, "1 100 0 2 0.02 10 5;", "mpc.gencost row 1, n: `2`; n points take 8 columns, and the rows have 7"),
        Wrong(19, "2 100 0 0 0.02 10 5;", "mpc.gencost row 1, n: `0`; it is a whole number from 1"),
        Wrong(19, "2 100 0 3 -0.02 10 5;", "mpc.gencost row 1, column 5: `-0.02`; a cost is convex"),
        Wrong(19, "2 100 0 3 0.02 Inf 5;", "mpc.gencost row 1, column 6: `inf`; it is a finite number"),
        Wrong(19, "2 Inf 0 3 0.02 10 5;", "mpc.gencost row 1, startup: `inf`; it is a finite number"),
        Wrong(20, "", at: 18, "mpc.gencost: `1 rows`; it has a row per generator, 2, or twice as many"),
    ]

    private static let branches = [
        Wrong(14, "1 8 0.01 0.1 0 50 0 0 0 0 1 -30 30;", "mpc.branch row 1, tbus: `8`; it is the number of a bus"),
        Wrong(14, "1 1 0.01 0.1 0 50 0 0 0 0 1 -30 30;", "mpc.branch row 1, tbus: `1`; a branch joins two buses"),
        Wrong(14, "1 2 0.01 0 0 50 0 0 0 0 1 -30 30;", "mpc.branch row 1, x: `0`; a branch in service has a reactance"),
        Wrong(14, "1 2 0.01 Inf 0 50 0 0 0 0 1 -30 30;", "mpc.branch row 1, x: `inf`; it is a finite number"),
        Wrong(14, "1 2 0.01 0.1 0 -50 0 0 0 0 1 -30 30;", "mpc.branch row 1, rateA: `-50`; it is not negative"),
        Wrong(14, "1 2 0.01 0.1 0 50 0 0 -1 0 1 -30 30;", "mpc.branch row 1, ratio: `-1`; a tap ratio is above zero"),
        Wrong(14, "1 2 0.01 0.1 0 50 0 0 0 0 1 30 -30;", "mpc.branch row 1, angmin: `30`; angmin is not above angmax"),
        Wrong(
            21, "];\nmpc.dcline = [1 2 1 0 0 0 0 1 1 5 1 0 0 0 0 0 0];", at: 22,
            "mpc.dcline row 1, Pmin: `5`; Pmin is not above"),
        Wrong(
            21, "];\nmpc.dcline = [1 9 1 0 0 0 0 1 1 0 1 0 0 0 0 0 0];", at: 22,
            "mpc.dcline row 1, tbus: `9`; it is the number"),
        Wrong(
            21, "];\nmpc.dcline = [1 2 1 0 0];", at: 22,
            "mpc.dcline: `5 columns`; it has at least 17 columns: fbus tbus"),
    ]

    @Test(arguments: syntax + buses + generators + branches)
    func aWrongFile(_ wrong: Wrong) {
        let error = #expect(throws: ImportError.self) {
            try MatpowerText.base.replacing(wrong.replaced, wrong.text).read()
        }
        guard let fault = error?.faults.first else { return }
        #expect(fault.file == "small.m" && fault.line == wrong.line, "\(fault)")
        #expect(fault.description.contains(wrong.fragment), "\(fault)")
        #expect(!fault.remedy.isEmpty && !fault.rule.hasSuffix("."), "\(fault)")
        #expect(error?.faults.count ?? 0 <= 2, "\(String(describing: error))")
    }

    @Test func aPiecewiseCostThatIsNotConvex() {
        let wide = MatpowerText.base.replacing(20, "2 0 0 1 12 0 0 0 0 0")
        for (row, fragment) in [
            (
                "1 0 0 3 0 0 40 800 80 900",
                "mpc.gencost row 1, column 7: `40`; a cost is convex, but here its slope falls from 20.0 to 2.5 $/MWh"
            ),
            ("1 0 0 3 0 0 40 400 40 900", "mpc.gencost row 1, column 9: `40`; the points of a cost ascend in MW"),
            ("1 0 0 1 0 0 40 400 40 900", "mpc.gencost row 1, n: `1`; it is a whole number from 2"),
            (
                "2 0 0 5 0 1 0 0 0 0",
                "mpc.gencost row 1, column 6: `1`; a polynomial cost is at most quadratic, and this is the term"
            ),
        ] {
            let error = #expect(throws: ImportError.self) { try wide.replacing(19, row).read() }
            #expect(error?.faults.count == 1)
            #expect(error?.faults.first?.line == 19)
            #expect(error?.faults.first?.description.contains(fragment) == true, "\(String(describing: error))")
        }
    }

    @Test func aTransposedMatrix() {
        let row = "1 3 10 1 0 0 1 1 0 230 1 1.1 0.9]';"
        let error = #expect(throws: ImportError.self) { try MatpowerText.base.replacing(5, row).read() }
        #expect(error?.description.contains("small.m:5: `';`; a line or statement ends after mpc.bus") == true)
    }

    @Test func allFaultsAtOnce() {
        let text = MatpowerText.base.replacing(3, "mpc.baseMVA = x;").replacing(6, "2 2 y 2 0 0 1 1 0 230 1 1.1 0.9;")
            .replacing(10, "9 0 0 10 -10 1 100 1 80 95;").replacing(16, "1 7 0.01 0 0 -40 0 0 0 0 1 -360 360;")
        let error = #expect(throws: ImportError.self) { try text.read() }
        #expect(error?.faults.map(\.line) == [3, 6, 10, 10, 16, 16])
        #expect(error?.description.hasSuffix("6 faults; nothing was imported.") == true)
    }

    @Test func faultsAreBounded() {
        let rows = (0..<5000).map { "\($0) x x x x x x x x x x x x;" }.joined(separator: "\n")
        let error = #expect(throws: ImportError.self) { try MatpowerText.base.replacing(5, rows).read() }
        #expect(error?.faults.count == ImportLimits.faults && error?.isCutShort == true)
        #expect(error?.description.contains("200 faults and more, which show once these are gone") == true)
    }

    @Test func limitsAreStated() {
        let wide = "1 " + String(repeating: "0 ", count: ImportLimits.columns)
        #expect(throws: ImportError.self) { try MatpowerText.base.replacing(5, wide).read() }
        let long = String(repeating: "1;", count: ImportLimits.rows + 2)
        let error = #expect(throws: ImportError.self) { try MatpowerText.base.replacing(5, long).read() }
        #expect(error?.description.contains("at most 200000 rows, 2000 columns and 8000000 numbers") == true)
        let big = SourceFile(name: "big.m", bytes: Array(repeating: 0x20, count: ImportLimits.bytes + 1))
        #expect(throws: ImportError.self) { try MatpowerCase(big) }
        let missing = #expect(throws: ImportError.self) { try MatpowerCase(path: "/no/such/case.m") }
        #expect(missing?.description.hasPrefix("case.m: the file cannot be read at /no/such/case.m.") == true)
        #expect(throws: ImportError.self) { try MatpowerCase(path: "/") }
        #expect(throws: ImportError.self) { try MatpowerCase(SourceFile(name: "empty.m", bytes: [])) }
    }

    @Test func valuesAreBroughtToAShortLine() {
        let junk = "\u{1}\u{7}" + String(repeating: "z", count: 500)
        let error = #expect(throws: ImportError.self) {
            try MatpowerText.base.replacing(3, "mpc.baseMVA = \(junk)").read()
        }
        #expect(error?.faults.allSatisfy { ($0.value?.count ?? 0) <= 61 } == true)
        #expect(error?.description.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" } == false)
    }
}
