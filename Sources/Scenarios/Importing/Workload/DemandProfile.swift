internal import CoSimulation
internal import Foundation

/// Requests per tick of one class at one service node.
///
/// With tau the hour of local solar time in the middle of tick t (hour of UTC + longitude / 15), a the daily swing and
/// p the peak hour:
///
///     requests(t) = L d(t) v(t) / mean(d v)        d(t) = 1 + a cos(2 pi (tau - p) / 24)
///
/// v(t) is the mean of as many minutes as the tick has, drawn from the whole minutes of the trace in blocks of ten that
/// follow each other (circular block bootstrap, Politis and Romano 1992), over the mean of the trace. Blocks keep the
/// bursts that last some minutes. L gives the mean IT power over the run. A trace of an hour cannot show how a day
/// goes: the daily swing is a setting, not a measurement.
struct DemandProfile {
    /// Minutes of the trace that stay together.
    static let blockMinutes = 10

    let clock: Clock
    let options: ImportOptions

    /// Requests per tick for a mean of so many; whole numbers where there are many.
    func requests(mean: Double, trace: RequestTrace, zone: String, longitudeDegrees: Double) -> [Double] {
        let factors = variations(trace, zone)
        let shape = (0..<clock.tickCount).map { tick in daily(tick, longitudeDegrees) * factors[tick] }
        let shapeMean = shape.reduce(0, +) / Double(shape.count)
        return shape.map { Rounded.value(mean * $0 / shapeMean, decimals: mean > 1e5 ? 0 : 3) }
    }

    /// The daily factor d in the middle of a tick.
    private func daily(_ tick: Int, _ longitude: Double) -> Double {
        let seconds = Double(clock.seconds(atTick: tick)) + Double(clock.tickSeconds) / 2
        let solarHour = seconds / 3600 + longitude / 15
        return 1 + options.dailySwing * cos(2 * .pi * (solarHour - options.peakHour) / 24)
    }

    /// The factor v of each tick. Draws depend on seed, zone, class and tick alone, not on what else is imported.
    private func variations(_ trace: RequestTrace, _ zone: String) -> [Double] {
        let minutes = trace.wholeMinutes
        let mean = minutes.reduce(0, +) / Double(minutes.count)
        // A trace whose whole minutes are all empty has its requests in the cut ones.
        guard mean > 0 else { return Array(repeating: 1, count: clock.tickCount) }
        let seed = DemandProfile.seed(options.seed, zone: zone, workloadClass: trace.className)
        let wanted = max(1, Int(clock.tickSeconds / 60))
        return (0..<clock.tickCount).map { tick in
            var random = RandomStream(seed: seed, agent: 0, tick: tick, phase: .bidding)
            var sum = 0.0
            var count = 0
            while count < wanted {
                let first = Int(random.uniform() * Double(minutes.count))
                let length = min(DemandProfile.blockMinutes, wanted - count)
                for offset in 0..<length { sum += minutes[(first + offset) % minutes.count] }
                count += length
            }
            // No tick is quite without requests: a mean of zero would leave nothing to scale.
            return max(sum / Double(wanted) / mean, 1e-3)
        }
    }

    private static func seed(_ seed: UInt64, zone: String, workloadClass: String) -> UInt64 {
        Digest(of: Array("\(seed)/\(zone)/\(workloadClass)".utf8)).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
