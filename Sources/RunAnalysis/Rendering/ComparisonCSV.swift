extension RunComparison {
    /// Every effect as CSV (RFC 4180): scope, name, quantity, unit, baseline, value, change, change_percent.
    ///
    /// Numbers have full precision; what is not known is empty.
    public var csv: String {
        let lines = effects.map { effect in
            [
                effect.scope.rawValue, effect.name, effect.quantity, effect.unit, Self.text(effect.baseline),
                Self.text(effect.value),
                Self.text(effect.change), Self.text(effect.changePercent),
            ].map(Self.field).joined(separator: ",")
        }
        return (["scope,name,quantity,unit,baseline,value,change,change_percent"] + lines).joined(separator: "\r\n")
            + "\r\n"
    }

    private static func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }

    /// A field, quoted where it must be.
    private static func field(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
