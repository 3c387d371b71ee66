/// Checks that a piecewise-linear cost is convex, and makes it exactly so where rounding alone is in the way.
enum ConvexCurve {
    /// A slope may fall by this share of the greatest slope: what rounding a file to five decimals does.
    static let tolerance = 1e-4

    /// A slope that falls.
    struct Fall: Error, Equatable {
        /// Index of the point at which it falls.
        let point: Int
        let before: Double
        let after: Double

        /// The rule it breaks.
        var rule: String {
            "a cost is convex, but here its slope falls from \(ConvexCurve.rounded(before)) "
                + "to \(ConvexCurve.rounded(after)) $/MWh"
        }
    }

    /// The points on the lower hull; they must ascend in MW. A failure where a slope falls by more than rounding.
    static func hull(_ points: [SIMD2<Double>]) -> Result<[SIMD2<Double>], Fall> {
        let slopes = zip(points, points.dropFirst()).map { slope($0, $1) }
        let slack = tolerance * (slopes.map(abs).max() ?? 0)
        for index in slopes.indices.dropFirst() where slopes[index] < slopes[index - 1] - slack {
            return .failure(Fall(point: index, before: slopes[index - 1], after: slopes[index]))
        }
        var hull: [SIMD2<Double>] = []
        for point in points {
            while hull.count > 1, slope(hull[hull.count - 2], hull[hull.count - 1]) > slope(hull[hull.count - 1], point)
            {
                hull.removeLast()
            }
            hull.append(point)
        }
        return .success(hull)
    }

    /// Slope of the line through two points, $/MWh.
    static func slope(_ left: SIMD2<Double>, _ right: SIMD2<Double>) -> Double {
        (right.y - left.y) / (right.x - left.x)
    }

    private static func rounded(_ value: Double) -> String {
        guard abs(value) < 1e12 else { return String(value) }
        return String((value * 1e4).rounded() / 1e4)
    }
}
