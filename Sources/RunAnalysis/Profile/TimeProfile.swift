internal import CoSimulation
public import RunStore

/// Where the time of a profiled run went: of its coordinator, its recorder and each of its agents.
public struct TimeProfile: Sendable, Equatable, Encodable {
    /// A part of the coordinator's time.
    public struct Part: Sendable, Equatable, Encodable {
        /// What was done: solving, coding, journal, waiting or rest.
        public let name: String
        /// How long over the whole run, seconds.
        public let seconds: Double
        /// The share of all ticks.
        public let share: Double
    }

    /// An agent; means of its answers.
    public struct Agent: Sendable, Equatable, Encodable {
        /// Its name.
        public let name: String
        /// Its role.
        public let role: String
        /// How many questions it answered.
        public let exchangeCount: Int
        /// From question to answer, milliseconds.
        public let waitMilliseconds: Double
        /// Of that its strategy, milliseconds; nil where it does not say.
        public let computingMilliseconds: Double?
        /// Of that its messages out of bytes and into bytes, milliseconds; nil where it does not say.
        public let codingMilliseconds: Double?

        /// Of that the way there and back, and queueing, milliseconds; nil where it does not say.
        public var wayMilliseconds: Double? {
            guard let computingMilliseconds, let codingMilliseconds else { return nil }
            return max(0, waitMilliseconds - computingMilliseconds - codingMilliseconds)
        }
    }

    /// Ticks that were profiled.
    public let tickCount: Int
    /// How long they took, seconds.
    public let seconds: Double
    /// What the coordinator did with that time.
    public let coordinator: [Part]
    /// What the recorder took beside it, seconds; commits are not counted.
    public let recordingSeconds: Double
    /// The agents, ascending by number.
    public let agents: [Agent]

    /// The profile of a run; nil of one that was not profiled. Throws `RunStoreError`.
    public init?(of run: RunReader) throws {
        let names = run.agents
        let found = try run.read { snapshot in
            guard try snapshot.isProfiled() else { return nil as (Sum, [AgentProfilePoint])? }
            var sum = Sum()
            try snapshot.forEachTickProfile(in: 0..<run.facts.clock.tickCount) { sum.add($0) }
            return (sum, try snapshot.agentProfiles())
        }
        guard let (sum, agents) = found else { return nil }
        tickCount = sum.ticks
        seconds = sum.total / 1e6
        coordinator = sum.parts
        recordingSeconds = sum.recording / 1e6
        self.agents = agents.map { point in
            let scale = 1 / (1000 * Double(max(1, point.exchangeCount)))
            return Agent(
                name: names[point.agent].name, role: names[point.agent].role.rawValue,
                exchangeCount: point.exchangeCount, waitMilliseconds: Double(point.waitMicroseconds) * scale,
                computingMilliseconds: point.computingMicroseconds.map { Double($0) * scale },
                codingMilliseconds: point.codingMicroseconds.map { Double($0) * scale })
        }
    }

    /// Microseconds over ticks.
    private struct Sum {
        var ticks = 0
        var (total, solving, coding, journal, waiting, recording) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

        mutating func add(_ point: TickProfilePoint) {
            ticks += 1
            total += Double(point.tickMicroseconds)
            solving += Double(point.solvingMicroseconds)
            coding += Double(point.codingMicroseconds)
            journal += Double(point.journalMicroseconds)
            waiting += Double(point.waitingMicroseconds)
            recording += Double(point.recordingMicroseconds)
        }

        var parts: [Part] {
            let known = [("waiting", waiting), ("solving", solving), ("coding", coding), ("journal", journal)]
            let rest = max(0, total - known.reduce(0) { $0 + $1.1 })
            return (known + [("rest", rest)]).map {
                Part(name: $0, seconds: $1 / 1e6, share: total > 0 ? $1 / total : 0)
            }
        }
    }
}

extension TimeProfile {
    /// The profile as text for people: the coordinator's time, and the agents that were waited for longest.
    public var text: String { [heading, coordinatorTable, agentTable].joined(separator: "\n\n") + "\n" }

    private var heading: String {
        let perTick = tickCount > 0 ? seconds * 1000 / Double(tickCount) : 0
        return "where the time went: \(tickCount) ticks in \(NumberText.text(seconds, decimals: 2)) s, "
            + "\(NumberText.text(perTick, decimals: 2)) ms each"
    }

    private var coordinatorTable: String {
        var table = TextTable([
            .init("coordinator", isWords: true), .init("s"), .init("ms a tick"), .init("%"),
        ])
        let ticks = Double(max(1, tickCount))
        func add(_ name: String, _ seconds: Double, _ share: Double?) {
            table.add([
                name, NumberText.text(seconds, decimals: 3), NumberText.text(seconds * 1000 / ticks, decimals: 3),
                NumberText.text(share.map { 100 * $0 }, decimals: 1),
            ])
        }
        for part in coordinator { add(part.name, part.seconds, part.share) }
        table.addRule()
        add("recorder, beside it", recordingSeconds, nil)
        return table.text()
    }

    /// Agents in the table.
    private static let shownAgents = 20

    private var agentTable: String {
        var table = TextTable([
            .init("agent, mean ms of an answer", isWords: true), .init("answers"), .init("wait"), .init("computing"),
            .init("coding"), .init("way, queue"),
        ])
        let slowest = agents.sorted { ($1.waitMilliseconds, $0.name) < ($0.waitMilliseconds, $1.name) }
        for agent in slowest.prefix(Self.shownAgents) {
            table.add(
                [agent.name, "\(agent.exchangeCount)"]
                    + [
                        agent.waitMilliseconds, agent.computingMilliseconds, agent.codingMilliseconds,
                        agent.wayMilliseconds,
                    ].map { NumberText.text($0, decimals: 3) })
        }
        let rest = agents.count - Self.shownAgents
        return table.text() + (rest > 0 ? "\n\(rest) more were waited for less" : "")
    }
}
