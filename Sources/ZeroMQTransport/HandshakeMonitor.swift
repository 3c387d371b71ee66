import CZeroMQ
import Synchronization

/// Hears of connections of a socket that failed before they could carry a message.
///
/// Read it regularly: libzmq waits for a reader once a thousand events have piled up.
final class HandshakeMonitor {
    /// Why a connection was not made.
    enum Fault: Equatable {
        /// The other side speaks, and not what it should: without keys where there should be some, or the other way round,
        /// or with a key that does not fit.
        case protocolError
        /// The other side refused the key.
        case keyRefused
        /// The other side went away.
        case broken
    }

    private static let count = Atomic<Int>(0)

    let socket: Socket
    private let watched: Socket
    private let part = Packet()

    /// Begins to listen; call it before the watched socket binds or connects, on its thread.
    init(of watched: Socket, in context: Context) throws(ZeroMQError) {
        let endpoint = Endpoint.inproc(name: "gridtide-monitor-\(Self.count.add(1, ordering: .relaxed).newValue)")
        self.watched = watched
        try watched.reportHandshakes(at: endpoint)
        socket = try Socket(.pair, in: context)
        try socket.set(ZMQ_LINGER, to: 0)
        try socket.connect(to: endpoint)
    }

    /// The next fault that is there already, without waiting.
    func next() -> Fault? {
        while true {
            guard case .message? = try? socket.receive(into: part, timeoutMilliseconds: 0) else { return nil }
            let event = part.bytes.count >= 2 ? part.bytes.loadUnaligned(as: UInt16.self) : 0
            while part.hasMore { _ = try? socket.receive(into: part, timeoutMilliseconds: 0) }
            switch Int32(event) {
            case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL: return .protocolError
            case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH: return .keyRefused
            case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL: return .broken
            default: continue
            }
        }
    }

    /// Has the watched socket report no longer; on the thread of that socket, while the reader still reads.
    func stop() { try? watched.reportHandshakes(at: nil) }

    /// Closes the reading end, after `stop`.
    func close() { socket.close() }
}
