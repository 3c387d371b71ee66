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
            ].map(CSVField.text).joined(separator: ",")
        }
        return (["scope,name,quantity,unit,baseline,value,change,change_percent"] + lines).joined(separator: "\r\n")
            + "\r\n"
    }

    private static func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
}
