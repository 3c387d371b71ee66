/// A cost curve as a linear program takes it: straight pieces of ascending slope, or one parabola.
///
/// The first piece goes on below the first break and the last one above the last, so that limits may change without
/// changing the pieces.
struct CostSegments: Sendable, Equatable {
    /// Where each piece but the first begins, MW, ascending.
    let breaksMW: [Double]
    /// Slope of each piece, $/MWh, ascending.
    let slopes: [Double]
    /// Coefficient of p^2, $/MW^2h; with more than one piece it is zero.
    let curvature: Double
    /// Value of the first piece at zero, $/h.
    let constant: Double

    /// Slopes that fall by no more than this share are rounding of the file.
    static let slopeTolerance = 1e-4

    /// The pieces of a curve, or nil when it is not convex, or has fewer than two points.
    init?(_ curve: CostCurve) {
        switch curve {
        case .polynomial(let c2, let c1, let c0):
            guard c2 >= 0, c2.isFinite, c1.isFinite, c0.isFinite else { return nil }
            (breaksMW, slopes, curvature, constant) = ([], [c1], c2, c0)
        case .piecewiseLinear(let points):
            guard Self.isConvex(points) else { return nil }
            let hull = Self.lowerHull(points)
            let slopes = (1..<hull.count).map { Self.slope(hull[$0 - 1], hull[$0]) }
            breaksMW = hull.dropFirst().dropLast().map(\.x)
            self.slopes = slopes
            curvature = 0
            constant = hull[0].y - slopes[0] * hull[0].x
        }
    }

    /// Cost of an output, $/h.
    func cost(atMW output: Double) -> Double {
        var sum = constant + slopes[0] * output + curvature * output * output
        for (index, start) in breaksMW.enumerated() where output > start {
            sum += (slopes[index + 1] - slopes[index]) * (output - start)
        }
        return sum
    }

    /// Cost of the last MWh at an output, $; within `toleranceMW` above a break it is that of the piece before it.
    func slopeBelow(_ output: Double, toleranceMW: Double) -> Double {
        let piece = breaksMW.lastIndex { output > $0 + toleranceMW }.map { $0 + 1 } ?? 0
        return slopes[piece] + 2 * curvature * output
    }

    /// Cost of the next MWh at an output, $; within `toleranceMW` below a break it is that of the piece after it.
    func slopeAbove(_ output: Double, toleranceMW: Double) -> Double {
        let piece = breaksMW.lastIndex { output > $0 - toleranceMW }.map { $0 + 1 } ?? 0
        return slopes[piece] + 2 * curvature * output
    }

    /// The part of an output range, MW, that falls to a piece; the parts add up to the range.
    func bounds(ofPiece piece: Int, minimumMW: Double, maximumMW: Double) -> (lower: Double, upper: Double) {
        if piece == 0 {
            guard let end = breaksMW.first else { return (minimumMW, maximumMW) }
            return (min(minimumMW, end), min(maximumMW, end))
        }
        let start = breaksMW[piece - 1]
        let width = piece < breaksMW.count ? breaksMW[piece] - start : .infinity
        return (min(max(0, minimumMW - start), width), min(max(0, maximumMW - start), width))
    }

    private static func isConvex(_ points: [SIMD2<Double>]) -> Bool {
        guard points.count >= 2 else { return false }
        guard points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { return false }
        var last = -Double.infinity
        for index in 1..<points.count {
            guard points[index].x > points[index - 1].x else { return false }
            let next = slope(points[index - 1], points[index])
            if next < last - slopeTolerance * (1 + abs(last)) { return false }
            last = max(last, next)
        }
        return true
    }

    /// The points below which none lies: slopes strictly ascend along them.
    private static func lowerHull(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
        var hull: [SIMD2<Double>] = []
        for point in points {
            while hull.count >= 2 {
                let before = slope(hull[hull.count - 2], hull[hull.count - 1])
                if slope(hull[hull.count - 1], point) > before + 1e-9 * (1 + abs(before)) { break }
                hull.removeLast()
            }
            hull.append(point)
        }
        return hull
    }

    private static func slope(_ first: SIMD2<Double>, _ second: SIMD2<Double>) -> Double {
        (second.y - first.y) / (second.x - first.x)
    }
}
