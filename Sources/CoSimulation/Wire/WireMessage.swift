internal import Foundation
internal import InferencePlacement
internal import SwiftProtobuf

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

struct ReceiptTick: WireWritable {
    let nextTick: Int

    func write(into encoder: inout CanonicalEncoder) { encoder.field(1, nextTick) }

    init(nextTick: Int) { self.nextTick = nextTick }
    init(wire: WireReceipt) { nextTick = Int(wire.nextTick) }
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

extension RecordedTick: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, bytes)
        encoder.field(2, digest.bytes)
        encoder.field(3, telemetry)
    }

    init(wire: WireRecord) throws(WireError) {
        guard let digest = Digest(bytes: wire.digest) else { throw WireError("a record comes with no digest") }
        let telemetry = wire.hasTelemetry ? try TickTelemetry(wire: wire.telemetry) : nil
        self.init(bytes: Array(wire.record), digest: digest, telemetry: telemetry)
    }
}

/// How the signals of a service node's question are written.
enum SignalForm {
    /// As they are.
    case values
    /// The fields that hold them, which were written before.
    case encoded([UInt8])
    /// Not at all: they are those of the last question over the connection that had any.
    case asSent
}

extension Ask: WireWritable {
    func write(into encoder: inout CanonicalEncoder) { write(into: &encoder, signals: .values) }

    func write(into encoder: inout CanonicalEncoder, signals form: SignalForm) {
        encoder.field(1, tick)
        encoder.field(2, phase.wire)
        switch question {
        case .grid(let loadMW, let signalTick):
            encoder.delimited(3) {
                if let loadMW { $0.delimited(1) { $0.field(1, loadMW) } }
                if let signalTick { $0.delimited(2) { $0.field(1, signalTick) } }
            }
        case .region(let signal, let last, let baselineMW):
            encoder.delimited(4) {
                $0.field(1, signal)
                $0.field(2, last)
                $0.field(3, baselineMW)
            }
        case .service(let signals, let last):
            encoder.delimited(5) {
                var refersToSent = false
                switch form {
                case .values: $0.field(1, signals)
                case .encoded(let fields): $0.append(encoded: fields)
                case .asSent: refersToSent = true
                }
                $0.field(2, last)
                $0.field(3, refersToSent)
            }
        case .quote(let loadMW): encoder.delimited(6) { $0.field(1, loadMW) }
        }
        encoder.field(7, round)
        encoder.field(8, wantsEffort)
    }

    init(wire: WireAsk) throws(WireError) {
        let question: Question
        switch wire.question {
        case .grid(let grid):
            question = .grid(
                dispatchLoadMW: grid.hasDispatch ? grid.dispatch.loadMw : nil,
                signalTick: grid.hasSignal ? Int(grid.signal.tick) : nil)
        case .region(let region):
            question = .region(
                signal: try BusSignal(wire: region.signal),
                last: region.hasLast ? try RegionResult(wire: region.last) : nil,
                customerBaselineMW: region.customerBaselineMw)
        case .service(let service):
            question = .service(
                signals: try values(service.signals),
                last: service.hasLast ? try ServiceResult(wire: service.last) : nil)
        case .quote(let quote):
            question = .quote(loadMW: quote.loadMw)
        case nil: throw WireError("an ask has no question")
        }
        self.init(
            agent: 0, tick: Int(wire.tick), phase: try Phase(wire: wire.phase), round: Int(wire.round),
            question: question)
        wantsEffort = wire.wantsEffort
    }
}

extension Reply: WireWritable {
    func write(into encoder: inout CanonicalEncoder) {
        encoder.field(1, tick)
        encoder.field(2, phase.wire)
        switch answer {
        case .grid(let dispatch, let signal):
            encoder.delimited(3) {
                $0.field(1, dispatch)
                $0.field(2, signal)
            }
        case .offer(let offer): encoder.field(4, offer)
        case .bid(let bid): encoder.field(5, bid)
        case .quote(let quote): encoder.delimited(6) { $0.field(1, quote) }
        }
        encoder.field(7, round)
        encoder.field(Self.effortField, effort)
    }

    /// The number of its effort in the schema, the last.
    static let effortField = 8

    init(wire: WireReply) throws(WireError) {
        let answer: Answer
        switch wire.answer {
        case .grid(let grid):
            answer = .grid(
                dispatch: grid.hasDispatch ? try GridDispatch(wire: grid.dispatch) : nil,
                signal: grid.hasSignal ? try GridSignal(wire: grid.signal) : nil)
        case .offer(let offer): answer = .offer(try CapacityOffer(wire: offer))
        case .bid(let bid): answer = .bid(try WorkBid(wire: bid))
        case .quote(let quote): answer = .quote(quote.hasQuote ? try GridQuote(wire: quote.quote) : nil)
        case nil: throw WireError("a reply has no answer")
        }
        self.init(
            agent: 0, tick: Int(wire.tick), phase: try Phase(wire: wire.phase), round: Int(wire.round), answer: answer)
        if wire.hasEffort { effort = Effort(wire: wire.effort) }
    }
}
