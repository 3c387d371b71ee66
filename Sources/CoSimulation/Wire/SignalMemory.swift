/// The signals that came last over the connection of a process that plays several agents: a service node that is to hear the
/// same is not sent them again; see `SignalBroadcast`.
public struct SignalMemory: Sendable {
    private var signals: [BusSignal]?

    /// Nothing came.
    public init() {}

    /// The question to an agent in the body of the frame that came next. Throws `WireError`.
    public mutating func ask(decoding body: some Collection<UInt8>, agent: Int) throws(WireError) -> Ask {
        var refersToSent = false
        var ask = try WireReader.value(of: body) { (reader) throws(WireError) in
            try Ask(reading: &reader, refersToSent: &refersToSent)
        }
        ask.agent = agent
        guard case .service(let given, let last) = ask.question else { return ask }
        if refersToSent {
            guard let signals, given.isEmpty else { throw Ask.signalsWereNotSent }
            ask.question = .service(signals: signals, last: last)
        } else {
            signals = given
        }
        return ask
    }
}
