import CZeroMQ
import Synchronization

/// Wakes a hub that waits in `receive`, from any thread.
///
/// Do not call it inside a signal handler itself (it locks); use a dispatch source or a thread that waits for signals.
public final class Waker: Sendable {
    /// The routing id of the waker's own connection to its hub, which nobody else can guess and so take over.
    let routingID: [UInt8]

    private static let count = Atomic<Int>(0)

    /// The sending end; in a box because pointers and noncopyable messages are not `Sendable`. Guarded by the mutex.
    private struct Line: @unchecked Sendable {
        var socket: Socket?
    }

    private let line: Mutex<Line>
    private let isPending = Atomic<Bool>(false)

    /// Gives a hub's ROUTER socket a second, in-process address and connects to it.
    ///
    /// The hub so waits on one socket only, and waking costs nothing until it is used. Call this before the socket
    /// listens for peers, so that none can claim the waker's id.
    init(for router: Socket, in context: Context) throws(ZeroMQError) {
        let number = Self.count.add(1, ordering: .relaxed).newValue
        let endpoint = Endpoint.inproc(name: "gridtide-waker-\(number)")
        _ = try router.bind(endpoint)
        let socket = try Socket(.dealer, in: context)
        // No valid peer name begins with a control character.
        var random = SystemRandomNumberGenerator()
        routingID = [0x01] + (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        try socket.set(ZMQ_ROUTING_ID, to: routingID)
        try socket.set(ZMQ_LINGER, to: 0)
        try socket.connect(to: endpoint)
        line = Mutex(Line(socket: socket))
    }

    /// Makes the hub's current or next `receive` return `.woken`.
    ///
    /// Calls before that return count as one. After the hub is closed, this does nothing.
    public func wake() {
        guard !isPending.exchange(true, ordering: .acquiringAndReleasing) else { return }
        line.withLock { line in
            guard let socket = line.socket else { return }
            _ = socket.send(Packet())
        }
    }

    /// Records that the hub has seen the wake-up.
    func acknowledge() {
        isPending.store(false, ordering: .releasing)
    }

    /// Disconnects from the hub.
    func close() {
        line.withLock { line in
            line.socket?.close()
            line.socket = nil
        }
    }
}
