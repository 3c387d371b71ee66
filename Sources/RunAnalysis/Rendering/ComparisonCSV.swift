extension RunComparison {
    /// Every effect as CSV (RFC 4180): scope, name, quantity, unit, baseline, value, change, change_percent.
    ///
    /// Numbers have full precision; what is not known is empty.
    public var csv: String {
        let heading = ["scope", "name", "quantity", "unit", "baseline", "value", "change", "change_percent"]
        let rows = effects.map { effect in
            [effect.scope.rawValue, effect.name, effect.quantity, effect.unit]
                + [effect.baseline, effect.value, effect.change, effect.changePercent].map(CSVText.number)
        }
        return CSVText.text([heading] + rows)
    }
}
