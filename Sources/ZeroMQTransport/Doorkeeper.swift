import CZeroMQ
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Asks every connection of a hub for its key: a ZAP handler on a thread of its own, from `init` to `close`.
///
/// It admits the keys of the hub's table and tells libzmq what the holder of each is called, which then is on every message of
/// the connection as its `User-Id`. Everybody else is sent away, counted, and told of in words.
final class Doorkeeper {
    private static let count = Atomic<Int>(0)

    private let desk: Desk
    private let bell: Socket
    private var thread: pthread_t?

    /// Opens the door of a hub's socket, which must not listen yet.
    ///
    /// Throws `addressInUse` where another hub with keys is in the context, or `system`.
    init(of router: Socket, keys: HubKeys, context: Context, waker: Waker) throws(ZeroMQError) {
        let endpoint = Endpoint.inproc(name: "gridtide-door-\(Self.count.add(1, ordering: .relaxed).newValue)")
        desk = try Desk(of: router, keys: keys, context: context, bell: endpoint, waker: waker)
        bell = try Socket(.pair, in: context)
        try bell.set(ZMQ_LINGER, to: 0)
        try bell.connect(to: endpoint)
        thread = try Self.start(desk)
    }

    deinit { close() }

    /// What was refused since the last call, a line each.
    func takeRefusals() -> [String] { desk.refusals.take() }

    /// The numbers of connections that ended since the last call.
    func takeEnds() -> [Int32] {
        desk.ends.withLock { ends in
            defer { ends = [] }; return ends
        }
    }

    /// Ends the thread and waits for it; on the thread of the hub, before its socket is closed.
    func close() {
        guard let thread else { return }
        self.thread = nil
        desk.monitor.stop()
        _ = bell.send(Packet())
        pthread_join(thread, nil)
        bell.close()
    }

    private static func start(_ desk: Desk) throws(ZeroMQError) -> pthread_t {
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let argument = Unmanaged.passRetained(desk)
        let number = pthread_create(&thread, nil, { Desk.main($0) }, argument.toOpaque())
        guard number == 0 else {
            argument.release()
            throw ZeroMQError(number: number, "start the thread that checks keys", place: "")
        }
        #if canImport(Darwin)
            return thread!
        #else
            return thread
        #endif
    }
}

/// Refusals on their way from the doorkeeper's thread to the hub's; few, whatever knocks.
private final class RefusalBox: Sendable {
    private let state = Mutex((tally: RefusalTally(oneByOne: 1), lines: [String]()))

    /// Counts a refusal; returns whether there is something to tell.
    func note(_ text: String) -> Bool {
        state.withLock { state in
            guard let line = state.tally.note(text, kind: text) else { return false }
            state.lines.append(line)
            return true
        }
    }

    func take() -> [String] {
        state.withLock { state in
            defer { state.lines = [] }
            return state.lines
        }
    }
}

/// What the doorkeeper's thread works with; its sockets are used there alone once it runs.
private final class Desk {
    /// Where libzmq asks, by its documentation.
    private static let place = Endpoint.inproc(name: "zeromq.zap.01")

    let refusals = RefusalBox()
    /// Numbers of connections that ended, on their way to the hub's thread.
    let ends = Mutex<[Int32]>([])
    /// What the holder of each key is called.
    private let names: [String: String]
    private let waker: Waker
    private let requests: Socket
    private let bell: Socket
    let monitor: HandshakeMonitor
    private let part = Packet()

    init(
        of router: Socket, keys: HubKeys, context: Context, bell endpoint: Endpoint, waker: Waker
    ) throws(ZeroMQError) {
        names = keys.holders
        self.waker = waker
        requests = try Socket(.reply, in: context)
        try requests.set(ZMQ_LINGER, to: 0)
        _ = try requests.bind(Self.place)
        bell = try Socket(.pair, in: context)
        try bell.set(ZMQ_LINGER, to: 0)
        _ = try bell.bind(endpoint)
        monitor = try HandshakeMonitor(of: router, in: context, .ends)
    }

    /// The thread, with the reference that was given to it.
    static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        Unmanaged<Desk>.fromOpaque(argument).takeRetainedValue().serve()
        return nil
    }

    private func serve() {
        while let ready = Socket.wait(for: [bell, requests, monitor.socket]), !ready[0] {
            if ready[1] { answerRequest() }
            if ready[2] { hearFaults() }
        }
        // A name is free for the next hub of the context at once only when it is given up before the close.
        requests.unbind(Self.place)
        for socket in [requests, bell] { socket.close() }
        monitor.close()
    }

    private func refuse(_ text: String) {
        if refusals.note(text) { waker.wake() }
    }

    /// A connection that shows no key is seen here alone; one whose key is not known, in its request.
    private func hearFaults() {
        while let event = monitor.next() {
            switch event {
            case .keyRefused, .made: break
            case .ended(let number): ends.withLock { $0.append(number) }
            case .broken, .protocolError:
                refuse("a connection failed in its handshake: it has no key of this run, or broke off")
            }
        }
    }

    /// ZAP 1.0: version, number, domain, address, routing id, mechanism, key.
    private func answerRequest() {
        var request: [[UInt8]] = []
        repeat {
            guard case .message? = try? requests.receive(into: part, timeoutMilliseconds: 0) else { return }
            request.append(Array(part.bytes))
        } while part.hasMore
        guard request.count >= 6 else {
            return reply(["1.0", "", "500", "not a request", "", ""].map { Array($0.utf8) })
        }
        let key = request.count == 7 && request[5] == Array("CURVE".utf8) ? KeyPair.text(ofBytes: request[6]) : nil
        let name = key.flatMap { names[$0] }
        if name == nil {
            let address = PeerTable.printable(request[3].prefix(64))
            refuse("a connection from \(address) was refused: its key is not one of this run")
        }
        let status = name == nil ? ["400", "unknown key", ""] : ["200", "", name!]
        reply([Array("1.0".utf8), request[1]] + (status + [""]).map { Array($0.utf8) })
    }

    private func reply(_ parts: [[UInt8]]) {
        for (index, bytes) in parts.enumerated() {
            guard (try? part.set(bytes)) != nil, requests.send(part, more: index + 1 < parts.count) == 0 else { return }
        }
    }
}
