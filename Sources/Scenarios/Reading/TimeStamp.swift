/// An ISO 8601 stamp: a date with an optional time of day and an optional distance from UTC.
struct TimeStamp: Equatable {
    /// Seconds since 1970-01-01T00:00 by the clock on the wall.
    let wallSeconds: Int64
    /// Distance from UTC in seconds, nil where the stamp states none.
    let offsetSeconds: Int64?

    /// A stamp such as `2024-07-08T00:00Z`, `2024-07-08 00:00:00` or `2024-07-08T02:00+02:00`; nil for anything else.
    init?(_ text: String) {
        var text = text
        let stamp = text.withUTF8 { TimeStamp($0) }
        guard let stamp else { return nil }
        self = stamp
    }

    private init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var scan = Scan(bytes: bytes)
        guard let year = scan.digits(4), scan.take("-"), let month = scan.digits(2), scan.take("-"),
            let day = scan.digits(2),
            (1800...2999).contains(year), (1...12).contains(month),
            (1...CalendarDate.dayCount(year: year, month: month)).contains(day)
        else { return nil }
        let midnight = Int64(CalendarDate.days(year: year, month: month, day: day)) * 86_400
        if scan.isAtEnd {
            wallSeconds = midnight
            offsetSeconds = nil
            return
        }
        guard scan.take("T") || scan.take("t") || scan.take(" "), let time = scan.timeOfDay() else { return nil }
        wallSeconds = midnight + Int64(time)
        if scan.isAtEnd {
            offsetSeconds = nil
        } else {
            guard let offset = scan.offset(), scan.isAtEnd else { return nil }
            offsetSeconds = Int64(offset)
        }
    }

    /// Distance from UTC in seconds of a text such as `+05:30`, `-0800`, `+01` or `Z`; nil for anything else.
    static func offset(_ text: String) -> Int? {
        var text = text
        return text.withUTF8 { bytes in
            var scan = Scan(bytes: bytes)
            guard let offset = scan.offset(), scan.isAtEnd else { return nil }
            return offset
        }
    }

    private struct Scan {
        let bytes: UnsafeBufferPointer<UInt8>
        var position = 0

        init(bytes: UnsafeBufferPointer<UInt8>) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { position == bytes.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        mutating func digits(_ count: Int) -> Int? {
            guard position + count <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[position..<(position + count)] {
                guard byte &- 48 < 10 else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            position += count
            return value
        }

        /// Seconds since midnight; a fraction of a second must be zero.
        mutating func timeOfDay() -> Int? {
            guard let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60 else { return nil }
            var second = 0
            if take(":") {
                guard let value = digits(2), value < 60 else { return nil }
                second = value
                if take(".") {
                    guard take("0") else { return nil }
                    while take("0") {}
                }
            }
            return hour * 3600 + minute * 60 + second
        }

        mutating func offset() -> Int? {
            if take("Z") || take("z") { return 0 }
            let isWest = take("-")
            guard isWest || take("+"), let hour = digits(2), hour <= 14 else { return nil }
            var minute = 0
            if !isAtEnd {
                _ = take(":")
                guard let value = digits(2), value < 60 else { return nil }
                minute = value
            }
            let seconds = hour * 3600 + minute * 60
            return isWest ? -seconds : seconds
        }
    }
}
