internal import InferencePlacement

/// How the signals of a service node's question are written.
enum SignalForm {
    /// As they are.
    case values
    /// The fields that hold them, which were written before.
    case encoded([UInt8])
    /// Not at all: they are those of the last question over the connection that had any.
    case asSent
}

extension Ask: StraightCodable {
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

    static let signalsWereNotSent = WireError("an ask refers to signals that were not sent")

    init(reading reader: inout WireReader) throws(WireError) {
        var refersToSent = false
        try self.init(reading: &reader, refersToSent: &refersToSent)
        guard !refersToSent else { throw Self.signalsWereNotSent }
    }

    /// A question that may leave out signals which were sent before; see `SignalMemory`.
    init(reading reader: inout WireReader, refersToSent: inout Bool) throws(WireError) {
        var (tick, round, wantsEffort) = (0, 0, false)
        var phase = WirePhase.unspecified
        var question: Question?
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&tick)
            case 2: try reader.read(&phase)
            case 3: try reader.read(&question, Question.grid(reading:))
            case 4: try reader.read(&question, Question.region(reading:))
            case 5:
                try reader.read(&question) { (reader) throws(WireError) in
                    try Question.service(reading: &reader, refersToSent: &refersToSent)
                }
            case 6: try reader.read(&question, Question.quote(reading:))
            case 7: try reader.read(&round)
            case 8: try reader.read(&wantsEffort)
            default: try reader.skip()
            }
        }
        guard let question else { throw WireError("an ask has no question") }
        self.init(agent: 0, tick: tick, phase: try Phase(wire: phase), round: round, question: question)
        self.wantsEffort = wantsEffort
    }
}

extension Question {
    fileprivate static func grid(reading reader: inout WireReader) throws(WireError) -> Question {
        var loadMW: [Double]?
        var signalTick: Int?
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&loadMW) { (reader) throws(WireError) in try reader.readLoads() }
            case 2: try reader.read(&signalTick) { (reader) throws(WireError) in try reader.readTick() }
            default: try reader.skip()
            }
        }
        return .grid(dispatchLoadMW: loadMW, signalTick: signalTick)
    }

    fileprivate static func region(reading reader: inout WireReader) throws(WireError) -> Question {
        var signal: BusSignal?
        var last: RegionResult?
        var baselineMW = 0.0
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&signal)
            case 2: try reader.read(&last)
            case 3: try reader.read(&baselineMW)
            default: try reader.skip()
            }
        }
        let heard = if let signal { signal } else { try BusSignal(decoding: []) }
        return .region(signal: heard, last: last, customerBaselineMW: baselineMW)
    }

    fileprivate static func service(
        reading reader: inout WireReader, refersToSent: inout Bool
    ) throws(WireError) -> Question {
        var signals: [BusSignal] = []
        var last: ServiceResult?
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&signals)
            case 2: try reader.read(&last)
            case 3: try reader.read(&refersToSent)
            default: try reader.skip()
            }
        }
        return .service(signals: signals, last: last)
    }

    fileprivate static func quote(reading reader: inout WireReader) throws(WireError) -> Question {
        .quote(loadMW: try reader.readLoads())
    }
}

extension Reply: StraightCodable {
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

    init(reading reader: inout WireReader) throws(WireError) {
        var (tick, round) = (0, 0)
        var phase = WirePhase.unspecified
        var answer: Answer?
        var effort: Effort?
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&tick)
            case 2: try reader.read(&phase)
            case 3: try reader.read(&answer, Answer.grid(reading:))
            case 4:
                try reader.read(&answer) { (reader) throws(WireError) in .offer(try CapacityOffer(reading: &reader)) }
            case 5: try reader.read(&answer) { (reader) throws(WireError) in .bid(try WorkBid(reading: &reader)) }
            case 6: try reader.read(&answer, Answer.quote(reading:))
            case 7: try reader.read(&round)
            case Self.effortField: try reader.read(&effort)
            default: try reader.skip()
            }
        }
        guard let answer else { throw WireError("a reply has no answer") }
        self.init(agent: 0, tick: tick, phase: try Phase(wire: phase), round: round, answer: answer)
        self.effort = effort
    }
}

extension Answer {
    fileprivate static func grid(reading reader: inout WireReader) throws(WireError) -> Answer {
        var dispatch: GridDispatch?
        var signal: GridSignal?
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&dispatch)
            case 2: try reader.read(&signal)
            default: try reader.skip()
            }
        }
        return .grid(dispatch: dispatch, signal: signal)
    }

    fileprivate static func quote(reading reader: inout WireReader) throws(WireError) -> Answer {
        var quote: GridQuote?
        while let field = try reader.next() {
            switch field {
            case 1: try reader.read(&quote)
            default: try reader.skip()
            }
        }
        return .quote(quote)
    }
}

extension WireReader {
    /// A message of the load of each region and nothing else.
    fileprivate mutating func readLoads() throws(WireError) -> [Double] {
        var loadMW: [Double] = []
        while let field = try next() {
            switch field {
            case 1: try read(&loadMW)
            default: try skip()
            }
        }
        return loadMW
    }

    /// A message of a tick and nothing else.
    mutating func readTick() throws(WireError) -> Int {
        var tick = 0
        while let field = try next() {
            switch field {
            case 1: try read(&tick)
            default: try skip()
            }
        }
        return tick
    }
}
