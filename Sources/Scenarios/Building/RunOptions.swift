internal import CoSimulation

/// How a run is carried out. Nothing here can change its outcome, so none of it is part of the experiment.
public struct RunOptions: Sendable, Equatable, Codable {
    /// How the processes of a run talk to each other.
    public enum Transport: String, Sendable, CaseIterable, Codable {
        /// Sockets in a private folder of one machine.
        case ipc
        /// TCP on the loopback address.
        case tcp
    }

    /// How agents are shared out among processes.
    public enum Processes: Sendable, Equatable, Codable {
        /// One for each.
        case perAgent
        /// One for those of each role.
        case perRole
        /// So many in all, or one for each agent where there are fewer.
        case count(Int)

        /// The choice in words: `per-agent`, `per-role` or a whole number from 1 on.
        public init?(text: String) {
            switch text {
            case "per-agent": self = .perAgent
            case "per-role": self = .perRole
            default:
                guard let count = Int(text), count >= 1 else { return nil }
                self = .count(count)
            }
        }

        /// The choice as a scenario has it, checked by its schema.
        init?(_ value: ParameterValue) {
            switch value {
            case .text(let text): self.init(text: text)
            case .number(let count): self = .count(Int(count))
            default: return nil
            }
        }
    }

    /// How an agent that is a program of its own comes into a run.
    public enum Launch: Sendable, Equatable, Codable {
        /// The run starts it, in the scenario's folder: a program and its arguments.
        case command([String])
        /// Somebody starts it.
        case byHand
    }

    /// What is done when the process of an agent is lost: it died, hangs, was stopped or ended early.
    public enum LossPolicy: String, Sendable, CaseIterable, Codable {
        /// The run fails.
        case fail
        /// It is started again and told its past.
        case restart
        /// The run goes on without it to its end.
        case absent
    }

    /// An agent whose answers are held up for some ticks.
    public struct Slowness: Sendable, Equatable, Codable {
        /// Name of the agent.
        public var agent: String
        /// First tick.
        public var fromTick: Int
        /// First tick after it.
        public var toTick: Int
        /// How long each answer is held up, seconds.
        public var seconds: Double

        /// A slowness from its parts.
        public init(agent: String, fromTick: Int, toTick: Int, seconds: Double) {
            self.agent = agent
            self.fromTick = fromTick
            self.toTick = toTick
            self.seconds = seconds
        }
    }

    /// How the processes talk.
    public var transport: Transport
    /// How agents are shared out among processes; nil of a run that says nothing: one for each.
    public var processes: Processes?
    /// Seconds an agent may take to answer before it counts as hung.
    public var tickDeadlineSeconds: Double
    /// Seconds all agents may take to arrive.
    public var arrivalDeadlineSeconds: Double
    /// How foreign agents come into the run, by name.
    public var launches: [String: Launch]
    /// What is done about a loss where nothing is said of the agent; nil of a scenario that says nothing at all.
    public var onLoss: LossPolicy?
    /// What is done about the loss of an agent, by name.
    public var onLossOf: [String: LossPolicy] = [:]
    /// How often a process may be started again.
    public var restartLimit = 3
    /// Agents whose answers are held up, of `faults`.
    public var slowness: [Slowness] = []

    /// What is done when a process of that name is lost: an agent, the recorder or the coordinator, without which no run goes
    /// on. The run fails unless the scenario says otherwise.
    public func policy(of name: String, isAgent: Bool) -> LossPolicy {
        let policy = isAgent ? onLossOf[name] ?? onLoss : onLoss
        return isAgent || policy != .absent ? policy ?? .fail : .restart
    }

    /// Options; ipc, 30 s each and no foreign agents unless given.
    public init(
        transport: Transport = .ipc, tickDeadlineSeconds: Double = 30, arrivalDeadlineSeconds: Double = 30,
        launches: [String: Launch] = [:]
    ) {
        self.transport = transport
        self.tickDeadlineSeconds = tickDeadlineSeconds
        self.arrivalDeadlineSeconds = arrivalDeadlineSeconds
        self.launches = launches
    }
}
