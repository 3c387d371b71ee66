extension Message {
    /// The body of its frame; see `MessageEncoder` for many.
    public func body() -> [UInt8] {
        var encoder = MessageEncoder()
        return encoder.body(of: self)
    }

    /// A message from the kind and body of a frame. The number of the agent that sends or is asked is not on the wire:
    /// the transport knows it. Throws `WireError` for anything that is no message.
    public init(kind: UInt8, body: some Collection<UInt8>, agent: Int) throws(WireError) {
        switch kind {
        case 1: self = .hello(try Hello(decoding: body))
        case 2: self = .welcome(try Welcome(decoding: body))
        case 3: self = .refusal(try Refusal(decoding: body))
        case 4:
            var ask = try Ask(decoding: body)
            ask.agent = agent
            self = .ask(ask)
        case 5:
            var reply = try Reply(decoding: body)
            reply.agent = agent
            self = .reply(reply)
        case 6: self = .stop
        case 7:
            let failure = try FailureText(decoding: body)
            self = .failure(failure.text, setting: failure.setting)
        case 8: self = .record(try RecordedTick(decoding: body))
        case 9: self = .receipt(nextTick: try ReceiptTick(decoding: body).nextTick)
        default: throw WireError("message kind \(kind) is unknown")
        }
    }
}

struct FailureText: WireCodable {
    let text: String
    let setting: ParameterError?

    var wire: WireFailure {
        var message = WireFailure()
        message.text = text
        if let setting {
            message.setting = setting.path
            message.problem = setting.problem
            message.remedy = setting.remedy
        }
        return message
    }

    init(text: String, setting: ParameterError?) {
        self.text = text
        self.setting = setting
    }

    init(wire: WireFailure) {
        text = wire.text
        setting =
            wire.setting.isEmpty
            ? nil : ParameterError(path: wire.setting, problem: wire.problem, remedy: wire.remedy)
    }
}

struct ReceiptTick: StraightCodable {
    let nextTick: Int

    func write(into encoder: inout CanonicalEncoder) { encoder.field(1, nextTick) }

    init(nextTick: Int) { self.nextTick = nextTick }

    init(reading reader: inout WireReader) throws(WireError) {
        nextTick = try reader.readTick()
    }
}

extension Hello: WireCodable {
    var wire: WireHello {
        var message = WireHello()
        message.name = name
        message.others = others
        message.scenarioDigest = scenario?.description ?? ""
        message.software = software
        message.nextTick = UInt32(nextTick)
        return message
    }

    init(wire: WireHello) throws(WireError) {
        var scenario: Digest?
        if !wire.scenarioDigest.isEmpty {
            guard let digest = Digest(hexadecimal: wire.scenarioDigest) else {
                throw WireError("the scenario digest of a hello is no digest")
            }
            scenario = digest
        }
        self.init(
            name: wire.name, others: wire.others, scenario: scenario, software: wire.software,
            nextTick: Int(wire.nextTick))
    }
}

extension Welcome: WireCodable {
    var wire: WireWelcome {
        var message = WireWelcome()
        switch self {
        case .agent(let number, let seed, let strategy, let setup):
            message.agent = UInt32(number)
            message.seed = seed
            message.strategy = strategy
            message.setup = setup.wire
        case .recorder(let experiment):
            message.experiment = experiment.wire
        }
        return message
    }

    init(wire: WireWelcome) throws(WireError) {
        if wire.hasExperiment {
            self = .recorder(try Experiment(wire: wire.experiment))
        } else {
            self = .agent(
                number: Int(wire.agent), seed: wire.seed, strategy: wire.strategy,
                setup: try AgentSetup(wire: wire.setup))
        }
    }
}

extension Refusal: WireCodable {
    var wire: WireRefusal {
        var message = WireRefusal()
        message.code = code.rawValue
        message.text = text
        return message
    }

    init(wire: WireRefusal) throws(WireError) {
        guard let code = Code(rawValue: wire.code) else { throw WireError("refusal code '\(wire.code)' is unknown") }
        self.init(code: code, text: wire.text)
    }
}

extension RecordedTick: StraightCodable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, bytes)
        encoder.field(2, digest.bytes)
        encoder.field(3, telemetry)
    }

    init(reading reader: inout WireReader) throws(WireError) {
        var (record, digestBytes) = ([UInt8](), [UInt8]())
        var telemetry: TickTelemetry?
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&record)
            case 2: try reader.read(&digestBytes)
            case 3: try reader.read(&telemetry)
            default: try reader.skip()
            }
        }
        guard let digest = Digest(bytes: digestBytes) else { throw WireError("a record comes with no digest") }
        self.init(bytes: record, digest: digest, telemetry: telemetry)
    }
}
