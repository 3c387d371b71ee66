import CZeroMQ

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A `zmq_msg_t` at a fixed address, reused from message to message so that the hot path allocates nothing in Swift.
package struct Packet: ~Copyable {
    let raw: UnsafeMutablePointer<zmq_msg_t>

    /// An empty message.
    package init() {
        raw = .allocate(capacity: 1)
        _ = zmq_msg_init(raw)
    }

    deinit {
        _ = zmq_msg_close(raw)
        raw.deallocate()
    }

    /// The content; valid until the message is changed, sent or received into.
    package var bytes: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: zmq_msg_data(raw), count: zmq_msg_size(raw))
    }

    /// The body of the frame the message holds; empty if it holds none.
    package var body: UnsafeRawBufferPointer {
        let whole = UnsafeRawBufferPointer(bytes)
        return UnsafeRawBufferPointer(rebasing: whole[min(Frame.headerBytes, whole.count)...])
    }

    /// The kind in the header of the frame the message holds.
    var kind: UInt8 { bytes[3] }

    /// Whether the message just received is followed by another part.
    package var hasMore: Bool { zmq_msg_more(raw) != 0 }

    /// Replaces the content by one of a given size, whose bytes are not set yet.
    package func resize(bytes: Int) throws(ZeroMQError) {
        _ = zmq_msg_close(raw)
        guard zmq_msg_init_size(raw, bytes) != 0 else { return }
        let error = ZeroMQError.last("make room for a message of \(bytes) bytes")
        _ = zmq_msg_init(raw)
        throw error
    }

    /// Replaces the content by a copy of bytes.
    package func set(_ content: [UInt8]) throws(ZeroMQError) {
        try resize(bytes: content.count)
        content.withUnsafeBytes { bytes.copyMemory(from: $0) }
    }

    /// Whether the connection the message came by was made with a key of that holder.
    func isSent(byHolder holder: String?) -> Bool {
        guard let holder, let user = zmq_msg_gets(raw, "User-Id") else { return false }
        return strcmp(user, holder) == 0
    }

    /// Whose key the connection was made with that the message came by; nil where keys are not asked for.
    var holder: String? { zmq_msg_gets(raw, "User-Id").map { String(cString: $0) } }

    /// What tells the connection the message came by from any other, for as long as a message that came by it is kept; nil
    /// within a process.
    ///
    /// libzmq keeps the properties of a connection once, and every message that came by it refers to them.
    var connectionMark: UnsafeRawPointer? { zmq_msg_gets(raw, "Socket-Type").map { UnsafeRawPointer($0) } }

    /// The system's number of the connection the message came by, as monitors name it; -1 within a process.
    var connectionNumber: Int32 { zmq_msg_get(raw, ZMQ_SRCFD) }

    /// Replaces the content by bytes that outlive the message, without copying or allocating.
    package func refer(to constant: UnsafeRawBufferPointer) {
        _ = zmq_msg_close(raw)
        _ = zmq_msg_init_data(raw, UnsafeMutableRawPointer(mutating: constant.baseAddress), constant.count, nil, nil)
    }

    /// Makes this message share another's content by reference count.
    package func share(_ other: borrowing Packet) {
        _ = zmq_msg_copy(raw, other.raw)
    }

    /// Replaces the content by a frame whose body `setBody` then fills.
    package func encode(kind: UInt8, bodyBytes: Int, limit: Int) throws(ZeroMQError) {
        let total = Frame.headerBytes + bodyBytes
        guard total <= limit, bodyBytes <= Frame.longestBodyBytes else {
            throw ZeroMQError(messageOfBytes: total, limit: limit)
        }
        try resize(bytes: total)
        Frame(kind: kind, bodyBytes: bodyBytes).encodeHeader(into: bytes)
    }

    /// Copies a body of the announced size behind the header.
    package func setBody(_ body: UnsafeRawBufferPointer) {
        guard body.count > 0 else { return }
        UnsafeMutableRawBufferPointer(rebasing: bytes[Frame.headerBytes...]).copyMemory(from: body)
    }
}
