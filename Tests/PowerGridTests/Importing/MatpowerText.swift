import PowerGrid

/// A small case file as lines, for tests that change one of them.
struct MatpowerText {
    /// Three buses, two generators, three branches; every line has its number.
    static let base = MatpowerText(
        lines: [
            "function mpc = small",  // 1
            "mpc.version = '2';",  // 2
            "mpc.baseMVA = 100;",  // 3
            "mpc.bus = [",  // 4
            "1 3 10 1 0 0 1 1 0 230 1 1.1 0.9;",  // 5
            "2 2 20 2 0 0 1 1 0 230 1 1.1 0.9;",  // 6
            "7 1 30 3 5 0 2 1 0 230 1 1.1 0.9;",  // 7
            "];",  // 8
            "mpc.gen = [",  // 9
            "1 0 0 10 -10 1 100 1 80 5;",  // 10
            "7 0 0 10 -10 1 100 1 60 0;",  // 11
            "];",  // 12
            "mpc.branch = [",  // 13
            "1 2 0.01 0.1 0 50 0 0 0 0 1 -30 30;",  // 14
            "2 7 0.01 0.2 0 0 0 0 0.98 2 1 0 0;",  // 15
            "1 7 0.01 0.3 0 40 0 0 0 0 1 -360 360;",  // 16
            "];",  // 17
            "mpc.gencost = [",  // 18
            "2 100 0 3 0.02 10 5;",  // 19
            "2 0 50 2 20 1 0;",  // 20
            "];",  // 21
        ])

    var lines: [String]

    var text: String { lines.joined(separator: "\n") + "\n" }

    /// The lines with one exchanged, counted from 1; several with line breaks in the text.
    func replacing(_ line: Int, _ text: String) -> MatpowerText {
        var copy = self
        copy.lines[line - 1] = text
        return copy
    }

    /// The lines with more at the end.
    func adding(_ more: String...) -> MatpowerText {
        MatpowerText(lines: lines + more)
    }

    func read() throws -> MatpowerCase {
        try MatpowerCase(SourceFile(name: "small.m", text: text))
    }
}
