/// One thing wrong with an imported file: where it stands, what the file says, the rule it breaks, what to do about it.
public struct ImportFault: Sendable, Equatable, CustomStringConvertible {
    /// Name of the file.
    public let file: String
    /// Line, from 1; nil for a fault of the whole file.
    public let line: Int?
    /// The field or column, such as `mpc.gen row 3, Pmax`; empty for a fault of a whole line or file.
    public let field: String
    /// What the file says there, cut to a length; nil where it says nothing.
    public let value: String?
    /// The rule it breaks.
    public let rule: String
    /// What to do about it.
    public let remedy: String

    /// A fault from its parts; the value is brought to one short line.
    init(file: String, line: Int?, field: String, value: String?, rule: String, remedy: String) {
        self.file = file
        self.line = line
        self.field = field
        self.value = value.map { ImportFault.brief($0) }
        self.rule = rule
        self.remedy = remedy
    }

    /// Place, field, value and rule, then the remedy: `case9.m:31 mpc.gen row 3, Pmax: NaN; ….`
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        let head = field.isEmpty ? place : "\(place) \(field)"
        return "\(head): \(value.map { "`\($0)`; " } ?? "")\(rule). \(remedy)"
    }

    /// A text on one line, control characters replaced, at most 60 scalars of it.
    static func brief(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(60) {
            let category = scalar.properties.generalCategory
            let isControl = category == .control || category == .format || scalar.value == 0x2028
            result.append(isControl || scalar.value == 0x2029 ? "·" : scalar)
        }
        return String(result) + (text.unicodeScalars.count > 60 ? "…" : "")
    }
}
