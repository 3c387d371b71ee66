/// A realised price over time (MODEL 4): each tick counts once, however much was bought in it.
public struct PriceFigures: Sendable, Equatable, Codable {
    /// Mean, $/MWh.
    public var meanUSDPerMWh: Double
    /// Standard deviation over the ticks, $/MWh.
    public var volatilityUSDPerMWh: Double
    /// Lowest, $/MWh.
    public var lowestUSDPerMWh: Double
    /// Highest, $/MWh.
    public var highestUSDPerMWh: Double
}

/// Follows a price (Welford: stable also where prices are large and close).
struct PriceMeter {
    private var count = 0
    private var mean = 0.0
    private var squares = 0.0
    private var lowest = Double.infinity
    private var highest = -Double.infinity

    /// Adds a price.
    mutating func add(_ price: Double) {
        count += 1
        let distance = price - mean
        mean += distance / Double(count)
        squares += distance * (price - mean)
        lowest = min(lowest, price)
        highest = max(highest, price)
    }

    /// What the price came to; nil if it was never known.
    var figures: PriceFigures? {
        guard count > 0 else { return nil }
        return PriceFigures(
            meanUSDPerMWh: mean, volatilityUSDPerMWh: (squares / Double(count)).squareRoot(), lowestUSDPerMWh: lowest,
            highestUSDPerMWh: highest)
    }
}

/// How well the price published before a tick foretold the one after it (MODEL 3.4 and 4, signal fidelity).
public struct SignalFidelity: Sendable, Equatable, Codable {
    /// Prices compared: one for each region and tick in which both are known.
    public var sampleCount: Int
    /// Mean of realised minus published price, $/MWh.
    public var meanErrorUSDPerMWh: Double
    /// Root of the mean squared difference, $/MWh.
    public var rootMeanSquareErrorUSDPerMWh: Double
}

/// How well the marginal emissions published before a tick foretold those after it (MODEL 3.4 and 4, signal fidelity).
public struct EmissionsFidelity: Sendable, Equatable, Codable {
    /// Rates compared: one for each region and tick in which both are known.
    public var sampleCount: Int
    /// Mean of realised minus published LME, kgCO2/MWh.
    public var meanErrorKgPerMWh: Double
    /// Root of the mean squared difference, kgCO2/MWh.
    public var rootMeanSquareErrorKgPerMWh: Double
}

/// Compares published and realised prices, or marginal emissions.
struct FidelityMeter {
    private var count = 0
    private var errors = Sum()
    private var squares = Sum()

    /// Adds a pair of prices.
    mutating func add(published: Double, realised: Double) {
        count += 1
        errors.add(realised - published)
        squares.add((realised - published) * (realised - published))
    }

    /// How well they agree; nil if there was nothing to compare.
    var figures: SignalFidelity? {
        guard count > 0 else { return nil }
        return SignalFidelity(
            sampleCount: count, meanErrorUSDPerMWh: errors.value / Double(count),
            rootMeanSquareErrorUSDPerMWh: (squares.value / Double(count)).squareRoot())
    }

    /// The same of marginal emissions.
    var emissionsFigures: EmissionsFidelity? {
        figures.map {
            EmissionsFidelity(
                sampleCount: $0.sampleCount, meanErrorKgPerMWh: $0.meanErrorUSDPerMWh,
                rootMeanSquareErrorKgPerMWh: $0.rootMeanSquareErrorUSDPerMWh)
        }
    }
}
