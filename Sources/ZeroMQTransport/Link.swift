import CZeroMQ

/// An agent's end of the transport: connects to a hub under a name and exchanges frames with it.
///
/// Connecting goes on in the background, before and after a break, and messages wait for it; so a hub that is not there
/// shows as `.timedOut` in `receive`. Use a link from one thread; only `context.shutdown()` may be used from others.
public final class Link {
    /// The name the hub knows this link by.
    public let name: String
    /// The hub's endpoint.
    public let endpoint: Endpoint
    /// The libzmq context the link lives in.
    public let context: Context
    /// The limits the link was made with.
    public let limits: Limits

    private let socket: Socket
    private let ownsContext: Bool
    private let keys: LinkKeys?
    /// Whether it is told that the connection is gone.
    private let watchesConnection: Bool
    /// Hears why no connection is made, until the first message comes, and of a watched one's end. Over ipc and inproc there is
    /// one for the end alone.
    private var monitor: HandshakeMonitor?
    private var hasHeard = false
    /// Whether the connection is gone that messages came by; before the first, whether there is none just now.
    private var isCut = false
    private var fault: String?
    /// How many connections the other side has cut before they could carry a message, as far as is known by now.
    public private(set) var cutConnectionCount = 0
    private var isLending = false
    private let incoming = Packet()
    /// Where the body of the message or entry in hand is in `incoming`.
    private var body = 0..<0
    private var entries = Batch.Cursor()
    /// Of a frame that came in a batch, the number of the agent it is for; nil of one that came alone.
    public private(set) var addressee: Int?
    private let outbox = Outbox()
    private let outgoing = Packet()

    /// Starts to connect to a hub.
    ///
    /// Without a context the link makes its own and closes it in `close`. With keys it speaks CURVE; over tcp it needs
    /// them, unless it is to be insecure. Where it watches the connection, `receive` says when that is gone: an agent whose
    /// process nobody watches would wait for ever for a hub that died. Within a process no connection ends.
    ///
    /// Throws `invalidName`, `invalidEndpoint`, `pathTooLong`, `keysMissing` or `system`; a hub that is not there yet is no
    /// error.
    public init(
        to endpoint: Endpoint, name: String, limits: Limits = Limits(), context: Context? = nil,
        keys: LinkKeys? = nil, insecure: Bool = false, watchesConnection: Bool = false
    ) throws(ZeroMQError) {
        try PeerTable.validate(name)
        try endpoint.validate()
        try endpoint.requireKeys(keys != nil, orInsecure: insecure)
        if case .tcp(_, 0) = endpoint {
            throw ZeroMQError(
                .invalidEndpoint, what: "cannot connect to port 0", place: endpoint.description,
                remedy: "use the port the hub was given")
        }
        self.name = name
        self.endpoint = endpoint
        self.limits = limits
        ownsContext = context == nil
        let context = if let context { context } else { try Context() }
        self.context = context
        self.keys = keys
        self.watchesConnection = watchesConnection
        socket = try Self.openDealer(in: context, name: name, limits: limits, keys: keys, to: endpoint)
        if endpoint.isRemote || watchesConnection {
            monitor = try HandshakeMonitor(of: socket, in: context, watchesConnection ? .all : .faults)
        }
        try socket.connect(to: endpoint)
    }

    deinit { try? close() }

    /// Waits for the next event; `nil` waits without limit, 0 takes what is there.
    ///
    /// After `.message`, the body can be read until the next call. What was to be sent in a batch goes out before there is a
    /// wait.
    public func receive(timeoutMilliseconds: Int?) throws(ZeroMQError) -> LinkEvent {
        precondition(!isLending, "receive inside withBody would take the bytes away")
        if let event = takeEntry() { return event }
        try flush()
        switch try awaitMessage(timeoutMilliseconds) {
        case .timedOut: return .timedOut
        case .closed: return .closed
        case nil: return .lost
        case .message: noteHeard()
        }
        var parts = 1
        while incoming.hasMore {
            guard case .message = try socket.receive(into: incoming, timeoutMilliseconds: 0) else { break }
            parts += 1
        }
        let bytes = UnsafeRawBufferPointer(incoming.bytes)
        if parts > 1 { return violation(.multipart(parts: parts)) }
        if bytes.count > limits.maximumMessageBytes { return violation(.tooLarge(bytes: bytes.count)) }
        do {
            let kind = try Frame(decoding: bytes).kind
            (body, addressee) = (Frame.headerBytes..<bytes.count, nil)
            guard kind == Batch.kind else { return .message(kind: kind) }
            entries.begin()
            return takeEntry() ?? violation(.notAFrame(.truncated(bytes: 0)))
        } catch {
            return violation(.notAFrame(error))
        }
    }

    /// Waits for a message; nil once the connection that is watched is gone.
    private func awaitMessage(_ timeoutMilliseconds: Int?) throws(ZeroMQError) -> Socket.Receipt? {
        guard watchesConnection, hasHeard, let monitor else {
            return try socket.receive(into: incoming, timeoutMilliseconds: timeoutMilliseconds)
        }
        while true {
            let receipt = try socket.receive(into: incoming, timeoutMilliseconds: timeoutMilliseconds ?? 0)
            guard case .timedOut = receipt else { return receipt }
            // An end that was noted when the last message came is not told again.
            if timeoutMilliseconds == nil, !isCut {
                guard Socket.wait(for: [socket, monitor.socket]) != nil else { return .closed }
            }
            noteConnections()
            if isCut || timeoutMilliseconds != nil {
                // Whatever came before the end is there by now.
                let last = try socket.receive(into: incoming, timeoutMilliseconds: 0)
                guard case .timedOut = last, isCut else { return last }
                return nil
            }
        }
    }

    /// Notes that a message came: the connection stands.
    private func noteHeard() {
        guard watchesConnection else { return endMonitoring() }
        guard !hasHeard else { return }
        // What is told by now may be of earlier connections.
        noteConnections()
        hasHeard = true
    }

    /// Takes what is told of connections. libzmq makes new ones by itself, which after the first message is no comfort: the hub
    /// knows the agent by the one it greeted by.
    private func noteConnections() {
        while let event = monitor?.next() {
            switch event {
            case .keyRefused: fault = "its key is not one of this run"
            case .protocolError:
                fault =
                    keys == nil
                    ? "a key is needed there, or it is no coordinator"
                    : "no keys are used there, or it is no coordinator"
            case .broken: cutConnectionCount += 1
            case .made: if !hasHeard { isCut = false }
            case .ended: isCut = true
            }
        }
    }

    /// The next frame of the batch that came last; nil when it is used up.
    private func takeEntry() -> LinkEvent? {
        do {
            guard let entry = try entries.next(in: UnsafeRawBufferPointer(incoming.bytes)) else { return nil }
            (body, addressee) = (entry.body, entry.agent)
            return .message(kind: entry.kind)
        } catch {
            return violation(.notAFrame(error))
        }
    }

    /// Lends the body of the message that `receive` returned last; the bytes must not leave the closure.
    public func withBody<Result, Failure: Error>(
        _ use: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        isLending = true
        defer { isLending = false }
        return try use(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(incoming.bytes)[body]))
    }

    /// Sends a frame to the hub, without waiting; until the connection stands it waits in the queue.
    ///
    /// Throws `congested`, `messageTooLarge` or `closed`; the message is then not sent.
    public func send(kind: UInt8, _ body: UnsafeRawBufferPointer) throws(ZeroMQError) {
        try outgoing.encode(kind: kind, bodyBytes: body.count, limit: limits.maximumMessageBytes)
        outgoing.setBody(body)
        try transmitEncoded()
    }

    /// Sends a frame to the hub, without waiting; until the connection stands it waits in the queue.
    ///
    /// Throws `congested`, `messageTooLarge` or `closed`; the message is then not sent.
    public func send(kind: UInt8, _ body: [UInt8]) throws(ZeroMQError) {
        try outgoing.encode(kind: kind, bodyBytes: body.count, limit: limits.maximumMessageBytes)
        body.withUnsafeBytes { outgoing.setBody($0) }
        try transmitEncoded()
    }

    /// Sends a frame in the name of one of several agents, with all that goes out before the next wait.
    ///
    /// Throws `congested`, `messageTooLarge` or `closed`.
    public func send(kind: UInt8, _ body: [UInt8], from agent: Int) throws(ZeroMQError) {
        let limit = limits.maximumMessageBytes
        if outbox.overflows(adding: body.count, limit: limit) { try flush() }
        let result = body.withUnsafeBytes { bytes in
            Result { () throws(ZeroMQError) in try outbox.add(agent: agent, kind: kind, bytes, limit: limit) }
        }
        try result.get()
        if outbox.isFull { try flush() }
    }

    /// Why the hub cannot be talked to, as far as is known by now: in words, nil while nothing is known.
    public func connectionFault() -> String? {
        noteConnections()
        return fault
    }

    /// Disconnects and, if the context is the link's own, sends what is under way first.
    ///
    /// Waits at most `Limits.lingerMilliseconds`. With a shared context, its `close` does the sending.
    public func close() throws(ZeroMQError) {
        // A hub that does not read any more needs nothing.
        try? flush()
        endMonitoring()
        socket.close()
        if ownsContext { try context.close() }
    }
}

extension Link {
    private static func openDealer(
        in context: Context, name: String, limits: Limits, keys: LinkKeys?, to endpoint: Endpoint
    ) throws(ZeroMQError) -> Socket {
        let socket = try Socket(.dealer, in: context)
        socket.place = endpoint.description
        try socket.apply(limits, for: endpoint)
        try socket.set(ZMQ_ROUTING_ID, to: Array(name.utf8))
        try socket.set(ZMQ_RECONNECT_IVL, to: limits.reconnectMilliseconds)
        try socket.set(ZMQ_RECONNECT_IVL_MAX, to: max(1_000, limits.reconnectMilliseconds))
        if let keys { try socket.apply(keys, limits) }
        return socket
    }

    private func endMonitoring() {
        guard let monitor else { return }
        monitor.stop()
        monitor.close()
        self.monitor = nil
    }

    /// Sends what waits to be sent in a batch.
    private func flush() throws(ZeroMQError) {
        guard outbox.count > 0 else { return }
        try outbox.pack(into: outgoing)
        try transmitEncoded()
    }

    private func transmitEncoded() throws(ZeroMQError) {
        let number = socket.send(outgoing)
        if number != 0 { throw failure(number) }
    }

    private func violation(_ reason: TransportViolation.Reason) -> LinkEvent {
        .violation(TransportViolation(sender: .hub, reason: reason))
    }

    private func failure(_ number: Int32) -> ZeroMQError {
        guard number == EAGAIN else {
            return ZeroMQError(number: number, "send to the hub", place: endpoint.description)
        }
        return ZeroMQError(
            .congested, what: "the hub does not read: \(limits.sendQueueMessages) messages of '\(name)' wait for it",
            place: endpoint.description, remedy: "see whether the coordinator runs and listens at this endpoint")
    }
}
