internal import Foundation

/// The mean of some values with its 95 % confidence interval, by Student's t.
public struct Estimate: Sendable, Equatable {
    /// The mean.
    public let mean: Double
    /// Half the width of the interval; nil with fewer than two values, which say nothing about it.
    public let halfWidth: Double?

    /// The estimate from values; there must be one.
    public init(_ values: [Double]) {
        precondition(!values.isEmpty, "an estimate needs a value")
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        self.mean = mean
        guard values.count > 1 else {
            halfWidth = nil
            return
        }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        halfWidth = Estimate.quantile(freedom: values.count - 1) * (squares / (count - 1) / count).squareRoot()
    }

    /// The 0.975 quantile of Student's t, by bisection of its distribution.
    static func quantile(freedom: Int) -> Double {
        var (low, high) = (1.9, 13.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if central(middle, freedom: freedom) < 0.95 { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// Probability that t lies between -x and x, by the finite series for whole degrees of freedom (Abramowitz and
    /// Stegun, 26.7.3 and 26.7.4).
    private static func central(_ x: Double, freedom: Int) -> Double {
        let angle = atan(x / Double(freedom).squareRoot())
        let (sine, cosine) = (sin(angle), cos(angle))
        let isOdd = freedom % 2 == 1
        guard freedom > 1 else { return 2 / .pi * angle }
        var (term, sum) = (isOdd ? cosine : 1, isOdd ? cosine : 1)
        for k in stride(from: isOdd ? 2.0 : 1.0, to: Double(freedom) - 2, by: 2) {
            term *= k / (k + 1) * cosine * cosine
            sum += term
        }
        return isOdd ? 2 / .pi * (angle + sine * sum) : sine * sum
    }
}
