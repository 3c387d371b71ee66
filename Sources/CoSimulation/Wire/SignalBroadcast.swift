internal import SwiftProtobuf

/// Encodes the questions of a run: signals that many service nodes hear are encoded once for all of them, and sent once
/// over the connection of a process that plays several.
public struct SignalBroadcast: Sendable {
    /// Which signals a connection was sent last.
    public struct Mark: Sendable, Equatable {
        fileprivate var number = 0

        /// None.
        public init() {}
    }

    private var signals: [BusSignal] = []
    /// The field of a service node's question that holds them.
    private var encoded: [UInt8] = []
    /// How often they were others.
    private var number = 1

    /// Before the first question.
    public init() {}

    /// The body of the frame of a question to an agent that has a connection of its own: the bytes of the question by itself.
    public mutating func body(of ask: Ask) -> [UInt8] {
        guard case .service(let signals, let last) = ask.question else { return ask.encoded() }
        take(signals)
        return body(of: ask, last: last, refersToSent: false)
    }

    /// The body of the frame of a question that is the next over a connection of several agents: signals that it had are left
    /// out.
    public mutating func body(of ask: Ask, after mark: inout Mark) -> [UInt8] {
        guard case .service(let signals, let last) = ask.question else { return ask.encoded() }
        take(signals)
        defer { mark.number = number }
        return body(of: ask, last: last, refersToSent: mark.number == number)
    }

    /// Encodes signals, unless they are those at hand. Equal are those of equal bytes: 0 and -0 are equal numbers, and not the
    /// same to hear.
    private mutating func take(_ signals: [BusSignal]) {
        guard !Self.isSameArray(signals, self.signals) else { return }
        self.signals = signals
        var question = WireServiceQuestion()
        question.signals = signals.map(\.wire)
        let bytes = CanonicalEncoder.bytes(of: question)
        guard bytes != encoded else { return }
        encoded = bytes
        number += 1
    }

    private static func isSameArray(_ one: [BusSignal], _ other: [BusSignal]) -> Bool {
        one.withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { one.count == $0.count && one.baseAddress == $0.baseAddress }
        }
    }

    /// The fields in front of the question, the question with the signals at hand, and the fields behind it.
    private func body(of ask: Ask, last: ServiceResult?, refersToSent: Bool) -> [UInt8] {
        var (front, question, back) = (WireAsk(), WireServiceQuestion(), WireAsk())
        front.tick = UInt32(ask.tick)
        front.phase = ask.phase.wire
        if let last { question.last = last.wire }
        question.sameSignals = refersToSent
        back.round = UInt32(ask.round)
        back.wantsEffort = ask.wantsEffort
        var encoder = CanonicalEncoder()
        encoder.reserve(bytes: encoded.count + 512)
        encoder.append(front)
        encoder.delimited(Self.questionField) {
            if !refersToSent { $0.append(encoded: encoded) }
            $0.append(question)
        }
        encoder.append(back)
        return encoder.bytes
    }

    /// The number of `Ask.service` in the schema.
    private static let questionField = 5
}
