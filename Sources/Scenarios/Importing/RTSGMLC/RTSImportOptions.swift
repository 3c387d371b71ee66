/// How the RTS-GMLC system becomes a scenario. Every default is written into the scenario's SOURCES.txt.
public struct RTSImportOptions: Sendable {
    /// Name of the scenario; `rts-gmlc-` and the date of its start where there is none.
    public var name: String?
    /// First hour, such as `2020-07-05` or `2020-07-05T12:00`, by the clock of the data; the week from 22 January has
    /// most hours with a line at its limit.
    public var start = "2020-01-22"
    /// Number of ticks of an hour.
    public var ticks = 168
    /// Bus numbers that get a compute region and a service node: by default one in each of the first two areas, and in
    /// the third one that wind cannot leave and one that it cannot reach.
    public var buses = ["118", "223", "303", "309"]

    /// Mean IT power of the requests of each service node over a day, MW.
    public var meanITMW = 100.0
    /// How far demand swings round its mean within a day, as a share of the mean.
    public var dailySwing = 0.3
    /// Hour of the day, by the clock of the data, at which demand is greatest.
    public var peakHour = 15.0
    /// Capacity and connection of a region over the peak of its home load.
    public var capacityFactor = 2.0
    /// Facility power over IT power.
    public var pue = 1.2
    /// Share of requests whose state is not pinned at home.
    public var movableShare = 1.0
    /// Value lost per MWh of IT energy that is not served, USD.
    public var valueUSDPerMWh = 10_000.0

    /// Whether thermal units run at their PMin at least, all hours; else they run down to zero.
    public var keepsMinimum = false
    /// Whether units keep their ramp limits between ticks.
    public var keepsRamps = false

    /// The defaults.
    public init() {}

    /// Logs every option outside its range.
    func check(_ log: inout FaultLog) {
        log.check((1...1_000_000).contains(ticks), "--ticks", Double(ticks), "from 1 to a million")
        log.check((1e-6...1e6).contains(meanITMW), "--scale-mw", meanITMW, "greater than 0 and at most a million")
        log.check((0..<1).contains(dailySwing), "--daily-swing", dailySwing, "at least 0 and less than 1")
        log.check((0..<24).contains(peakHour), "--peak-hour", peakHour, "at least 0 and less than 24")
        log.check((1...1e6).contains(capacityFactor), "--capacity-factor", capacityFactor, "at least 1")
        log.check((1...1e6).contains(pue), "--pue", pue, "at least 1")
        log.check((0...1).contains(movableShare), "--movable-share", movableShare, "from 0 to 1")
        log.check((0...1e6).contains(valueUSDPerMWh), "--value-usd-per-mwh", valueUSDPerMWh, "at least 0")
        log.check(name: name)
    }
}
