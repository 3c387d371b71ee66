/// Rows of cells set in columns: words to the left, numbers to the right, within a limit where names
/// cut short and narrow gaps can keep it.
package struct TextTable {
    /// A column: a heading, and a heading it shares with its neighbours.
    package struct Heading {
        let title: String
        let group: String
        let isWords: Bool

        /// A heading from its parts.
        package init(_ title: String, group: String = "", isWords: Bool = false) {
            self.title = title
            self.group = group
            self.isWords = isWords
        }
    }

    private enum Line {
        case cells([String])
        case rule
    }

    private let headings: [Heading]
    private var lines: [Line] = []

    /// A table without rows.
    package init(_ headings: [Heading]) {
        self.headings = headings
    }

    /// Adds a row with a cell for each column.
    package mutating func add(_ cells: [String]) {
        precondition(cells.count == headings.count, "\(cells.count) cells for \(headings.count) columns")
        lines.append(.cells(cells))
    }

    /// Adds a rule across.
    package mutating func addRule() { lines.append(.rule) }

    /// The table as lines of text.
    package func text(widthLimit: Int = 100) -> String {
        var widths = headings.indices.map { column in
            lines.reduce(headings[column].title.count) { width, line in
                if case .cells(let cells) = line { max(width, cells[column].count) } else { width }
            }
        }
        widen(&widths)
        var gaps = headings.indices.map { gap(before: $0) }
        let excess = widths.reduce(0, +) + gaps.reduce(0, +) - widthLimit
        if excess > 0 { widths[0] = max(min(12, widths[0]), widths[0] - excess) }
        if widths.reduce(0, +) + gaps.reduce(0, +) > widthLimit { gaps = gaps.map { max(0, $0 - 1) } }
        let total = widths.reduce(0, +) + gaps.reduce(0, +)
        var output = headings.contains { !$0.group.isEmpty } ? [groupLine(widths, gaps)] : []
        output.append(row(headings.map(\.title), widths, gaps))
        output.append(String(repeating: "─", count: total))
        for line in lines {
            switch line {
            case .cells(let cells): output.append(row(cells, widths, gaps))
            case .rule: output.append(String(repeating: "─", count: total))
            }
        }
        return output.map(Self.trimmed).joined(separator: "\n")
    }

    /// Blanks before a column: more where a group begins.
    private func gap(before column: Int) -> Int {
        if column == 0 { return 0 }
        return headings[column].group == headings[column - 1].group && !headings[column].group.isEmpty ? 2 : 3
    }

    /// The columns of each group, in order.
    private var groups: [Range<Int>] {
        var groups: [Range<Int>] = []
        for column in headings.indices {
            if let last = groups.last, !headings[column].group.isEmpty,
                headings[last.lowerBound].group == headings[column].group
            {
                groups[groups.count - 1] = last.lowerBound..<(column + 1)
            } else {
                groups.append(column..<(column + 1))
            }
        }
        return groups
    }

    /// Makes room for the headings of groups.
    private func widen(_ widths: inout [Int]) {
        for group in groups {
            let span = widths[group].reduce(0, +) + 2 * (group.count - 1)
            widths[group.lowerBound] += max(0, headings[group.lowerBound].group.count - span)
        }
    }

    private func groupLine(_ widths: [Int], _ gaps: [Int]) -> String {
        groups.map { group in
            let span = widths[group].reduce(0, +) + gaps[group].dropFirst().reduce(0, +)
            return String(repeating: " ", count: gaps[group.lowerBound])
                + Self.right(headings[group.lowerBound].group, span)
        }.joined()
    }

    private func row(_ cells: [String], _ widths: [Int], _ gaps: [Int]) -> String {
        cells.indices.map { column in
            let cell =
                headings[column].isWords
                ? Self.left(cells[column], widths[column]) : Self.right(cells[column], widths[column])
            return String(repeating: " ", count: gaps[column]) + cell
        }.joined()
    }

    private static func left(_ text: String, _ width: Int) -> String {
        text.count > width ? text.prefix(width - 1) + "…" : text + String(repeating: " ", count: width - text.count)
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
