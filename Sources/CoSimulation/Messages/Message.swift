/// A message between processes of a run, one per frame; `Sources/CoSimulation/Wire/gridtide.proto` is the contract.
public enum Message: Sendable, Equatable {
    /// First message of an agent or recorder.
    case hello(Hello)
    /// An agent is taken in.
    case welcome(Welcome)
    /// An agent or recorder is not taken in.
    case refusal(Refusal)
    /// A question to an agent.
    case ask(Ask)
    /// An answer of an agent.
    case reply(Reply)
    /// The run is over.
    case stop
    /// An agent cannot go on; the text says why, and of a setting it refuses so does the error.
    case failure(String, setting: ParameterError? = nil)
    /// A finished tick for the recorder.
    case record(RecordedTick)
    /// The recorder has stored every tick before this one.
    case receipt(nextTick: Int)

    /// The kind byte of the frame of a question.
    public static var askKind: UInt8 { 4 }

    /// The kind byte of its frame.
    public var kind: UInt8 {
        switch self {
        case .hello: 1
        case .welcome: 2
        case .refusal: 3
        case .ask: Self.askKind
        case .reply: 5
        case .stop: 6
        case .failure: 7
        case .record: 8
        case .receipt: 9
        }
    }
}

/// Who speaks, and which scenario it came for.
public struct Hello: Sendable, Equatable {
    /// The name recorders use, which no agent can have.
    public static let recorderName = "recorder"

    /// Name of the agent, or `recorderName`.
    public var name: String
    /// Names of further agents that its process plays.
    public var others: [String]
    /// The scenario it came for; nil joins whatever runs.
    public var scenario: Digest?
    /// Its program and version, for messages only.
    public var software: String
    /// Of a recorder: the first tick it has not stored.
    public var nextTick: Int

    /// A greeting from its parts.
    public init(name: String, others: [String] = [], scenario: Digest?, software: String, nextTick: Int = 0) {
        self.name = name
        self.others = others
        self.scenario = scenario
        self.software = software
        self.nextTick = nextTick
    }
}

/// What a newcomer is told.
public enum Welcome: Sendable, Equatable {
    /// An agent: its number, the seed of the run, its strategy and what it knows.
    case agent(number: Int, seed: UInt64, strategy: String, setup: AgentSetup)
    /// The recorder: the whole experiment.
    case recorder(Experiment)
}

/// Why a newcomer is not taken in.
public struct Refusal: Error, Sendable, Equatable {
    /// The reasons there are.
    public enum Code: String, Sendable {
        /// It came for another scenario.
        case wrongScenario = "wrong-scenario"
        /// It speaks another version of the protocol.
        case wrongVersion = "wrong-version"
        /// The scenario has no agent of that name.
        case unknownName = "unknown-name"
        /// The agent of that name is already here.
        case nameTaken = "name-taken"
        /// Its key is that of another.
        case wrongKey = "wrong-key"
        /// It said something else than hello first.
        case notGreeted = "not-greeted"
        /// The recorder has stored more than the journal holds.
        case aheadOfJournal = "ahead-of-journal"
    }

    /// The reason.
    public var code: Code
    /// The reason in words, with what to do.
    public var text: String

    /// A refusal from its parts.
    public init(code: Code, text: String) {
        self.code = code
        self.text = text
    }
}

/// A finished tick as it goes to the recorder: the record's bytes, the digest of the chain, and timings.
public struct RecordedTick: Sendable, Equatable {
    /// Canonical bytes of the record.
    public var bytes: [UInt8]
    /// Digest of the chain up to and with this tick.
    public var digest: Digest
    /// Timings; not part of the record. Nil of a tick that is sent again: the journal has none.
    public var telemetry: TickTelemetry?

    /// A recorded tick from its parts.
    public init(bytes: [UInt8], digest: Digest, telemetry: TickTelemetry?) {
        self.bytes = bytes
        self.digest = digest
        self.telemetry = telemetry
    }
}
