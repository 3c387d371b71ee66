internal import Foundation
internal import InferencePlacement
internal import SwiftProtobuf

extension Message {
    /// The body of its frame.
    public func body() -> [UInt8] {
        switch self {
        case .hello(let hello): hello.encoded()
        case .welcome(let welcome): welcome.encoded()
        case .refusal(let refusal): refusal.encoded()
        case .ask(let ask): ask.encoded()
        case .reply(let reply): reply.encoded()
        case .stop: []
        case .failure(let text, let setting): FailureText(text: text, setting: setting).encoded()
        case .record(let tick): tick.encoded()
        case .receipt(let nextTick): ReceiptTick(nextTick: nextTick).encoded()
        }
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

private struct FailureText: WireCodable {
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

private struct ReceiptTick: WireCodable {
    let nextTick: Int

    var wire: WireReceipt {
        var message = WireReceipt()
        message.nextTick = UInt32(nextTick)
        return message
    }

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

extension RecordedTick: WireCodable {
    var wire: WireRecord {
        var message = WireRecord()
        message.record = Data(bytes)
        message.digest = Data(digest.bytes)
        if let telemetry {
            message.telemetry.tick = UInt32(telemetry.tick)
            message.telemetry.waitMicroseconds = telemetry.waitMicroseconds
            message.telemetry.clearingMicroseconds = telemetry.clearingMicroseconds
            message.telemetry.tickMicroseconds = telemetry.tickMicroseconds
            if let profile = telemetry.profile { message.telemetry.profile = profile.wire }
        }
        return message
    }

    init(wire: WireRecord) throws(WireError) {
        guard let digest = Digest(bytes: wire.digest) else { throw WireError("a record comes with no digest") }
        var telemetry: TickTelemetry?
        if wire.hasTelemetry {
            telemetry = TickTelemetry(
                tick: Int(wire.telemetry.tick), waitMicroseconds: wire.telemetry.waitMicroseconds,
                clearingMicroseconds: wire.telemetry.clearingMicroseconds,
                tickMicroseconds: wire.telemetry.tickMicroseconds)
            if wire.telemetry.hasProfile { telemetry?.profile = try TickProfile(wire: wire.telemetry.profile) }
        }
        self.init(bytes: Array(wire.record), digest: digest, telemetry: telemetry)
    }
}

extension Ask: WireCodable {
    var wire: WireAsk {
        var message = WireAsk()
        message.tick = UInt32(tick)
        message.phase = phase.wire
        message.round = UInt32(round)
        message.wantsEffort = wantsEffort
        switch question {
        case .quote(let loadMW): message.quote.loadMw = loadMW
        case .grid(let loadMW, let signalTick):
            message.grid = WireGridQuestion()
            if let loadMW { message.grid.dispatch.loadMw = loadMW }
            if let signalTick { message.grid.signal.tick = UInt32(signalTick) }
        case .region(let signal, let last, let baselineMW):
            message.region.signal = signal.wire
            message.region.customerBaselineMw = baselineMW
            if let last { message.region.last = last.wire }
        case .service(let signals, let last):
            message.service.signals = signals.map(\.wire)
            if let last { message.service.last = last.wire }
        }
        return message
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

extension Reply: WireCodable {
    var wire: WireReply {
        var message = WireReply()
        message.tick = UInt32(tick)
        message.phase = phase.wire
        message.round = UInt32(round)
        if let effort { message.effort = effort.wire }
        switch answer {
        case .quote(let quote):
            message.quote = WireQuoteAnswer()
            if let quote { message.quote.quote = quote.wire }
        case .grid(let dispatch, let signal):
            message.grid = WireGridAnswer()
            if let dispatch { message.grid.dispatch = dispatch.wire }
            if let signal { message.grid.signal = signal.wire }
        case .offer(let offer): message.offer = offer.wire
        case .bid(let bid): message.bid = bid.wire
        }
        return message
    }

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
