/// What a publisher states about a zone at a time.
struct ZonePoint: Sendable {
    /// Start of the interval, seconds since 1970 in UTC.
    let seconds: Int64
    /// The value in the unit of the scenario; nil where the cell is empty.
    let value: Double?
    /// Index of the file.
    let file: Int
    /// Line of the file.
    let line: Int
    /// Whether the publisher says that it is an estimate.
    let isEstimated: Bool
}
