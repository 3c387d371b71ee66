/// Moments as text, the same in every place: 2024-07-08 13:00.
enum UTC {
    /// Seconds since 1970-01-01T00:00Z as date and time to the minute.
    static func text(_ seconds: Int64) -> String {
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = seconds - day * 86_400
        // Civil from days (Howard Hinnant, chrono-compatible low-level date algorithms).
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let date = dayOfYear - (153 * month + 2) / 5 + 1
        let isLate = month >= 10
        let civil = (year: year + era * 400 + (isLate ? 1 : 0), month: isLate ? month - 9 : month + 3)
        return "\(civil.year)-\(two(civil.month))-\(two(date)) \(two(rest / 3600)):\(two(rest / 60 % 60))"
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
