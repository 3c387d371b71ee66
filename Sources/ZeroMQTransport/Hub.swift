import CZeroMQ

/// The coordinator's end of the transport: listens, and exchanges frames with a fixed table of named peers.
///
/// Peers are addressed by slot, their place in the table. Use a hub from one thread; only its `waker`, and
/// `context.shutdown()`, may be used from others.
///
/// A peer that vanishes is seen in two ways: a send to it fails with `peerUnreachable`, or its answer does not come. A
/// second connection under a connected name is refused by libzmq without a word to either side, and stays refused: the
/// newcomer's link gets no answer, and a new link may. libzmq frees a dead peer's name only while the hub receives, so that
/// also meets a successor that connects while the hub is busy: see `allowTakeover`.
public final class Hub {
    /// The endpoint the hub listens at, with the port the system chose if it was asked for port 0.
    public let endpoint: Endpoint
    /// Wakes `receive` from another thread.
    public let waker: Waker
    /// The libzmq context the hub lives in.
    public let context: Context
    /// The limits the hub was made with.
    public let limits: Limits
    /// How many messages broke the rules and were discarded, since the start.
    public private(set) var violationCount = 0

    private let peers: PeerTable
    private let socket: Socket
    private let ownsContext: Bool
    /// Nil where connections need no key.
    let doorkeeper: Doorkeeper?
    /// By slot, what the doorkeeper calls the holder of its key; empty where there are none.
    let holders: [String?]
    private var file: SocketFile?

    /// Hears of connections that end; with keys, the doorkeeper does.
    private let monitor: HandshakeMonitor?
    var acquaintances: Acquaintances
    var groups: Groups
    private var messageCount = 0

    let sender = Packet()
    private var isLending = false
    private let incoming = Packet()
    /// Where the body of the message or entry in hand is in `incoming`.
    private var body = 0..<0
    /// The slot whose connection sent what is in `incoming`, and what of a batch was not taken yet.
    private var senderSlot = 0
    private var entries = Batch.Cursor()
    let outgoing = Packet()
    private let address = Packet()
    private let shared = Packet()

    /// Listens at an endpoint for the named peers; their order gives them their slots, from 0.
    ///
    /// Without a context the hub makes its own and closes it in `close`. With keys it speaks CURVE: only the holders of
    /// its peers' keys are admitted, each under its own name; a context has room for one such hub. Over tcp it needs keys,
    /// unless it is to be insecure. Throws `invalidName`, `duplicateName`, `invalidEndpoint`, `pathTooLong`,
    /// `directoryNotPrivate`, `keysMissing`, `addressInUse` or `system`.
    public init(
        at endpoint: Endpoint, peers names: [String], limits: Limits = Limits(), context: Context? = nil,
        keys: HubKeys? = nil, insecure: Bool = false
    ) throws(ZeroMQError) {
        try endpoint.validate()
        try endpoint.requireKeys(keys != nil, orInsecure: insecure)
        peers = try PeerTable(names)
        acquaintances = Acquaintances(slotCount: names.count)
        groups = Groups(slotCount: names.count)
        self.limits = limits
        ownsContext = context == nil
        let context = if let context { context } else { try Context() }
        self.context = context
        socket = try Self.openRouter(in: context, limits: limits, for: endpoint)
        waker = try Waker(for: socket, in: context)
        holders = keys.map { keys in names.map { keys.holder(of: $0) } } ?? []
        if let keys {
            try socket.apply(keys, limits)
            doorkeeper = try Doorkeeper(of: socket, keys: keys, context: context, waker: waker)
            monitor = nil
        } else {
            doorkeeper = nil
            monitor = try HandshakeMonitor(of: socket, in: context, .ends)
        }
        if case .ipc(let path) = endpoint {
            var file = SocketFile(path: path)
            try file.prepare()
            self.file = file
        }
        self.endpoint = try socket.bind(endpoint)
        file?.adopt()
    }

    deinit { try? close() }

    /// How long a connection has been gone before that is told, in milliseconds: who watches its process knows more by then.
    public static let partingMilliseconds = 700
    /// How often a hub that waits looks for connections that are gone, in milliseconds.
    private static let lookMilliseconds = 250

    /// The names of the peers by slot.
    public var peerNames: [String] { peers.names }

    /// Waits for the next event; `nil` waits without limit, 0 takes what is there.
    ///
    /// Messages of one peer come in the order it sent them. After `.message`, the body can be read until the next call.
    /// What was to be sent to groups goes out before there is a wait.
    public func receive(timeoutMilliseconds: Int?) throws(ZeroMQError) -> HubEvent {
        precondition(!isLending, "receive inside withBody would take the bytes away")
        if let event = takeEntry() { return event }
        try flush()
        var left = timeoutMilliseconds ?? .max
        while true {
            // Nobody who waits for an answer of a connection that is gone waits long: in between there is a look at those.
            let slice = min(left, Self.lookMilliseconds)
            switch try socket.receive(into: sender, timeoutMilliseconds: slice) {
            case .closed: return .closed
            case .message: return try takeMessage()
            case .timedOut: break
            }
            noteEnds()
            if let slot = acquaintances.takeParted() { return .lost(slot: slot) }
            left -= slice
            if left == 0 { return .timedOut }
        }
    }

    private func takeMessage() throws(ZeroMQError) -> HubEvent {
        messageCount &+= 1
        // However busy the hub is, what is told of connections does not pile up.
        if messageCount % 1_000 == 0 { noteEnds() }
        let parts = try receiveParts()
        let name = UnsafeRawBufferPointer(sender.bytes)
        guard let slot = peers.slot(of: name) else { return strange(name) }
        if doorkeeper != nil, !sender.isSent(byHolder: holders[slot]) { return foreign(name) }
        let bytes = UnsafeRawBufferPointer(incoming.bytes)
        if parts != 1 { return violation(.slot(slot), .multipart(parts: parts)) }
        if bytes.count > limits.maximumMessageBytes { return violation(.slot(slot), .tooLarge(bytes: bytes.count)) }
        do {
            let kind = try Frame(decoding: bytes).kind
            senderSlot = slot
            body = Frame.headerBytes..<bytes.count
            guard kind == Batch.kind else { return .message(slot: slot, kind: kind) }
            entries.begin()
            return takeEntry() ?? violation(.slot(slot), .notAFrame(.truncated(bytes: 0)))
        } catch {
            return violation(.slot(slot), .notAFrame(error))
        }
    }

    /// The next frame of the batch that came last; nil when it is used up.
    private func takeEntry() -> HubEvent? {
        do {
            guard let entry = try entries.next(in: UnsafeRawBufferPointer(incoming.bytes)) else { return nil }
            guard groups.isSpokenFor(entry.agent, by: senderSlot) else {
                return violation(.slot(senderSlot), .foreignAgent(number: entry.agent))
            }
            body = entry.body
            return .message(slot: entry.agent, kind: entry.kind)
        } catch {
            return violation(.slot(senderSlot), .notAFrame(error))
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

    /// Sends a frame to the peer in a slot, without waiting; to one of a group, with all that goes to it before the next wait.
    ///
    /// Throws `peerUnreachable`, `congested`, `messageTooLarge` or `closed`; the message is then not sent. That the
    /// connection of a group is gone is not said here: it is told as `.lost`.
    public func send(kind: UInt8, _ body: UnsafeRawBufferPointer, to slot: Int) throws(ZeroMQError) {
        if let outbox = groups.outbox(of: slot) { return try add(kind, body, to: slot, outbox) }
        try outgoing.encode(kind: kind, bodyBytes: body.count, limit: limits.maximumMessageBytes)
        outgoing.setBody(body)
        try transmitEncoded(to: slot)
    }

    /// Sends a frame to the peer in a slot, as the call with bytes that are lent does.
    public func send(kind: UInt8, _ body: [UInt8], to slot: Int) throws(ZeroMQError) {
        let result = body.withUnsafeBytes { bytes in
            Result { () throws(ZeroMQError) in try send(kind: kind, bytes, to: slot) }
        }
        try result.get()
    }

    /// Sends bytes that need be no frame to the peer in a slot, without waiting, to see what it makes of them.
    ///
    /// Throws `peerUnreachable`, `congested` or `closed`; the message is then not sent.
    public func send(bytes: [UInt8], to slot: Int) throws(ZeroMQError) {
        try outgoing.set(bytes)
        try transmitEncoded(to: slot)
    }

    /// Sends one frame to several peers; it is encoded once and its bytes are shared.
    ///
    /// Every peer that can be reached gets it. Returns one error (`peerUnreachable`, `congested`, or of one of a group, for
    /// which a batch has less room, `messageTooLarge`) for each that cannot. Throws `messageTooLarge` before anything is
    /// sent, and `closed`.
    public func send(
        kind: UInt8, _ body: UnsafeRawBufferPointer, to slots: [Int]
    ) throws(ZeroMQError) -> [ZeroMQError] {
        try shared.encode(kind: kind, bodyBytes: body.count, limit: limits.maximumMessageBytes)
        shared.setBody(body)
        return try transmitShared(to: slots)
    }

    /// Sends one frame to several peers, as the call with bytes that are lent does.
    public func send(kind: UInt8, _ body: [UInt8], to slots: [Int]) throws(ZeroMQError) -> [ZeroMQError] {
        let result = body.withUnsafeBytes { bytes in
            Result { () throws(ZeroMQError) in try send(kind: kind, bytes, to: slots) }
        }
        return try result.get()
    }

    /// Says whether a new connection may take the name of one that still counts as connected; at first it may not.
    ///
    /// Allow it before a dead peer is restarted, and forbid it once the successor has been heard. What the dead peer
    /// sent and the hub has not taken yet comes as a message of its slot or as a violation with the reason `nameless`.
    /// Left on, two living processes of one name would take it from each other again and again.
    public func allowTakeover(_ isAllowed: Bool) throws(ZeroMQError) {
        try socket.set(ZMQ_ROUTER_HANDOVER, to: isAllowed ? 1 : 0)
    }

    /// Sends a frame to whoever sent the message that `receive` returned last, in the table or not, without waiting.
    ///
    /// Throws `peerUnreachable`, `congested`, `messageTooLarge` or `closed`; the message is then not sent.
    public func respond(kind: UInt8, _ body: [UInt8]) throws(ZeroMQError) {
        try outgoing.encode(kind: kind, bodyBytes: body.count, limit: limits.maximumMessageBytes)
        body.withUnsafeBytes { outgoing.setBody($0) }
        address.share(sender)
        let number = socket.send(address, more: true)
        let failed = number == 0 ? socket.send(outgoing) : number
        if failed != 0 { throw ZeroMQError(number: failed, "answer a peer", place: endpoint.description) }
    }

    /// Connections that were refused since the last call, in words; a flood of them is counted and told in few lines.
    public func takeRefusals() -> [String] { doorkeeper?.takeRefusals() ?? [] }

    /// Stops listening, removes the socket file, and, if the context is the hub's own, sends what is under way first.
    ///
    /// Waits at most `Limits.lingerMilliseconds`. With a shared context, its `close` does the sending.
    public func close() throws(ZeroMQError) {
        // Whom this does not reach any more needs nothing.
        try? flush()
        waker.close()
        doorkeeper?.close()
        monitor?.stop()
        monitor?.close()
        socket.close()
        if ownsContext { try context.close() }
        file?.cleanUp()
        file = nil
    }
}

extension Hub {
    private static func openRouter(
        in context: Context, limits: Limits, for endpoint: Endpoint
    ) throws(ZeroMQError) -> Socket {
        let socket = try Socket(.router, in: context)
        socket.place = endpoint.description
        try socket.apply(limits, for: endpoint)
        try socket.set(ZMQ_ROUTER_MANDATORY, to: 1)
        try socket.set(ZMQ_BACKLOG, to: 1024)
        return socket
    }

    func noteEnds() {
        var numbers = doorkeeper?.takeEnds() ?? []
        while let event = monitor?.next() {
            if case .ended(let number) = event { numbers.append(number) }
        }
        acquaintances.noteEnds(numbers, patienceMilliseconds: Self.partingMilliseconds)
    }

    /// Takes the parts after the routing id and counts them; the first stays in `incoming` if it is the only one.
    ///
    /// libzmq hands over a message when all its parts are there, so this does not wait.
    private func receiveParts() throws(ZeroMQError) -> Int {
        guard sender.hasMore else { return 0 }
        var parts = 0
        repeat {
            guard case .message = try socket.receive(into: incoming, timeoutMilliseconds: 0) else { return parts }
            parts += 1
        } while incoming.hasMore
        return parts
    }

    private func transmitEncoded(to slot: Int) throws(ZeroMQError) {
        let number = transmit(outgoing, to: slot)
        if number != 0 { throw failure(number, slot) }
    }

    private func transmitShared(to slots: [Int]) throws(ZeroMQError) -> [ZeroMQError] {
        var failures: [ZeroMQError] = []
        for slot in slots {
            if let outbox = groups.outbox(of: slot) {
                do {
                    try add(shared.kind, shared.body, to: slot, outbox)
                } catch {
                    if error.code == .closed { throw error }
                    failures.append(error)
                }
                continue
            }
            outgoing.share(shared)
            let number = transmit(outgoing, to: slot)
            if number == ETERM { throw failure(number, slot) }
            if number != 0 { failures.append(failure(number, slot)) }
        }
        return failures
    }

    func transmit(_ message: borrowing Packet, to slot: Int) -> Int32 {
        address.refer(to: peers.name(of: slot))
        let number = socket.send(address, more: true)
        return number == 0 ? socket.send(message) : number
    }

    /// A message whose routing id is in no slot: the waker's, or a stranger's.
    private func strange(_ name: UnsafeRawBufferPointer) -> HubEvent {
        if name.elementsEqual(waker.routingID) {
            waker.acknowledge()
            return .woken
        }
        if doorkeeper != nil { return foreign(name) }
        let isFrame = name.count >= Frame.headerBytes && name[0] == 0x47 && name[1] == 0x54 && name[2] == Frame.version
        let reason: TransportViolation.Reason = name.first == 0 ? .nameless : isFrame ? .duplicateName : .unknownPeer
        return violation(.unknown(name: PeerTable.printable(name)), reason)
    }

    /// A message under a name that is not that of its sender's key.
    private func foreign(_ name: UnsafeRawBufferPointer) -> HubEvent {
        let holder = sender.holder ?? ""
        let slot = peers.names.firstIndex(of: holder)
        return violation(
            slot.map { .slot($0) } ?? .unknown(name: holder),
            .foreignName(holder: holder, name: PeerTable.printable(name.prefix(PeerTable.longestNameBytes))))
    }

    private func violation(_ sender: TransportViolation.Sender, _ reason: TransportViolation.Reason) -> HubEvent {
        violationCount += 1
        return .violation(TransportViolation(sender: sender, reason: reason))
    }

    func failure(_ number: Int32, _ slot: Int) -> ZeroMQError {
        let name = peers.names[slot]
        return switch number {
        case EHOSTUNREACH:
            ZeroMQError(
                .peerUnreachable, what: "peer '\(name)' is not connected", place: endpoint.description,
                remedy: "see whether its process still runs", slot: slot)
        case EAGAIN:
            ZeroMQError(
                .congested, what: "peer '\(name)' does not read: \(limits.sendQueueMessages) messages wait for it",
                place: endpoint.description, remedy: "see whether its process hangs", slot: slot)
        default:
            ZeroMQError(number: number, "send to peer '\(name)'", place: endpoint.description)
        }
    }
}
