/// The spread of a figure over points of a sweep.
public struct Band: Sendable, Equatable, Encodable {
    /// The least value.
    public let least: Double
    /// The value a tenth of the points lies below.
    public let lowerDecile: Double
    /// The middle value.
    public let median: Double
    /// The value a tenth of the points lies above.
    public let upperDecile: Double
    /// The greatest value.
    public let greatest: Double

    /// The band of some values, at least one; quantiles lie on straight lines between neighbours.
    init(of values: [Double]) {
        let sorted = values.sorted()
        func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let below = Int(place)
            let above = min(below + 1, sorted.count - 1)
            return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
        }
        least = sorted[0]
        lowerDecile = quantile(0.1)
        median = quantile(0.5)
        upperDecile = quantile(0.9)
        greatest = sorted[sorted.count - 1]
    }
}
