extension Network {
    /// The network where no unit needs to be committed: units run from zero, and standing by costs nothing.
    ///
    /// Cost curves begin at zero with the slope of their first piece. What they have there, the no-load cost, would
    /// otherwise be paid for every unit in every hour, running or not.
    public var withoutCommitment: Network {
        var result = self
        for index in generators.indices where generators[index].minimumMW >= 0 {
            result.generators[index].minimumMW = 0
            guard case .piecewiseLinear(let points) = generators[index].cost, let noLoad = noLoadUSDPerHour(index)
            else {
                continue
            }
            result.generators[index].cost = .piecewiseLinear(
                [SIMD2(0, 0)] + points.dropFirst().filter { $0.x > 0 }.map { SIMD2($0.x, $0.y - noLoad) })
        }
        return result
    }

    /// What a piecewise-linear cost has at zero output when its first piece goes on, $/h; nil for another cost.
    public func noLoadUSDPerHour(_ generator: Int) -> Double? {
        guard case .piecewiseLinear(let points) = generators[generator].cost else { return nil }
        let slope = (points[1].y - points[0].y) / (points[1].x - points[0].x)
        return points[0].y - slope * points[0].x
    }
}
