/// Several frames in one message, between the hub and a process that plays several agents.
///
/// The body of a frame of kind `Batch.kind` is entries, one behind the other: the number of the agent (4 bytes, little
/// endian) that is spoken to or speaks, and its frame, header and all. Entries hold no batches.
enum Batch {
    /// The kind of the frame that holds the entries; the other kinds mean nothing to the transport.
    static var kind: UInt8 { 10 }
    /// What an entry has before its frame, in bytes.
    static var prefixBytes: Int { 4 }

    /// One frame of a batch: whose it is, and where its body is in the message.
    struct Entry {
        let agent: Int
        let kind: UInt8
        let body: Range<Int>
    }

    /// Reads the entries of a message one by one, without copying; the message is the caller's.
    struct Cursor {
        /// Where the next entry begins; nil where nothing is left.
        private var offset: Int?

        /// Before the first entry of a message.
        mutating func begin() { offset = Frame.headerBytes }

        /// Forgets what is left.
        mutating func drop() { offset = nil }

        /// The next entry; nil when none is left. Throws the `Frame.Fault` of the first that is none, and then has none left.
        mutating func next(in message: UnsafeRawBufferPointer) throws(Frame.Fault) -> Entry? {
            guard let start = offset else { return nil }
            offset = nil
            guard start < message.count else { return nil }
            let frame = start + Batch.prefixBytes
            let bodyStart = frame + Frame.headerBytes
            guard bodyStart <= message.count else { throw .truncated(bytes: message.count - start) }
            let bytes = Int(UInt32(littleEndian: message.loadUnaligned(fromByteOffset: frame + 4, as: UInt32.self)))
            let end = bodyStart + bytes
            guard end <= message.count else { throw .wrongLength(announced: bytes, actual: message.count - bodyStart) }
            let header = try Frame(decoding: UnsafeRawBufferPointer(rebasing: message[frame..<end]))
            guard header.kind != Batch.kind else { throw .nestedBatch }
            offset = end
            let agent = UInt32(littleEndian: message.loadUnaligned(fromByteOffset: start, as: UInt32.self))
            return Entry(agent: Int(agent), kind: header.kind, body: bodyStart..<end)
        }
    }
}

/// Frames on their way to one connection or from it, until they are sent as one message. Its memory is kept from batch to
/// batch.
final class Outbox {
    /// The bytes a batch has before it is sent at the latest, but for the last entry.
    static let fullBytes = 1 << 20

    private var bytes: UnsafeMutableRawPointer
    private var capacity = 4096
    /// Bytes that wait, the header of the batch left out.
    private(set) var count = 0

    init() { bytes = .allocate(byteCount: capacity, alignment: 16) }

    deinit { bytes.deallocate() }

    /// Whether it is time to send what waits.
    var isFull: Bool { count >= Self.fullBytes }

    /// Adds a frame. Throws `messageTooLarge` where it does not fit into any message.
    func add(agent: Int, kind: UInt8, _ body: UnsafeRawBufferPointer, limit: Int) throws(ZeroMQError) {
        let entry = Batch.prefixBytes + Frame.headerBytes + body.count
        guard Frame.headerBytes + entry <= limit else {
            throw ZeroMQError(messageOfBytes: Frame.headerBytes + entry, limit: limit)
        }
        reserve(count + entry)
        let target = UnsafeMutableRawBufferPointer(start: bytes + count, count: entry)
        target.storeBytes(of: UInt32(agent).littleEndian, as: UInt32.self)
        let frame = UnsafeMutableRawBufferPointer(rebasing: target[Batch.prefixBytes...])
        Frame(kind: kind, bodyBytes: body.count).encodeHeader(into: frame)
        if body.count > 0 {
            UnsafeMutableRawBufferPointer(rebasing: frame[Frame.headerBytes...]).copyMemory(from: body)
        }
        count += entry
    }

    /// Whether a frame with a body of so many bytes would make the batch too large for one message.
    func overflows(adding bodyBytes: Int, limit: Int) -> Bool {
        count > 0 && count + Batch.prefixBytes + 2 * Frame.headerBytes + bodyBytes > limit
    }

    /// Moves what waits into a message.
    func pack(into packet: borrowing Packet) throws(ZeroMQError) {
        try packet.encode(kind: Batch.kind, bodyBytes: count, limit: .max)
        packet.setBody(UnsafeRawBufferPointer(start: bytes, count: count))
        count = 0
    }

    private func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        while capacity < needed { capacity *= 2 }
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        larger.copyMemory(from: bytes, byteCount: count)
        bytes.deallocate()
        bytes = larger
    }
}
