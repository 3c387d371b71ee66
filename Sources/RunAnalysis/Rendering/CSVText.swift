/// Rows as CSV (RFC 4180): lines end in CR LF, fields are quoted where they must be, what is not known is empty.
package enum CSVText {
    /// The rows, the heading first.
    package static func text(_ rows: [[String]]) -> String {
        rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A number with full precision.
    package static func number(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }

    private static func field(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
