internal import Foundation

/// Numbers as text: thousands set off by commas, the same in every locale.
package enum NumberText {
    /// What stands where there is no number.
    package static let none = "–"

    /// Decimals that show the largest of some numbers to about four digits.
    package static func decimals(for numbers: [Double?]) -> Int {
        switch numbers.compactMap({ $0 }).map({ abs($0) }).max() ?? 0 {
        case 10_000...: 0
        case 100...: 1
        case 1...: 2
        case 0: 0
        default: 3
        }
    }

    /// A number; with `signed` a plus before it where it is positive.
    package static func text(_ number: Double?, decimals: Int, signed: Bool = false) -> String {
        guard let number, number.isFinite else { return none }
        let plain = String(format: "%.\(decimals)f", abs(number))
        let parts = plain.split(separator: ".", maxSplits: 1)
        let isZero = plain.allSatisfy { $0 == "0" || $0 == "." }
        let sign = isZero ? "" : number < 0 ? "-" : signed ? "+" : ""
        return sign + grouped(String(parts[0])) + (parts.count > 1 ? ".\(parts[1])" : "")
    }

    /// Per cent with a sign and one decimal, whole numbers from a thousand on.
    package static func percent(_ percent: Double?) -> String {
        guard let percent else { return none }
        return text(percent, decimals: abs(percent) < 1000 ? 1 : 0, signed: true) + " %"
    }

    private static func grouped(_ digits: String) -> String {
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
