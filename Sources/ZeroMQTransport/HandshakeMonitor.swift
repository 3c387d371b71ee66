import CZeroMQ
import Synchronization

/// Hears of connections of a socket that failed before they could carry a message, and of those that broke.
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
        /// A connection that stood is gone; its number is the system's, which gives it out again.
        case ended(number: Int32)
    }

    private static let count = Atomic<Int>(0)

    let socket: Socket
    private let watched: Socket
    private let part = Packet()

    /// Begins to listen; call it before the watched socket binds or connects, on its thread.
    ///
    /// With `ends` it also hears of connections that stood; then nothing waits for a reader.
    init(of watched: Socket, in context: Context, ends: Bool = false) throws(ZeroMQError) {
        let endpoint = Endpoint.inproc(name: "gridtide-monitor-\(Self.count.add(1, ordering: .relaxed).newValue)")
        self.watched = watched
        try watched.reportConnections(at: endpoint, ends: ends)
        socket = try Socket(.pair, in: context)
        try socket.set(ZMQ_LINGER, to: 0)
        if ends { try socket.set(ZMQ_RCVHWM, to: 0) }
        try socket.connect(to: endpoint)
    }

    /// The next fault that is there already, without waiting.
    func next() -> Fault? {
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
            case ZMQ_EVENT_DISCONNECTED: return .ended(number: value)
            default: continue
            }
        }
    }

    /// Has the watched socket report no longer; on the thread of that socket, while the reader still reads.
    func stop() { try? watched.reportConnections(at: nil) }

    /// Closes the reading end, after `stop`.
    func close() { socket.close() }
}
