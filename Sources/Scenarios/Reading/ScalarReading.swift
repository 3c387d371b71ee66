/// Reads the text of a value as a number or a yes and no, and says what is wrong where it is neither.
enum ScalarReading {
    /// A value, or what is wrong with the text and what to write instead.
    enum Result<Value> {
        case value(Value)
        case problem(String, remedy: String)
    }

    /// The number of a value.
    static func number(_ node: ScenarioNode) -> Result<Double> {
        guard case .scalar(let text, let style) = node.content else {
            return .problem("\(node.phrase) stands where a number belongs.", remedy: "Write one number.")
        }
        if style == .quoted {
            let isNumber = DecimalText.value(text) != nil
            return .problem(
                "\(node.phrase) is not a number.",
                remedy: isNumber ? "Leave the quotes out." : "Write a number such as 12.5.")
        }
        if style == .plain, hasLeadingZero(text) {
            return .problem(
                "\(node.phrase) begins with a zero, which some readers take for octal.",
                remedy: "Write it without the zero.")
        }
        if let value = DecimalText.value(text) { return .value(value) }
        return .problem("\(node.phrase) is not a number.", remedy: numberRemedy(text))
    }

    /// The yes or no of a value.
    static func boolean(_ node: ScenarioNode) -> Result<Bool> {
        if case .scalar(let text, let style) = node.content, style != .quoted {
            if ["true", "True", "TRUE"].contains(text) { return .value(true) }
            if ["false", "False", "FALSE"].contains(text) { return .value(false) }
        }
        return .problem("\(node.phrase) is neither true nor false.", remedy: "Write `true` or `false`.")
    }

    private static func hasLeadingZero(_ text: String) -> Bool {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        guard digits.first == UInt8(ascii: "0"), let second = digits.dropFirst().first else { return false }
        return second &- 48 < 10
    }

    private static func numberRemedy(_ text: String) -> String {
        let lowered = text.lowercased()
        if ["yes", "no", "on", "off", "true", "false"].contains(lowered) {
            return "Write a number; words have no value here."
        }
        if lowered.contains("nan") || lowered.contains("inf") { return "Only finite numbers are accepted." }
        if lowered.hasPrefix("0x") || lowered.hasPrefix("0o") || lowered.hasPrefix("0b") {
            return "Write it in decimal digits."
        }
        if DecimalText.value(text.replacing("_", with: "")) != nil { return "Leave the underscores out." }
        if DecimalText.value(text.replacing(",", with: ".")) != nil {
            return "Write a decimal point, and no thousands separator."
        }
        if text.hasSuffix("%") { return "Write a share of one, such as 0.25 for 25 %." }
        if text.contains(":") { return "Write one number, not hours and minutes." }
        let head = text.prefix { !$0.isWhitespace && !($0.isLetter && $0 != "e" && $0 != "E") }
        if DecimalText.value(String(head)) != nil { return "Leave the unit out; the key states it." }
        return "Write a number such as 12.5."
    }
}
