import CZeroMQ
import Synchronization

/// The libzmq context: the I/O thread and what sockets of one process share.
///
/// A hub or link makes its own unless it is given one; only `inproc` endpoints need a shared one. Close it before the
/// process ends: Swift does not run `deinit` for globals, and a context that is not closed loses its last messages.
public final class Context: Sendable {
    /// The libzmq handle, as bits, since pointers are not `Sendable`; 0 once closed.
    private let handle: Mutex<UInt>
    private let openSockets = Atomic<Int>(0)

    /// Starts a context.
    ///
    /// One I/O thread serves a gigabyte per second and is right for nearly all uses.
    public init(ioThreads: Int = 1) throws(ZeroMQError) {
        guard let raw = zmq_ctx_new() else { throw ZeroMQError.last("start ZeroMQ") }
        _ = zmq_ctx_set(raw, ZMQ_IO_THREADS, Int32(clamping: ioThreads))
        handle = Mutex(UInt(bitPattern: raw))
    }

    deinit { try? close() }

    /// Makes every blocking call on this context's sockets return as terminated; from any thread, any number of times.
    public func shutdown() {
        handle.withLock { bits in
            if let raw = UnsafeMutableRawPointer(bitPattern: bits) { _ = zmq_ctx_shutdown(raw) }
        }
    }

    /// Sends what is under way (at most as long as each socket's linger), frees addresses, and stops the I/O threads.
    ///
    /// Sockets must be closed first. If some are not, they are shut down, and should they still be open after
    /// `graceMilliseconds`, this throws `socketsOpen` and not, like libzmq, wait for ever.
    public func close(graceMilliseconds: Int = 2_000) throws(ZeroMQError) {
        if openSockets.load(ordering: .acquiring) > 0 { try awaitSockets(graceMilliseconds) }
        let bits = handle.withLock { bits in
            let taken = bits
            bits = 0
            return taken
        }
        guard let raw = UnsafeMutableRawPointer(bitPattern: bits) else { return }
        while zmq_ctx_term(raw) != 0 && zmq_errno() == EINTR {}
    }

    private func awaitSockets(_ graceMilliseconds: Int) throws(ZeroMQError) {
        shutdown()
        let deadline = Deadline(milliseconds: graceMilliseconds)
        while openSockets.load(ordering: .acquiring) > 0 {
            guard deadline.remainingMilliseconds > 0 else {
                throw ZeroMQError(
                    .socketsOpen,
                    what: "cannot close: \(openSockets.load(ordering: .acquiring)) sockets are still open",
                    remedy: "close every hub and link of the context first")
            }
            Deadline.sleep(milliseconds: 2)
        }
    }

    /// Opens a socket of the given libzmq type.
    func openSocket(type: Int32) throws(ZeroMQError) -> UnsafeMutableRawPointer {
        let (bits, number) = handle.withLock { bits -> (UInt, Int32) in
            guard let raw = UnsafeMutableRawPointer(bitPattern: bits) else { return (0, ETERM) }
            return (UInt(bitPattern: zmq_socket(raw, type)), zmq_errno())
        }
        guard let socket = UnsafeMutableRawPointer(bitPattern: bits) else {
            throw ZeroMQError(number: number, "open a socket", place: "")
        }
        openSockets.add(1, ordering: .acquiringAndReleasing)
        return socket
    }

    /// Closes a socket that `openSocket` made.
    func closeSocket(_ socket: UnsafeMutableRawPointer) {
        _ = zmq_close(socket)
        openSockets.subtract(1, ordering: .acquiringAndReleasing)
    }
}
