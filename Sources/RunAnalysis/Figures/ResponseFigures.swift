/// How relocated load answered prices, emissions and requests, against the loads of the baseline (MODEL 3.4 and 4).
public struct ResponseFigures: Sendable, Equatable, Codable {
    /// What published prices and emissions foretold of all regions together, and what came of it; named "system".
    public var system: ForetoldFigures
    /// The same by balancing area, in the order of the run's areas.
    public var areas: [ForetoldFigures]
    /// The same by compute region, in the order of the scenario.
    public var regions: [ForetoldFigures]
    /// Price elasticity of relocated demand (MODEL 4): slope through the origin of ln(load/baseline load) on ln(price/mean
    /// price), over all regions and ticks. Prices are published ones, the mean is over the regions of a tick, and region
    /// ticks without positive loads and prices are left out. Nil where prices do not differ.
    public var priceElasticity: Double?
    /// The same against published marginal emissions (MODEL 4).
    public var carbonElasticity: Double?
    /// Demand-response events: the scenario's, then operators' requests, then operators' caps; each ascending by region.
    public var events: [EventFigures]
}

/// Predicted against realised change (MODEL 4, signal fidelity): of all regions, of those in an area, or of one.
public struct ForetoldFigures: Sendable, Equatable, Codable {
    /// Name of the area or region, or "system".
    public var name: String
    /// What the published prices promised to save: grid energy of the baseline less that of the run, at the run's published
    /// price, summed over regions and ticks, $.
    public var predictedSavingUSD: Double
    /// Generation cost of the baseline less that of the run, $; nil for a region, which has no generation of its own.
    public var realisedSavingUSD: Double?
    /// What the published marginal emissions promised to avoid, kgCO2.
    public var predictedAvoidedKg: Double
    /// Emissions of the baseline less those of the run, kgCO2; nil for a region.
    public var realisedAvoidedKg: Double?
}

/// A demand-response event in a region (MODEL 4).
public struct EventFigures: Sendable, Equatable, Codable {
    /// Name of the event; that of an operator has its name and a number.
    public var name: String
    /// What was wanted: curtailment, cap or price-spike.
    public var kind: String
    /// Name of the region it was wanted of.
    public var region: String
    /// First tick.
    public var firstTick: Int
    /// Ticks it lasted.
    public var tickCount: Int
    /// Reduction asked for, or what a cap took off the baseline's draw, mean over those ticks, MW; 0 for a price spike.
    public var requestedMW: Double
    /// Draw of the baseline less that of the run, mean over those ticks, MW.
    public var deliveredMW: Double
    /// Ticks from the first one to the first in which 90 % of what was asked was delivered; nil if that never was.
    public var responseTicks: Int?
    /// Largest draw above the baseline after the event, within as many ticks as it lasted, MW.
    public var reboundMW: Double
    /// What regions it did not concern drew above the baseline during the event, MWh.
    public var reboundElsewhereMWh: Double
    /// Latency spent: round trip of the work whose home the region is, mean over its requests placed during the event, less the
    /// same in the baseline, ms; nil where there were none.
    public var latencySpentMilliseconds: Double?
    /// What was delivered against the baseline, up to what was asked, at the price of the request, $.
    public var costUSD: Double
    /// What the run's settlement paid, which counts from the draw in the last tick before the event, $.
    public var settledUSD: Double
}

/// A slope through the origin.
struct SlopeMeter {
    private var products = Sum()
    private var squares = Sum()

    /// Adds a point.
    mutating func add(_ x: Double, _ y: Double) {
        products.add(x * y)
        squares.add(x * x)
    }

    /// The slope, nil where all x are 0.
    var slope: Double? { squares.value > 0 ? products.value / squares.value : nil }
}
