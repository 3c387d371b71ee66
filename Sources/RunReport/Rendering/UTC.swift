internal import Foundation

/// Moments as text, the same in every place: 2024-07-08 13:00.
enum UTC {
    private static let style = Date.ISO8601FormatStyle().year().month().day().dateTimeSeparator(.space)
        .time(includingFractionalSeconds: false)

    /// Seconds since 1970-01-01T00:00Z as date and time to the minute.
    static func text(_ seconds: Int64) -> String {
        String(Date(timeIntervalSince1970: Double(seconds)).formatted(style).prefix("2024-07-08 13:00".count))
    }

    /// Seconds since 1970-01-01T00:00Z in ISO 8601, as scripts write them: 2024-07-08T13:00:00.000Z.
    static func iso(_ seconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
