import CZeroMQ

/// A libzmq socket. Use it from one thread; close it before its context.
package final class Socket {
    /// The socket types of the transport.
    package enum Kind: Sendable {
        /// The hub's end: addresses each message by the peer's routing id.
        case router
        /// A link's end.
        case dealer
        /// Answers what it is asked, one request at a time.
        case reply
        /// One end of a line between two threads.
        case pair

        fileprivate var type: Int32 {
            switch self {
            case .router: ZMQ_ROUTER
            case .dealer: ZMQ_DEALER
            case .reply: ZMQ_REP
            case .pair: ZMQ_PAIR
            }
        }
    }

    /// What a receive call came back with.
    package enum Receipt: Sendable {
        /// A message part.
        case message
        /// Nothing within the time.
        case timedOut
        /// The context was shut down, or the socket closed.
        case closed
    }

    /// The endpoint or peer that error texts name.
    package var place = ""

    private var raw: UnsafeMutableRawPointer?
    private let context: Context
    /// The receive timeout the socket has now, in milliseconds; -1 waits without limit.
    private var timeoutMilliseconds: Int32 = -1

    /// Opens a socket.
    package init(_ kind: Kind, in context: Context) throws(ZeroMQError) {
        self.context = context
        raw = try context.openSocket(type: kind.type)
    }

    deinit { close() }

    /// Closes the socket; messages under way are sent while the context closes, as long as the linger allows.
    package func close() {
        guard let raw else { return }
        self.raw = nil
        context.closeSocket(raw)
    }

    /// Receives one message part and gives up after a time; `nil` waits without limit, 0 not at all.
    ///
    /// A signal does not end the wait and does not lengthen it.
    package func receive(
        into message: borrowing Packet, timeoutMilliseconds limit: Int?
    ) throws(ZeroMQError) -> Receipt {
        guard let raw else { return .closed }
        let wanted = limit.map { Int32(clamping: max(0, $0)) } ?? -1
        if wanted != timeoutMilliseconds { try setTimeout(wanted) }
        let deadline = wanted > 0 ? Deadline(milliseconds: Int(wanted)) : nil
        while true {
            if zmq_msg_recv(message.raw, raw, 0) >= 0 { return .message }
            switch zmq_errno() {
            case EAGAIN: return .timedOut
            case ETERM: return .closed
            case EINTR: if let deadline { try setTimeout(Int32(clamping: deadline.remainingMilliseconds)) }
            default: throw ZeroMQError.last("receive", place: place)
            }
        }
    }

    /// Waits until there is something to receive from one of some sockets, and says from which; nil once the context is
    /// shut down.
    static func wait(for sockets: [Socket]) -> [Bool]? {
        var items = sockets.map { zmq_pollitem_t(socket: $0.raw, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0) }
        while zmq_poll(&items, Int32(items.count), -1) < 0 {
            guard zmq_errno() == EINTR else { return nil }
        }
        return items.map { $0.revents != 0 }
    }

    /// Sends one message part without waiting; returns 0 or libzmq's error number.
    ///
    /// A message that was sent is empty afterwards; one that was not is unchanged.
    package func send(_ message: borrowing Packet, more: Bool = false) -> Int32 {
        guard let raw else { return ETERM }
        let flags = ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0)
        while true {
            if zmq_msg_send(message.raw, raw, flags) >= 0 { return 0 }
            let number = zmq_errno()
            if number != EINTR { return number }
        }
    }

    /// Listens at an endpoint and returns it with the port the system chose, if it was to choose one.
    package func bind(_ endpoint: Endpoint) throws(ZeroMQError) -> Endpoint {
        place = endpoint.description
        guard let raw else { throw closed("listen") }
        guard zmq_bind(raw, endpoint.description) == 0 else { throw ZeroMQError.last("listen", place: place) }
        guard case .tcp(let host, 0) = endpoint else { return endpoint }
        let resolved = try Endpoint(parsing: lastEndpoint())
        guard case .tcp(_, let port) = resolved else { return resolved }
        return .tcp(host: host, port: port)
    }

    /// Listens at an endpoint no longer.
    func unbind(_ endpoint: Endpoint) {
        guard let raw else { return }
        _ = zmq_unbind(raw, endpoint.description)
    }

    /// Starts to connect to an endpoint; libzmq goes on trying until the socket is closed.
    package func connect(to endpoint: Endpoint) throws(ZeroMQError) {
        place = endpoint.description
        guard let raw else { throw closed("connect") }
        guard zmq_connect(raw, endpoint.description) == 0 else { throw ZeroMQError.last("connect", place: place) }
    }

    /// Sets an option that is a 32-bit integer.
    package func set(_ option: Int32, to value: Int) throws(ZeroMQError) {
        var value = Int32(clamping: value)
        try set(option, &value, MemoryLayout<Int32>.size)
    }

    /// Sets an option that is a 64-bit integer.
    package func set64(_ option: Int32, to value: Int) throws(ZeroMQError) {
        var value = Int64(value)
        try set(option, &value, MemoryLayout<Int64>.size)
    }

    /// Sets an option that is a string of bytes.
    package func set(_ option: Int32, to bytes: [UInt8]) throws(ZeroMQError) {
        try set(option, bytes, bytes.count)
    }

    /// Sets what hub and link have in common.
    ///
    /// The ZAP domain makes libzmq refuse peers of protocol versions 1 and 2, which have no greeting to check: to them
    /// any bytes are a message, and in 4.3.4 such bytes that arrive while a socket closes abort the process.
    package func apply(_ limits: Limits, for endpoint: Endpoint) throws(ZeroMQError) {
        try set(ZMQ_ZAP_DOMAIN, to: Array("gridtide".utf8))
        try set(ZMQ_LINGER, to: limits.lingerMilliseconds)
        try set(ZMQ_SNDHWM, to: limits.sendQueueMessages)
        try set(ZMQ_RCVHWM, to: limits.receiveQueueMessages)
        try set64(ZMQ_MAXMSGSIZE, to: limits.maximumMessageBytes)
        try set(ZMQ_HANDSHAKE_IVL, to: limits.handshakeMilliseconds)
        if endpoint.needsIPv6 { try set(ZMQ_IPV6, to: 1) }
        if endpoint.isRemote && limits.heartbeatMilliseconds > 0 {
            try set(ZMQ_HEARTBEAT_IVL, to: limits.heartbeatMilliseconds)
            try set(ZMQ_HEARTBEAT_TIMEOUT, to: 3 * limits.heartbeatMilliseconds)
        }
    }

    /// Has libzmq tell of what becomes of connections, at an in-process endpoint; nil ends it.
    func reportConnections(at endpoint: Endpoint?, _ events: Int32) throws(ZeroMQError) {
        guard let raw else { return }
        guard zmq_socket_monitor(raw, endpoint?.description, events) == 0 else {
            throw ZeroMQError.last("watch connections", place: place)
        }
    }

    /// Makes it a socket that takes connections with keys alone; a `Doorkeeper` says which.
    func apply(_ keys: HubKeys, _ limits: Limits) throws(ZeroMQError) {
        try makeRoomForSeals(limits)
        try set(ZMQ_CURVE_SERVER, to: 1)
        try set(ZMQ_CURVE_SECRETKEY, to: Array(keys.own.secretKey.utf8) + [0])
    }

    /// Makes it a socket that shows its key, and talks to the holder of the hub's alone.
    func apply(_ keys: LinkKeys, _ limits: Limits) throws(ZeroMQError) {
        try makeRoomForSeals(limits)
        try set(ZMQ_CURVE_SERVERKEY, to: Array(keys.hub.utf8) + [0])
        try set(ZMQ_CURVE_PUBLICKEY, to: Array(keys.own.publicKey.utf8) + [0])
        try set(ZMQ_CURVE_SECRETKEY, to: Array(keys.own.secretKey.utf8) + [0])
    }

    /// A message under CURVE is 33 bytes longer on its way, and libzmq counts those.
    private func makeRoomForSeals(_ limits: Limits) throws(ZeroMQError) {
        try set64(ZMQ_MAXMSGSIZE, to: limits.maximumMessageBytes + 33)
    }

    private func set(_ option: Int32, _ value: UnsafeRawPointer, _ size: Int) throws(ZeroMQError) {
        guard let raw else { throw closed("set an option") }
        guard zmq_setsockopt(raw, option, value, size) == 0 else {
            throw ZeroMQError.last("set socket option \(option)", place: place)
        }
    }

    private func setTimeout(_ milliseconds: Int32) throws(ZeroMQError) {
        try set(ZMQ_RCVTIMEO, to: Int(milliseconds))
        timeoutMilliseconds = milliseconds
    }

    private func lastEndpoint() throws(ZeroMQError) -> String {
        var text = [UInt8](repeating: 0, count: 512)
        var size = text.count
        guard zmq_getsockopt(raw, ZMQ_LAST_ENDPOINT, &text, &size) == 0 else {
            throw ZeroMQError.last("read the endpoint", place: place)
        }
        return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    }

    private func closed(_ operation: String) -> ZeroMQError {
        ZeroMQError(number: ETERM, operation, place: place)
    }
}
