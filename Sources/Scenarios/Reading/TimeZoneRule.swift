internal import Foundation

/// How local time becomes UTC: a fixed distance, or a zone of the IANA database with its daylight saving.
struct TimeZoneRule: Hashable {
    private let zone: TimeZone

    /// UTC itself.
    static let utc = TimeZoneRule(zone: TimeZone(secondsFromGMT: 0)!)

    /// What a local time means in UTC.
    enum Instant: Equatable {
        /// One moment.
        case unique(Int64)
        /// Two moments, when clocks are set back.
        case ambiguous(first: Int64, second: Int64)
        /// No moment, when clocks are set forward.
        case skipped
    }

    private init(zone: TimeZone) {
        self.zone = zone
    }

    /// A rule by name: `UTC`, `Europe/Stockholm`, `+05:30`; nil when there is none of the name.
    init?(_ name: String) {
        if let offset = TimeStamp.offset(name), let fixed = TimeZone(secondsFromGMT: offset) {
            zone = fixed
            return
        }
        let isName = !name.isEmpty && name.utf8.count <= 64 && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        guard isName, let named = TimeZone(identifier: name) else { return nil }
        zone = named
    }

    /// What a local time means.
    func instant(wallSeconds: Int64) -> Instant {
        // A clock change lies within a day of the moment, so the distances a day before and after are the candidates.
        let before = wallSeconds - offset(at: wallSeconds - 86_400)
        let after = wallSeconds - offset(at: wallSeconds + 86_400)
        let valid = Set([before, after]).filter { $0 + offset(at: $0) == wallSeconds }.sorted()
        switch valid.count {
        case 0: return .skipped
        case 1: return .unique(valid[0])
        default: return .ambiguous(first: valid[0], second: valid[1])
        }
    }

    private func offset(at seconds: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }
}
