/// A load over the ticks it is known in (MODEL 4).
public struct LoadFigures: Sendable, Equatable, Codable {
    /// Energy: load times length of tick, summed, MWh.
    public var energyMWh: Double
    /// Mean, MW; nil where the load is known in no tick.
    public var meanMW: Double?
    /// Largest tick mean, MW.
    public var peakMW: Double?
    /// Mean over peak; nil unless the peak is positive.
    public var loadFactor: Double?
    /// Largest change, up or down, between ticks 1 h apart, MW; nil where an hour is no whole number of ticks.
    public var largestRamp1hMW: Double?
    /// Largest change, up or down, between ticks 3 h apart, MW; nil where three hours are no whole number of ticks.
    public var largestRamp3hMW: Double?
    /// Coincident peak (MODEL 4): mean over the five ticks in which the load of all areas together is highest, MW; nil where
    /// the load is known in none of them.
    public var coincidentPeakMW: Double?
    /// Mean over the ticks of coincident peak of the baseline, MW: what became of the load in the hours that were peaks. Nil
    /// without a baseline.
    public var baselinePeakMW: Double?
}

/// Follows a load tick by tick; remembers the last three hours only.
struct LoadMeter {
    private let tickSeconds: Int64
    private let oneHour: Int?
    private let threeHours: Int?
    private let peaks: PeakTicks
    private var recent: [(tick: Int, loadMW: Double)?]
    private var sum = Sum()
    private var count = 0
    private var peak: Double?
    private var ramp1h: Double?
    private var ramp3h: Double?
    private var ownPeak = MeanMeter()
    private var baselinePeak = MeanMeter()

    init(tickSeconds: Int64, peaks: PeakTicks) {
        self.peaks = peaks
        self.tickSeconds = tickSeconds
        oneHour = Self.ticks(in: 3600, of: tickSeconds)
        threeHours = Self.ticks(in: 10_800, of: tickSeconds)
        recent = Array(repeating: nil, count: (threeHours ?? oneHour ?? 0) + 1)
    }

    private static func ticks(in seconds: Int64, of tickSeconds: Int64) -> Int? {
        seconds % tickSeconds == 0 ? Int(seconds / tickSeconds) : nil
    }

    /// Adds the load of a tick; ticks ascend and may have gaps.
    mutating func add(tick: Int, loadMW: Double) {
        sum.add(loadMW)
        count += 1
        peak = max(peak ?? loadMW, loadMW)
        ramp1h = largest(ramp1h, since: oneHour, tick: tick, loadMW: loadMW)
        ramp3h = largest(ramp3h, since: threeHours, tick: tick, loadMW: loadMW)
        recent[tick % recent.count] = (tick, loadMW)
        if peaks.own.contains(tick) { ownPeak.add(loadMW) }
        if peaks.baseline.contains(tick) { baselinePeak.add(loadMW) }
    }

    private func largest(_ ramp: Double?, since ticks: Int?, tick: Int, loadMW: Double) -> Double? {
        guard let ticks, tick >= ticks, let earlier = recent[(tick - ticks) % recent.count],
            earlier.tick == tick - ticks
        else {
            return ramp
        }
        return max(ramp ?? 0, abs(loadMW - earlier.loadMW))
    }

    /// What the load came to.
    var figures: LoadFigures {
        let mean = count > 0 ? sum.value / Double(count) : nil
        var factor: Double?
        if let mean, let peak, peak > 0 { factor = mean / peak }
        return LoadFigures(
            energyMWh: sum.value * Double(tickSeconds) / 3600, meanMW: mean, peakMW: peak, loadFactor: factor,
            largestRamp1hMW: ramp1h, largestRamp3hMW: ramp3h, coincidentPeakMW: ownPeak.mean,
            baselinePeakMW: baselinePeak.mean)
    }
}
