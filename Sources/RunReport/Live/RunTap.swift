internal import CoSimulation
internal import Foundation
internal import RunAnalysis
internal import RunStore

/// Follows a run by its folder while it goes on: reads what the recorder has stored since the last look, and what the
/// launcher says.
///
/// It only reads, in short moments, so that whoever watches never keeps a run waiting; and it holds a bounded amount however
/// long the run is. When a run is resumed its database is made anew with the same ticks, and following goes on.
public struct RunTap {
    /// The series that are followed; those of areas come after them, load and price by turns.
    enum Channel: Int, CaseIterable {
        /// Draw of all compute regions, MW.
        case load
        /// What grids emit, t/h.
        case emissions
        /// IT power that runs away from home, MW.
        case relocated
        /// Prices of all areas, $/MWh.
        case price
    }

    /// Most ticks read in one look, so that a long run is shown while it is being read.
    private static let ticksPerLook = 2_000
    private static let rateTicks = 64

    private let folder: String
    private var about: RunAbout?
    private var series = LiveSeries(count: 0)
    private var waits = AgentWaits(agentCount: 0)
    private var durations: [Int] = []

    /// Follows the run in a folder, which need not have begun.
    public init(folder: String) {
        self.folder = folder
    }

    /// Looks what is new. Throws `RunStoreError`.
    public mutating func look() throws -> LiveView {
        let launch = LaunchState(inFolder: folder)
        let isAlive = LaunchLock.isHeld(inFolder: folder)
        guard let reader = try reader() else {
            return LiveView(beforeFirstTickOf: folder, launch: launch, isAlive: isAlive)
        }
        let (position, frame, events) = try reader.read { run in
            try read(run)
        }
        guard let about else { preconditionFailure("a run that was read has facts") }
        return LiveView(
            about: about, facts: reader.facts, stored: position.map { $0.tick + 1 } ?? 0, series: series,
            waits: waits.tallies, durations: durations, frame: frame, events: events, launch: launch,
            isAlive: isAlive)
    }

    /// Looks until everything that is stored has been read. Throws `RunStoreError`.
    public mutating func lookAtAll() throws -> LiveView {
        var view = try look()
        while view.series.tickCount < view.ticks { view = try look() }
        return view
    }

    /// A tick that has been; nil where it is not on disk. Throws `RunStoreError`.
    public func frame(atTick tick: Int) throws -> LiveFrame? {
        try reader()?.read { run in
            try LiveFrame(of: run, about: try about ?? RunAbout(of: run), tick: tick)
        }
    }

    /// What the run is; nil before it has a database. Throws `RunStoreError`.
    public func description() throws -> RunAbout? {
        if let about { return about }
        return try reader()?.read { try RunAbout(of: $0) }
    }

    /// The database as it is now; nil where there is none yet, or its writer has only just made the file.
    private func reader() throws(RunStoreError) -> RunReader? {
        do {
            return try RunReader(path: folder + "/run.sqlite")
        } catch {
            let isUnderWay = error.code == .notBegun && LaunchLock.isHeld(inFolder: folder) != false
            if error.code == .missing || isUnderWay { return nil }
            throw error
        }
    }

    private mutating func read(_ run: RunSnapshot) throws -> (RunPosition?, LiveFrame?, [RunEvent]) {
        let about = try updateAbout(of: run)
        let position = try run.position()
        let end = min((position?.tick ?? -1) + 1, series.tickCount + Self.ticksPerLook)
        if series.tickCount < end { try follow(run, about: about, ticks: series.tickCount..<end) }
        let frame = try LiveFrame(of: run, about: about, tick: max(0, series.tickCount - 1))
        return (position, frame, try run.events())
    }

    private mutating func updateAbout(of run: RunSnapshot) throws -> RunAbout {
        var about = try about ?? RunAbout(of: run)
        if self.about == nil { waits = AgentWaits(agentCount: about.agents.count) }
        try about.addAreas(of: run)
        series.grow(to: Channel.allCases.count + 2 * about.areas.count)
        self.about = about
        return about
    }

    private mutating func follow(_ run: RunSnapshot, about: RunAbout, ticks: Range<Int>) throws {
        var areas: [[AreaPoint]] = Array(repeating: [], count: ticks.count)
        try run.forEachArea(in: ticks) { areas[$0.tick - ticks.lowerBound].append($0) }
        try run.forEachLiveTick(in: ticks) { tick in
            add(tick, areas: areas[tick.tick - ticks.lowerBound], hours: about.tickHours)
        }
        try run.forEachWait(in: ticks) { waits.add($0) }
        waits.closeTick()
    }

    private mutating func add(_ tick: LiveTick, areas: [AreaPoint], hours: Double) {
        series.beginTick()
        if let microseconds = tick.microseconds {
            durations.append(microseconds)
            if durations.count > Self.rateTicks { durations.removeFirst() }
        }
        series.add(tick.relocatedMWh / hours, to: Channel.relocated.rawValue)
        guard !areas.isEmpty else { return }
        series.add(areas.reduce(0) { $0 + $1.computeLoadMW }, to: Channel.load.rawValue)
        series.add(areas.reduce(0) { $0 + $1.emissionsKg } / 1000 / hours, to: Channel.emissions.rawValue)
        for area in areas {
            let place = Channel.allCases.count + 2 * area.area
            series.add(area.computeLoadMW, to: place)
            guard let price = area.priceUSDPerMWh else { continue }
            series.add(price, to: place + 1)
            series.add(price, to: Channel.price.rawValue)
        }
    }
}
