internal import Foundation

/// Numbers as files show them.
enum Rounded {
    /// A number rounded to so many decimals, without trailing zeros.
    static func text(_ value: Double, decimals: Int) -> String {
        Excerpt.number(self.value(value, decimals: decimals))
    }

    /// A number rounded to so many decimals; never minus zero.
    static func value(_ value: Double, decimals: Int) -> Double {
        let scale = pow(10, Double(decimals))
        let rounded = (value * scale).rounded() / scale
        return rounded == 0 ? 0 : rounded
    }

    /// A number rounded to so many significant digits.
    static func significant(_ value: Double, digits: Int = 4) -> Double {
        guard value != 0, value.isFinite else { return value }
        let exponent = digits - 1 - Int(log10(abs(value)).rounded(.down))
        let scale = pow(10, Double(abs(exponent)))
        return exponent >= 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
    }
}
