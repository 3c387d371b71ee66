internal import Foundation

/// What the launcher of a run says of it beside what is recorded: a file `live.json` in its folder, written anew whenever
/// something changes. It holds things of this host and this moment, and nobody needs it but who watches.
public struct LaunchState: Codable, Equatable, Sendable {
    /// How far the launcher is.
    public enum Phase: String, Codable, Sendable {
        /// Processes are started and told their past.
        case starting
        /// Ticks are being run.
        case running
        /// It stands between two ticks, as the file `hold` says.
        case held
        /// It is over, well or not.
        case ended
    }

    /// A process of the run.
    public struct Process: Codable, Equatable, Sendable {
        /// What a process is doing, as far as its launcher can see.
        public enum State: String, Codable, Sendable {
            case running
            case stopped
            case restarting
            case gone
        }

        /// Name of the agent, `recorder` or `coordinator`.
        public var name: String
        /// What it is doing.
        public var state: State
        /// Its process identifier, nil where there is none.
        public var pid: Int32?
        /// How often it was started again.
        public var restarts: Int

        /// A process from its parts.
        public init(name: String, state: State, pid: Int32?, restarts: Int) {
            (self.name, self.state, self.pid, self.restarts) = (name, state, pid, restarts)
        }
    }

    /// Who keeps a tick waiting.
    public struct Waiting: Codable, Equatable, Sendable {
        /// The tick.
        public var tick: Int
        /// Its phase, by name.
        public var phase: String
        /// The agents that have not answered, by name.
        public var agents: [String]

        /// Who keeps a tick waiting, from its parts.
        public init(tick: Int, phase: String, agents: [String]) {
            (self.tick, self.phase, self.agents) = (tick, phase, agents)
        }
    }

    /// Something that happened beside the ticks: a loss, a restart, a refusal.
    public struct Happening: Codable, Equatable, Sendable {
        /// Ticks finished by then.
        public var ticks: Int
        /// What it says.
        public var text: String

        /// Something that happened, from its parts.
        public init(ticks: Int, text: String) {
            (self.ticks, self.text) = (ticks, text)
        }
    }

    /// The most happenings that are kept; older ones stand in the database when the run has ended.
    public static let happeningLimit = 200

    /// What the run was carried out on, in words; nil where that is not said.
    public var machine: String?
    /// How far the launcher is.
    public var phase = Phase.starting
    /// The processes, by name; none where all is in one.
    public var processes: [Process] = []
    /// Who keeps the tick under way waiting, nil where nobody does for long.
    public var waiting: Waiting?
    /// What happened, the oldest first.
    public var happenings: [Happening] = []

    /// Nothing has happened yet.
    public init(machine: String? = nil) {
        self.machine = machine
    }

    /// Notes that something happened.
    public mutating func note(_ text: String, ticks: Int) {
        happenings.append(Happening(ticks: ticks, text: text))
        if happenings.count > Self.happeningLimit { happenings.removeFirst() }
    }

    private static func url(inFolder folder: String) -> URL { URL(fileURLWithPath: folder + "/live.json") }

    /// What the folder of a run says, nil where it says nothing.
    public init?(inFolder folder: String) {
        guard let data = try? Data(contentsOf: Self.url(inFolder: folder)),
            let state = try? JSONDecoder().decode(LaunchState.self, from: data)
        else { return nil }
        self = state
    }

    /// Writes it into the folder of a run, as a whole. Throws where that is not possible.
    public func write(inFolder folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: Self.url(inFolder: folder), options: .atomic)
    }
}
