import CZeroMQ
import Synchronization

/// Hears of connections of a socket that failed before they could carry a message, and of those that stood and ended.
///
/// Read it regularly: libzmq waits for a reader once a thousand events have piled up.
final class HandshakeMonitor {
    /// What became of a connection.
    enum Event: Equatable {
        /// The other side speaks, and not what it should: without keys where there should be some, or the other way round,
        /// or with a key that does not fit.
        case protocolError
        /// The other side refused the key.
        case keyRefused
        /// The other side went away before the connection could carry a message.
        case broken
        /// A connection can carry messages.
        case made
        /// A connection is gone, whether it could carry messages or not; its number is the system's, which gives it out again.
        case ended(number: Int32)
    }

    /// What is heard of.
    enum Scope {
        case faults, ends, all

        fileprivate var events: Int32 {
            let faults =
                ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH
                | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
            return switch self {
            case .faults: faults
            case .ends: faults | ZMQ_EVENT_DISCONNECTED
            case .all: faults | ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_HANDSHAKE_SUCCEEDED
            }
        }
    }

    private static let count = Atomic<Int>(0)

    let socket: Socket
    private let watched: Socket
    private let part = Packet()

    /// Begins to listen; call it before the watched socket binds or connects, on its thread.
    ///
    /// Beyond faults, nothing waits for a reader.
    init(of watched: Socket, in context: Context, _ scope: Scope = .faults) throws(ZeroMQError) {
        let endpoint = Endpoint.inproc(name: "gridtide-monitor-\(Self.count.add(1, ordering: .relaxed).newValue)")
        self.watched = watched
        try watched.reportConnections(at: endpoint, scope.events)
        socket = try Socket(.pair, in: context)
        try socket.set(ZMQ_LINGER, to: 0)
        if scope != .faults { try socket.set(ZMQ_RCVHWM, to: 0) }
        try socket.connect(to: endpoint)
    }

    /// The next event that is there already, without waiting.
    func next() -> Event? {
        while true {
            guard case .message? = try? socket.receive(into: part, timeoutMilliseconds: 0) else { return nil }
            guard part.bytes.count >= 6 else { continue }
            let event = part.bytes.loadUnaligned(as: UInt16.self)
            let value = part.bytes.loadUnaligned(fromByteOffset: 2, as: Int32.self)
            while part.hasMore { _ = try? socket.receive(into: part, timeoutMilliseconds: 0) }
            switch Int32(event) {
            case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL: return .protocolError
            case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH: return .keyRefused
            case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL: return .broken
            case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: return .made
            case ZMQ_EVENT_DISCONNECTED: return .ended(number: value)
            default: continue
            }
        }
    }

    /// Has the watched socket report no longer; on the thread of that socket, while the reader still reads.
    func stop() { try? watched.reportConnections(at: nil, 0) }

    /// Closes the reading end, after `stop`.
    func close() { socket.close() }
}
