/// An hour of a calendar without time zones: the one that begins at `hour` o'clock.
public struct HourStamp: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Year.
    public let year: Int
    /// Month, from 1.
    public let month: Int
    /// Day of the month, from 1.
    public let day: Int
    /// Hour of the day, 0 to 23.
    public let hour: Int

    /// An hour from its parts; nil where there is no such hour.
    public init?(year: Int, month: Int, day: Int, hour: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (0...23).contains(hour),
            (1...HourStamp.days(year, month)).contains(day)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
    }

    /// An hour from a text such as `2020-07-05 00:00:00`; minutes and seconds must be zero where given.
    public init?(_ text: String) {
        let parts = text.split { $0 == "-" || $0 == " " || $0 == "T" || $0 == ":" }.map { Int($0) }
        guard (4...6).contains(parts.count), let year = parts[0], let month = parts[1], let day = parts[2],
            let hour = parts[3], parts.dropFirst(4).allSatisfy({ $0 == 0 })
        else { return nil }
        self.init(year: year, month: month, day: day, hour: hour)
    }

    /// The hour so many hours after the first of the calendar, as `ordinal` counts them; nil outside of it.
    public init?(ordinal: Int) {
        guard ordinal >= 0, ordinal < 9999 * 366 * 24 else { return nil }
        var days = ordinal / 24
        var year = days / 366 + 1
        while HourStamp.daysBefore(year + 1) <= days { year += 1 }
        days -= HourStamp.daysBefore(year)
        var month = 1
        while days >= HourStamp.days(year, month) {
            days -= HourStamp.days(year, month)
            month += 1
        }
        self.init(year: year, month: month, day: days + 1, hour: ordinal % 24)
    }

    /// The hour as `2020-07-05 00:00`.
    public var description: String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(year)-\(padded(month))-\(padded(day)) \(padded(hour)):00"
    }

    /// Hours since the first of January of the year 1, leap days counted.
    public var ordinal: Int {
        var days = HourStamp.daysBefore(year) + day - 1
        for earlier in 1..<month { days += HourStamp.days(year, earlier) }
        return days * 24 + hour
    }

    /// By time.
    public static func < (left: HourStamp, right: HourStamp) -> Bool { left.ordinal < right.ordinal }

    private static func daysBefore(_ year: Int) -> Int {
        let before = year - 1
        return before * 365 + before / 4 - before / 100 + before / 400
    }

    private static func days(_ year: Int, _ month: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
