/// One value per tick and zone, and what was done to get there.
struct SampledSeries: Sendable {
    let table: ZoneTable
    /// Values by zone; a zone with faults is absent.
    let values: [String: [Double]]
    let report: SeriesReport
}
