#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A point on the monotonic clock by which something must have happened.
struct Deadline {
    private let nanoseconds: UInt64

    /// The point that lies the given number of milliseconds ahead.
    init(milliseconds: Int) {
        nanoseconds = Self.now() + UInt64(max(0, min(milliseconds, 1 << 40))) * 1_000_000
    }

    /// How long until then, in milliseconds, rounded up; 0 once it has passed.
    var remainingMilliseconds: Int {
        let now = Self.now()
        return now >= nanoseconds ? 0 : Int((nanoseconds - now + 999_999) / 1_000_000)
    }

    /// Blocks this thread.
    static func sleep(milliseconds: Int) {
        var time = timespec(tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
        nanosleep(&time, nil)
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
