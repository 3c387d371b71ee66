/// Realised prices (LMP) over time (MODEL 4): each tick counts once, however much was bought in it.
///
/// Prices are known at the buses of compute regions. The price of a tick is the mean over the regions that are summed.
public struct PriceFigures: Sendable, Equatable, Codable {
    /// Mean over the ticks, $/MWh.
    public var meanUSDPerMWh: Double
    /// Volatility: standard deviation over the ticks, $/MWh.
    public var volatilityUSDPerMWh: Double
    /// Lowest of a tick, $/MWh.
    public var lowestUSDPerMWh: Double
    /// Highest of a tick, $/MWh.
    public var highestUSDPerMWh: Double
    /// Spread in space: highest less lowest price among the regions of a tick, mean over the ticks in which two of them or
    /// more have one, $/MWh; nil where there is no such tick.
    public var spreadUSDPerMWh: Double?
}

/// Follows prices (Welford: stable also where prices are large and close).
struct PriceMeter {
    private var open: [Double] = []
    private var spread = MeanMeter()
    private var count = 0
    private var mean = 0.0
    private var squares = 0.0
    private var lowest = Double.infinity
    private var highest = -Double.infinity

    /// Adds a price of the tick that is open.
    mutating func add(_ price: Double) { open.append(price) }

    /// Ends a tick.
    mutating func endTick() {
        defer { open.removeAll(keepingCapacity: true) }
        guard let lowest = open.min(), let highest = open.max() else { return }
        if open.count > 1 { spread.add(highest - lowest) }
        var sum = Sum()
        for price in open { sum.add(price) }
        close(price: sum.value / Double(open.count))
    }

    private mutating func close(price: Double) {
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
            highestUSDPerMWh: highest, spreadUSDPerMWh: spread.mean)
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
