/// The files that a price-taker scenario is made from.
public struct ImportSources: Sendable {
    /// Prices: a time column in UTC and a column per zone.
    public var prices: [SourceFile]
    /// Average emissions: laid out like prices, or as Electricity Maps publishes them.
    public var emissions: [SourceFile]
    /// Round trips between cloud regions: a matrix in CSV, or the page Microsoft publishes.
    public var latency: SourceFile
    /// Requests with their tokens, one workload class each.
    public var traces: [TraceSource]
    /// Measured energy per token; round numbers stand in where there is none.
    public var energy: SourceFile?

    /// Sources from their files.
    public init(
        prices: [SourceFile], emissions: [SourceFile], latency: SourceFile, traces: [TraceSource],
        energy: SourceFile? = nil
    ) {
        self.prices = prices
        self.emissions = emissions
        self.latency = latency
        self.traces = traces
        self.energy = energy
    }
}
