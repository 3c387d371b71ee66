import Glibc

/// Milliseconds of processor time, which other programs disturb less than they do the time of day.
public func timed<Value>(_ body: () throws -> Value) rethrows -> (milliseconds: Double, value: Value) {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
    }
    let start = now()
    let value = try body()
    return (now() - start, value)
}
