/// What a writer keeps and how often it commits.
public struct RecordingDetail: Sendable, Equatable {
    /// Whether the regions each bid accepts are kept. A set of them is stored once for as long as it stays the same.
    public var bidOptions: Bool
    /// Whether forecasts are kept.
    public var forecasts: Bool
    /// Most ticks in a batch.
    public var ticksPerBatch: Int
    /// Rows after which a batch is written, however few ticks it has.
    public var rowsPerBatch: Int

    /// Everything, in batches of 64 ticks or 50,000 rows, unless given.
    public init(bidOptions: Bool = true, forecasts: Bool = true, ticksPerBatch: Int = 64, rowsPerBatch: Int = 50_000) {
        precondition(ticksPerBatch > 0 && rowsPerBatch > 0, "a batch holds something")
        self.bidOptions = bidOptions
        self.forecasts = forecasts
        self.ticksPerBatch = ticksPerBatch
        self.rowsPerBatch = rowsPerBatch
    }
}
