internal import SwiftProtobuf

/// The signals that were sent last over the connection of a process that plays several agents: a service node that is to hear
/// the same is not sent them again.
///
/// Sender and receiver of a connection each keep one, from its beginning on.
public struct SignalMemory: Sendable {
    private var signals: [BusSignal]?

    /// Nothing was sent.
    public init() {}

    /// The body of the frame of a question that is sent next.
    public mutating func body(of ask: Ask) -> [UInt8] {
        guard case .service(let signals, let last) = ask.question else { return ask.encoded() }
        guard signals == self.signals else {
            self.signals = signals
            return ask.encoded()
        }
        var short = ask
        short.question = .service(signals: [], last: last)
        var message = short.wire
        message.service.sameSignals = true
        return CanonicalEncoder.bytes(of: message)
    }

    /// The question to an agent in the body of the frame that came next. Throws `WireError`.
    public mutating func ask(decoding body: some Collection<UInt8>, agent: Int) throws(WireError) -> Ask {
        let message: WireAsk
        do {
            message = try WireAsk(serializedBytes: Array(body))
        } catch {
            throw WireError("the bytes are no \(WireAsk.protoMessageName): \(error)")
        }
        var ask = try Ask(wire: message)
        ask.agent = agent
        guard case .service(let given, let last) = ask.question else { return ask }
        if message.service.sameSignals {
            guard let signals, given.isEmpty else { throw WireError("an ask refers to signals that were not sent") }
            ask.question = .service(signals: signals, last: last)
        } else {
            signals = given
        }
        return ask
    }
}
