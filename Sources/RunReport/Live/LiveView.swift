internal import CoSimulation
internal import Foundation
internal import RunAnalysis
internal import RunStore

/// A run as it stands at one moment, for whoever watches: the dashboard's page and `gridtide top`.
public struct LiveView: Sendable {
    /// How a run stands.
    public enum Status: String, Sendable {
        /// No tick is finished yet.
        case starting
        case running
        /// It stands between two ticks until it is let go on.
        case held
        case finished
        case failed
        /// It is not over, and nobody runs it.
        case lost

        /// Whether nothing more will come unless it is resumed.
        public var isOver: Bool { self == .finished || self == .failed || self == .lost }
    }

    /// How it stands.
    public let status: Status
    /// Why it failed or what to do; empty where all is well.
    public let text: String
    /// Ticks that are stored.
    public let ticks: Int
    /// What it is; nil before it has a database.
    let about: RunAbout?
    /// Digest of the last tick of a run that is over, nil before.
    let digest: String?
    /// Ticks a second, over the last ticks; nil where they were recomputed.
    let ticksPerSecond: Double?
    let series: LiveSeries
    let agents: [LiveAgent]
    /// The last tick that was read.
    let frame: LiveFrame?
    /// What happened beside the ticks, the oldest first.
    let happenings: [String]
    let waiting: LaunchState.Waiting?

    /// A run whose database is not there yet.
    init(beforeFirstTickOf folder: String, launch: LaunchState?, isAlive: Bool?) {
        let isLost = isAlive == false
        status = isLost ? .lost : .starting
        text = isLost ? "nobody runs it, and it has no database" : ""
        (ticks, about, digest, ticksPerSecond, frame) = (0, nil, nil, nil, nil)
        series = LiveSeries(count: 0)
        agents = []
        happenings = launch?.happenings.map(\.text) ?? []
        waiting = nil
    }

    init(
        about: RunAbout, facts: RunFacts, stored: Int, series: LiveSeries,
        waits: [AgentWaits.Tally], durations: [Int], frame: LiveFrame?, events: [RunEvent], launch: LaunchState?,
        isAlive: Bool?
    ) {
        (status, text) = Self.status(of: facts, stored: stored, launch: launch, isAlive: isAlive)
        self.about = about
        self.series = series
        self.frame = frame
        ticks = stored
        digest = facts.finalDigest?.description
        let seconds = Double(durations.reduce(0, +)) / 1e6
        ticksPerSecond = seconds > 0 ? Double(durations.count) / seconds : nil
        waiting = status == .running ? launch?.waiting : nil
        happenings = facts.status == .running ? launch?.happenings.map(\.text) ?? [] : events.map(\.text)
        let isOver = status.isOver
        let context = LiveAgent.Context(
            launch: isOver ? nil : launch, waiting: waiting, absences: frame?.absences ?? [], isOver: isOver,
            tickCount: series.tickCount)
        agents = zip(about.agents, waits).map { LiveAgent($0, waits: $1, in: context) }
    }

    private static func status(
        of facts: RunFacts, stored: Int, launch: LaunchState?, isAlive: Bool?
    ) -> (Status, String) {
        switch facts.status {
        case .finished: return (.finished, "")
        case .failed: return (.failed, facts.statusText)
        case .running:
            if isAlive == false { return (.lost, "nobody runs it any more; 'gridtide resume' goes on with it") }
            if launch?.phase == .held { return (.held, "") }
            return (stored == 0 ? .starting : .running, "")
        }
    }

    /// Length the run is to have, ticks; 0 before that is known.
    public var plannedTicks: Int { about?.facts.clock.tickCount ?? 0 }

    /// For the dashboard's page.
    var json: JSON {
        let count = RunTap.Channel.allCases.count
        return [
            "status": .text(status.rawValue), "text": .text(text), "ticks": .number(Double(ticks)),
            "readTicks": .number(Double(series.tickCount)), "ticksPerSecond": .brief(ticksPerSecond),
            "digest": digest.map(JSON.text) ?? nil,
            "ticksPerSpan": .number(Double(series.ticksPerSpan)),
            "series": about == nil
                ? nil
                : .object(
                    RunTap.Channel.allCases.map { channel in
                        JSON.Member(
                            name: "\(channel)", value: series.json(channel.rawValue, isRange: channel == .price))
                    }),
            "areas": .list(
                (about?.areas ?? []).enumerated().map { number, area in
                    [
                        "name": .text(area.name), "gridOperator": .text(area.gridOperator),
                        "load": series.json(count + 2 * number), "price": series.json(count + 2 * number + 1),
                    ]
                }),
            "agents": .list(agents.map(\.json)),
            "waiting": waiting.map { waiting in
                [
                    "tick": .number(Double(waiting.tick)), "phase": .text(waiting.phase),
                    "agents": .list(waiting.agents.map(JSON.text)),
                ]
            } ?? nil,
            "happenings": .list(happenings.suffix(LaunchState.happeningLimit).map(JSON.text)),
            "frame": frame?.json ?? nil,
        ]
    }
}
