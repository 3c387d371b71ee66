/// Encodes the questions of a run: signals that many service nodes hear are encoded once for all of them, and sent once
/// over the connection of a process that plays several.
public struct SignalBroadcast: Sendable {
    /// Which signals a connection was sent last.
    public struct Mark: Sendable, Equatable {
        fileprivate var number = 0

        /// None.
        public init() {}
    }

    private var encoder = MessageEncoder()
    private var signals: [BusSignal] = []
    /// The field of a service node's question that holds them.
    private var signalsField = CanonicalEncoder()
    /// Where those that come next are written, to be compared with.
    private var nextSignalsField = CanonicalEncoder()
    /// Counts how often they changed, from 1.
    private var number = 1

    /// Before the first question.
    public init() {}

    /// The body of the frame of a question to an agent that has a connection of its own: the bytes of the question by itself.
    public mutating func body(of ask: Ask) -> [UInt8] {
        if case .service(let signals, _) = ask.question { take(signals) }
        let form = SignalForm.encoded(signalsField.bytes)
        return encoder.body { ask.write(into: &$0, signals: form) }
    }

    /// The body of the frame of a question that is the next over a connection of several agents: signals that it had are left
    /// out.
    public mutating func body(of ask: Ask, after mark: inout Mark) -> [UInt8] {
        guard case .service(let signals, _) = ask.question else { return body(of: ask) }
        take(signals)
        let form = mark.number == number ? SignalForm.asSent : .encoded(signalsField.bytes)
        mark.number = number
        return encoder.body { ask.write(into: &$0, signals: form) }
    }

    /// Encodes signals, unless they are those at hand. Equal are those of equal bytes: 0 and -0 are equal numbers, and not the
    /// same to hear.
    private mutating func take(_ signals: [BusSignal]) {
        guard !Self.isSameArray(signals, self.signals) else { return }
        self.signals = signals
        nextSignalsField.clear()
        nextSignalsField.field(1, signals)
        guard nextSignalsField.bytes != signalsField.bytes else { return }
        swap(&signalsField, &nextSignalsField)
        number += 1
    }

    private static func isSameArray(_ one: [BusSignal], _ other: [BusSignal]) -> Bool {
        one.withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { one.count == $0.count && one.baseAddress == $0.baseAddress }
        }
    }
}
