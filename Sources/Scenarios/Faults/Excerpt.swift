/// Short, printable forms of what a scenario says, for messages.
enum Excerpt {
    /// A text on one line, control characters replaced, cut to a length.
    static func brief(_ text: String, limit: Int = 60) -> String {
        // Nearly every text is short and plain, and every key and number of a scenario passes here.
        if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) {
            let isControl =
                scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
            result.append(isControl || scalar.value == 0x2028 || scalar.value == 0x2029 ? "·" : scalar)
        }
        let isCut = text.unicodeScalars.count > limit
        return String(result) + (isCut ? "…" : "")
    }

    /// Names in quotes with commas, the first dozen of them.
    static func list(_ names: [String], limit: Int = 12) -> String {
        let shown = names.prefix(limit).map { brief($0, limit: 40) }.joined(separator: ", ")
        return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
    }

    /// A number as a person writes it: whole numbers without a fraction.
    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    /// A count with its noun: "1 line", "12 lines".
    static func count(_ value: Int, _ noun: String) -> String {
        "\(value) \(noun)\(value == 1 ? "" : "s")"
    }
}
