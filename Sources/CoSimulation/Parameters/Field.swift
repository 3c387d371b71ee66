/// The description of one setting: name, kind, unit, default and text.
///
/// Checks, defaults, the JSON Schema for editors and the reference pages all come from these descriptions, so there
/// is one place that says what a setting means.
public struct Field: Sendable {
    /// The key in the scenario file; the unit comes last in it, as in `connectionMW`.
    public let name: String
    /// What values are accepted.
    public let kind: Kind
    /// The unit, nil for texts, choices and pure structure.
    public let unit: Unit?
    /// The value taken when the scenario leaves the field out; nil together with `isRequired == false` means absent.
    public let defaultValue: ParameterValue?
    /// Whether a scenario must state it.
    public let isRequired: Bool
    /// One sentence for the researcher: what it is, and the MODEL number where it has one.
    public let text: String

    /// What values a field accepts.
    public indirect enum Kind: Sendable {
        /// true or false.
        case boolean
        /// A finite number within the range.
        case number(NumberRange)
        /// A whole number within the range.
        case integer(NumberRange)
        /// Any non-empty text.
        case text
        /// One of the texts.
        case choice([String])
        /// One of the texts, or a whole number within the range.
        case choiceOrNumber([String], NumberRange)
        /// The name of a text file in the scenario's folder, such as a network case; the strategy gets what is in it.
        case file
        /// A number for all ticks, or `{file:, column:}` for one per tick; each value within the range.
        case series(NumberRange)
        /// A list of values of one kind, with at least `minimumCount` of them.
        case list(Kind, minimumCount: Int)
        /// A list of sections, inline or as the rows of a CSV file (`{file:}`), whose columns are the fields.
        case rows([Field], minimumCount: Int)
        /// Named values with fixed names.
        case section([Field])
        /// Whatever a program of its own takes and checks: numbers, texts, yes and no, series, files, lists and sections.
        case free
        /// Named values of one kind with free names, such as one per workload class; the text says what the names are.
        case map(Kind, keys: String)
    }

    private init(
        _ name: String, _ kind: Kind, _ unit: Unit?, _ defaultValue: ParameterValue?, _ isRequired: Bool, _ text: String
    ) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.defaultValue = defaultValue
        self.isRequired = isRequired
        self.text = text
    }

    /// A field a scenario must state.
    public static func required(_ name: String, _ kind: Kind, unit: Unit? = nil, _ text: String) -> Field {
        Field(name, kind, unit, nil, true, text)
    }

    /// A field with a default.
    public static func optional(
        _ name: String, _ kind: Kind, unit: Unit? = nil, default value: ParameterValue, _ text: String
    ) -> Field {
        Field(name, kind, unit, value, false, text)
    }

    /// A field that may be absent and then has no value.
    public static func optional(_ name: String, _ kind: Kind, unit: Unit? = nil, _ text: String) -> Field {
        Field(name, kind, unit, nil, false, text)
    }
}

/// The numbers a field accepts: from a least to a greatest value, ends included unless said otherwise.
public struct NumberRange: Sendable, Equatable {
    /// The least value accepted, or the bound it must exceed.
    public let lower: Double
    /// The greatest value accepted.
    public let upper: Double
    /// Whether the least value itself is refused.
    public let excludesLower: Bool

    /// From `lower` to `upper`, both accepted unless `excludesLower`.
    public init(_ lower: Double, _ upper: Double, excludesLower: Bool = false) {
        self.lower = lower
        self.upper = upper
        self.excludesLower = excludesLower
    }

    /// Any finite number.
    public static let any = NumberRange(-.greatestFiniteMagnitude, .greatestFiniteMagnitude)
    /// Zero or more.
    public static let nonNegative = NumberRange(0, .greatestFiniteMagnitude)
    /// More than zero.
    public static let positive = NumberRange(0, .greatestFiniteMagnitude, excludesLower: true)
    /// From 0 to 1.
    public static let share = NumberRange(0, 1)
    /// One or more.
    public static let atLeastOne = NumberRange(1, .greatestFiniteMagnitude)

    /// Whether a value is accepted; never for NaN or infinity.
    public func contains(_ value: Double) -> Bool {
        value.isFinite && (excludesLower ? value > lower : value >= lower) && value <= upper
    }

    /// The rule in words, as messages print it: "at least 0", "more than 0", "from 0 to 1".
    public var rule: String {
        let unboundedBelow = lower == -.greatestFiniteMagnitude
        let unboundedAbove = upper == .greatestFiniteMagnitude
        switch (unboundedBelow, unboundedAbove) {
        case (true, true): return "a finite number"
        case (true, false): return "at most \(brief(upper))"
        case (false, true): return (excludesLower ? "more than " : "at least ") + brief(lower)
        case (false, false):
            return (excludesLower ? "more than \(brief(lower)) and at most " : "from \(brief(lower)) to ")
                + brief(upper)
        }
    }

    private func brief(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}
